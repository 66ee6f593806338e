"""Screens: the units side by side, one unit with its forecast, how good the forecasts were."""
