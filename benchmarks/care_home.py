"""Times the lists of care at home with 20,000 people, and an alarm from the family's request to the station's page.

Usage: PHAODAI_DATA=<folder of a demo province> python benchmarks/care_home.py [people] [rounds]
Everything is written in one transaction that is rolled back.
"""

import os
import statistics
import sys
from collections.abc import Callable
from datetime import date, timedelta
from time import perf_counter
from typing import Any
from uuid import uuid4

PEOPLE, ROUNDS = 20_000, 40
BAR = 0.150
STATION_SHARE = 0.02
READINGS, BATCH = 6, 2_000


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")
    from phaodai.site.installation import open_installation

    server = open_installation()
    from django.db import transaction

    people, rounds = (int(one) for one in (*sys.argv[1:], *(str(PEOPLE), str(ROUNDS))[len(sys.argv) - 1 :]))
    with transaction.atomic():
        _fill(people)
        _time_lists(rounds)
        _time_alarm()
        transaction.set_rollback(True)
    server.leave()


def _fill(people: int) -> None:
    """People at home over all communes of the province, a fiftieth of them in the one whose list is timed."""
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.people.models import Organisation

    with entering(SYSTEM, why="benchmark"):
        stations = list(Organisation.objects.filter(kind="health_station").order_by("pk"))
        shares = [stations[0 if one < people * STATION_SHARE else one % len(stations)] for one in range(people)]
        cares = _cares(shares)
        readings = _readings(cares)
        _doors(cares)
        print(f"{people} people at home, {readings} readings, {len(stations)} stations")


def _cares(shares: list[Any]) -> list[Any]:
    from phaodai.care.models import HomeCare
    from phaodai.foundation import clock
    from phaodai.people.models import Person
    from phaodai.surveillance.models import Case

    def person(number: int, area: dict[str, Any]) -> Person:
        words = {"sort_key": f"{number:06}", "search_key": f"{number}"}
        return Person(full_name=f"Người {number}", birth_year=1970, **words, **area)

    areas = [one.area.columns for one in shares]
    persons = Person.objects.bulk_create([person(*one) for one in enumerate(areas)], batch_size=BATCH)
    pairs = enumerate(zip(persons, areas, strict=True))
    cases = [Case(code=f"BM-{number}", person=one, **area) for number, (one, area) in pairs]
    Case.objects.bulk_create(cases, batch_size=BATCH)
    began = clock.now() - timedelta(days=3)
    common = {"phone": "0912", "day_zero": date(2021, 11, 18)}
    cares = [
        HomeCare(
            case=case,
            person=case.person,
            initials=f"N.{number} 1970",
            organisation=shares[number],
            address=f"Số {number}",
            started_at=began - timedelta(seconds=number),
            search_key=f"n {number}",
            **common,
            **areas[number],
        )
        for number, case in enumerate(cases)
    ]
    return HomeCare.objects.bulk_create(cares, batch_size=BATCH)


def _readings(cares: list[Any]) -> int:
    from phaodai.care.models import Reading
    from phaodai.foundation import clock
    from phaodai.foundation.scope import Area

    now, common = clock.now(), {"source": "family", "spo2": 96, "temperature": "37.0"}
    rows = [
        Reading(
            home_care=care,
            key=uuid4(),
            at=now - timedelta(hours=number % 16 + 12 * back),
            received_at=now,
            **common,
            **Area.of(care).columns,
        )
        for number, care in enumerate(cares)
        for back in range(READINGS)
    ]
    return len(Reading.objects.bulk_create(rows, batch_size=BATCH))


def _doors(cares: list[Any]) -> None:
    from phaodai.care.models import HomeDoor
    from phaodai.foundation import clock
    from phaodai.foundation.scope import Area

    now = clock.now()
    rows = [
        HomeDoor(
            home_care=care,
            reference=f"B{number:09}",
            organisation=care.organisation,
            last_reading_at=now - timedelta(hours=number % 16),
            due_at=now + timedelta(hours=6 - number % 16),
            alarm_at=now if number % 200 == 0 else None,
            **Area.of(care).columns,
        )
        for number, care in enumerate(cares)
    ]
    HomeDoor.objects.bulk_create(rows, batch_size=BATCH)


def _time_lists(rounds: int) -> None:
    from phaodai.care.pages.home import home
    from phaodai.foundation.scope import SYSTEM, Area
    from phaodai.people.models import Organisation

    station = Organisation.objects.filter(kind="health_station").order_by("pk")[0]
    areas = {
        "station": station.area,
        "district": Area(station.province_id, station.district_id),
        "province": Area(station.province_id),
    }
    for name, area in areas.items():
        for part in ("viec", "thieu", "tat-ca"):
            _show(f"{name} {part}", _times(lambda area=area, part=part: _get(home, SYSTEM, area, part), rounds))


def _get(view: Callable[..., Any], system: Any, area: Any, part: str) -> None:
    """The page as its officer gets it, below the sign-in: one transaction under the officer's own scope."""
    from dataclasses import replace

    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory

    from phaodai.foundation.scope import entering

    request = RequestFactory().get("/cuu-chua/tai-nha", {"phan": part})
    request.user = AnonymousUser()
    actor = replace(system, area=area, reach="area")
    with entering(actor, why="benchmark"):
        answer = view.__wrapped__(request, actor)  # type: ignore[attr-defined]
        assert answer.status_code == 200


def _times(deed: Callable[[], None], rounds: int) -> list[float]:
    deed()
    found = []
    for _round in range(rounds):
        begin = perf_counter()
        deed()
        found.append(perf_counter() - begin)
    return found


def _show(name: str, times: list[float]) -> None:
    middle, late = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"{name:18} median {middle * 1000:6.1f} ms   p95 {late * 1000:6.1f} ms   {'ok' if late <= BAR else 'missed'}")


def _time_alarm() -> None:
    """From the family's reading to the item on the station's page of today."""
    from dataclasses import replace

    from phaodai.care.actions.readings import send_reading
    from phaodai.care.models import HomeDoor
    from phaodai.care.pages.home_queue import home_queue
    from phaodai.care.rules.alarms import Taken
    from phaodai.foundation import clock
    from phaodai.foundation.scope import STRANGER, SYSTEM, Area, entering, know_reference

    with entering(SYSTEM, why="benchmark"):
        door = HomeDoor.objects.usable().filter(alarm_at=None).order_by("pk")[0]
    begin = perf_counter()
    with entering(STRANGER, why="benchmark"):
        know_reference(door.reference)
        send_reading(actor=STRANGER, moment=clock.now(), reference=door.reference, taken=Taken(spo2=90), key=uuid4())
    written = perf_counter()
    nurse = replace(SYSTEM, area=Area.of(door), reach="area")
    with entering(nurse, why="benchmark"):
        items = home_queue(nurse, clock.now())
    shown = perf_counter()
    assert any("N." in str(one.verb) for one in items)
    print(
        f"alarm written after {(written - begin) * 1000:.1f} ms, on the page of today after {(shown - begin) * 1000:.1f} ms"
    )


if __name__ == "__main__":
    main()
