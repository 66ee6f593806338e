"""The life of a lockdown zone: which step may follow which state, which need an order, and when the lockdown can end. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from phaodai.rulebook import Refusal, Rulebook

PROPOSED, DECIDED, OPEN, TIGHTENED, SHRUNK, LIFTED, DECLINED = STATES = (
    *("proposed", "decided", "open", "tightened", "shrunk", "lifted", "declined"),
)
CLOSED_OFF = (OPEN, TIGHTENED, SHRUNK)

# From the state and the step to the state after it; what is not here may not be done.
_LIFE: dict[str, dict[str, str]] = {
    PROPOSED: {"decide": DECIDED, "decline": DECLINED},
    DECIDED: {"open": OPEN, "decline": DECLINED},
    OPEN: {"tighten": TIGHTENED, "shrink": SHRUNK, "grow": OPEN, "prolong": OPEN, "lift": LIFTED},
    TIGHTENED: {"ease": OPEN, "shrink": SHRUNK, "grow": TIGHTENED, "prolong": TIGHTENED, "lift": LIFTED},
    SHRUNK: {"tighten": TIGHTENED, "shrink": SHRUNK, "grow": OPEN, "prolong": SHRUNK, "lift": LIFTED},
    LIFTED: {},
    DECLINED: {},
}
WITH_ORDER = frozenset({"decide", "tighten", "ease", "shrink", "grow", "prolong", "lift"})
"""Steps that bind people: each needs the number of a signed paper. Opening carries out the order that decided."""

INCUBATION = "incubation-period"


def after(state: str, step: str) -> str | None:
    """The state after a step; None where the step does not follow that state."""
    return _LIFE.get(state, {}).get(step)


def steps_from(state: str) -> list[str]:
    """What may be done next."""
    return list(_LIFE.get(state, {}))


@dataclass(frozen=True)
class ZoneCourse:
    """What happened inside: when the lockdown began, and the last day on which a case was found or isolated there."""

    opened_on: date
    last_case_on: date | None = None
    not_isolated: int = 0


@dataclass(frozen=True)
class ZoneEnd:
    """When the lockdown can end. `on` is None where the law of the day gives no length or a case is not isolated yet."""

    on: date | None
    counted_from: date
    days: int | None
    document: str
    why: Mapping[str, str]
    not_isolated: int

    def record(self) -> dict[str, Any]:
        """What a step keeps of it."""
        return {
            "on": self.on.isoformat() if self.on else None,
            "counted_from": self.counted_from.isoformat(),
            "days": self.days,
            "document": self.document,
            "why": dict(self.why),
        }


def end_of(book: Rulebook, today: date, course: ZoneCourse) -> ZoneEnd:
    """The end of a lockdown: one incubation period, as the law of the day sets it, after the last case inside.

    A working rule: no document that was read says when a zone is lifted. Fourteen days without a new case is what the
    Ministry of Health reported localities by in 2020 and 2021; the period itself is decision 07/2020/QĐ-TTg's. Without a
    case inside it counts from the first day. With a case that nobody has isolated there is no end.
    """
    begun = max(course.opened_on, course.last_case_on or course.opened_on)
    days, document, why = _incubation(book, today)
    ends = begun + timedelta(days=days) if days and not course.not_isolated else None
    return ZoneEnd(ends, begun, days, document, why, course.not_isolated)


def _incubation(book: Rulebook, today: date) -> tuple[int | None, str, Mapping[str, str]]:
    try:
        rows = book.table(INCUBATION, today).rows
    except Refusal as refusal:
        return None, "", refusal.words._asdict()
    found = next((row.provision for row in rows if row.provision.verified and row.provision.then is not None), None)
    if found is None:
        return None, rows[0].provision.document.number if rows else "", {}
    days = int(found.then)
    words = {"vi": found.reason.vi.format(then=days), "en": found.reason.en.format(then=days)}
    return days, found.document.number, words


@dataclass(frozen=True)
class Standing:
    """What one zone held from a day on, after one of its steps; `closed_off` says whether people stayed inside."""

    zone: int
    on: date
    closed_off: bool
    households: int
    people: int


@dataclass(frozen=True)
class InsideDay:
    """One day of a province: zones in lockdown, and who was inside."""

    on: date
    zones: int
    households: int
    people: int


def inside_by_day(standings: Iterable[Standing], first: date, last: date) -> list[InsideDay]:
    """Who was inside on each day from `first` to `last`. Of several steps on a day the last given counts."""
    per_zone: dict[int, list[Standing]] = {}
    for one in standings:
        per_zone.setdefault(one.zone, []).append(one)
    courses = [sorted(found, key=lambda one: one.on) for found in per_zone.values()]
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [_day(day, [_last_by(course, day) for course in courses]) for day in days]


def _last_by(course: Sequence[Standing], day: date) -> Standing | None:
    found = None
    for one in course:
        if one.on > day:
            break
        found = one
    return found if found is not None and found.closed_off else None


def _day(day: date, standing: Sequence[Standing | None]) -> InsideDay:
    inside = [one for one in standing if one is not None]
    return InsideDay(day, len(inside), sum(one.households for one in inside), sum(one.people for one in inside))
