"""Late, silent, escalated: how a task stands, decided from its facts and the working rules of follow-up.

The five categories are those of the reports under Decision 42/2014/QĐ-TTg as amended by 23/2018/QĐ-TTg. The hours are the
program's own working rules (no document fixes them) and are printed beside every verdict that uses them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True)
class FollowUpPolicy:
    """How long a unit may say nothing, and how long after a deadline a task climbs to the head above."""

    silent_after: timedelta = timedelta(hours=48)
    escalate_after: timedelta = timedelta(hours=24)
    soon: timedelta = timedelta(days=4)


POLICY = FollowUpPolicy()


class Standing(StrEnum):
    """How a task stands towards its deadline."""

    IN_TIME = "in_time"
    SOON = "soon"
    LATE = "late"
    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    OPEN_ENDED = "open_ended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class TaskFacts:
    """What the rules need to know of a task."""

    finished: bool
    withdrawn: bool
    deadline: datetime | None
    done_at: datetime | None
    last_word_at: datetime
    escalated_at: datetime | None


@dataclass(frozen=True)
class Verdict:
    """How a task stands, with the figures that say so and what comes next."""

    standing: Standing
    late_by: timedelta
    left: timedelta | None
    silent: bool
    silent_for: timedelta
    escalates_at: datetime | None


def judge(facts: TaskFacts, moment: datetime, policy: FollowUpPolicy = POLICY) -> Verdict:
    """How the task stands at `moment`."""
    live = not (facts.finished or facts.withdrawn)
    quiet = moment - facts.last_word_at
    return Verdict(
        standing=_standing(facts, moment, policy),
        late_by=_late_by(facts, moment),
        left=facts.deadline - moment if live and facts.deadline else None,
        silent=live and quiet >= policy.silent_after,
        silent_for=quiet,
        escalates_at=escalation_moment(facts, policy) if live else None,
    )


def _standing(facts: TaskFacts, moment: datetime, policy: FollowUpPolicy) -> Standing:
    if facts.withdrawn:
        return Standing.WITHDRAWN
    if facts.finished:
        return Standing.DONE_LATE if _late_by(facts, moment) else Standing.DONE_IN_TIME
    if facts.deadline is None:
        return Standing.OPEN_ENDED
    if facts.deadline < moment:
        return Standing.LATE
    return Standing.SOON if facts.deadline - moment <= policy.soon else Standing.IN_TIME


def _late_by(facts: TaskFacts, moment: datetime) -> timedelta:
    if facts.deadline is None or facts.withdrawn:
        return timedelta(0)
    end = facts.done_at if facts.finished and facts.done_at else moment
    return max(end - facts.deadline, timedelta(0))


def escalation_moment(facts: TaskFacts, policy: FollowUpPolicy = POLICY) -> datetime | None:
    """When a live task climbs to the head above by itself: said before it happens. None once it has, or never."""
    if facts.escalated_at is not None:
        return None
    moments = [facts.last_word_at + policy.silent_after + policy.escalate_after]
    if facts.deadline is not None:
        moments.append(facts.deadline + policy.escalate_after)
    return min(moments)


def next_due(deadline: datetime, recurrence: str, moment: datetime) -> datetime:
    """The next due moment of a recurring duty, strictly after `moment`."""
    step = {"daily": timedelta(days=1), "weekly": timedelta(weeks=1)}.get(recurrence)
    if step is None or deadline > moment:
        return deadline
    return deadline + step * ((moment - deadline) // step + 1)
