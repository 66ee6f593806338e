"""Pure rules of this context: no database, no clock, no request."""
