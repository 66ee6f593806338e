"""Whether a lockdown zone is tight, outside and inside: figures, what they mean, and the reason for each. Pure.

"Tight outside, loose inside" (ngoài chặt, trong lỏng) was the common complaint of 2021: guarded gates, and infections going on
behind them. No document that was read sets limits; those here are working rules.
"""

from dataclasses import dataclass
from enum import StrEnum

CHECK_EVERY_DAYS = 1
"""Each household is visited once a day."""
NOT_VISITED_DAYS = 2
"""A household that nobody visited for so many days is not known of."""
WINDOW_DAYS = 7
"""Over how many days visits and passages are counted; fewer at the beginning."""
LEAST_CHECKED = 0.9
MOST_UNVISITED = 0.05
MOST_AWAY = 0.02
MOST_WITHOUT_PERMIT = 0.05


@dataclass(frozen=True)
class ZoneFacts:
    """What was counted in a zone, over the last `days` days where nothing else is said.

    checks_due: household-days. cases: found among those inside since the first day. needs_late: owed past their day.
    """

    households: int
    days: int
    gates: int = 0
    passages: int = 0
    without_permit: int = 0
    checks_due: int = 0
    checks_made: int = 0
    away: int = 0
    unvisited: int = 0
    cases: int = 0
    unknown_source: int = 0
    needs_late: int = 0


class Cause(StrEnum):
    """Why a side is loose, or not known."""

    NO_GATE = "no gate"
    NO_PASSAGE = "no passage logged"
    WITHOUT_PERMIT = "without permit"
    NOT_CHECKED = "not checked"
    UNVISITED = "unvisited"
    AWAY = "away"
    UNKNOWN_SOURCE = "unknown source"
    NEEDS_LATE = "needs late"


@dataclass(frozen=True)
class Finding:
    """One cause with its figures: `part` of `whole`."""

    cause: Cause
    part: int
    whole: int


class Verdict(StrEnum):
    """The whole in a word."""

    TIGHT = "tight"
    LOOSE_INSIDE = "loose inside"
    LOOSE_OUTSIDE = "loose outside"
    LOOSE = "loose"
    NOTHING_INSIDE = "nobody inside"


@dataclass(frozen=True)
class Tightness:
    """The verdict, and what speaks against each side; an empty list is a tight side."""

    verdict: Verdict
    outside: tuple[Finding, ...]
    inside: tuple[Finding, ...]
    facts: ZoneFacts


def tightness_of(facts: ZoneFacts) -> Tightness:
    """How tight a zone is by its figures."""
    if not facts.households:
        return Tightness(Verdict.NOTHING_INSIDE, (), (), facts)
    outside, inside = tuple(_outside(facts)), tuple(_inside(facts))
    verdict = {
        (False, False): Verdict.TIGHT,
        (False, True): Verdict.LOOSE_INSIDE,
        (True, False): Verdict.LOOSE_OUTSIDE,
        (True, True): Verdict.LOOSE,
    }[bool(outside), bool(inside)]
    return Tightness(verdict, outside, inside, facts)


def _outside(facts: ZoneFacts) -> list[Finding]:
    """A zone without a gate, or whose gates write nothing down, is not known to be closed."""
    if not facts.gates:
        return [Finding(Cause.NO_GATE, 0, 0)]
    if not facts.passages and facts.days > 1:
        return [Finding(Cause.NO_PASSAGE, 0, facts.gates)]
    if _share(facts.without_permit, facts.passages) > MOST_WITHOUT_PERMIT:
        return [Finding(Cause.WITHOUT_PERMIT, facts.without_permit, facts.passages)]
    return []


def _inside(facts: ZoneFacts) -> list[Finding]:
    found = []
    if facts.checks_due and _share(facts.checks_made, facts.checks_due) < LEAST_CHECKED:
        found.append(Finding(Cause.NOT_CHECKED, facts.checks_made, facts.checks_due))
    if facts.days >= NOT_VISITED_DAYS and _share(facts.unvisited, facts.households) > MOST_UNVISITED:
        found.append(Finding(Cause.UNVISITED, facts.unvisited, facts.households))
    if _share(facts.away, facts.checks_made) > MOST_AWAY:
        found.append(Finding(Cause.AWAY, facts.away, facts.checks_made))
    if facts.unknown_source:
        found.append(Finding(Cause.UNKNOWN_SOURCE, facts.unknown_source, facts.cases))
    if facts.needs_late:
        found.append(Finding(Cause.NEEDS_LATE, facts.needs_late, facts.households))
    return found


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
