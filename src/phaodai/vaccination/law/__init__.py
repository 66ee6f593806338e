"""What this context asks of the rulebook."""
