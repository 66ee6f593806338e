"""The verbs of this context: the only writers."""
