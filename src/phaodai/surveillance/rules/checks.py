"""What makes a row of a line list unusable: it contradicts itself, or the calendar. Pure; the words are elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from phaodai.people.rules.identities import NotAnIdentity, identity_number

EARLIEST = date(1900, 1, 1)
# Days on which something happened to the case; none of them can lie ahead.
PAST = (
    "onset_on",
    "sampled_on",
    "positive_at",
    "reported_on",
    "isolated_at",
    "died_on",
    "recovered_on",
    "exposed_from",
)
NEW_EPISODE_DAYS = 90
"""Days between two infections from which the second counts as a reinfection (WHO, Public health surveillance for
COVID-19, interim guidance of 22 July 2022: 90 days)."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a row waits: the field to mend, what is wrong with it, and what it may have meant."""

    field: str
    code: str
    suggestion: str = ""


def doubt_of(row: Mapping[str, Any], *, today: date) -> Doubt | None:
    """The first thing that makes a row unusable; None when it can be taken in."""
    return next(_doubts(row, today), None)


def _doubts(row: Mapping[str, Any], today: date) -> Iterator[Doubt]:
    if not row.get("code"):
        yield Doubt("code", "no-code")
    yield from _ahead(row, today)
    yield from _before_birth(row)
    yield from _after_death(row)
    yield from _identity(row)
    if row.get("source") and row["source"] == row.get("code"):
        yield Doubt("source", "own-source")
    start, end = row.get("exposed_from"), row.get("exposed_to")
    if start and end and end < start:
        yield Doubt("exposed_to", "exposure-ends-first")


def _ahead(row: Mapping[str, Any], today: date) -> Iterator[Doubt]:
    for name in PAST:
        value = row.get(name)
        if value is not None and _day(value) > today:
            yield Doubt(name, "future")


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _before_birth(row: Mapping[str, Any]) -> Iterator[Doubt]:
    born, year = row.get("birth_date"), row.get("birth_year")
    if born is None and year is None:
        return
    for name in ("onset_on", "sampled_on", "positive_at", "reported_on", "died_on"):
        value = row.get(name)
        if value is None:
            continue
        if (born is not None and _day(value) < born) or (born is None and _day(value).year < int(year or 0)):
            yield Doubt(name, "before-birth")


def _after_death(row: Mapping[str, Any]) -> Iterator[Doubt]:
    died, onset = row.get("died_on"), row.get("onset_on")
    if died is not None and onset is not None and onset > died:
        yield Doubt("onset_on", "onset-after-death")


def _identity(row: Mapping[str, Any]) -> Iterator[Doubt]:
    number = row.get("identity_number")
    if not number:
        return
    try:
        identity_number(number, sex=row.get("sex") or "", birth_year=row.get("birth_year"))
    except NotAnIdentity as wrong:
        yield Doubt("identity_number", f"identity-{wrong.reason}")
