"""Who met whom: the tracing index over a province's visits, households, proximity logs and declared contacts."""

from epidemic.tracing.accelerate import EngineError, engine
from epidemic.tracing.blocks import (
    Block,
    BlockError,
    BlockSide,
    decode_block,
    encode_block,
    person_blocks,
    place_blocks,
)
from epidemic.tracing.cache import SegmentCache
from epidemic.tracing.contacts import Contact, Contacts, Via
from epidemic.tracing.exposures import Sources
from epidemic.tracing.index import VisitIndex
from epidemic.tracing.late import LateVisits
from epidemic.tracing.meetings import Meetings, proximity_log
from epidemic.tracing.questions import CLOSE_WAYS, EVERY_WAY, Criteria, TraceError, present_at, trace, trace_many
from epidemic.tracing.rosters import Rosters
from epidemic.tracing.segments import VisitSegment, build_segment, segment_of_parts
from epidemic.tracing.visits import VisitError, Visits, minute_of, moment_of
from epidemic.tracing.warming import warm_up

__all__ = [
    "CLOSE_WAYS",
    "EVERY_WAY",
    "Block",
    "BlockError",
    "BlockSide",
    "Contact",
    "Contacts",
    "Criteria",
    "EngineError",
    "LateVisits",
    "Meetings",
    "Rosters",
    "SegmentCache",
    "Sources",
    "TraceError",
    "Via",
    "VisitError",
    "VisitIndex",
    "VisitSegment",
    "Visits",
    "build_segment",
    "decode_block",
    "encode_block",
    "engine",
    "minute_of",
    "moment_of",
    "person_blocks",
    "place_blocks",
    "present_at",
    "proximity_log",
    "segment_of_parts",
    "trace",
    "trace_many",
    "warm_up",
]
