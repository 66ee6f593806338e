"""The nouns of this context."""

from phaodai.containment.models.checks import Check, CheckFinding, CheckPhoto
from phaodai.containment.models.decisions import LevelDecision
from phaodai.containment.models.gatherings import Gathering, GatheringAnswer, GatheringPhoto, GatheringVisit
from phaodai.containment.models.indicators import WeeklyIndicator
from phaodai.containment.models.levels import Level
from phaodai.containment.models.sites import Building, Cohort, MealDay, Room, Site, SiteAlert
from phaodai.containment.models.stays import Stay, StayCheck, StayRuleChange, StayStep, StayTest
from phaodai.containment.models.stays_placements import Placement
from phaodai.containment.models.zones import Zone, ZonePart, ZoneStep
from phaodai.containment.models.zones_care import HouseCheck, Need
from phaodai.containment.models.zones_gates import Gate, GateDuty, GatePassage, Permit, Purpose
from phaodai.containment.models.zones_inside import ZoneHousehold

__all__ = [
    "Building",
    "Check",
    "CheckFinding",
    "CheckPhoto",
    "Cohort",
    "Gate",
    "GateDuty",
    "GatePassage",
    "Gathering",
    "GatheringAnswer",
    "GatheringPhoto",
    "GatheringVisit",
    "HouseCheck",
    "Level",
    "LevelDecision",
    "MealDay",
    "Need",
    "Permit",
    "Placement",
    "Purpose",
    "Room",
    "Site",
    "SiteAlert",
    "Stay",
    "StayCheck",
    "StayRuleChange",
    "StayStep",
    "StayTest",
    "WeeklyIndicator",
    "Zone",
    "ZoneHousehold",
    "ZonePart",
    "ZoneStep",
]
