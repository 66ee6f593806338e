"""The nouns of this context."""

from phaodai.surveillance.models.alarms import Alarm, Exceedance
from phaodai.surveillance.models.cases import UNPLACED, Case, Setting
from phaodai.surveillance.models.contacts import Contact, FollowUpDay, Meeting, Membership, Team, TraceRun, Via
from phaodai.surveillance.models.laboratory import LabTest
from phaodai.surveillance.models.line_lists import ColumnMapping, LineList, ParkedCase
from phaodai.surveillance.models.outbreaks import Outbreak
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
    "Setting",
    "SignalCount",
    "SignalSource",
    "Team",
    "TraceRun",
    "Transmission",
    "Via",
    "VisitBlock",
    "VisitDay",
]
