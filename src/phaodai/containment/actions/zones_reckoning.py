"""Who is inside: reckoned set-wise from the parts of zones, for one zone after a step or for all of them at night.

Addresses, places of houses and numbers of members are read for the installation: whoever proposes a zone learns how many
people it holds, and sees who they are only inside the own area, through the tables' own policies.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from phaodai.containment.models import Zone, ZonePart
from phaodai.containment.rules.zones_inside import Degrees, Places, in_street, inside_outlines
from phaodai.containment.rules.zones_outline import Shape, shape_of
from phaodai.foundation.scope import SYSTEM, Actor, entering

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

# One statement, because the application's own role makes no tables, not even passing ones. Records that were merged into
# another are of nobody more.
_RECKON = """
    with asked as materialized (
      select part.zone_id, home.id as household_id
      from unnest(%(hamlet_zones)s::bigint[], %(hamlets)s::bigint[]) part (zone_id, unit_id)
      join people_household home on home.hamlet_id = part.unit_id
      union select zone_id, household_id from unnest(%(home_zones)s::bigint[], %(homes)s::bigint[]) one (zone_id, household_id)
    ), members as materialized (
      select household_id, count(*) as people from people_person
      where household_id in (select household_id from asked) group by household_id
    ), twice as materialized (
      select household_id, count(*) as people from people_person
      where merged_into_id is not null and household_id is not null group by household_id
    ), found as materialized (
      select asked.zone_id, asked.household_id, zone.state = any(%(closed_off)s) as closed_off,
        coalesce(members.people, 0) - coalesce(twice.people, 0) as people,
        home.hamlet_id, home.province_id, home.district_id, home.commune_id
      from asked join containment_zone zone on zone.id = asked.zone_id
      join people_household home on home.id = asked.household_id
      left join members on members.household_id = asked.household_id
      left join twice on twice.household_id = asked.household_id
    ), leaving as (
      update containment_zonehousehold inside set until_on = greatest(%(on)s, from_on)
      where zone_id = any(%(zones)s) and until_on is null and (zone_id, household_id) not in (
        select zone_id, household_id from found where closed_off)
    ), entering as (
      insert into containment_zonehousehold
        (zone_id, household_id, from_on, people, province_id, district_id, commune_id)
      select zone_id, household_id, %(on)s, people, province_id, district_id, commune_id from found where closed_off
      on conflict (zone_id, household_id) where until_on is null
        do update set people = excluded.people where containment_zonehousehold.people <> excluded.people
    ), hamlets as (
      select zone_id, hamlet_id, count(*) as households, sum(people) as people from found group by zone_id, hamlet_id
    ), totals as (
      select zone_id, sum(households) as households, sum(people) as people,
        jsonb_agg(jsonb_build_array(hamlet_id, households, people) order by hamlet_id) as by_hamlet
      from hamlets group by zone_id
    )
    update containment_zone zone
    set households = coalesce(totals.households, 0), people = coalesce(totals.people, 0),
      by_hamlet = coalesce(totals.by_hamlet, '[]')
    from unnest(%(zones)s::bigint[]) asked_zone (id) left join totals on totals.zone_id = asked_zone.id
    where zone.id = asked_zone.id and (zone.households, zone.people, zone.by_hamlet) is distinct from
      (coalesce(totals.households, 0), coalesce(totals.people, 0), coalesce(totals.by_hamlet, '[]'))
"""
Pairs = tuple[list[int], list[int]]
"""Zones and what each holds, side by side."""


@contextmanager
def for_the_installation(actor: Actor, why: str) -> Iterator[None]:
    """Read and write what is derived with the installation's eyes; afterwards the officer's own scope holds again."""
    with entering(SYSTEM, why=why):
        yield
    with entering(actor, why=why):
        return


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
    asked: dict[str, Any] = {
        "zones": [zone.pk for zone in zones],
        "closed_off": list(Zone.CLOSED_OFF),
        "on": on,
    }
    with for_the_installation(actor, "reckoning of zones"), connection.cursor() as cursor:
        by_kind: dict[str, list[ZonePart]] = {}
        for part in ZonePart.objects.on(on).filter(zone__in=asked["zones"]):
            by_kind.setdefault(part.kind, []).append(part)
        hamlets = by_kind.get("hamlet", [])
        asked["hamlet_zones"], asked["hamlets"] = [one.zone_id for one in hamlets], [one.hamlet_id for one in hamlets]
        asked["home_zones"], asked["homes"] = _houses_of(cursor, by_kind)
        cursor.execute(_RECKON, asked)


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
