"""When a case could infect others, by the rule in force on its days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from phaodai.rulebook import Refusal, Rulebook, Words

TABLE = "infectious-window"
ISOLATION = "isolation"
NO_DAY = Words(
    "Ca này chưa có ngày khởi phát, ngày lấy mẫu hay ngày báo cáo. Ghi một ngày rồi truy vết.",
    "this case has no day of onset, sample or report; write one down, then trace",
)


@dataclass(frozen=True, kw_only=True)
class CaseDays:
    """What of a case bears on its window; moments aware, in Vietnam's time."""

    onset_on: date | None = None
    sampled_on: date | None = None
    positive_at: datetime | None = None
    reported_on: date | None = None
    isolated_at: datetime | None = None
    infectious_until: date | None = None
    outcome_on: date | None = None

    @property
    def first_sign(self) -> date | None:
        """The onset; without symptoms the first positive sample; else the first day on which anything is known of it."""
        tested = self.positive_at.date() if self.positive_at else None
        return self.onset_on or self.sampled_on or tested or self.reported_on

    @property
    def found_on(self) -> date | None:
        """The day whose law counts: when it was found to be a case."""
        tested = self.positive_at.date() if self.positive_at else None
        return tested or self.reported_on or self.sampled_on or self.onset_on


@dataclass(frozen=True)
class Window:
    """From `begin` up to before `end`, both aware; `begin == end` where nobody could be infected.

    `closed` is false while nobody has written down what ends it: it then runs until now. `in_time` is false where the
    case was found before the first version of the rule, whose figures then stand in.
    """

    begin: datetime
    end: datetime
    closed: bool
    in_time: bool
    document: str
    version: str
    why: Words


def infectious_window(book: Rulebook, days: CaseDays, now: datetime) -> Window:
    """The window of a case, no later than `now` (aware, in Vietnam's time).

    Raises
    ------
    Refusal
        Of the rulebook: where the case has no day at all, or the disease has no such rule.
    """
    first, found = days.first_sign, days.found_on
    if first is None or found is None:
        raise Refusal(NO_DAY)
    started = [begin for begin, _end in book.periods(TABLE)]
    on = max([found, *started[:1]])
    provision = book.value(TABLE, on)
    begin = _midnight(first - timedelta(days=provision.then["days_before"]), now)
    end = _end(days, provision.then["until"], now)
    closing = now if end is None else min(end, now)
    figures = {"days_before": provision.then["days_before"]}
    why = Words(provision.reason.vi.format(**figures), provision.reason.en.format(**figures))
    return Window(
        begin, max(begin, closing), end is not None, on == found, provision.document.number, provision.name, why
    )


def _end(days: CaseDays, until: str, now: datetime) -> datetime | None:
    """What ended it by the rule, else the outcome; None while neither is written down."""
    negative = _after(days.infectious_until, now)
    chosen = days.isolated_at or negative if until == ISOLATION else negative
    return chosen or _after(days.outcome_on, now)


def _after(day: date | None, now: datetime) -> datetime | None:
    return None if day is None else _midnight(day + timedelta(days=1), now)


def _midnight(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(), now.tzinfo)
