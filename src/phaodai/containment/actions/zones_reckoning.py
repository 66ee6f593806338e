"""Who is inside: reckoned set-wise from the parts of zones, for one zone after a step or for all of them at night.

Addresses, places of houses and numbers of members are read for the installation: whoever proposes a zone learns how many
people it holds, and sees who they are only inside the own area, through the tables' own policies.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from phaodai.containment.models import Zone, ZonePart
from phaodai.containment.rules.zones_inside import Degrees, Places, in_street, inside_outlines
from phaodai.containment.rules.zones_outline import Shape, shape_of
from phaodai.foundation.scope import Actor, for_the_installation

_HEADER, _TRAILER = 19, 2
_HOUSE = (("id", ">i8"), ("longitude", ">f8"), ("latitude", ">f8"))
_RECORD = np.dtype(
    [("fields", ">i2"), *(part for name, kind in _HOUSE for part in ((f"{name} size", ">i4"), (name, kind)))]
)
_HOUSES = """
    copy (select id::bigint, longitude, latitude from people_household
      where longitude between %s::float8 and %s::float8 and latitude between %s::float8 and %s::float8)
    to stdout (format binary)
"""

# The application's own role makes no tables, not even passing ones: pairs travel as arrays, whose length the planner knows.
_OF_HAMLETS = """
    select part.zone_id, home.id from unnest(%s::bigint[], %s::bigint[]) part (zone_id, unit_id)
    join people_household home on home.hamlet_id = part.unit_id
"""
# Records that were merged into another are of nobody more.
_MEMBERS = """
    select home.id, home.hamlet_id, coalesce(members.people, 0) from people_household home
    left join (
      select household_id, count(*) as people from people_person
      where household_id = any(%(homes)s::bigint[]) and merged_into_id is null group by household_id
    ) members on members.household_id = home.id
    where home.id = any(%(homes)s::bigint[])
"""
_LEAVE = """
    update containment_zonehousehold inside set until_on = greatest(%(on)s, from_on)
    where zone_id = any(%(every)s) and until_on is null and not exists (
      select 1 from unnest(%(zones)s::bigint[], %(homes)s::bigint[]) one (zone_id, household_id)
      where one.zone_id = inside.zone_id and one.household_id = inside.household_id)
"""
_ENTER = """
    insert into containment_zonehousehold
      (zone_id, household_id, from_on, people, province_id, district_id, commune_id)
    select one.zone_id, one.household_id, %(on)s, one.people, home.province_id, home.district_id, home.commune_id
    from unnest(%(zones)s::bigint[], %(homes)s::bigint[], %(people)s::int[]) one (zone_id, household_id, people)
    join people_household home on home.id = one.household_id
    where not exists (select 1 from containment_zonehousehold inside
      where inside.zone_id = one.zone_id and inside.household_id = one.household_id and inside.until_on is null)
"""
# Only rows that differ: to look at a row in order to leave it as it is would lock, and so write, every one of them.
_RENEW = """
    update containment_zonehousehold inside set people = one.people
    from unnest(%(zones)s::bigint[], %(homes)s::bigint[], %(people)s::int[]) one (zone_id, household_id, people)
    where inside.zone_id = one.zone_id and inside.household_id = one.household_id and inside.until_on is null
      and inside.people <> one.people
"""
_TOTALS = """
    update containment_zone zone set households = one.households, people = one.people, by_hamlet = one.by_hamlet
    from unnest(%s::bigint[], %s::int[], %s::int[], %s::jsonb[]) one (id, households, people, by_hamlet)
    where zone.id = one.id
      and (zone.households, zone.people, zone.by_hamlet) is distinct from (one.households, one.people, one.by_hamlet)
"""
Pairs = tuple[list[int], list[int]]
"""Zones and what each holds, side by side."""


def reckon_all_zones(*, actor: Actor, moment: datetime) -> int:
    """The nightly reckoning: people moved, were born, died. Returns how many zones were reckoned."""
    zones = list(Zone.objects.filter(state__in=(*Zone.CLOSED_OFF, Zone.State.PROPOSED, Zone.State.DECIDED)))
    if zones:
        reckon_zones(actor=actor, zones=zones, on=moment.date())
    return len(zones)


@transaction.atomic
def reckon_zones(*, actor: Actor, zones: Sequence[Zone], on: date) -> None:
    """Find who is inside of each zone on a day, and write what changed: who came in, who is out, how many they are.

    A zone that is not in lockdown has figures and nobody inside yet, or no more. Everything is set-wise, whatever the number of
    zones and people.
    """
    with for_the_installation(actor, "reckoning of zones"), connection.cursor() as cursor:
        zone_of, home_of = _asked(cursor, list(ZonePart.objects.on(on).filter(zone__in=zones)))
        people_of, hamlet_of = _members(cursor, home_of)
        closed = np.isin(zone_of, [zone.pk for zone in zones if zone.is_closed_off])
        inside: dict[str, Any] = {
            "on": on,
            "every": [zone.pk for zone in zones],
            "zones": _array(zone_of[closed]),
            "homes": _array(home_of[closed]),
            "people": _array(people_of[closed]),
        }
        cursor.execute(_LEAVE, inside)
        cursor.execute(_RENEW, inside)
        cursor.execute(_ENTER, inside)
        cursor.execute(_TOTALS, _totals([zone.pk for zone in zones], zone_of, hamlet_of, people_of))


def _array(numbers: Places) -> str:
    """An array as PostgreSQL writes it: a hundred thousand numbers in a fifth of the time that a list of them takes."""
    return "{" + ",".join(map(str, numbers.tolist())) + "}"


def _asked(cursor: CursorWrapper, parts: Sequence[ZonePart]) -> tuple[Places, Places]:
    """Every zone with each of its houses once, side by side, in the order of the zones."""
    by_kind: dict[str, list[ZonePart]] = {}
    for part in parts:
        by_kind.setdefault(part.kind, []).append(part)
    hamlets = by_kind.get("hamlet", [])
    cursor.execute(_OF_HAMLETS, [[one.zone_id for one in hamlets], [one.hamlet_id for one in hamlets]])
    whole = np.array(cursor.fetchall(), np.int64).reshape(-1, 2)
    others = np.array(_houses_of(cursor, by_kind), np.int64).T
    pairs = np.unique(np.concatenate([whole, others]), axis=0)
    return pairs[:, 0], pairs[:, 1]


def _members(cursor: CursorWrapper, home_of: Places) -> tuple[Places, Places]:
    """How many people live in each of the houses, and in which hamlet it stands, in the order given."""
    homes, place = np.unique(home_of, return_inverse=True)
    cursor.execute(_MEMBERS, {"homes": _array(homes)})
    rows = np.array(cursor.fetchall(), np.int64).reshape(-1, 3)
    rows = rows[np.argsort(rows[:, 0])]
    return rows[place, 2], rows[place, 1]


def _totals(zones: Sequence[int], zone_of: Places, hamlet_of: Places, people_of: Places) -> list[Any]:
    """Zones, their households and people, and the same by hamlet as JSON text."""
    pairs, place = np.unique(np.column_stack([zone_of, hamlet_of]), axis=0, return_inverse=True)
    households = np.bincount(place.reshape(-1), minlength=len(pairs)).tolist()
    people = np.bincount(place.reshape(-1), weights=people_of, minlength=len(pairs)).astype(np.int64).tolist()
    by_zone: dict[int, list[list[int]]] = {zone: [] for zone in zones}
    for (zone, hamlet), homes, persons in zip(pairs.tolist(), households, people, strict=True):
        by_zone[zone].append([hamlet, homes, persons])
    sums = [[sum(line[column] for line in lines) for lines in by_zone.values()] for column in (1, 2)]
    return [list(by_zone), *sums, [json.dumps(lines) for lines in by_zone.values()]]


def _houses_of(cursor: CursorWrapper, by_kind: Mapping[str, Sequence[ZonePart]]) -> Pairs:
    """The houses of lists, streets and drawings; those of hamlets are found by the statement itself."""
    listed = [(part.zone_id, home) for part in by_kind.get("households", []) for home in part.household_ids]
    pairs = [*listed, *_in_streets(cursor, by_kind.get("street", []))]
    zones, homes = _in_outlines(cursor, by_kind.get("outline", []))
    return [zone for zone, _home in pairs] + zones, [home for _zone, home in pairs] + homes


def _in_streets(cursor: CursorWrapper, parts: Sequence[ZonePart]) -> Iterator[tuple[int, int]]:
    communes = sorted({part.commune_id for part in parts if part.commune_id})
    cursor.execute("select commune_id, id, address from people_household where commune_id = any(%s)", [communes])
    homes: dict[int, list[tuple[int, str]]] = {}
    for commune, home, address in cursor.fetchall():
        homes.setdefault(commune, []).append((home, address))
    for part in parts:
        known = homes.get(part.commune_id or 0, [])
        held = in_street([address for _home, address in known], part.street)
        yield from ((part.zone_id, home) for (home, _address), inside in zip(known, held, strict=True) if inside)


def _in_outlines(cursor: CursorWrapper, parts: Sequence[ZonePart]) -> Pairs:
    if not parts:
        return [], []
    shapes = [shape_of(part.shape) for part in parts if part.shape is not None]
    homes, longitude, latitude = _houses_around(cursor, shapes)
    found, owner = inside_outlines(longitude, latitude, shapes)
    zones = np.array([part.zone_id for part in parts], np.int64)
    return zones[owner].tolist(), homes[found].tolist()


def _houses_around(cursor: CursorWrapper, shapes: Sequence[Shape]) -> tuple[Places, Degrees, Degrees]:
    """Row id, longitude and latitude of every house in the box around all shapes, by COPY in its binary form."""
    bounds = np.array([shape.bounds for shape in shapes])
    west, south = bounds[:, :2].min(axis=0).tolist()
    east, north = bounds[:, 2:].max(axis=0).tolist()
    with cursor.copy(_HOUSES, [west, east, south, north]) as copy:
        whole = b"".join(copy)
    rows = np.frombuffer(whole[_HEADER:-_TRAILER], _RECORD)
    return rows["id"].astype(np.int64), rows["longitude"].astype(np.float64), rows["latitude"].astype(np.float64)
