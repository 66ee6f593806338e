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
from phaodai.care.models.facilities_periods import BedPeriod
from phaodai.care.models.home import HomeCare, HomeDoor
from phaodai.care.models.inside import DeathReview, InsideInfection
from phaodai.care.models.mobile import MobileStation, MobileStationHamlet
from phaodai.care.models.oxygen import OxygenSource
from phaodai.care.models.packs import OxygenRequest, PackHandout
from phaodai.care.models.patients import Assessment, Patient, PatientLook, PatientStep, Support
from phaodai.care.models.patients_beds import BedStay
from phaodai.care.models.people import Skill, Team, TeamLoan, TeamMember, Worker
from phaodai.care.models.readings import Reading
from phaodai.care.models.rosters import Shift, StaffNeed
from phaodai.care.models.transfers import Ambulance, Transfer, TransferLimit, TransferStep, Urgency
from phaodai.care.models.upgrades import UpgradePlan

__all__ = [
    "AlarmStep",
    "Ambulance",
    "Assessment",
    "Bed",
    "BedKind",
    "BedPeriod",
    "BedReport",
    "BedStay",
    "DeathReview",
    "Facility",
    "FacilityStep",
    "HomeAlarm",
    "HomeCare",
    "HomeDoor",
    "InsideInfection",
    "MobileStation",
    "MobileStationHamlet",
    "OxygenRequest",
    "OxygenSource",
    "PackHandout",
    "Patient",
    "PatientLook",
    "PatientStep",
    "Reading",
    "Shift",
    "Skill",
    "StaffNeed",
    "Support",
    "Team",
    "TeamLoan",
    "TeamMember",
    "Transfer",
    "TransferLimit",
    "TransferStep",
    "TreatmentTier",
    "UpgradePlan",
    "Urgency",
    "Ward",
    "Worker",
]
