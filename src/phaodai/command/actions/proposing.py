"""From clauses to proposals: the machine's first draft of who does what by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from phaodai.command.models import Clause, Document, NameMatch, Proposal, Recurrence
from phaodai.command.rules.matching import Candidate, Match, match, words_of
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import fold
from phaodai.people.models import Organisation

# Three lines of the confirming panel.
LONGEST_TITLE = 160
_ADDRESSED = ("lead", "implement", "accountable", None)


def propose_tasks(document: Document) -> list[Proposal]:
    """One proposal for each clause that the reader takes for a task, with units matched and deadlines only read."""
    names = Names(candidates_for(document), remembered_for(document))
    sections = sections_of(document)
    tasks = document.clauses.filter(kind=Clause.Kind.TASK).exclude(children__kind=Clause.Kind.TASK).distinct()
    return [_propose(clause, sections[clause.path], names) for clause in tasks.order_by("position")]


@dataclass(frozen=True)
class Names:
    """What names are matched against: the organisations that exist, and what a person said before."""

    candidates: list[Candidate]
    remembered: dict[str, tuple[int, ...]]

    def match(self, printed: str) -> Match:
        """The organisations of a printed name; a person's answer goes before the rules."""
        folded = fold(printed)
        known = self.remembered.get(words_of(folded), ())
        return Match(printed, known) if known else match(printed, folded, self.candidates)


def remembered_for(document: Document) -> dict[str, tuple[int, ...]]:
    """By folded name, the organisations still open that the document's book remembers."""
    found: dict[str, tuple[int, ...]] = {}
    rows = NameMatch.objects.in_use(document.organisation_id).filter(organisations__closed_on=None)
    for folded, organisation in rows.order_by("organisations__tier", "organisations__id").values_list(
        "folded", "organisations"
    ):
        found[folded] = (*found.get(folded, ()), organisation)
    return found


def sections_of(document: Document) -> dict[str, dict[str, Any]]:
    """The sections of the machine's reading by their path."""
    return {section["id"]: section for section in _walk(document.reading["sections"])}


def agencies_by_role(section: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The names that a section holds accountable, and those it sets beside them."""
    agencies = section.get("agencies") or []
    addressed = [a["name"] for a in agencies if a.get("role") in _ADDRESSED]
    return addressed, [a["name"] for a in agencies if a.get("role") == "coordinate"]


def candidates_for(document: Document) -> list[Candidate]:
    """The organisations of the document's province that can take a task."""
    rows = Organisation.objects.open().filter(province_id=document.province_id).order_by("tier", "id")
    return [Candidate(row.pk, row.kind, row.tier, fold(row.name), fold(row.short_name)) for row in rows]


def _walk(sections: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    for section in sections:
        yield section
        yield from _walk(section.get("children") or [])


def _propose(clause: Clause, section: dict[str, Any], names: Names) -> Proposal:
    accountable, others = agencies_by_role(section)
    addressed, beside = [names.match(name) for name in accountable], [names.match(name) for name in others]
    proposal = Proposal.objects.create(
        document=clause.document,
        clause=clause,
        title=title_of(clause),
        unmatched=[m.printed for m in (*addressed, *beside) if not m.organisations],
        **_deadline_columns(section.get("deadlines") or []),
        **_measure_columns(section.get("quantities") or []),
    )
    proposal.addressees.set(_ids(addressed))
    proposal.coordinating.set(set(_ids(beside)) - set(_ids(addressed)))
    return proposal


def title_of(clause: Clause) -> str:
    """The first sentence of the clause, cut at a word where it is long."""
    first = next((line.strip() for line in clause.text.splitlines() if line.strip()), clause.heading)
    sentence = " ".join(first.removeprefix(clause.marker).split()).split(". ")[0].split("; ")[0].split(": - ")[0]
    if len(sentence) <= LONGEST_TITLE:
        return sentence.rstrip(".:; ")
    return sentence[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",") + "…"


def _ids(matches: Iterable[Match]) -> list[int]:
    return list(dict.fromkeys(i for m in matches for i in m.organisations))


def _deadline_columns(deadlines: list[dict[str, Any]]) -> dict[str, Any]:
    """What was read is shown as a proposal; a dated one is also offered as the value, for a person to accept."""
    if not deadlines:
        return {}
    first = deadlines[0]
    recurrence = {"daily": Recurrence.DAILY, "weekly": Recurrence.WEEKLY}.get(
        first.get("recurrence") or "", Recurrence.ONCE
    )
    columns: dict[str, Any] = {"deadline_read": (first.get("raw") or "")[:200], "recurrence": recurrence}
    if first.get("date"):
        columns["deadline"] = moment_of(first["date"], first.get("time"))
    return columns


def moment_of(day: str, clock: str | None) -> datetime:
    """A printed day, with its hour or else the end of the working day (17:00), in Vietnam's time."""
    hour = time.fromisoformat(clock) if clock else time(17, 0)
    return datetime.combine(datetime.fromisoformat(day).date(), hour, tzinfo=VIETNAM)


def _measure_columns(quantities: list[dict[str, Any]]) -> dict[str, Any]:
    if len(quantities) != 1 or not isinstance(quantities[0].get("value"), int | float) or quantities[0]["value"] <= 0:
        return {}
    quantity = quantities[0]
    return {"measure": (quantity.get("raw") or "")[:300], "measure_unit": (quantity.get("unit") or "")[:30]}
