"""The nouns of this context."""

from phaodai.care.models.alarms import AlarmStep, HomeAlarm
from phaodai.care.models.facilities import (
    Bed,
    BedKind,
    BedReport,
    Facility,
    FacilityStep,
    TreatmentTier,
    Ward,
)
from phaodai.care.models.home import HomeCare, HomeDoor
from phaodai.care.models.mobile import MobileStation, MobileStationHamlet
from phaodai.care.models.oxygen import OxygenSource
from phaodai.care.models.packs import OxygenRequest, PackHandout
from phaodai.care.models.people import Skill, Team, TeamLoan, TeamMember, Worker
from phaodai.care.models.readings import Reading
from phaodai.care.models.rosters import Shift, StaffNeed
from phaodai.care.models.upgrades import UpgradePlan

__all__ = [
    "AlarmStep",
    "Bed",
    "BedKind",
    "BedReport",
    "Facility",
    "FacilityStep",
    "HomeAlarm",
    "HomeCare",
    "HomeDoor",
    "MobileStation",
    "MobileStationHamlet",
    "OxygenRequest",
    "OxygenSource",
    "PackHandout",
    "Reading",
    "Shift",
    "Skill",
    "StaffNeed",
    "Team",
    "TeamLoan",
    "TeamMember",
    "TreatmentTier",
    "UpgradePlan",
    "Ward",
    "Worker",
]
