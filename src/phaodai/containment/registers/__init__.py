"""The record kinds of this context."""

from phaodai.containment.registers.levels import LevelDecisions, WeeklyIndicators

__all__ = ["LevelDecisions", "WeeklyIndicators"]
