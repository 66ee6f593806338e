"""Pure decisions of this context."""
