"""The nouns of this context."""

from phaodai.command.models.documents import Acknowledgement, Citation, Clause, Document, DocumentFile, DocumentReach
from phaodai.command.models.names import NameMatch
from phaodai.command.models.papers import Delivery, OutgoingPaper
from phaodai.command.models.proposals import Proposal, Recurrence
from phaodai.command.models.reports import OutgoingNumber, Report
from phaodai.command.models.tasks import Evidence, Progress, Task, TaskReach

__all__ = [
    "Acknowledgement",
    "Citation",
    "Clause",
    "Delivery",
    "Document",
    "DocumentFile",
    "DocumentReach",
    "Evidence",
    "NameMatch",
    "OutgoingNumber",
    "OutgoingPaper",
    "Progress",
    "Proposal",
    "Recurrence",
    "Report",
    "Task",
    "TaskReach",
]
