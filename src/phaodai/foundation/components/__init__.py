"""What pages are made of, as plain data: each component knows how it is printed, and nothing of where it came from.

``docs/screens.md`` shows each with an example. ``{% show thing %}`` prints one in a template; ``format_html`` takes it.
"""

from phaodai.foundation.components.base import Component, Content, Kind, Text, show
from phaodai.foundation.components.figures import KeyFigure, KeyFigures, Ruler, Summary, SummaryCount
from phaodai.foundation.components.marks import (
    Accountability,
    Action,
    Level,
    Masked,
    Measured,
    Meter,
    Stacked,
    State,
    Tag,
    Tier,
)
from phaodai.foundation.components.panels import Empty, Fact, Facts, Log, LogEntry, Note, Reason, SidePanel, Why
from phaodai.foundation.components.queues import Chip, ChipMenu, Chips, Pager, Queue, QueueItem, Tab, Tabs
from phaodai.foundation.components.registers import (
    Bulk,
    BulkPreview,
    Cell,
    CellEditor,
    Column,
    Lines,
    Name,
    Row,
    Skipped,
    Table,
)

__all__ = [
    "Accountability",
    "Action",
    "Bulk",
    "BulkPreview",
    "Cell",
    "CellEditor",
    "Chip",
    "ChipMenu",
    "Chips",
    "Column",
    "Component",
    "Content",
    "Empty",
    "Fact",
    "Facts",
    "KeyFigure",
    "KeyFigures",
    "Kind",
    "Level",
    "Lines",
    "Log",
    "LogEntry",
    "Masked",
    "Measured",
    "Meter",
    "Name",
    "Note",
    "Pager",
    "Queue",
    "QueueItem",
    "Reason",
    "Row",
    "Ruler",
    "SidePanel",
    "Skipped",
    "Stacked",
    "State",
    "Summary",
    "SummaryCount",
    "Tab",
    "Table",
    "Tabs",
    "Tag",
    "Text",
    "Tier",
    "Why",
    "show",
]
