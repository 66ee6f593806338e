"""What containment asks of the law beside the rule of levels: plain values, and what a level limits."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from phaodai.containment.rules.decision_paper import Limit
from phaodai.rulebook import Decision, Rulebook, decisions_of
from phaodai.rulebook.documents import Document

MEASURES = "measures"
ALLOWED = "allowed"
_OF_A_LEVEL = re.compile(r"^(?:Cấp \d|Vùng \w+|Từ vùng \w+): (?P<words>.+)$")


def value_on(book: Rulebook, table: str, on: date, row: str = "value") -> Any:
    """What a plain value says on a day; None where there is none in force that was verified."""
    found = (one.provision for one in book.table(table, on).rows if one.provision.row == row)
    return next((one.then for one in found if one.verified), None)


def limits_of_level(book: Rulebook, level: int, on: date) -> list[Limit]:
    """Every activity that a level limits or stops on a day; what nobody has verified is not among them.

    Activities with the same words of the same document are named together.
    """
    activities = list(book.vocabularies["activity"].terms)
    findings = book.decide_many(MEASURES, on, {"activity": activities, "level": [level] * len(activities)})
    together: dict[tuple[str, str, str], list[str]] = {}
    documents: dict[str, Document] = {}
    for activity, decision in zip(activities, decisions_of(findings), strict=True):
        if decision.outcome in (None, ALLOWED) or decision.document is None:
            continue
        key = (_words(book, decision), decision.document.number, decision.clause)
        together.setdefault(key, []).append(book.vocabularies["activity"].label(activity).vi)
        documents[decision.document.number] = decision.document
    return [
        Limit("; ".join(names), words, documents[number], clause) for (words, number, clause), names in together.items()
    ]


def _words(book: Rulebook, decision: Decision) -> str:
    """The provision's own words where it has some, else the outcome."""
    own = _OF_A_LEVEL.match(decision.why.vi)
    words = own["words"] if own else book.vocabularies["outcome"].label(str(decision.outcome)).vi
    return words.rstrip(".")


def bases_of(book: Rulebook, on: date, numbers: Iterable[str]) -> list[Document]:
    """The law of the day and the named documents, the strongest first."""
    law = [row.provision.document for row in book.table("legal-basis", on).rows]
    named = [book.documents[number] for number in numbers if number in book.documents]
    return sorted(dict.fromkeys([*law, *named]), key=lambda one: (-one.strength, one.date))
