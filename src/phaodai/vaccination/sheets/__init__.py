"""Sheets of this context: lists of people, logs of thermometers, doses."""
