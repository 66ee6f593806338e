"""The tracing clock of one case: positive result, F1 listed, told, in quarantine, F2 told, zone proposed. Pure.

The rulebook knows one target, the 24 hours of the tracing handbook 5053/QĐ-BYT, and nobody has verified it. Until
somebody does, the working targets below count, and screens say that no document sets them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from phaodai.rulebook import Rulebook


class Step(StrEnum):
    """The five steps, in their order."""

    LISTED = "listed"
    TOLD = "told"
    QUARANTINED = "quarantined"
    SECOND_TOLD = "second_told"
    ZONE = "zone"


WORKING_HOURS = {Step.LISTED: 6, Step.TOLD: 12, Step.QUARANTINED: 24, Step.SECOND_TOLD: 48, Step.ZONE: 24}
"""Hours from the positive result. Working targets: no document that anybody has verified sets them."""


@dataclass(frozen=True)
class Targets:
    """Hours from the positive result to each step; `document` is what sets the whole, empty for working targets."""

    hours: dict[Step, int]
    document: str = ""


@dataclass(frozen=True)
class Reached:
    """When one contact came how far; None is not yet."""

    degree: int
    listed_at: datetime
    told_at: datetime | None = None
    quarantined_at: datetime | None = None


@dataclass(frozen=True)
class Progress:
    """One step of one case: how many of how many, until when, and when the last of them was done."""

    step: Step
    done: int
    total: int
    due_at: datetime
    reached_at: datetime | None

    def breached(self, moment: datetime) -> bool:
        """Whether its target passed before it was reached."""
        return moment > self.due_at and (self.reached_at is None or self.reached_at > self.due_at)


def targets_on(book: Rulebook, on: date) -> Targets:
    """The targets in force on a day: the document's hours cap the working ones where somebody has verified them."""
    rows = book.table("tracing", on).rows
    found = next((row.provision for row in rows if row.provision.row == "target-hours"), None)
    if found is None or not found.verified:
        return Targets(dict(WORKING_HOURS))
    limit = int(found.then)
    hours = {step: min(hours, limit) for step, hours in WORKING_HOURS.items()}
    return Targets(hours, found.document.number)


def clock_of(
    positive_at: datetime,
    contacts: Sequence[Reached],
    targets: Targets,
    *,
    traced_at: datetime | None = None,
    zone_at: datetime | None = None,
) -> list[Progress]:
    """The five steps of a case. `traced_at` is when somebody searched, which is a list even where nobody was found.

    Steps that are owed to nobody (a case without F2) are reached when the list is.
    """
    first = [one for one in contacts if one.degree == 1]
    second = [one for one in contacts if one.degree > 1]
    listed = [moment for moment in (traced_at, *(one.listed_at for one in first)) if moment]
    listed_at = min(listed, default=None)

    def step(name: Step, moments: Sequence[datetime | None]) -> Progress:
        known = [moment for moment in moments if moment]
        whole = len(known) == len(moments)
        reached = max(known, default=listed_at) if whole and listed_at else None
        return Progress(name, len(known), len(moments), positive_at + timedelta(hours=targets.hours[name]), reached)

    return [
        step(Step.LISTED, [listed_at]),
        step(Step.TOLD, [one.told_at for one in first]),
        step(Step.QUARANTINED, [one.quarantined_at for one in first]),
        step(Step.SECOND_TOLD, [one.told_at for one in second]),
        step(Step.ZONE, [zone_at]),
    ]


def running(steps: Sequence[Progress]) -> Progress | None:
    """The step that is owed next; None when all are reached."""
    return next((one for one in steps if one.reached_at is None), None)
