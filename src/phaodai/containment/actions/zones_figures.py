"""What is counted in zones: cases, visits, passages, needs. Set-wise, for any number of zones, in a fixed number of queries.

Counted with the installation's eyes, because a figure names nobody: whoever may see a zone may see how tight it is.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from phaodai.containment.models import Gate, GatePassage, HouseCheck, Need, Purpose, Zone
from phaodai.containment.rules.tightness import NOT_VISITED_DAYS, WINDOW_DAYS, Tightness, ZoneFacts, tightness_of
from phaodai.containment.rules.zones import ZoneCourse, ZoneEnd, end_of
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.scope import Actor, for_the_installation
from phaodai.rulebook.provincial import rulebook_for

_CASES = """
    select inside.zone_id, infected.id, coalesce((infected.positive_at at time zone 'Asia/Ho_Chi_Minh')::date,
        infected.reported_on, infected.sampled_on) as found_on,
      infected.isolated_at is null and infected.outcome = '' as loose,
      not coalesce(infected.source_known, false) and not exists (
        select 1 from surveillance_transmission link where link.target_id = infected.id) as unknown
    from containment_zonehousehold inside
    join people_person person on person.household_id = inside.household_id
    join surveillance_case infected on infected.person_id = person.id and infected.classification <> 'discarded'
    where inside.zone_id = any(%s)
    group by inside.zone_id, infected.id
"""


@dataclass(frozen=True)
class CaseInside:
    """A case among those inside."""

    found_on: date | None
    loose: bool
    unknown: bool


@dataclass(frozen=True)
class ZoneFigures:
    """How tight a zone is, and when its lockdown can end; the end is None for a zone that is not in lockdown."""

    tightness: Tightness
    end: ZoneEnd | None


def figures_of(*, actor: Actor, moment: datetime, zones: Sequence[Zone]) -> dict[int, ZoneFigures]:
    """The figures of each zone by row id."""
    today = moment.astimezone(VIETNAM).date()
    with for_the_installation(actor, "figures of zones"):
        cases = _cases(zones)
        facts = _facts(zones, cases, today)
    return {zone.pk: ZoneFigures(tightness_of(facts[zone.pk]), _end(zone, cases[zone.pk], today)) for zone in zones}


def _cases(zones: Iterable[Zone]) -> dict[int, list[CaseInside]]:
    found: dict[int, list[CaseInside]] = {zone.pk: [] for zone in zones}
    with connection.cursor() as cursor:
        cursor.execute(_CASES, [list(found)])
        for zone, _case, found_on, loose, unknown in cursor.fetchall():
            found[zone].append(CaseInside(found_on, loose, unknown))
    return found


def _end(zone: Zone, cases: Sequence[CaseInside], today: date) -> ZoneEnd | None:
    begun = zone.opened_on or (today if zone.state == Zone.State.DECIDED else None)
    if begun is None or zone.state == Zone.State.LIFTED:
        return None
    last = max((one.found_on for one in cases if one.found_on), default=None)
    loose = sum(one.loose for one in cases)
    return end_of(rulebook_for(zone.province_id), today, ZoneCourse(begun, last, loose))


@dataclass(frozen=True)
class _Counts:
    """Grouped counts of several zones, by row id."""

    gates: Mapping[int, int]
    passages: Mapping[int, tuple[int, int]]
    checks: Mapping[int, tuple[int, int]]
    inside: Mapping[int, tuple[int, int]]
    late: Mapping[int, int]


def _facts(zones: Sequence[Zone], cases: Mapping[int, Sequence[CaseInside]], today: date) -> dict[int, ZoneFacts]:
    ids = [zone.pk for zone in zones]
    start = today - timedelta(days=WINDOW_DAYS)
    counts = _Counts(
        _by_zone(Gate.objects.filter(zone__in=ids, closed_on=None), "zone_id"),
        _passages(ids, start),
        _checks(ids, start, today),
        _inside(ids, start, today),
        _by_zone(Need.objects.filter(zone__in=ids).late(today), "zone_id", distinct="household_id"),
    )
    return {zone.pk: _facts_of(zone, counts, cases[zone.pk], today) for zone in zones}


def _facts_of(zone: Zone, counts: _Counts, cases: Sequence[CaseInside], today: date) -> ZoneFacts:
    begun = zone.opened_on or today
    since = [one for one in cases if one.found_on and one.found_on >= begun]
    passages, without_permit = counts.passages.get(zone.pk, (0, 0))
    made, away = counts.checks.get(zone.pk, (0, 0))
    due, unvisited = counts.inside.get(zone.pk, (0, 0))
    return ZoneFacts(
        households=zone.households if zone.is_closed_off else 0, days=min((today - begun).days, WINDOW_DAYS),
        gates=counts.gates.get(zone.pk, 0), passages=passages, without_permit=without_permit, checks_due=due,
        checks_made=made, away=away, unvisited=unvisited, cases=len(since),
        unknown_source=sum(one.unknown for one in since), needs_late=counts.late.get(zone.pk, 0),
    )  # fmt: skip


def _by_zone(rows: QuerySet[Any], column: str, *, distinct: str = "pk") -> dict[int, int]:
    return dict(rows.values_list(column).annotate(count=Count(distinct, distinct=True)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=VIETNAM)


def _passages(ids: Sequence[int], start: date) -> dict[int, tuple[int, int]]:
    """Passages since a day, and those without a permit; whoever goes to be treated needs none."""
    rows = GatePassage.objects.filter(gate__zone__in=ids, at__gte=_midnight(start)).order_by()
    bare = Count("pk", filter=Q(permit=None) & ~Q(purpose=Purpose.CARE))
    counted = rows.values_list("gate__zone_id").annotate(every=Count("pk"), bare=bare)
    return {zone: (every, without) for zone, every, without in counted}


def _checks(ids: Sequence[int], start: date, today: date) -> dict[int, tuple[int, int]]:
    """Household-days with a visit before today, and those on which somebody was not found at home."""
    rows = HouseCheck.objects.filter(zone__in=ids, at__gte=_midnight(start), at__lt=_midnight(today))
    made: Counter[int] = Counter()
    away: Counter[int] = Counter()
    seen: dict[tuple[int, int, date], bool] = {}
    for zone, home, at, found in rows.order_by("at").values_list("zone_id", "household_id", "at", "found"):
        seen[zone, home, at.astimezone(VIETNAM).date()] = found == HouseCheck.Found.PRESENT
    for (zone, _home, _day), present in seen.items():
        made[zone] += 1
        away[zone] += not present
    return {zone: (count, away[zone]) for zone, count in made.items()}


_DUE = """
    select inside.zone_id,
      sum(greatest(0, least(coalesce(inside.until_on, %(today)s), %(today)s) - greatest(inside.from_on, %(start)s))),
      count(*) filter (where inside.until_on is null and inside.from_on <= %(known)s and not exists (
        select 1 from containment_housecheck visit where visit.zone_id = inside.zone_id
        and visit.household_id = inside.household_id and visit.at >= %(since)s))
    from containment_zonehousehold inside where inside.zone_id = any(%(ids)s) group by inside.zone_id
"""


def _inside(ids: Sequence[int], start: date, today: date) -> dict[int, tuple[int, int]]:
    """Household-days that asked for a visit before today, and households whom nobody visited for two days."""
    known = today - timedelta(days=NOT_VISITED_DAYS)
    asked: dict[str, Any] = {
        "today": today,
        "start": start,
        "known": known,
        "since": _midnight(known),
        "ids": list(ids),
    }
    with connection.cursor() as cursor:
        cursor.execute(_DUE, asked)
        return {zone: (int(due or 0), unvisited) for zone, due, unvisited in cursor.fetchall()}
