"""How long a contact is followed, and what a row of the grid owes today. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import inf
from typing import Any

from phaodai.rulebook import Decision, Rulebook
from phaodai.rulebook import Refusal as NoSuchLaw
from phaodai.rulebook.record import as_record

QUARANTINE = "quarantine"
KEPT = (
    *("outcome", "status", "rule", "version", "on", "document", "clause"),
    *("in_force_from", "in_force_to", "confidence", "why", "awaiting_verification"),
)
"""What is kept of the law's decision: enough to say years later why."""
ENDING_DAYS = 2
"""A course that ends within so many days is shown as ending soon. A working rule: no document sets it."""
ABSENT_DAYS = 2
"""So many days in a row without a meeting make somebody absent (the community team's habit; no document sets it)."""
LONGEST_COURSE = 60
WELL, SYMPTOMS, NOT_SEEN = "well", "symptoms", "not_seen"
MET = frozenset({WELL, SYMPTOMS})


@dataclass(frozen=True)
class Course:
    """The days of one contact's follow-up. The first day is day 1; `record` says what set them, as plain data."""

    first: date
    last: date
    samples: tuple[date, ...]
    record: Mapping[str, Any] = field(default_factory=dict)

    @property
    def length(self) -> int:
        """In days, the first and the last included."""
        return (self.last - self.first).days + 1

    def number(self, day: date) -> int:
        """Which day of the course `day` is; below 1 before it, above `length` after it."""
        return (day - self.first).days + 1


def ask_law(book: Rulebook, first: date, facts: Mapping[str, Any]) -> Decision | None:
    """What the rule of quarantine in force on the first day says of a contact; None where no document speaks of it.

    `facts` may hold doses, last_dose_on and recovered_on; each document asks for its own.
    """
    try:
        return book.decide(QUARANTINE, first, {"who": "contact", "start_on": first, **facts})
    except NoSuchLaw:
        return None


def course_by_law(decision: Decision, first: date) -> Course | None:
    """The course that a decision sets; None where it concludes nothing or asks for no quarantine.

    A rule's day N is the N-th day of quarantine, so that 14 days end on the 14th: the person is free on the decision's
    `until`, the day after.
    """
    if decision.outcome is None or not decision.outcome["isolate_days"]:
        return None
    days = int(decision.outcome["isolate_days"])
    samples = tuple(_nth(first, int(number)) for number in decision.outcome["test_days"] or ())
    return Course(first, _nth(first, days), samples, _kept(decision))


def course_by_choice(first: date, days: int, reason: str, decision: Decision | None) -> Course:
    """The course that an officer chose where the law concludes nothing, or otherwise than it; the reason is kept."""
    record = _kept(decision) if decision else {"status": "no-law", "rule": QUARANTINE}
    return Course(first, _nth(first, days), (), {**record, "chosen_days": days, "chosen_because": reason})


def _kept(decision: Decision) -> dict[str, Any]:
    """Plain data; a figure without end ("months since a dose" of somebody without one) is no figure."""
    record = as_record(decision)
    figures = {name: value for name, value in record["figures"].items() if value not in (inf, -inf)}
    return {**{name: record[name] for name in KEPT}, "figures": figures}


def _nth(first: date, number: int) -> date:
    return first + timedelta(days=number - 1)


@dataclass(frozen=True)
class Standing:
    """What a row of the grid owes on a day; `rank` puts the most pressing first."""

    unseen: bool
    symptoms: bool
    absent: bool
    sample_due: bool
    ending: bool
    overdue: bool

    @property
    def rank(self) -> tuple[bool, bool, bool, bool, bool]:
        """Sorts symptomatic before absent, overdue, owing a sample, not yet met today, and the rest."""
        return (not self.symptoms, not self.absent, not self.overdue, not self.sample_due, not self.unseen)


def standing_of(
    course: Course, answers: Mapping[date, str], sampled: Iterable[date], today: date, *, open_still: bool = True
) -> Standing:
    """Where one contact stands on `today`. `answers` maps days to states, `sampled` holds days on which a sample was taken.

    `open_still` is false once somebody has finished the follow-up: nothing is owed then.
    """
    inside = course.first <= today <= course.last
    written = max((day for day in answers if day <= today), default=None)
    return Standing(
        unseen=open_still and inside and answers.get(today) not in MET,
        symptoms=open_still and written is not None and answers[written] == SYMPTOMS,
        absent=open_still and inside and days_absent(course, answers, today) >= ABSENT_DAYS,
        sample_due=open_still and owes_sample(course, sampled, today),
        ending=open_still and inside and (course.last - today).days <= ENDING_DAYS,
        overdue=open_still and today > course.last,
    )


def days_absent(course: Course, answers: Mapping[date, str], today: date) -> int:
    """Days in a row, up to today, on which nobody met the contact. Today counts once somebody tried."""
    day, count = today if today in answers else today - timedelta(days=1), 0
    while day >= course.first and answers.get(day) not in MET:
        day, count = day - timedelta(days=1), count + 1
    return count


def owes_sample(course: Course, sampled: Iterable[date], today: date) -> bool:
    """Whether the latest sample day that has come has no sample taken on it or after it."""
    due = max((day for day in course.samples if day <= today), default=None)
    return due is not None and not any(due <= day <= today for day in sampled)


def followed_all_days(course: Course, answers: Mapping[date, str], until: date) -> bool:
    """Whether the contact was met on each day of the course up to and including `until`."""
    last = min(course.last, until)
    days = range((last - course.first).days + 1)
    return all(answers.get(course.first + timedelta(days=number)) in MET for number in days)
