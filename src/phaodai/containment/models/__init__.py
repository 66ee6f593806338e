"""The nouns of this context."""

from phaodai.containment.models.decisions import LevelDecision
from phaodai.containment.models.indicators import WeeklyIndicator
from phaodai.containment.models.levels import Level

__all__ = ["Level", "LevelDecision", "WeeklyIndicator"]
