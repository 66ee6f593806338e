"""Figures about tasks, counted by the database in one statement each."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from phaodai.command.models.tasks import Progress, Task, TaskQuerySet
from phaodai.command.rules.followup import POLICY, FollowUpPolicy


@dataclass(frozen=True)
class TaskCounts:
    """Tasks by standing. The first five exclude each other and add up to `total`; `silent` cuts across them."""

    total: int = 0
    done_in_time: int = 0
    done_late: int = 0
    in_time: int = 0
    late: int = 0
    open_ended: int = 0
    silent: int = 0

    def __add__(self, other: "TaskCounts") -> "TaskCounts":
        return TaskCounts(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)})

    @property
    def done(self) -> int:
        """Finished, in time or late."""
        return self.done_in_time + self.done_late

    def as_dict(self) -> dict[str, int]:
        """For a report's frozen figures."""
        return asdict(self)


@dataclass(frozen=True)
class UnitCounts:
    """How one organisation stands, with the oldest deadline it missed."""

    organisation: int
    counts: TaskCounts
    oldest_deadline: datetime | None


def _standings(moment: datetime, policy: FollowUpPolicy) -> dict[str, Q]:
    """What each figure of `TaskCounts` counts."""
    done = Q(done_at__lte=moment)
    live = ~done | Q(done_at=None)
    return {
        "total": Q(),
        "done_in_time": done & (Q(deadline=None) | Q(done_at__lte=F("deadline"))),
        "done_late": done & Q(done_at__gt=F("deadline")),
        "in_time": live & Q(deadline__gte=moment),
        "late": live & Q(deadline__lt=moment),
        "open_ended": live & Q(deadline=None),
        "silent": live & Q(heard_at__lte=moment - policy.silent_after),
    }


def _aggregates(moment: datetime, policy: FollowUpPolicy) -> dict[str, Any]:
    return {name: Count("id", filter=condition) for name, condition in _standings(moment, policy).items()}


def rows_behind(tasks: TaskQuerySet, moment: datetime, figure: str, policy: FollowUpPolicy = POLICY) -> TaskQuerySet:
    """The tasks that a figure of `TaskCounts` counts at `moment`; none for a name that is no figure."""
    condition = _standings(moment, policy).get(figure)
    return tasks.none() if condition is None else _counted(tasks, moment).filter(condition)


def _counted(tasks: TaskQuerySet, moment: datetime) -> TaskQuerySet:
    """The smallest tasks that stood at `moment`, with when their units were last heard up to then.

    A deadline that was moved since counts as it is now: the log keeps the old one, the figure does not.
    """
    heard = Progress.objects.filter(task=OuterRef("pk"), kind__in=Progress.OF_THE_UNIT, at__lte=moment).order_by("-at")
    before = Case(
        When(last_word_at__lte=moment, then=F("last_word_at")),
        default=Coalesce(Subquery(heard.values("at")[:1]), F("sent_at")),
    )
    return tasks.leaves().filter(sent_at__lte=moment).exclude(state=Task.State.CANCELLED).annotate(heard_at=before)


def count_tasks(tasks: TaskQuerySet, moment: datetime, policy: FollowUpPolicy = POLICY) -> TaskCounts:
    """The smallest tasks of a queryset by standing; withdrawn ones are left out."""
    return TaskCounts(**_counted(tasks, moment).aggregate(**_aggregates(moment, policy)))


def count_by_organisation(tasks: TaskQuerySet, moment: datetime, policy: FollowUpPolicy = POLICY) -> list[UnitCounts]:
    """The same for each accountable organisation."""
    names = [f.name for f in fields(TaskCounts)]
    late = (Q(done_at=None) | Q(done_at__gt=moment)) & Q(deadline__lt=moment)
    rows: Any = (
        _counted(tasks, moment)
        .values("organisation_id")
        .annotate(**_aggregates(moment, policy), oldest=Min("deadline", filter=late))
        .order_by("organisation_id")
    )
    return [UnitCounts(r["organisation_id"], TaskCounts(**{n: r[n] for n in names}), r["oldest"]) for r in rows]


def add_up(counts: Iterable[TaskCounts]) -> TaskCounts:
    """The sum of several counts."""
    total = TaskCounts()
    for one in counts:
        total = total + one
    return total


@dataclass(frozen=True)
class Changes:
    """What happened between two moments."""

    sent: int = 0
    done: int = 0
    became_late: int = 0
    returned: int = 0
    escalated: int = 0
    difficulties: int = 0

    def as_dict(self) -> dict[str, int]:
        """For a report's frozen figures."""
        return asdict(self)


_EVENTS = {
    "sent": Progress.Kind.SENT,
    "done": Progress.Kind.ACCEPTED,
    "returned": Progress.Kind.RETURNED,
    "escalated": Progress.Kind.ESCALATED,
    "difficulties": Progress.Kind.DIFFICULTY,
}


def rows_changed(tasks: TaskQuerySet, start: datetime, end: datetime, figure: str) -> TaskQuerySet:
    """The tasks that a figure of `Changes` speaks of; one task may stand behind several events."""
    if figure == "became_late":
        return _became_late(tasks, start, end)
    if figure not in _EVENTS:
        return tasks.none()
    lines = Progress.objects.filter(task=OuterRef("pk"), kind=_EVENTS[figure], at__gt=start, at__lte=end)
    return tasks.filter(Exists(lines))


def _became_late(tasks: TaskQuerySet, start: datetime, end: datetime) -> TaskQuerySet:
    return tasks.live().leaves().filter(deadline__gt=start, deadline__lte=end)


def changes_between(tasks: TaskQuerySet, start: datetime, end: datetime) -> Changes:
    """Events of the tasks of a queryset after `start` and up to `end`."""
    window = Q(at__gt=start, at__lte=end)
    counted: Any = {name: Count("id", filter=window & Q(kind=kind)) for name, kind in _EVENTS.items()}
    lines = Progress.objects.filter(task__in=tasks).aggregate(**counted)
    return Changes(became_late=_became_late(tasks, start, end).count(), **lines)


_ROLL_UP = """
select ancestor.id, count(*), count(*) filter (where task.state = 'done'),
       count(*) filter (where task.state in ('sent', 'taken', 'reported') and task.deadline < %s)
  from command_task task cross join lateral unnest(task.lineage) as ancestor(id)
 where ancestor.id = any(%s) and task.lineage && %s::bigint[] and not task.is_split and task.state <> 'cancelled'
 group by ancestor.id
"""


@dataclass(frozen=True)
class RollUp:
    """The smallest tasks below one task, itself included when nobody split it."""

    total: int = 0
    done: int = 0
    late: int = 0

    def __add__(self, other: "RollUp") -> "RollUp":
        return RollUp(self.total + other.total, self.done + other.done, self.late + other.late)


def roll_up(tasks: Iterable[int], moment: datetime) -> dict[int, RollUp]:
    """For each of some tasks, how the smallest tasks below it stand; one statement for all of them."""
    ids = list(tasks)
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_ROLL_UP, [moment, ids, ids])
        return {row[0]: RollUp(*row[1:]) for row in cursor.fetchall()}
