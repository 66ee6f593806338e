"""The verbs of this context: the only code that writes its tables."""
