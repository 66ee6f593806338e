"""The nouns of this context."""

from phaodai.containment.models.decisions import LevelDecision
from phaodai.containment.models.indicators import WeeklyIndicator
from phaodai.containment.models.levels import Level
from phaodai.containment.models.sites import Building, Cohort, MealDay, Room, Site, SiteAlert
from phaodai.containment.models.stays import Stay, StayCheck, StayRuleChange, StayStep, StayTest
from phaodai.containment.models.stays_placements import Placement

__all__ = [
    "Building",
    "Cohort",
    "Level",
    "LevelDecision",
    "MealDay",
    "Placement",
    "Room",
    "Site",
    "SiteAlert",
    "Stay",
    "StayCheck",
    "StayRuleChange",
    "StayStep",
    "StayTest",
    "WeeklyIndicator",
]
