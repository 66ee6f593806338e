"""The nouns of this context."""

from phaodai.surveillance.models.alarms import Alarm, Exceedance
from phaodai.surveillance.models.cases import UNPLACED, Case, Setting
from phaodai.surveillance.models.contacts import Contact, FollowUpDay, Meeting, Membership, Team, TraceRun, Via
from phaodai.surveillance.models.laboratories import Laboratory
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
from phaodai.surveillance.models.testing import Campaign, LabelBatch
from phaodai.surveillance.models.testing_samples import ON_THE_WAY, Pool, PoolMember, Sample
from phaodai.surveillance.models.transmissions import Transmission
from phaodai.surveillance.models.visits import LateVisit, VisitBlock, VisitDay

__all__ = [
    "ON_THE_WAY",
    "UNPLACED",
    "Alarm",
    "Campaign",
    "Case",
    "ColumnMapping",
    "Contact",
    "Exceedance",
    "FollowUpDay",
    "LabTest",
    "LabelBatch",
    "Laboratory",
    "LateVisit",
    "LineList",
    "Meeting",
    "Membership",
    "Outbreak",
    "ParkedCase",
    "Pool",
    "PoolMember",
    "RefusedVisit",
    "Round",
    "Sample",
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
