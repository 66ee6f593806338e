"""How long a quick run and a frontier take: of how many people, in CPU seconds of one core, and the slowest single seed.

    python -m benchmarks.scenario_bench [PEOPLE] [DAYS] [FRONTIER_SEEDS]

The province is invented; both paths begin with one infected in a thousand, so that most of it falls ill: the worst case.
"""

import sys
from datetime import date
from time import process_time

from epidemic.simulation import build_population, compile_plan, invented_province, run_plan
from epidemic.simulation.files import read_scenario_text
from phaodai.foresight.rules.scenario_files import Setting, scenario_file
from phaodai.foresight.rules.scenario_packs import Present, packages, todays_path
from phaodai.foresight.rules.scenario_scaling import (
    FRONTIER_PERSON_DAYS,
    QUICK_PERSON_DAYS,
    factor_for,
    scaled_orders,
    scaled_setting,
)

PEOPLE, DAYS, QUICK, FRONTIER = 1_800_000, 60, 20, 200
SHARE_AT_FIRST = 0.001


def main(people: int, days: int, frontier_seeds: int) -> None:
    """Time both kinds of run; the frontier with fewer seeds is multiplied up."""
    setting, today = _province(people, days)
    paths = [today, [*today, {"kind": "distancing", "level": "level-3", "from": 3}]]
    _time("quick", setting, paths, QUICK_PERSON_DAYS, QUICK, QUICK)
    points = [*paths, *(one.applied(today, people) for one in packages())]
    _time("frontier", setting, points, FRONTIER_PERSON_DAYS, frontier_seeds, FRONTIER)


def _province(people: int, days: int) -> tuple[Setting, list[dict[str, object]]]:
    units = invented_province(people, max(4, people // 12_000)).communes
    communes = tuple({"code": one.code, "people": one.people, "district": one.district} for one in units)
    setting = Setting(
        name="bench", start=date(2021, 11, 24), days=days, variant="delta", reproduction=6.5, seed=1, runs=QUICK,
        communes=communes,
    )  # fmt: skip
    cases = {one.code: round(one.people * SHARE_AT_FIRST / 2) for one in units}
    return setting, todays_path(Present(people=people, cases=cases, levels={}, vaccinated=0.5))


def _time(kind: str, setting: Setting, paths: list[list[dict[str, object]]], room: int, seeds: int, whole: int) -> None:
    factor = factor_for(setting.people, setting.days, room)
    small = scaled_setting(setting, factor)
    began = process_time()
    files = [read_scenario_text(scenario_file(small, scaled_orders(path, factor))) for path in paths]
    population = build_population(files[0].province, seed=1)
    plans = [compile_plan(one.scenario, population) for one in files]
    prepared = process_time() - began
    run_plan(population, plans[0], 0)
    took = []
    for seed in range(1, seeds + 1):
        began = process_time()
        for plan in plans:
            run_plan(population, plan, seed)
        took.append(process_time() - began)
    total = prepared + sum(took) / seeds * whole
    print(
        f"{kind}: {setting.people:,} people, {setting.days} days, {small.people:,} simulated (factor {factor:.2f}), "
        f"{len(paths)} paths, {whole} seeds: {total:.1f} CPU s (preparing {prepared:.1f}, slowest seed {max(took):.2f}, "
        f"{seeds} seeds timed)"
    )


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:]]
    main(*[*given, *(PEOPLE, DAYS, 10)[len(given) :]])
