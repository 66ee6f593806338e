"""When linked cases make an outbreak, and when it is over. Pure.

No document that was read says how many cases make an outbreak (ổ dịch); two linked cases are proposed, and a person decides.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from epidemic.chains import components
from phaodai.rulebook import Refusal, Rulebook
from phaodai.rulebook.record import as_record

LEAST_CASES = 2
OVER_RULE = "outbreak-over"


@dataclass(frozen=True)
class Cluster:
    """Linked cases of which some belong to no outbreak yet."""

    cases: frozenset[int]
    fresh: frozenset[int]
    outbreaks: frozenset[int]


def clusters(links: Sequence[tuple[int, int]], outbreak_of: Mapping[int, int | None]) -> list[Cluster]:
    """Every group of linked cases with somebody in no outbreak; `outbreak_of` names the cases that count."""
    found = []
    for component in components([link for link in links if link[0] in outbreak_of and link[1] in outbreak_of]):
        fresh = frozenset(case for case in component if outbreak_of[case] is None)
        known = frozenset(one for case in component if (one := outbreak_of[case]) is not None)
        if fresh and len(component) >= LEAST_CASES:
            found.append(Cluster(frozenset(component), fresh, known))
    return found


@dataclass(frozen=True)
class Course:
    """What the end rule asks of an outbreak: its last days, and how many of its cases nobody has isolated."""

    last_isolated_on: date | None
    last_case_on: date | None
    not_isolated: int


@dataclass(frozen=True)
class Ending:
    """`over` and the day `on` which it is; both None where the law gives no answer. `record` is kept and shown."""

    over: bool | None
    on: date | None
    record: dict[str, Any]


def ending(book: Rulebook, today: date, course: Course) -> Ending:
    """Whether an outbreak is over by the rule in force today. With a case that nobody has isolated it never is."""
    facts = {"last_isolated_on": course.last_isolated_on, "last_case_on": course.last_case_on}
    try:
        decision = book.decide(OVER_RULE, today, {name: day for name, day in facts.items() if day is not None})
    except Refusal as refusal:
        return Ending(None, None, {"outcome": None, "rule": OVER_RULE, "why": refusal.words._asdict(), "document": None,
            "clause": None, "awaiting_verification": []})  # fmt: skip
    record = as_record(decision)
    if decision.outcome is None:
        return Ending(None, None, record)
    open_still = course.not_isolated > 0
    return Ending(
        not open_still and bool(decision.outcome["over"]), None if open_still else decision.outcome["on"], record
    )


def commonest(values: Iterable[Any]) -> Any:
    """The value most of them share, without those that are empty; None where there is none."""
    counts: dict[Any, int] = {}
    for value in values:
        if value:
            counts[value] = counts.get(value, 0) + 1
    return max(counts, key=lambda value: counts[value], default=None)


def shared_area(areas: Sequence[tuple[int, int | None, int | None]]) -> tuple[int, int | None, int | None]:
    """The smallest area that holds all of them: (province, district, commune), None where they part."""
    provinces, districts, communes = (set(tier) for tier in zip(*areas, strict=True))
    district = districts.pop() if len(districts) == 1 else None
    commune = communes.pop() if len(communes) == 1 and district is not None else None
    return provinces.pop(), district, commune
