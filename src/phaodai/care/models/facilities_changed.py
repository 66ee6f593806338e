"""What changed about the beds of facilities: how many of which ward, when, and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from phaodai.care.models.facilities import Facility
from phaodai.care.rules.facilities_changes import Change, change_of

# Beds of one ward that one officer changed in the same way at the same moment are one line.
CHANGES = """
select period.facility_id, period.since, ward.name, before.kind, replace(before.state, 'cleaning', 'usable'),
       period.kind, replace(period.state, 'cleaning', 'usable'), coalesce(officer.full_name, ''),
       array_agg(bed.label order by bed.sort_key, bed.id)
from care_bedperiod period
join care_bed bed on bed.id = period.bed_id
join care_ward ward on ward.id = period.ward_id
left join care_bedperiod before on before.bed_id = period.bed_id and before.until = period.since
left join people_officer officer on officer.id = period.officer_id
where period.facility_id = any(%s) and period.since >= %s and period.since <= %s
group by 1, 2, 3, 4, 5, 6, 7, 8
order by 2 desc, 3, 6
"""


@dataclass(frozen=True, slots=True)
class BedChange:
    """Beds of one ward that changed together; `kind` is what they are since, `before` what they were."""

    facility: int
    at: datetime
    ward: str
    what: Change
    before: str
    kind: str
    officer: str
    labels: tuple[str, ...]


def bed_changes(facilities: Iterable[Facility], since: datetime, until: datetime) -> list[BedChange]:
    """Every change of the number or the kind of beds from one moment to another, the latest first, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, [[one.pk for one in facilities], since, until])
        rows = cursor.fetchall()
    found = []
    for facility, at, ward, kind_before, state_before, kind, state, officer, labels in rows:
        what = change_of((kind_before, state_before) if kind_before else None, (kind, state))
        if what is not None:
            found.append(BedChange(facility, at, ward, what, kind_before or "", kind, officer, tuple(labels)))
    return found
