"""The nouns of this context."""

from phaodai.care.models.facilities import (
    Bed,
    BedKind,
    BedReport,
    Facility,
    FacilityStep,
    TreatmentTier,
    Ward,
)
from phaodai.care.models.oxygen import OxygenSource
from phaodai.care.models.people import Skill, Team, TeamLoan, TeamMember, Worker
from phaodai.care.models.rosters import Shift, StaffNeed
from phaodai.care.models.upgrades import UpgradePlan

__all__ = [
    "Bed",
    "BedKind",
    "BedReport",
    "Facility",
    "FacilityStep",
    "OxygenSource",
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
