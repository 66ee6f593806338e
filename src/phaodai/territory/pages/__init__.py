"""Screens: list and map on any day, a unit with its past and future, and what maps and pickers ask."""
