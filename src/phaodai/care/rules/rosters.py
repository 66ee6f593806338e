"""Hours and rest of those on a roster, who is worn out, and where somebody with a skill is missing.

The limits are working rules, not law: the Labour Code (45/2019/QH14, Articles 107, 110 and 111) speaks of ordinary work, and
Article 108 lifts its limits in an epidemic. They hold until somebody overrides them with a reason, which is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

MOST_HOURS_IN_A_DAY = 12
LEAST_REST_HOURS = 12
MOST_DAYS_IN_A_ROW = 6
TIRED_HOURS_IN_A_WEEK = 60
WEEK = timedelta(days=7)
DAY = timedelta(hours=24)

HOURS, REST, DAYS = "hours", "rest", "days"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One shift, from a moment to a moment."""

    starts_at: datetime
    ends_at: datetime

    @property
    def hours(self) -> float:
        """How long it lasts."""
        return (self.ends_at - self.starts_at).total_seconds() / 3600

    def within(self, begin: datetime, end: datetime) -> float:
        """Hours of it that fall between two moments."""
        return max((min(self.ends_at, end) - max(self.starts_at, begin)).total_seconds(), 0) / 3600


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit that a shift would break, with the figure that it would come to."""

    limit: str
    figure: float
    allowed: int


def breaches(new: Span, others: Iterable[Span], zone: tzinfo) -> list[Breach]:
    """Which limits `new` breaks beside the person's other shifts, from a week before to a week after it."""
    known = sorted(others)
    found = (
        Breach(HOURS, _most_in_a_day(new, known), MOST_HOURS_IN_A_DAY),
        Breach(REST, _least_rest(new, known), LEAST_REST_HOURS),
        Breach(DAYS, _days_in_a_row(new, known, zone), MOST_DAYS_IN_A_ROW),
    )
    return [one for one in found if (one.figure < one.allowed if one.limit == REST else one.figure > one.allowed)]


def _most_in_a_day(new: Span, others: Sequence[Span]) -> float:
    """The most hours in any 24 that touch the new shift. The most lie in 24 hours that begin or end with some shift."""
    everything = [new, *others]
    begins = {one.starts_at for one in everything} | {one.ends_at - DAY for one in everything}
    touching = [begin for begin in begins if new.within(begin, begin + DAY) > 0]
    return max(sum(one.within(begin, begin + DAY) for one in everything) for begin in touching)


def _least_rest(new: Span, others: Sequence[Span]) -> float:
    """Hours free before and after; the whole day where there is no neighbour. Shifts that touch are one long one."""
    free = [new.starts_at - one.ends_at for one in others if one.ends_at < new.starts_at]
    free += [one.starts_at - new.ends_at for one in others if one.starts_at > new.ends_at]
    return min((one.total_seconds() / 3600 for one in free), default=24.0)


def _days_in_a_row(new: Span, others: Sequence[Span], zone: tzinfo) -> int:
    """Working days without a free one around the new shift; a night shift is of the day on which it starts."""
    worked = {one.starts_at.astimezone(zone).date() for one in (new, *others)}
    day, count = new.starts_at.astimezone(zone).date(), 1
    for step in (-1, 1):
        next_day = day + timedelta(days=step)
        while next_day in worked:
            count, next_day = count + 1, next_day + timedelta(days=step)
    return count


@dataclass(frozen=True, slots=True)
class Fatigue:
    """How much somebody worked in the last seven days, and for how many days in a row until today."""

    hours: float
    days_in_a_row: int
    overridden: int = 0

    @property
    def tired(self) -> bool:
        """Whether a free day is due."""
        return self.hours > TIRED_HOURS_IN_A_WEEK or self.days_in_a_row > MOST_DAYS_IN_A_ROW or self.overridden > 0


def fatigue(spans: Iterable[Span], now: datetime, zone: tzinfo, overridden: int = 0) -> Fatigue:
    """Of shifts until `now`; what was overridden is how many of them broke a limit."""
    known = [one for one in spans if one.starts_at < now]
    hours = sum(one.within(now - WEEK, now) for one in known)
    worked = {one.starts_at.astimezone(zone).date() for one in known}
    day = now.astimezone(zone).date()
    if day not in worked:
        day -= timedelta(days=1)
    count = 0
    while day in worked:
        count, day = count + 1, day - timedelta(days=1)
    return Fatigue(round(hours, 1), count, overridden)


@dataclass(frozen=True, slots=True)
class Need:
    """People of a skill who are needed at a place over a span."""

    key: int
    skill: str
    people: int
    span: Span


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody at the same place over a span, and what they can do."""

    skills: frozenset[str]
    span: Span


@dataclass(frozen=True, slots=True)
class Gap:
    """A need that is not met: the fewest who are there at any moment of it."""

    need: Need
    there: int

    @property
    def missing(self) -> int:
        """How many more are needed."""
        return self.need.people - self.there


def gaps(needs: Iterable[Need], on_duty: Mapping[int, Sequence[OnDuty]]) -> list[Gap]:
    """The needs that are not met. `on_duty` gives those at the place of each need, by the need's key.

    The fewest at any moment count: eight hours covered by two who come one after the other are covered by one.
    """
    found = (Gap(one, _fewest(one, on_duty.get(one.key, ()))) for one in needs)
    return [one for one in found if one.missing > 0]


def _fewest(need: Need, there: Sequence[OnDuty]) -> int:
    able = [
        one.span
        for one in there
        if need.skill in one.skills and one.span.within(need.span.starts_at, need.span.ends_at)
    ]
    moments = [need.span.starts_at, *(one.ends_at for one in able), *(one.starts_at for one in able)]
    inside = [at for at in moments if need.span.starts_at <= at < need.span.ends_at]
    return min(sum(one.starts_at <= at < one.ends_at for one in able) for at in inside)
