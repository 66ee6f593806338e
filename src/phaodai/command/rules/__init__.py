"""Where policy decides about tasks: pure functions, no clock, no queries."""
