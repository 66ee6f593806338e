"""Meals owed: person-days inside by payer and rate, as the rule `quarantine-meals` says for each day. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from phaodai.rulebook import Refusal as NoSuchLaw
from phaodai.rulebook import Rulebook, decisions_of

MEALS = "quarantine-meals"


@dataclass(frozen=True)
class Span:
    """Somebody's days inside: counted from `day_zero`, present from `first` to `last`, both included."""

    day_zero: date
    first: date
    last: date


@dataclass(frozen=True)
class Owed:
    """Person-days of one payer at one rate. `per_day` in đồng; None where the payer settles it without a rate.

    `payer` is empty where the law concludes nothing.
    """

    payer: str
    per_day: int | None
    days: int
    document: str

    @property
    def amount(self) -> int | None:
        """In đồng."""
        return self.per_day * self.days if self.per_day is not None else None


def meals_owed(book: Rulebook, spans: Iterable[Span], first: date, last: date, setting: str) -> list[Owed]:
    """What is owed for the days from `first` to `last`, both included; the largest count first."""
    counted: Counter[tuple[str, int | None, str]] = Counter()
    for day, starts in sorted(_starts_by_day(spans, first, last).items()):
        for start, key in zip(starts, _keys(book, day, list(starts), setting), strict=True):
            counted[key] += starts[start]
    return [Owed(payer, rate, days, document) for (payer, rate, document), days in counted.most_common()]


def _starts_by_day(spans: Iterable[Span], first: date, last: date) -> dict[date, Counter[date]]:
    """How many people who began on which day were inside, by day."""
    found: dict[date, Counter[date]] = defaultdict(Counter)
    for one in spans:
        begin, end = max(one.first, first), min(one.last, last)
        for number in range((end - begin).days + 1):
            found[begin + timedelta(days=number)][one.day_zero] += 1
    return found


def _keys(book: Rulebook, day: date, starts: list[date], setting: str) -> list[tuple[str, int | None, str]]:
    try:
        found = decisions_of(book.decide_many(MEALS, day, {"start_on": starts, "setting": [setting] * len(starts)}))
    except NoSuchLaw:
        return [("", None, "")] * len(starts)
    return [_key(one.outcome, one.document.number if one.document else "") for one in found]


def _key(outcome: dict[str, object] | None, document: str) -> tuple[str, int | None, str]:
    if outcome is None:
        return ("", None, document)
    rate = outcome.get("per_day")
    return (str(outcome["payer"]), int(str(rate).split(".")[0]) if rate is not None else None, document)
