"""How long somebody is kept apart, when samples are due and what stands in the way of a release. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from math import inf
from typing import Any

from phaodai.rulebook import Decision, Rulebook
from phaodai.rulebook import Refusal as NoSuchLaw
from phaodai.rulebook.record import as_record
from phaodai.surveillance.rules.follow_up import LONGEST_COURSE, course_by_choice, course_by_law

__all__ = ["LONGEST_COURSE", "Hindrance", "Plan", "Sample", "ask_law", "hindrance_of", "plan_by_choice", "plan_by_law"]

QUARANTINE, CASE_RELEASE, HOME_CARE = "quarantine", "isolation-release", "home-care"
WHO = {"contact": "contact", "arrival": "arrival"}
HOME = "home"


@dataclass(frozen=True)
class Plan:
    """What a rule, or an officer's choice, makes of one stay.

    `day_zero` is the first day inside (the texts' day 1); `release_on` the day on which the person is free, None while only
    a test can tell; `samples` pairs the rule's day number with the day it falls on; `record` says what set them.
    """

    day_zero: date
    release_on: date | None
    monitor_until: date | None
    samples: tuple[tuple[int, date], ...]
    record: Mapping[str, Any] = field(default_factory=dict)


def ask_law(book: Rulebook, on: date, kind: str, day_zero: date, facts: Mapping[str, Any]) -> Decision | None:
    """What the rule of quarantine in force on a day says of a contact or an arrival; None where no document speaks.

    `facts` may hold doses, last_dose_on, recovered_on, origin, at_home and short_stay; days as dates or ISO text.
    """
    if kind not in WHO:
        return None
    try:
        return book.decide(QUARANTINE, on, {**plain_facts(facts), "who": WHO[kind], "start_on": day_zero})
    except NoSuchLaw:
        return None


def plain_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as the rulebook takes them: kept days are text and become days again."""
    return {
        name: date.fromisoformat(value) if name.endswith("_on") and isinstance(value, str) else value
        for name, value in facts.items()
        if value not in (None, "")
    }


def plan_by_law(decision: Decision, day_zero: date) -> Plan | None:
    """The plan that a decision sets; None where it concludes nothing or asks for no quarantine."""
    course = course_by_law(decision, day_zero)
    if course is None:
        return None
    numbers = [int(number) for number in decision.outcome["test_days"] or ()]
    free = course.last + timedelta(days=1)
    watched = int(decision.outcome["monitor_days"] or 0)
    until = free + timedelta(days=watched) if watched else None
    return Plan(day_zero, free, until, tuple(zip(numbers, course.samples, strict=True)), course.record)


def plan_by_choice(
    day_zero: date, days: int, reason: str, decision: Decision | None, numbers: Sequence[int] = ()
) -> Plan:
    """The plan that an officer chose where the law concludes nothing; reason and the law's own answer are kept.

    `numbers` are the days on which samples are due; by default the last one.
    """
    course = course_by_choice(day_zero, days, reason, decision)
    asked = tuple(numbers) or (days,)
    samples = tuple((number, day_zero + timedelta(days=number - 1)) for number in asked)
    return Plan(day_zero, course.last + timedelta(days=1), None, samples, course.record)


def plan_of_case(day_zero: date, record: Mapping[str, Any]) -> Plan:
    """Of a case: isolation ends by its own rule, once a test says so."""
    return Plan(day_zero, None, None, (), dict(record))


class Obstacle(StrEnum):
    """Why somebody may not leave yet."""

    EARLY = "early"
    UNTESTED = "untested"
    WAITING = "waiting"
    POSITIVE = "positive"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Sample:
    """One sample that a stay owes: the day it is due and what came of it (`result` empty while nothing did)."""

    due_on: date
    taken: bool
    result: str


@dataclass(frozen=True)
class Hindrance:
    """What stands in the way of a release, and the day it is about."""

    what: Obstacle
    day: date


def hindrance_of(release_on: date, samples: Iterable[Sample], today: date) -> Hindrance | None:
    """What keeps a contact or arrival inside on `today`: a positive sample, the days, the last sample; None: free to go."""
    owed = sorted(samples, key=lambda one: one.due_on)
    positive = next((one for one in owed if one.result == "positive"), None)
    if positive is not None:
        return Hindrance(Obstacle.POSITIVE, positive.due_on)
    if today < release_on:
        return Hindrance(Obstacle.EARLY, release_on)
    return _of_last(owed[-1]) if owed else None


def _of_last(last: Sample) -> Hindrance | None:
    if not last.taken:
        return Hindrance(Obstacle.UNTESTED, last.due_on)
    found = {"": Obstacle.WAITING, "unclear": Obstacle.UNCLEAR}.get(last.result)
    return Hindrance(found, last.due_on) if found else None


def ask_release(book: Rulebook, on: date, facts: Mapping[str, Any]) -> Decision | None:
    """What `isolation-release` says of a case on a day; None where no document speaks of it.

    Facts: setting (home, hospital), since_on, negative_test_on, fully_vaccinated, symptomatic, symptoms_end_on.
    """
    try:
        return book.decide(CASE_RELEASE, on, plain_facts(facts))
    except NoSuchLaw:
        return None


def ask_home(book: Rulebook, on: date, kind: str, day_zero: date, facts: Mapping[str, Any]) -> Decision | None:
    """Whether the rule lets somebody stay at home: `home-care` of a case, the place of `quarantine` of the others."""
    if kind == "case":
        try:
            return book.decide(HOME_CARE, on, plain_facts(facts))
        except NoSuchLaw:
            return None
    return ask_law(book, on, kind, day_zero, facts if kind == "arrival" else {**facts, "at_home": True})


def home_allowed(decision: Decision | None) -> bool | None:
    """The answer of `ask_home`; None where the law concludes nothing."""
    if decision is None or decision.outcome is None:
        return None
    outcome = decision.outcome
    return bool(outcome) if isinstance(outcome, bool) else outcome.get("place") in (HOME, "lodging")


def kept(decision: Decision) -> dict[str, Any]:
    """A decision as it is kept with a stay; a figure without end ("months since a dose" of somebody without one) is none."""
    record = as_record(decision)
    return record | {"figures": {name: one for name, one in record["figures"].items() if one not in (inf, -inf)}}
