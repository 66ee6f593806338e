"""The record kinds of this context."""

from phaodai.containment.registers.arrivals import Arrivals, Checkpoints, OriginLevels
from phaodai.containment.registers.levels import LevelDecisions, WeeklyIndicators

__all__ = [
    "Arrivals",
    "Checkpoints",
    "LevelDecisions",
    "OriginLevels",
    "WeeklyIndicators",
]
