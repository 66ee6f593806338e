"""The record kinds of this context."""
