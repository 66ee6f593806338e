"""What every action needs to be tried, by context: a new action needs a row in the module of its context."""
