"""The nouns of this context."""

from phaodai.containment.models.arrivals import Arrival, ArrivalGroup, Monitoring
from phaodai.containment.models.arrivals_origins import OriginLevel
from phaodai.containment.models.checkpoints import Checkpoint, CheckpointDuty
from phaodai.containment.models.checks import Check, CheckFinding, CheckPhoto
from phaodai.containment.models.decisions import LevelDecision
from phaodai.containment.models.declarations import Declaration, Sign
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
    "Arrival",
    "ArrivalGroup",
    "Building",
    "Check",
    "CheckFinding",
    "CheckPhoto",
    "Checkpoint",
    "CheckpointDuty",
    "Cohort",
    "Declaration",
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
    "Monitoring",
    "Need",
    "OriginLevel",
    "Permit",
    "Placement",
    "Purpose",
    "Room",
    "Sign",
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
