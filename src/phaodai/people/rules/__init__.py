"""What is known of names, numbers and likeness of persons. Pure."""
