"""The nouns of this context."""
