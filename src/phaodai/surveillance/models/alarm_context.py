"""What else is known of a unit that rang, and how often early detection was right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from phaodai.foundation.scope import Actor
from phaodai.surveillance.models.alarms import FALSE_REASONS, Alarm
from phaodai.surveillance.models.cases import Case
from phaodai.surveillance.models.signal_counts import SignalCount
from phaodai.territory.models import Tier

LOOKED_BACK = timedelta(days=14)
RECKONED = timedelta(days=90)


@dataclass(frozen=True)
class Known:
    """Cases of the unit within two weeks, as far as the officer may see them; the last counts of other sources; neighbours."""

    confirmed: int
    suspected: int
    others: Sequence[SignalCount]
    neighbours: Sequence[Alarm]


@dataclass(frozen=True)
class Performance:
    """Alarms closed in the last 90 days: how many were false, how many a real cluster, how many something else."""

    closed: int
    false: int
    clusters: int
    waiting: int


def known_of(alarm: Alarm, actor: Actor, today: date) -> Known:
    """What the books say of the unit of an alarm beside the counts that rang."""
    column = "district_id" if alarm.unit.tier == Tier.DISTRICT else "commune_id"
    cases = Case.objects.visible_to(actor).filter(**{column: getattr(alarm.unit, column)})
    recent = cases.filter(reported_on__range=(today - LOOKED_BACK, today))
    counted = recent.aggregate(
        confirmed=Count("pk", filter=Q(classification=Case.Classification.CONFIRMED)),
        suspected=Count("pk", filter=Q(classification__in=["suspected", "probable"])),
    )
    rang = {one.source for one in alarm.exceedances.all()}
    others = SignalCount.objects.filter(unit=alarm.unit).between(today - timedelta(days=3), today)
    newest = others.exclude(source__in=rang).order_by("source", "-day").distinct("source")
    near = Alarm.objects.waiting().filter(unit__neighbourhood__neighbour=alarm.unit_id).select_related("unit")
    return Known(counted["confirmed"], counted["suspected"], list(newest), list(near[:10]))


def performance(actor: Actor, moment: datetime) -> Performance:
    """The alarms of the officer's province, in one query."""
    closed = Q(state=Alarm.State.CLOSED, closed_at__gt=moment - RECKONED)
    counted = Alarm.objects.visible_to(actor).aggregate(
        closed=Count("pk", filter=closed),
        false=Count("pk", filter=closed & Q(reason__in=FALSE_REASONS)),
        clusters=Count("pk", filter=closed & Q(reason=Alarm.Reason.CLUSTER)),
        waiting=Count("pk", filter=~Q(state=Alarm.State.CLOSED)),
    )
    return Performance(**counted)
