"""Invented names of places and of people, all in composed Unicode (NFC)."""
