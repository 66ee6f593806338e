"""Screens: the map of levels at any date, a unit with its reasons, proposals to decide."""
