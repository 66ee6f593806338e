"""Times who is inside of 300 lockdown zones among 1.8 million people, reckoned from nothing and reckoned again.

Run: `.venv/bin/python benchmarks/zone_membership.py`. Bar: 2 s. A database of its own is made in the private server and dropped
again: one invented province of 960 hamlets on a grid, half a million households with a place on the map. Half of the zones are
hamlets, half are drawn with twelve corners. The answer is checked against one point-in-polygon test for each house and drawing.
"""

import json
import os
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

import numpy as np
import psutil

from phaodai.site.installation import pointing_at, start_django

NAME = "phaodai_benchmark_zones"
SEED = 20211124
ON = date(2021, 11, 24)
COMMUNES, HAMLETS_OF_COMMUNE = (12, 10), (4, 2)
HOUSEHOLDS, PEOPLE, ZONES, CORNERS = 500_000, 1_800_000, 300, 12
WEST, SOUTH, WIDTH, HEIGHT = 106.0, 21.0, 0.72, 0.5
RADIUS = 0.0075
"""Degrees: about 800 metres, a drawing that holds some hundred households."""

HOUSES = """
    insert into people_household (province_id, district_id, commune_id, hamlet_id, address, longitude, latitude)
    select hamlet.province_id, hamlet.district_id, hamlet.commune_id, hamlet.id, 'Số ' || number || ', ngõ ' || number %% 40,
      hamlet.longitude + (random() - 0.5) * %(width)s, hamlet.latitude + (random() - 0.5) * %(height)s
    from generate_series(1, %(houses)s) number
    join territory_unit hamlet on hamlet.tier = 4 and hamlet.code = 'T' || number %% %(hamlets)s
"""
PERSONS = """
    insert into people_person (version, created_at, updated_at, full_name, sex, phone, household_id, sort_key, search_key,
      province_id, district_id, commune_id)
    select 1, now(), now(), 'Nguyễn Văn ' || number, 'M', '', home.id, number::text, number::text,
      home.province_id, home.district_id, home.commune_id
    from generate_series(1, %(people)s) number
    join people_household home on home.id = %(first)s + number %% %(houses)s
"""


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of processor time here and in the database's own process for this connection."""
    begin, spent = time.perf_counter(), processor()
    work()
    return time.perf_counter() - begin, processor() - spent


def processor() -> float:
    """Processor time of this process and of the server's process behind the connection."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        server = psutil.Process(cursor.fetchone()[0]).cpu_times()
    return time.process_time() + server.user + server.system


def make_province() -> None:
    """Units, houses and people, written set-wise through the owner's door."""
    from django.db import connections, transaction

    from phaodai.territory.models import Unit

    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('phaodai.reach', 'all', true), setseed(0.5)")
        hamlets = _units(Unit)
        across, down = (COMMUNES[axis] * HAMLETS_OF_COMMUNE[axis] for axis in (0, 1))
        sizes = {
            "width": WIDTH / across,
            "height": HEIGHT / down,
            "houses": HOUSEHOLDS,
            "hamlets": hamlets,
            "people": PEOPLE,
        }
        cursor.execute(HOUSES, sizes)
        cursor.execute("select min(id) from people_household")
        cursor.execute(PERSONS, sizes | {"first": cursor.fetchone()[0]})
    with connections["owner"].cursor() as cursor:
        cursor.execute("vacuum analyze people_household")
        cursor.execute("vacuum analyze people_person")


def _units(model: type) -> int:
    """A province, a district, communes and hamlets on a grid; returns how many hamlets there are."""
    province = _unit(model, 1, "99", None, "province_id")
    district = _unit(model, 2, "990", province, "district_id")
    communes = {
        (x, y): _unit(model, 3, f"99{x:02d}{y:02d}", district, "commune_id")
        for x in range(COMMUNES[0])
        for y in range(COMMUNES[1])
    }
    across, down = (COMMUNES[axis] * HAMLETS_OF_COMMUNE[axis] for axis in (0, 1))
    places = [(x, y) for x in range(across) for y in range(down)]
    for number, (x, y) in enumerate(places):
        above = communes[x // HAMLETS_OF_COMMUNE[0], y // HAMLETS_OF_COMMUNE[1]]
        hamlet = _unit(model, 4, f"T{number}", above, "")
        hamlet.longitude, hamlet.latitude = WEST + (x + 0.5) * WIDTH / across, SOUTH + (y + 0.5) * HEIGHT / down
        hamlet.save(using="owner")
    return len(places)


def _unit(model: type, tier: int, code: str, parent: object, own: str) -> object:
    unit = model(
        tier=tier,
        code=code,
        type="",
        name=code,
        parent=parent,
        in_force=(date(2020, 1, 1), None),
        sort_key=code,
        search_key=code,
    )
    for column in ("province_id", "district_id", "commune_id"):
        setattr(unit, column, getattr(parent, column, None))
    unit.save(using="owner")
    if own:
        setattr(unit, own, unit.pk)
        unit.save(using="owner")
    return unit


def make_zones() -> list[object]:
    """Half of them hamlets, half drawn."""
    from phaodai.containment.models import Zone, ZonePart
    from phaodai.foundation.clock import VIETNAM
    from phaodai.territory.models import Unit

    stream = np.random.default_rng(SEED)
    province = Unit.objects.get(code="99")
    hamlets = list(Unit.objects.filter(tier=4).order_by("?")[: ZONES // 2])
    moment = datetime(2021, 11, 20, 8, tzinfo=VIETNAM)
    zones = Zone.objects.bulk_create(
        Zone(
            name=str(n),
            state="open",
            proposed_at=moment,
            opened_on=ON,
            province_id=province.pk,
            sort_key=str(n),
            search_key=str(n),
        )
        for n in range(ZONES)
    )
    ZonePart.objects.bulk_create(
        ZonePart(zone=zone, kind="hamlet", hamlet=hamlets[n], from_on=ON)
        if n < len(hamlets)
        else ZonePart(zone=zone, kind="outline", geometry=_drawn(stream), from_on=ON)
        for n, zone in enumerate(zones)
    )
    return zones


def _drawn(stream: np.random.Generator) -> dict[str, object]:
    """A star of twelve corners around a place of the province."""
    middle = stream.uniform((WEST + 0.02, SOUTH + 0.02), (WEST + WIDTH - 0.02, SOUTH + HEIGHT - 0.02))
    angles = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    reach = RADIUS * stream.uniform(0.5, 1.0, CORNERS)
    ring = (middle + np.column_stack([np.cos(angles), np.sin(angles)]) * reach[:, None]).tolist()
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def check(zones: list[object]) -> int:
    """Households inside, after every drawing was compared with a test of each house by itself."""
    import shapely

    from phaodai.containment.models import ZoneHousehold, ZonePart
    from phaodai.people.models import Household

    rows = np.array(list(Household.objects.values_list("pk", "longitude", "latitude")))
    for part in ZonePart.objects.filter(kind="outline"):
        shape = shapely.from_geojson(json.dumps(part.geometry))
        expected = set(rows[shapely.intersects_xy(shape, rows[:, 1], rows[:, 2]), 0].astype(int).tolist())
        found = set(
            ZoneHousehold.objects.filter(zone=part.zone_id, until_on=None).values_list("household_id", flat=True)
        )
        assert found == expected, f"zone {part.zone_id} holds {len(found)} households, not {len(expected)}"
    return ZoneHousehold.objects.filter(zone__in=zones, until_on=None).count()


def measure() -> None:
    from phaodai.containment.actions.zones_reckoning import reckon_zones
    from phaodai.containment.models import Zone, ZoneHousehold
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        zones = make_zones()
    times = []
    for day in range(4):
        with entering(SYSTEM):
            on = ON + timedelta(days=day)
            times.append(seconds(lambda on=on: reckon_zones(actor=SYSTEM, zones=zones, on=on)))
    with entering(SYSTEM):
        inside = check(zones)
        people = sum(Zone.objects.values_list("people", flat=True))
        assert people == sum(ZoneHousehold.objects.filter(until_on=None).values_list("people", flat=True))
    print(
        f"{PEOPLE:,} people, {HOUSEHOLDS:,} households, {ZONES} zones: {inside:,} households with {people:,} people inside"
    )
    for words, (clock, spent) in zip(("from nothing", *("reckoned again",) * 3), times, strict=True):
        print(f"{words}: {clock:.2f} s by the clock, {spent:.2f} s of processor time")
    print(f"load of the machine in the last minute: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def main() -> None:
    """Make the database, measure, drop it."""
    from phaodai.foundation.database import create_database, drop_database, ensure_running

    server = ensure_running()
    start_django()
    from phaodai.site.installation import migrate

    drop_database(NAME)
    create_database(NAME)
    try:
        with pointing_at(NAME):
            migrate()
            make_province()
            measure()
    finally:
        drop_database(NAME)
        server.leave()


if __name__ == "__main__":
    main()
