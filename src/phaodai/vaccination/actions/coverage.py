"""Counting doses again where they changed: communes and days that a trigger has marked, nothing else."""

from datetime import datetime

from django.db import connection, transaction

from phaodai.foundation.scope import Actor
from phaodai.vaccination.models import CoverageMark
from phaodai.vaccination.rules.coverage import GRADES, SCHOOL_YEAR_BEGINS, band_ranges, cohorts

_TURN = 20_211_205
"""The key of the lock under which counts are made again: one at a time, so that none is counted twice."""
DAYS_AT_ONCE = 50
"""Communes and days counted in one transaction, far below the longest time that a statement may take."""


@transaction.atomic
def refresh_coverage(*, actor: Actor, moment: datetime) -> int:
    """Count the marked communes and days again; how many they were. Call it until it answers 0.

    The marks are taken first and the doses counted after: what is committed in between leaves a mark of its own.
    """
    del moment
    assert actor.reach == "all", "counts are the installation's"
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_TURN])
        cursor.execute(_TAKE, [DAYS_AT_ONCE])
        marked = [row for row in cursor.fetchall() if row]
        if marked:
            places, days = zip(*((place, on) for place, on in marked), strict=True)
            cursor.execute(_DROP, [list(places), list(days)])
            cursor.execute(_COUNT, [list(places), list(days)])
    return len(marked)


def is_waiting() -> bool:
    """Whether doses changed that are not counted yet; an officer is told of those of the own province."""
    return CoverageMark.objects.exists()


def _band() -> str:
    ends = " ".join(f"when age < {end} then {least}" for least, end in band_ranges() if end is not None)
    return f"case when age is null then null {ends} else {band_ranges()[-1][0]} end"


def _grades() -> str:
    begun = f"extract(year from given_on) - (extract(month from given_on) < {SCHOOL_YEAR_BEGINS})::int"
    whens = " ".join(
        f"when {begun} - birth_year between {least} and {most} then '{grades}'"
        for grades, (least, most) in ((grades, cohorts(grades)) for grades in GRADES)
    )
    return f"case {whens} else '' end"


# A place is the commune; where it is not known the district or the province, told apart by their signs.
_PLACE = "coalesce(commune_id, -district_id, -province_id)"
_TAKE = f"""
    with chosen as (select distinct {_PLACE} as place, "on" from vaccination_coveragemark limit %s),
    taken as (delete from vaccination_coveragemark mark using chosen
              where coalesce(mark.commune_id, -mark.district_id, -mark.province_id) = chosen.place
                and mark."on" = chosen."on")
    select place, "on" from chosen
"""  # noqa: S608  (names of our own)
_MARKED = 'select * from unnest(%s::int[], %s::date[]) as marked(place, "on")'
_DROP = f"""
    delete from vaccination_coveragecount kept using ({_MARKED}) marked
    where coalesce(kept.commune_id, -kept.district_id, -kept.province_id) = marked.place and kept."on" = marked."on"
"""  # noqa: S608
# Fenced in (`offset 0`) so that each commune and day is looked up by its index, whatever the planner believes of the table.
_COUNT = f"""
    insert into vaccination_coveragecount
        (province_id, district_id, commune_id, "on", number, band, grades, "group", doses)
    select province_id, district_id, commune_id, given_on, number, {_band()}, {_grades()}, "group", count(*)
    from ({_MARKED}) marked cross join lateral (
        select * from vaccination_dose dose
        where coalesce(dose.commune_id, -dose.district_id, -dose.province_id) = marked.place
          and dose.given_on = marked."on" and dose.struck_at is null
        offset 0
    ) dose
    group by 1, 2, 3, 4, 5, 6, 7, 8
"""  # noqa: S608
