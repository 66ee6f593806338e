"""What an organiser is told: the measures of the commune's level on the day, applied to this gathering."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from phaodai.rulebook import Decision, Refusal, Rulebook
from phaodai.rulebook.conditions import intervals
from phaodai.rulebook.words import Words

RULE = "measures"
ALLOWED, LIMITED, STOPPED, OPEN = "allowed", "limited", "stopped", "open"
ACTIVITIES = {
    "wedding": "gatherings",
    "funeral": "gatherings",
    "festival": "gatherings",
    "meeting": "gatherings",
    "other": "gatherings",
    "worship": "religion",
    "market": "traditional-markets",
}
"""Under which activity of the table each kind falls. An election falls under none: see ELECTION."""

ELECTION = Words(
    "Chưa có quy định nào đã nhập nói về bầu cử: ngày bầu cử theo luật bầu cử, cách tổ chức do Ủy ban nhân dân xã trả lời.",
    "No provision that was entered speaks of elections: the election law sets the day; the commune answers how it is held.",
)
NO_LEVEL = Words(
    "Xã chưa có cấp độ dịch được công bố cho ngày này nên chưa kết luận được; Ủy ban nhân dân xã trả lời.",
    "No level was announced for the commune on this day, so nothing can be concluded; the commune answers.",
)
FEWEST = 3
"""Two people are no gathering: the red zones of decision 2686 ban groups "of 3 or more", directive 16 "of more than 2"."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the organiser announces. `level` is the commune's on that day; `directive` (15, 16, 19) before there were levels."""

    kind: str
    people: int
    indoors: bool
    level: int | None
    directive: str = "none"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered. `most`: how many people at most; None without a number. `decision`: what it rests on, if anything."""

    outcome: str
    most: int | None
    decision: Decision | None
    words: Words

    def asks_commune(self, kind: str) -> bool:
        """Whether a person of the commune must speak.

        Where nothing can be concluded, where the province sets a number that nobody entered, and to every family in
        mourning that may not do as it wished: a machine's no is not the last word there.
        """
        return (
            self.outcome == OPEN
            or (self.outcome == LIMITED and self.most is None)
            or (kind == "funeral" and self.outcome != ALLOWED)
        )


def answer(book: Rulebook, on: date, asked: Asked) -> Answer:
    """The answer by the law of the day on which it is held."""
    activity = ACTIVITIES.get(asked.kind)
    if activity is None:
        return Answer(OPEN, None, None, ELECTION)
    facts = {"activity": activity, "level": asked.level, "directive": asked.directive, "indoors": asked.indoors}
    try:
        decision = book.decide(RULE, on, {**facts, "people": asked.people})
    except Refusal as refusal:
        return Answer(OPEN, None, None, refusal.words)
    if decision.status != "concluded":
        words = NO_LEVEL if "level" in decision.missing else decision.why
        return Answer(OPEN, None, decision, words)
    return _concluded(book, on, asked, activity, decision)


def _concluded(book: Rulebook, on: date, asked: Asked, activity: str, decision: Decision) -> Answer:
    if decision.outcome == ALLOWED:
        return Answer(ALLOWED, None, decision, decision.why)
    if asked.kind == "festival" and asked.directive == "19":
        # Directive 19 names them among what is not held, whatever their size; the table knows gatherings alone.
        return Answer(STOPPED, None, decision, decision.why)
    most = most_people(book, on, asked, activity)
    if decision.outcome == STOPPED and (most is None or most < FEWEST):
        return Answer(STOPPED, None, decision, decision.why)
    return Answer(LIMITED, most, decision, decision.why)


def most_people(book: Rulebook, on: date, asked: Asked, activity: str) -> int | None:
    """The largest number of people that is not stopped, where a larger one is; None where no number limits it."""
    sizes = sorted(set(_sizes(book, on)))
    if not sizes:
        return None
    facts = {"activity": activity, "directive": asked.directive, "indoors": asked.indoors}
    columns = {name: [value] * len(sizes) for name, value in facts.items()} | {"people": sizes}
    if asked.level is not None:
        columns["level"] = [asked.level] * len(sizes)
    outcomes = np.array(book.decide_many(RULE, on, columns).outcomes, dtype=object)
    held = [size for size, outcome in zip(sizes, outcomes, strict=True) if outcome in (ALLOWED, LIMITED)]
    stopped = [size for size, outcome in zip(sizes, outcomes, strict=True) if outcome == STOPPED]
    below = [size for size in held if stopped and size < max(stopped)]
    return max(below) if below else None


def _sizes(book: Rulebook, on: date) -> Iterator[int]:
    """Every number of people at which the table of the day may turn, and those beside it."""
    for row in book.table(RULE, on).rows:
        for one in intervals(row.provision.when):
            for limit in (one.low, one.high) if one.fact == "people" else ():
                if isinstance(limit, int | float) and math.isfinite(limit):
                    yield from (size for size in (int(limit) - 1, int(limit), int(limit) + 1) if size >= 1)
