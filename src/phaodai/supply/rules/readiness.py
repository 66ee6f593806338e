"""Four on the spot against a scenario: the gap of each week, and how ready a unit is, with the reasons.

The duty is the law's (571-CV/TU Bắc Giang, section 2: prepare by the four on the spot for each scenario); the score is this
program's way to show how much of the duty is met. It has no weights: each pillar is the share of what is asked of it that
is there, and the unit's score is its weakest pillar, because a unit without oxygen is not made ready by its telephones.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

COMMAND, FORCES, MEANS, LOGISTICS = "command", "forces", "means", "logistics"
PILLARS = (COMMAND, FORCES, MEANS, LOGISTICS)
FIGURE_KEPT = timedelta(days=7)
"""How long a figure that a unit typed is believed without a mark: one week, the step of a scenario's needs."""
DRILL_KEPT = timedelta(days=90)
"""A drill counts for a quarter; a rule of this program."""
BODY, ON_CALL = "command_body", "on_call"


@dataclass(frozen=True)
class Week:
    """What one week asks of one thing, and what there will be of it."""

    start: date
    need: Decimal
    have: Decimal

    @property
    def gap(self) -> Decimal:
        """How much is missing; nothing where there is enough."""
        return max(self.need - self.have, Decimal(0))


@dataclass(frozen=True)
class Asked:
    """One thing asked for: needs by week, what is there, and what is on the way with the week in which it arrives.

    What is `used_up` is taken from the stock week by week; of the rest the same beds and people serve every week.
    """

    key: str
    name: str
    unit: str
    pillar: str
    needs: Mapping[date, Decimal]
    have: Decimal
    coming: Mapping[date, Decimal]
    used_up: bool
    as_of: date | None = None
    source: str = ""


def weeks_of(asked: Asked) -> list[Week]:
    """Each week with what there is of the thing when it is asked for. `coming` counts from the week of its arrival on."""
    weeks, used = [], Decimal(0)
    for start in sorted(asked.needs):
        need = asked.needs[start]
        arrived = sum((much for on, much in asked.coming.items() if on < start + timedelta(days=7)), Decimal(0))
        have = max(asked.have + arrived - used, Decimal(0))
        weeks.append(Week(start, need, have))
        if asked.used_up:
            used += min(need, have)
    return weeks


def gap_of(asked: Asked) -> Decimal:
    """What to get for all weeks together: gaps add up for what is used up, else the widest one counts."""
    gaps = [week.gap for week in weeks_of(asked)]
    if not gaps:
        return Decimal(0)
    return sum(gaps, Decimal(0)) if asked.used_up else max(gaps)


def share_of(asked: Asked) -> Decimal:
    """How much of the need is met, 0 to 1: of the sum for what is used up, of the worst week for the rest."""
    weeks = [week for week in weeks_of(asked) if week.need > 0]
    if not weeks:
        return Decimal(1)
    if asked.used_up:
        total = sum((week.need for week in weeks), Decimal(0))
        return 1 - sum((week.gap for week in weeks), Decimal(0)) / total
    return min(1 - week.gap / week.need for week in weeks)


def first_short(asked: Asked) -> date | None:
    """The first week that asks for more than there is; None where there is enough for all of them."""
    return next((week.start for week in weeks_of(asked) if week.gap > 0), None)


@dataclass(frozen=True)
class Command:
    """What a unit says of its command: when each part was last told, and the last drill that it answered in time."""

    body_as_of: date | None
    on_call_as_of: date | None
    drilled_on: date | None


@dataclass(frozen=True)
class Reason:
    """Why a pillar is not full: a code that the screen words, about what, and the share that is met."""

    code: str
    about: str = ""
    share: Decimal = Decimal(0)
    day: date | None = None


@dataclass(frozen=True)
class PillarScore:
    """One pillar: the share that is met, and what is missing; `known` is false where nothing can be said."""

    pillar: str
    share: Decimal
    reasons: tuple[Reason, ...]
    known: bool = True


@dataclass(frozen=True)
class Readiness:
    """The four pillars of a unit on a day."""

    pillars: tuple[PillarScore, ...]

    @property
    def share(self) -> Decimal | None:
        """The weakest pillar; None while nothing is known of one of them."""
        if not all(one.known for one in self.pillars):
            return None
        return min(one.share for one in self.pillars)


def readiness_of(command: Command, asked: Sequence[Asked], today: date, *, planned: bool) -> Readiness:
    """How ready a unit is on `today`. Without a plan (`planned` false) only command can be judged."""
    scores = [_command(command, today)]
    scores += [_pillar(name, [one for one in asked if one.pillar == name], planned=planned) for name in PILLARS[1:]]
    return Readiness(tuple(scores))


def is_old(as_of: date | None, today: date) -> bool:
    """Whether a figure needs to be told again."""
    return as_of is None or today - as_of > FIGURE_KEPT


def _command(command: Command, today: date) -> PillarScore:
    """Three things asked: the body is named, who is on call was said this week, a drill was answered this quarter."""
    missing = []
    if command.body_as_of is None:
        missing.append(Reason("no_body"))
    if is_old(command.on_call_as_of, today):
        missing.append(Reason("no_on_call", day=command.on_call_as_of))
    if command.drilled_on is None or today - command.drilled_on > DRILL_KEPT:
        missing.append(Reason("no_drill", day=command.drilled_on))
    return PillarScore(COMMAND, Decimal(3 - len(missing)) / 3, tuple(missing))


def _pillar(pillar: str, asked: Sequence[Asked], *, planned: bool) -> PillarScore:
    if not planned or not asked:
        return PillarScore(pillar, Decimal(0), (Reason("no_plan" if not planned else "nothing_asked"),), known=False)
    short = sorted(((share_of(one), one) for one in asked), key=lambda pair: pair[0])
    reasons = tuple(Reason("short", one.name, share, first_short(one)) for share, one in short if share < 1)
    return PillarScore(pillar, short[0][0], reasons)


def scaled(needs: Mapping[date, Decimal], people: int, all_people: int) -> dict[date, Decimal]:
    """The part of a larger unit's needs that falls on `people` of its `all_people`."""
    return {week: (much * people / all_people).quantize(Decimal(1)) for week, much in needs.items()}


def booked_difference(booked: Decimal | None, counted: Decimal) -> Decimal | None:
    """How far the count lies from the books; None where the books say nothing."""
    return None if booked is None else counted - booked


def agreeing(pairs: Iterable[tuple[Decimal | None, Decimal]]) -> tuple[int, int]:
    """Of the things counted that the books know, how many agree: (agree, known)."""
    known = [(booked, counted) for booked, counted in pairs if booked is not None]
    return sum(booked == counted for booked, counted in known), len(known)
