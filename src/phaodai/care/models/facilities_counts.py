"""Beds, oxygen and the flow of patients of many facilities at once: four statements, however many beds there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection

from phaodai.care.models.facilities import BedReport, Facility
from phaodai.care.models.oxygen import OxygenSource
from phaodai.care.rules.facilities import KINDS, BedCount, Counted
from phaodai.care.rules.oxygen import ICU_BED_FLOW, OXYGEN_BED_FLOW, Breathing, OxygenLeft, Source, oxygen_left
from phaodai.foundation.clock import local_day

# Beds as they were set up at that moment. A closed or unfit bed is none; whoever lies in it all the same, or lay there
# before anybody wrote the bed down, is counted as taken. A full join is never done row by row, which PostgreSQL would choose
# here: under a policy it expects few rows.
BEDS = """
select coalesce(was.facility_id, stay.facility_id),
       coalesce(was.kind, (select bed.kind from care_bed bed where bed.id = stay.bed_id)),
       count(*) filter (where was.state not in ('closed', 'unfit')),
       count(stay.bed_id),
       count(*) filter (where was.state = 'reserve' and stay.bed_id is null),
       count(*) filter (where was.state = 'cleaning' and stay.bed_id is null),
       count(*) filter (where was.state in ('closed', 'unfit')),
       greatest(max(was.since), max(stay.since))
from (
  select bed_id, facility_id, kind, state, since from care_bedperiod
  where facility_id = any(%(facilities)s) and since <= %(at)s and (until is null or until > %(at)s)
) was full join (
  select bed_id, facility_id, since from care_bedstay
  where facility_id = any(%(facilities)s) and since <= %(at)s and (until is null or until > %(at)s)
) stay on stay.bed_id = was.bed_id
group by 1, 2
"""
REPORTS = """
select facility.id, last.* from unnest(%(facilities)s::bigint[]) facility(id)
cross join lateral (
  select plain_beds, plain_used, oxygen_beds, oxygen_used, icu_beds, icu_used, counted_at
  from care_bedreport where facility_id = facility.id and day <= %(day)s order by day desc limit 1
) last
"""
# A course is one patient's time in one facility, however often they changed beds.
FLOWS = """
with course as (
  select facility_id, patient_id, min(since) came, case when bool_and(until is not null) then max(until) end went
  from care_bedstay where facility_id = any(%s) and (until is null or until >= %s) group by facility_id, patient_id
)
select facility_id, count(*) filter (where came >= %s),
       count(went), coalesce(sum(extract(epoch from went - came)) filter (where went is not null), 0)
from course group by facility_id
"""
FLOW_DAYS = 7
STAYS_WITHIN = timedelta(days=28)


@dataclass(frozen=True)
class FacilityNow:
    """One facility with its beds by kind, the age of the figure, and its oxygen."""

    facility: Facility
    counted: Counted = field(default_factory=Counted)
    oxygen: OxygenLeft | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """Admissions of the last week and the stays that ended within four weeks."""

    admissions: int = 0
    ended: int = 0
    days: float = 0.0

    def __add__(self, other: "Flow") -> "Flow":
        return Flow(self.admissions + other.admissions, self.ended + other.ended, self.days + other.days)

    @property
    def a_day(self) -> float:
        """Admissions a day."""
        return self.admissions / FLOW_DAYS


def facilities_now(facilities: Iterable[Facility], now: datetime) -> list[FacilityNow]:
    """Facilities with their beds and oxygen, in the order given."""
    listed = list(facilities)
    counted = counted_from_beds([one for one in listed if one.keeps_bed_book], now) | counted_from_reports(
        [one.pk for one in listed if not one.keeps_bed_book], now
    )
    sources = _sources([one.pk for one in listed])
    found = []
    for one in listed:
        beds = counted.get(one.pk, Counted())
        found.append(FacilityNow(one, beds, oxygen_left(sources[one.pk], breathing_at(one, beds), now)))
    return found


def breathing_at(facility: Facility, counted: Counted) -> Breathing:
    """Who breathes oxygen there: whoever lies in a bed that gives it."""
    return Breathing(
        counted.of("oxygen").used,
        counted.of("icu").used,
        OXYGEN_BED_FLOW if facility.oxygen_bed_flow is None else facility.oxygen_bed_flow,
        ICU_BED_FLOW if facility.icu_bed_flow is None else facility.icu_bed_flow,
    )


def counted_from_beds(facilities: Sequence[Facility], at: datetime) -> dict[int, Counted]:
    """Beds by kind from the bed books: who lay there at a moment, in beds as they were set up then."""
    kinds: dict[int, dict[str, BedCount]] = defaultdict(dict)
    touched: dict[int, list[datetime]] = defaultdict(list)
    if not facilities:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(BEDS, {"facilities": [one.pk for one in facilities], "at": at})
        for facility, kind, *counts, last in cursor.fetchall():
            kinds[facility][kind] = BedCount(*counts)
            touched[facility] += [last] if last else []
    checked = {one.pk: [one.checked_at] if one.checked_at and one.checked_at <= at else [] for one in facilities}
    return {
        one.pk: Counted(kinds[one.pk], max([*touched[one.pk], *checked[one.pk]], default=None)) for one in facilities
    }


def counted_from_reports(facilities: Sequence[int], at: datetime) -> dict[int, Counted]:
    """The numbers of the last report up to the day of a moment."""
    if not facilities:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(REPORTS, {"facilities": list(facilities), "day": local_day(at)})
        return {row[0]: counted_of_numbers(row[1:7], row[7]) for row in cursor.fetchall()}


def counted_of_numbers(numbers: Sequence[int], counted_at: datetime) -> Counted:
    """Six numbers, beds and taken of each kind in turn, as counts."""
    pairs = zip(KINDS, numbers[::2], numbers[1::2], strict=True)
    return Counted({kind: BedCount(beds, used) for kind, beds, used in pairs}, counted_at)


def _sources(facilities: Sequence[int]) -> dict[int, list[Source]]:
    found: dict[int, list[Source]] = {one: [] for one in facilities}
    for one in OxygenSource.objects.in_use().filter(facility__in=list(facilities)):
        stored = 0 if one.kind == OxygenSource.Kind.LINE else one.count * one.litres
        flow = one.count * one.flow if one.kind == OxygenSource.Kind.LINE else 0
        found[one.facility_id].append(Source(stored, flow, one.counted_at))
    return found


def flows_of(facilities: Iterable[int], now: datetime) -> dict[int, Flow]:
    """Admissions and ended stays by facility, from bed books."""
    with connection.cursor() as cursor:
        cursor.execute(FLOWS, [list(facilities), now - STAYS_WITHIN, now - timedelta(days=FLOW_DAYS)])
        return {
            facility: Flow(admissions, ended, float(seconds) / 86400)
            for facility, admissions, ended, seconds in cursor.fetchall()
        }


def reported_flows(facilities: Iterable[int], now: datetime, mean_stay: float) -> dict[int, Flow]:
    """Admissions of the last week where only bed reports are known: what the taken beds grew by, and who left meanwhile.

    Of those who lay there a share of 1/`mean_stay` leaves each day, so that as many came as grew and left.
    """
    since = now.date() - timedelta(days=FLOW_DAYS)
    rows: dict[int, list[tuple[int, int]]] = defaultdict(list)
    reports = BedReport.objects.filter(facility__in=list(facilities), day__gte=since).order_by("day")
    for one in reports:
        rows[one.facility_id].append((one.day.toordinal(), one.plain_used + one.oxygen_used + one.icu_used))
    return {facility: Flow(_came(found, mean_stay)) for facility, found in rows.items() if len(found) > 1}


def _came(found: Sequence[tuple[int, int]], mean_stay: float) -> int:
    (first, before), (last, after) = found[0], found[-1]
    lying = sum(used for _day, used in found) / len(found)
    a_day = (after - before) / (last - first) + lying / mean_stay
    return round(max(a_day, 0) * FLOW_DAYS)
