"""What makes a list of units usable, and what it changes: pure functions over rows."""

from phaodai.territory.rules.units import Entry, Key, Unusable, check

__all__ = ["Entry", "Key", "Unusable", "check"]
