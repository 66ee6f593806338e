"""Screens: cases and their tracing, contacts day by day, chains, outbreaks, line lists taken in."""
