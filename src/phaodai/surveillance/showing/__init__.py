"""What is read from this context for the screens."""
