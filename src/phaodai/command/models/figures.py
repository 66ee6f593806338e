"""Figures about tasks, counted by the database in one statement each."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Case, Count, F, Min, OuterRef, Q, Subquery, When
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


def _aggregates(moment: datetime, policy: FollowUpPolicy) -> dict[str, Any]:
    done = Q(done_at__lte=moment)
    live = ~done | Q(done_at=None)
    late = live & Q(deadline__lt=moment)
    return {
        "total": Count("id"),
        "done_in_time": Count("id", filter=done & (Q(deadline=None) | Q(done_at__lte=F("deadline")))),
        "done_late": Count("id", filter=done & Q(done_at__gt=F("deadline"))),
        "in_time": Count("id", filter=live & Q(deadline__gte=moment)),
        "late": Count("id", filter=late),
        "open_ended": Count("id", filter=live & Q(deadline=None)),
        "silent": Count("id", filter=live & Q(heard_at__lte=moment - policy.silent_after)),
    }


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


def changes_between(tasks: TaskQuerySet, start: datetime, end: datetime) -> Changes:
    """Events of the tasks of a queryset after `start` and up to `end`."""
    window = Q(at__gt=start, at__lte=end)
    kinds = Progress.Kind
    lines = Progress.objects.filter(task__in=tasks).aggregate(
        sent=Count("id", filter=window & Q(kind=kinds.SENT)),
        done=Count("id", filter=window & Q(kind=kinds.ACCEPTED)),
        returned=Count("id", filter=window & Q(kind=kinds.RETURNED)),
        escalated=Count("id", filter=window & Q(kind=kinds.ESCALATED)),
        difficulties=Count("id", filter=window & Q(kind=kinds.DIFFICULTY)),
    )
    became_late = tasks.live().leaves().filter(deadline__gt=start, deadline__lte=end).count()
    return Changes(became_late=became_late, **lines)


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
