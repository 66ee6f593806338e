"""What the program's own records tell of signs: followed contacts, cases who came with symptoms, doors that were visited."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, IntegerField, Q, QuerySet, Sum, Value
from django.db.models.functions import TruncDate

from phaodai.foundation.clock import VIETNAM
from phaodai.surveillance.models.cases import Case
from phaodai.surveillance.models.contacts import FollowUpDay
from phaodai.surveillance.models.screening import ScreeningRecord
from phaodai.surveillance.models.signal_counts import SignalSource

Counted = tuple[str, int, date, int, int | None]
"""Source, row id of the commune, day, people with the sign, out of how many."""


def counted_in_own_books(province_id: int, first: date, last: date) -> Iterator[Counted]:
    """Counts by commune and day, both days included. Only communes and days that the books speak of."""
    for source, rows in (
        (SignalSource.CONTACTS, _contacts(province_id, first, last)),
        (SignalSource.CASES, _cases(province_id, first, last)),
        (SignalSource.SCREENING, _doors(province_id, first, last)),
    ):
        for commune, day, ill, asked in rows.values_list("commune", "on", "ill", "asked"):
            yield source.value, commune, day, ill, asked


def _contacts(province_id: int, first: date, last: date) -> QuerySet[Any, Any]:
    """Contacts who were met, and those of them with symptoms."""
    state = FollowUpDay.State
    met = FollowUpDay.objects.filter(
        contact__province_id=province_id, contact__commune_id__isnull=False, day__range=(first, last)
    ).filter(state__in=[state.WELL, state.SYMPTOMS])
    of_day = met.values(commune=F("contact__commune_id"), on=F("day"))
    return of_day.annotate(ill=Count("pk", filter=Q(state=state.SYMPTOMS)), asked=Count("pk"))


def _cases(province_id: int, first: date, last: date) -> QuerySet[Any, Any]:
    """People who came with symptoms, suspected or confirmed, on the day on which they were reported."""
    came = Case.objects.live().filter(
        province_id=province_id, commune_id__isnull=False, reported_on__range=(first, last),
        detected_by=Case.Detection.SYMPTOMS,
    )  # fmt: skip
    of_day = came.values(commune=F("commune_id"), on=F("reported_on"))
    return of_day.annotate(ill=Count("pk"), asked=Value(None, output_field=IntegerField()))


def _doors(province_id: int, first: date, last: date) -> QuerySet[Any, Any]:
    """Persons met at their doors, and those of them with symptoms."""
    begin, end = (datetime.combine(day, time(), VIETNAM) for day in (first, last + timedelta(days=1)))
    visited = ScreeningRecord.objects.filter(
        province_id=province_id, commune_id__isnull=False, at__gte=begin, at__lt=end
    )
    of_day = visited.values(commune=F("commune_id"), on=TruncDate("at", tzinfo=VIETNAM))
    return of_day.annotate(ill=Sum("symptomatic"), asked=Sum(F("persons") - F("absent")))
