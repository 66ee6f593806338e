"""The law as dated data: policy packs, what was in force on a day, and decisions that cite what they rest on."""

from phaodai.rulebook.book import DEFAULT_DISEASE, Rulebook, diseases, load
from phaodai.rulebook.decision import Change, Decision, decision_of, decisions_of
from phaodai.rulebook.documents import Document
from phaodai.rulebook.errors import PackError, Refusal
from phaodai.rulebook.explain import reasons_of
from phaodai.rulebook.findings import Findings
from phaodai.rulebook.overlay import OverlayEntry
from phaodai.rulebook.provisions import Provision
from phaodai.rulebook.words import Words

__all__ = [
    "DEFAULT_DISEASE",
    "Change",
    "Decision",
    "Document",
    "Findings",
    "OverlayEntry",
    "PackError",
    "Provision",
    "Refusal",
    "Rulebook",
    "Words",
    "decision_of",
    "decisions_of",
    "diseases",
    "load",
    "reasons_of",
]
