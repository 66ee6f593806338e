"""The screens of this context beyond its registers."""
