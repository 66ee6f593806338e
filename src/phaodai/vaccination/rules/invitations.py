"""Hours for those who are invited, and what speaks against somebody who comes uninvited. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

_DAY = date(2000, 1, 1)


def slots(
    starts_at: time, ends_at: time, per_hour: int, people: int, taken: Mapping[time, int] | None = None
) -> Iterator[time]:
    """The hour at which each of `people` is asked to come, spread evenly over the session beside those asked before.

    `per_hour` people fit into an hour, fewer into a last hour that is cut short; whoever does not fit gets none.
    """
    there, rooms = taken or {}, dict(_hours(starts_at, ends_at, per_hour))
    together = people + sum(there.values())
    fits = sum(rooms.values())
    share = min(1.0, together / fits) if fits else 0.0
    wanted = {hour: max(0, min(room, round(room * share)) - there.get(hour, 0)) for hour, room in rooms.items()}
    free = {hour: max(0, room - there.get(hour, 0)) for hour, room in rooms.items()}
    for hour in rooms:
        lacking = people - sum(wanted.values())
        wanted[hour] += max(-wanted[hour], min(lacking, free[hour] - wanted[hour]))
    for hour, count in wanted.items():
        yield from [hour] * count


def _hours(starts_at: time, ends_at: time, per_hour: int) -> Iterator[tuple[time, int]]:
    begin, end = datetime.combine(_DAY, starts_at), datetime.combine(_DAY, ends_at)
    while begin < end:
        part = min(timedelta(hours=1), end - begin) / timedelta(hours=1)
        yield begin.time(), int(per_hour * part)
        begin += timedelta(hours=1)


class Finding(StrEnum):
    """Why a person who comes without invitation is out of turn."""

    GROUP_CLOSED = "group-closed"
    TOO_YOUNG = "too-young"
    TOO_EARLY = "too-early"
    NO_INTERVAL = "no-interval"
    INVITED_ELSEWHERE = "invited-elsewhere"
    ALREADY = "already"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Comer:
    """What is known of somebody who stands at the table."""

    group: str
    born_on: date | None
    birth_year: int | None
    next_number: int
    due_from: date | None
    vaccinated: bool
    invited_elsewhere: bool


def findings_on(
    comer: Comer, *, day: date, open_groups: Sequence[str], least_age: int | None, places_left: int
) -> list[Finding]:
    """What the rule says against giving this person a dose today; empty where it is their turn."""
    checks = (
        (Finding.ALREADY, comer.vaccinated),
        (Finding.INVITED_ELSEWHERE, comer.invited_elsewhere),
        (Finding.GROUP_CLOSED, comer.group not in open_groups and comer.next_number == 1),
        (Finding.TOO_YOUNG, least_age is not None and _younger(comer, day, least_age)),
        (Finding.NO_INTERVAL, comer.next_number > 1 and comer.due_from is None),
        (Finding.TOO_EARLY, comer.due_from is not None and comer.due_from > day),
        (Finding.FULL, places_left <= 0),
    )
    return [finding for finding, holds in checks if holds]


def _younger(comer: Comer, day: date, least: int) -> bool:
    if comer.born_on:
        had_birthday = (day.month, day.day) >= (comer.born_on.month, comer.born_on.day)
        return day.year - comer.born_on.year - (not had_birthday) < least
    return comer.birth_year is not None and day.year - comer.birth_year < least
