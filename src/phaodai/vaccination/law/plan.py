"""The order of priority groups, the least age and the day of the next dose, as the rulebook has them on a day."""

from dataclasses import dataclass
from datetime import date

from phaodai.rulebook import Decision, Rulebook, decisions_of
from phaodai.rulebook import Refusal as NoSuchLaw
from phaodai.vaccination.law.vocabulary import GROUP

LAST = 99
"""The place of a group that no verified order names: after all others, until a person decides with a reason."""


@dataclass(frozen=True)
class GroupPlace:
    """Where the order in force puts a group; `rank` is None where no verified value says it."""

    group: str
    rank: int | None
    decision: Decision


def order_on(book: Rulebook, on: date) -> list[GroupPlace]:
    """Every group of the vocabulary with its place on a day, the first first; what is not verified comes last."""
    groups = list(book.vocabularies[GROUP].terms)
    try:
        findings = book.decide_many("vaccine-priority", on, {"group": groups})
    except NoSuchLaw:
        return []
    places = [
        GroupPlace(group, _rank(decision), decision)
        for group, decision in zip(groups, decisions_of(findings), strict=True)
    ]
    return sorted(places, key=lambda place: LAST if place.rank is None else place.rank)


def _rank(decision: Decision) -> int | None:
    return int(decision.outcome["rank"]) if decision.status == "concluded" else None


def ranks_on(book: Rulebook, on: date) -> dict[str, int]:
    """Group to place; `LAST` where no verified order names it."""
    return {one.group: LAST if one.rank is None else one.rank for one in order_on(book, on)}


@dataclass(frozen=True)
class LeastAge:
    """From which age doses are given on a day, with what says so; `years` is None where nothing verified does."""

    years: int | None
    words: str
    document: str


def least_age_on(book: Rulebook, on: date) -> LeastAge:
    """The least age in force on a day."""
    rows = (one.provision for one in book.table("vaccination", on).rows if one.provision.row == "least-age")
    found = next((one for one in rows if one.verified), None)
    if found is None:
        return LeastAge(None, "", "")
    return LeastAge(int(found.then), str(found.then), found.document.number)


@dataclass(frozen=True)
class NextDose:
    """Which dose comes next and from which day; `due_from` is None where no verified rule gives the interval."""

    number: int
    due_from: date | None
    latest: date | None
    decision: Decision | None


def next_dose(book: Rulebook, on: date, *, product: str, given: int, last_on: date) -> NextDose:
    """The dose after number `given` of `product`, by the interval rule in force on `on`."""
    facts = {"product": product, "last_dose_on": last_on, "dose_number": given + 1}
    try:
        decision = book.decide("vaccine-interval", on, facts)
    except NoSuchLaw:
        return NextDose(given + 1, None, None, None)
    if decision.status != "concluded":
        return NextDose(given + 1, None, None, decision)
    return NextDose(given + 1, decision.outcome["earliest"], decision.outcome["latest"], decision)
