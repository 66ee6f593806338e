"""The nouns of this context."""

from phaodai.surveillance.models.alarms import Alarm, Exceedance
from phaodai.surveillance.models.cases import UNPLACED, Case, Setting
from phaodai.surveillance.models.contacts import Contact, FollowUpDay, Meeting, Membership, Team, TraceRun, Via
from phaodai.surveillance.models.laboratory import LabTest
from phaodai.surveillance.models.line_lists import ColumnMapping, LineList, ParkedCase
from phaodai.surveillance.models.outbreaks import Outbreak
from phaodai.surveillance.models.screening import (
    RefusedVisit,
    Round,
    ScreenedDoor,
    ScreeningFinding,
    ScreeningRecord,
    Source,
    Standing,
    TeamHousehold,
    TestRequest,
)
from phaodai.surveillance.models.signal_counts import SignalCount, SignalSource
from phaodai.surveillance.models.transmissions import Transmission
from phaodai.surveillance.models.visits import LateVisit, VisitBlock, VisitDay

__all__ = [
    "UNPLACED",
    "Alarm",
    "Case",
    "ColumnMapping",
    "Contact",
    "Exceedance",
    "FollowUpDay",
    "LabTest",
    "LateVisit",
    "LineList",
    "Meeting",
    "Membership",
    "Outbreak",
    "ParkedCase",
    "RefusedVisit",
    "Round",
    "ScreenedDoor",
    "ScreeningFinding",
    "ScreeningRecord",
    "Setting",
    "SignalCount",
    "SignalSource",
    "Source",
    "Standing",
    "Team",
    "TeamHousehold",
    "TestRequest",
    "TraceRun",
    "Transmission",
    "Via",
    "VisitBlock",
    "VisitDay",
]
