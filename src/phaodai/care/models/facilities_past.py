"""Beds of a past moment and of past days, by bed stays and by bed reports, out of as many beds as there were then."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from phaodai.care.models.facilities import Facility
from phaodai.care.models.facilities_counts import counted_from_beds, counted_from_reports
from phaodai.care.rules.facilities import Counted
from phaodai.care.rules.facilities_past import Taken, Then
from phaodai.foundation.clock import VIETNAM, local_day

DAYS_BACK = 14
# Both sources at one moment: that of the report, else the end of the day.
DAYS = """
select shown.day, shown.reported, shown.beds,
       (select count(*) from care_bedstay stay where stay.facility_id = %(facility)s and stay.since <= shown.at
          and (stay.until is null or stay.until > shown.at)),
       (select count(*) from care_bedperiod was where was.facility_id = %(facility)s and was.since <= shown.at
          and (was.until is null or was.until > shown.at) and was.state not in ('closed', 'unfit'))
from (
  select that.day::date as day, report.plain_used + report.oxygen_used + report.icu_used as reported,
         report.plain_beds + report.oxygen_beds + report.icu_beds as beds,
         coalesce(report.counted_at, (that.day::date + interval '1 day') at time zone %(zone)s) as at
  from generate_series(%(first)s::date, %(last)s::date, '1 day') that(day)
  left join care_bedreport report on report.facility_id = %(facility)s and report.day = that.day::date
) shown
order by 1 desc
"""


def facilities_then(facilities: Iterable[Facility], at: datetime) -> dict[int, Then]:
    """Each facility at a moment, by row id, in two statements. A report counts where it is of that day.

    A facility without a bed book stands by its last report up to that day, however old; its age says so.
    """
    listed, day = list(facilities), local_day(at)
    stays = counted_from_beds(listed, at)
    reports = counted_from_reports([one.pk for one in listed], at)
    return {one.pk: _then(day, stays.get(one.pk, Counted()), reports.get(one.pk, Counted())) for one in listed}


def _then(day: date, stays: Counted, report: Counted) -> Then:
    books = bool(stays.all.beds or stays.all.used)
    of_that_day = report.counted_at is not None and local_day(report.counted_at) == day
    spoken = report.counted_at is not None and (of_that_day or not books)
    taken = Taken(day, stays.all.used if books else None, report.all.used if spoken else None)
    return Then(taken, stays, report)


def taken_by_day(facility: Facility, now: datetime, days: int = DAYS_BACK) -> list[Taken]:
    """Beds taken on each of the days before today since the facility opened, the latest first, in one statement."""
    last = local_day(now) - timedelta(days=1)
    first = max(last - timedelta(days=days - 1), facility.opened_on)
    values: dict[str, Any] = {"first": first, "last": last, "facility": facility.pk, "zone": VIETNAM.key}
    with connection.cursor() as cursor:
        cursor.execute(DAYS, values)
        rows = cursor.fetchall()
    return [
        Taken(day, stays if facility.keeps_bed_book or stays else None, reported, kept, beds_reported)
        for day, reported, beds_reported, stays, kept in rows
    ]
