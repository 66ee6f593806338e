"""The record kinds of this context."""

from phaodai.containment.registers.arrivals import Arrivals, Checkpoints, OriginLevels
from phaodai.containment.registers.gatherings import CheckFindings, Checks, Gatherings
from phaodai.containment.registers.levels import LevelDecisions, WeeklyIndicators
from phaodai.containment.registers.quarantine import Sites, Stays

__all__ = [
    "Arrivals",
    "CheckFindings",
    "Checkpoints",
    "Checks",
    "Gatherings",
    "LevelDecisions",
    "OriginLevels",
    "Sites",
    "Stays",
    "WeeklyIndicators",
]
