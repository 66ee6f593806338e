"""Counting doses again where they changed: communes and days that a trigger has marked, nothing else."""

from datetime import date, datetime

from django.db import connection, transaction

from phaodai.foundation.scope import Actor
from phaodai.vaccination.models import CoverageMark
from phaodai.vaccination.rules.coverage import GRADES, SCHOOL_YEAR_BEGINS, band_ranges, cohorts

_TURN = 20_211_205
"""The key of the lock under which counts are made again: one at a time, so that none is counted twice."""
MARKS_AT_ONCE = 200
"""Marks taken in one transaction, far below the longest time that a statement may take."""


@transaction.atomic
def refresh_coverage(*, actor: Actor, moment: datetime) -> int:
    """Count some of the marked communes and days again; how many marks that were. Call it until it answers 0.

    The marks are taken first and the doses counted after: what is committed in between leaves a mark of its own.
    """
    del moment
    assert actor.reach == "all", "counts are the installation's"
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_TURN])
        cursor.execute(_TAKE, [MARKS_AT_ONCE])
        marks: list[_Mark] = cursor.fetchall()
        known = {(commune, on): (province, None, commune, on) for province, _above, commune, on in marks if commune}
        unknown = {mark for mark in marks if mark[2] is None}
        for places, same in ((known.values(), _IN_COMMUNE), (unknown, _IN_NO_COMMUNE)):
            if places:
                columns = [list(column) for column in zip(*places, strict=True)]
                cursor.execute(_DROP.format(same=same.format(row="kept", on='kept."on"')), columns)
                cursor.execute(_COUNT.format(same=same.format(row="dose", on="dose.given_on")), columns)
    return len(marks)


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


_Mark = tuple[int, int | None, int | None, date]
"""Province, district, commune, day."""
# Plain equalities alone: the database looks up nothing by an index under row-level security that could give a row away.
_IN_COMMUNE = "{row}.commune_id = marked.commune_id and {on} = marked.day"
_IN_NO_COMMUNE = (
    "{row}.commune_id is null and {on} = marked.day and {row}.province_id = marked.province_id"
    " and {row}.district_id is not distinct from marked.district_id"
)
_TAKE = """
    delete from vaccination_coveragemark where id in (
        select id from vaccination_coveragemark order by province_id, commune_id, "on" limit %s)
    returning province_id, district_id, commune_id, "on"
"""
_MARKED = (
    "(select * from unnest(%s::int[], %s::int[], %s::int[], %s::date[]) as told(province_id, district_id, commune_id, day))"
    " marked"
)
_DROP = f"delete from vaccination_coveragecount kept using {_MARKED} where {{same}}"  # noqa: S608  (names of our own)
# Fenced in (`offset 0`) so that each commune and day is looked up by its index, whatever the planner believes of the table.
_COUNT = f"""
    insert into vaccination_coveragecount
        (province_id, district_id, commune_id, "on", number, band, grades, "group", doses)
    select given.province_id, given.district_id, given.commune_id, given_on, number, {_band()}, {_grades()}, "group", count(*)
    from {_MARKED} cross join lateral (
        select dose.* from vaccination_dose dose where {{same}} and dose.struck_at is null offset 0
    ) given
    group by 1, 2, 3, 4, 5, 6, 7, 8
"""  # noqa: S608
