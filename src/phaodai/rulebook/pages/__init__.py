"""Screens: the what-if bench, the measures, documents and days, and the values that wait for a signature."""
