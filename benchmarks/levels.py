"""Times the levels of 10,600 communes for one day: from the database's weekly figures to kept levels with reasons.

Run: `.venv/bin/python benchmarks/levels.py`. Bar: read, decide and give the reasons in 1 s. A database of its own is made
in the private server and dropped again; its land is one invented province with as many communes as the country had.
"""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

import numpy as np

from phaodai.site.installation import pointing_at, start_django

COMMUNES, DISTRICTS = 10_600, 700
ON = date(2021, 11, 24)
SUNDAY = date(2021, 11, 21)
NAME = "phaodai_benchmark_levels"
SEED = 20211124


def seconds(work: Callable[[], object], repeats: int = 3) -> float:
    """The fastest of several runs, which other programs disturb least."""
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def make_country() -> None:
    """One province, its districts and communes, and two weeks of figures of each commune."""
    from django.db import connections, transaction

    from phaodai.containment.models import WeeklyIndicator
    from phaodai.territory.models import Unit

    stream = np.random.default_rng(SEED)
    with transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute("select set_config('phaodai.reach', 'all', true)")
        province = _unit(Unit, 1, "99", None)
        districts = [_unit(Unit, 2, f"99{i:04d}", province) for i in range(DISTRICTS)]
        communes = [
            Unit(
                tier=3, code=f"99{i:06d}", type="Xã", name=f"Xã {i}", parent=districts[i % DISTRICTS],
                in_force=(date(2020, 1, 1), None), sort_key=f"{i:06d}", search_key=f"xa {i}",
                province_id=province.pk, district_id=districts[i % DISTRICTS].pk,
            )
            for i in range(COMMUNES)
        ]  # fmt: skip
        Unit.objects.using("owner").bulk_create(communes, batch_size=2000)
        for commune in communes:
            commune.commune_id = commune.pk
        Unit.objects.using("owner").bulk_update(communes, ["commune_id"], batch_size=2000)
        WeeklyIndicator.objects.using("owner").bulk_create(
            (_week(commune, week, stream) for commune in communes for week in (0, 1)), batch_size=2000
        )


def _unit(model: type, tier: int, code: str, parent: object) -> object:
    unit = model(
        tier=tier, code=code, type="", name=code, parent=parent, in_force=(date(2020, 1, 1), None), sort_key=code,
        search_key=code, province_id=getattr(parent, "province_id", None),
    )  # fmt: skip
    unit.save(using="owner")
    setattr(unit, {1: "province_id", 2: "district_id"}[tier], unit.pk)
    unit.save(using="owner")
    return unit


def _week(commune: object, week: int, stream: np.random.Generator) -> object:
    from phaodai.containment.models import WeeklyIndicator

    adults, elderly = int(stream.integers(3000, 9000)), int(stream.integers(500, 3000))
    return WeeklyIndicator(
        unit=commune, code=commune.code, week_ending=SUNDAY - timedelta(weeks=week),
        community_cases=int(stream.poisson(6)), population=int(stream.integers(5000, 15000)), adults=adults,
        adults_one_dose=int(adults * stream.uniform(0.6, 1)), elderly_from=50, elderly=elderly,
        elderly_full=int(elderly * stream.uniform(0.6, 1)), treatment_plan=True, province_id=commune.province_id,
        district_id=commune.district_id, commune_id=commune.pk,
    )  # fmt: skip


def measure() -> None:
    from phaodai.containment.actions.levels import assess_area, compute_levels
    from phaodai.foundation.clock import VIETNAM
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.rulebook import reasons_of
    from phaodai.territory.models import Unit

    province = Unit.objects.get(code="99")
    with entering(SYSTEM):
        read = seconds(lambda: assess_area(province, ON).findings.outcomes)
        explained = seconds(lambda: reasons_of(assess_area(province, ON).findings))
        whole = seconds(lambda: list(assess_area(province, ON).records()))
    moment = datetime(2021, 11, 24, 5, 30, tzinfo=VIETNAM)
    with entering(SYSTEM):
        kept = seconds(lambda: compute_levels(actor=SYSTEM, moment=moment, unit=province, on=ON - timedelta(1)), 1)
        again = seconds(lambda: compute_levels(actor=SYSTEM, moment=moment, unit=province, on=ON - timedelta(1)), 1)
    units = COMMUNES + DISTRICTS + 1
    print(f"{units} units ({COMMUNES} communes) on {ON}")
    for words, taken in (
        ("read the figures and decide", read),
        ("read, decide, reasons in two languages", explained),
        ("read, decide, whole records", whole),
        ("all that and write them, first time", kept),
        ("all that again, nothing changed", again),
    ):
        print(f"{words:45}{taken:6.2f} s")


def main() -> None:
    from phaodai.foundation.database import create_database, drop_database, ensure_running

    server = ensure_running()
    start_django()
    from phaodai.site.installation import migrate

    drop_database(NAME)
    create_database(NAME)
    try:
        with pointing_at(NAME):
            migrate()
            make_country()
            measure()
    finally:
        drop_database(NAME)
        server.leave()


if __name__ == "__main__":
    main()
