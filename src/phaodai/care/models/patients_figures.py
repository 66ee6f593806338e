"""Figures of patients for the board, the daily report, supply and foresight: who is treated, how severely, on what support."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Count, Q

from phaodai.care.models.facilities import BedKind
from phaodai.care.models.patients import Patient, Support
from phaodai.care.models.patients_beds import BedStay
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.scope import Area

INTENSIVE = (Support.HIGH_FLOW, Support.MASK, Support.VENTILATOR, Support.ECMO)

# The last assessment of each patient who was under treatment at the end of a day; those never assessed count without one.
BY_DAY = """
select patient.{column}, coalesce(last.severity, ''), last.tier, count(*)
from care_patient patient
left join lateral (
  select severity, tier from care_assessment assessment
  where assessment.patient_id = patient.id and assessment.at < %(end)s order by assessment.at desc, assessment.id desc limit 1
) last on true
where patient.registered_at < %(end)s and (patient.ended_at is null or patient.ended_at >= %(end)s)
  and patient.province_id = %(province)s
group by 1, 2, 3
"""
_COLUMNS = {"province": "province_id", "district": "district_id", "commune": "commune_id", "facility": "facility_id"}


@dataclass(frozen=True)
class Tally:
    """How many patients of one unit (or facility; None: unknown) had one severity ("" none yet) on one tier."""

    unit: int | None
    severity: str
    tier: int | None
    count: int


def patients_by_severity(province_id: int, on: date, by: str = "district") -> list[Tally]:
    """Patients under treatment at the end of a day, by `by` (province, district, commune or facility), severity and tier."""
    end = datetime.combine(on + timedelta(days=1), datetime.min.time(), VIETNAM)
    with connection.cursor() as cursor:
        cursor.execute(BY_DAY.format(column=_COLUMNS[by]), {"end": end, "province": province_id})
        return [Tally(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Breathing:
    """How many patients inside facilities need what now: `oxygen` by mask or cannula, `intensive` (high flow and more),
    `in_icu` those in an intensive-care bed, whatever helps them breathe."""

    inside: int = 0
    oxygen: int = 0
    intensive: int = 0
    in_icu: int = 0


def breathing_now(area: Area, facilities: Iterable[int] | None = None) -> Breathing:
    """Who is on oxygen and in intensive care at this moment, in facilities of an area or in those named."""
    rows = Patient.objects.inside()
    stays = BedStay.objects.now().filter(bed__kind=BedKind.ICU)
    if facilities is not None:
        listed = list(facilities)
        rows, stays = rows.filter(facility__in=listed), stays.filter(facility__in=listed)
    else:
        there = {f"facility__{name}": value for name, value in area.narrowing.items()}
        rows, stays = rows.filter(**there), stays.filter(**area.narrowing)
    counted = rows.aggregate(
        inside=Count("pk"),
        oxygen=Count("pk", filter=Q(support=Support.OXYGEN)),
        intensive=Count("pk", filter=Q(support__in=INTENSIVE)),
    )
    return Breathing(**counted, in_icu=stays.count())


@dataclass(frozen=True)
class Course:
    """What happened among patients in a period: admitted, discharged, died, transferred out or left."""

    admitted: int = 0
    discharged: int = 0
    died: int = 0
    gone: int = 0


def course_between(area: Area, begin: datetime, end: datetime) -> Course:
    """Admissions and ends of treatment from `begin` up to before `end`."""
    state = Patient.State
    ended = Q(ended_at__gte=begin, ended_at__lt=end)
    counted: Mapping[str, int] = Patient.objects.filter(**area.narrowing).aggregate(
        admitted=Count("pk", filter=Q(admitted_at__gte=begin, admitted_at__lt=end)),
        discharged=Count("pk", filter=ended & Q(state=state.DISCHARGED)),
        died=Count("pk", filter=ended & Q(state=state.DIED)),
        gone=Count("pk", filter=ended & Q(state__in=(state.AWAY, state.LEFT))),
    )
    return Course(**counted)
