"""What the worker does: runs in short slices, gone on with after a restart, one at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from io import BytesIO
from time import perf_counter
from typing import Any

import numpy as np
from django.db import connection

from phaodai.foresight.actions.scenario_runs import JOB, files_of
from phaodai.foresight.models import ScenarioRun, ScenarioSeed
from phaodai.foresight.rules.scenario_scaling import weeks_of
from phaodai.foresight.rules.scenario_sums import summed_points, summed_runs, totals_of
from phaodai.foundation import clock
from phaodai.foundation.models import Fact
from phaodai.foundation.scope import SYSTEM, entering

SLICE_SECONDS = 15.0
"""How long the worker is kept from other work; then it takes the next in the queue, and this run again after it."""
DEAD_AFTER = timedelta(minutes=2)
"""A run without a sign of life for so long was broken off, by a restart or a power cut."""
_TURN = 20_211_124
"""The key of the lock under which runs are taken: one at a time."""

State = ScenarioRun.State


def work_on_runs(*, seconds: float = SLICE_SECONDS) -> bool:
    """Go on with the oldest open run for a while; whether there is more to do. Nothing while another worker is at it."""
    run = _claimed()
    if run is None:
        return False
    try:
        finished = _go_on(run, seconds)
    except (ValueError, MemoryError, ImportError) as problem:
        _end(run.pk, State.FAILED, problem=str(problem) or type(problem).__name__)
        finished = True
    if finished:
        _prepared.cache_clear()
    with entering(SYSTEM, why=JOB):
        return ScenarioRun.objects.open().exists()


def _claimed() -> ScenarioRun | None:
    now = clock.now()
    with entering(SYSTEM, why=JOB):
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [_TURN])
        ScenarioSeed.objects.exclude(run__in=ScenarioRun.objects.open()).delete()
        open_runs = list(ScenarioRun.objects.open().select_for_update(of=("self",)))
        if any(run.beat_at is not None and now - run.beat_at < DEAD_AFTER for run in open_runs):
            return None
        if not open_runs:
            return None
        run = open_runs[0]
        run.state, run.beat_at, run.started_at = State.RUNNING, now, run.started_at or now
        run.save(update_fields=["state", "beat_at", "started_at"])
    return run


def _go_on(run: ScenarioRun, seconds: float) -> bool:
    """Run seeds that are missing until the time is over; True once the run is summed up or was cancelled."""
    began = perf_counter()
    with entering(SYSTEM, why=JOB):
        kept = set(run.kept_seeds.values_list("seed", flat=True))
    for seed in range(run.first_seed, run.first_seed + run.seeds):
        if seed in kept:
            continue
        if perf_counter() - began > seconds:
            _pause(run)
            return False
        started = perf_counter()
        arrays = _one_seed(run, seed)
        if not _keep(run, seed, arrays, perf_counter() - started):
            return True
    _sum_up(run)
    return True


def _pause(run: ScenarioRun) -> None:
    with entering(SYSTEM, why=JOB):
        ScenarioRun.objects.filter(pk=run.pk).update(beat_at=None)


def _keep(run: ScenarioRun, seed: int, arrays: dict[str, Any], seconds: float) -> bool:
    """Keep what a seed gave; False once somebody has cancelled the run."""
    stream = BytesIO()
    np.savez_compressed(stream, **arrays)
    with entering(SYSTEM, why=JOB):
        row = ScenarioRun.objects.select_for_update().get(pk=run.pk)
        if row.state != State.RUNNING:
            row.kept_seeds.all().delete()
            return False
        ScenarioSeed.objects.create(run=row, seed=seed, arrays=stream.getvalue())
        row.done, row.seconds, row.beat_at = row.kept_seeds.count(), row.seconds + seconds, clock.now()
        row.save(update_fields=["done", "seconds", "beat_at"])
    return True


@dataclass(frozen=True)
class Prepared:
    """A run's people and the plans of its paths, which all seeds share."""

    population: Any
    plans: tuple[Any, ...]
    codes: tuple[str, ...]


@lru_cache(maxsize=1)
def _prepared(run_id: int) -> Prepared:
    from epidemic.simulation import build_population, compile_plan
    from epidemic.simulation.files import read_scenario_text

    with entering(SYSTEM, why=JOB):
        run = ScenarioRun.objects.get(pk=run_id)
    files = [read_scenario_text(text) for text in files_of(run)]
    population = build_population(files[0].province, seed=files[0].province_seed)
    return Prepared(
        population,
        tuple(compile_plan(one.scenario, population) for one in files),
        tuple(one.code for one in population.province.communes),
    )


def _one_seed(run: ScenarioRun, seed: int) -> dict[str, Any]:
    """What one seed gives on every path: daily series and weeks of communes, or totals alone for a frontier."""
    from epidemic.simulation import run_plan

    prepared = _prepared(run.pk)
    daily, communes = [], []
    for plan in prepared.plans:
        tallies = run_plan(prepared.population, plan, seed).tallies
        daily.append(tallies.daily)
        communes.append(_weekly(tallies.communes))
    if run.kind == ScenarioRun.Kind.FRONTIER:
        return {"totals": totals_of(np.stack(daily))}
    return {"daily": np.stack(daily), "communes": np.stack(communes)}


def _weekly(communes: Any) -> Any:
    return np.stack([communes[first:last].sum(axis=0) for first, last in weeks_of(len(communes))])


def _sum_up(run: ScenarioRun) -> None:
    codes = _prepared(run.pk).codes
    with entering(SYSTEM, why=JOB):
        row = ScenarioRun.objects.select_for_update().get(pk=run.pk)
        if row.state == State.RUNNING:
            seeds = list(_kept(row))
            factor = row.people / row.simulated
            row.results = _results(row, seeds, codes, factor)
            row.state, row.ended_at = State.FINISHED, clock.now()
            row.save(update_fields=["results", "state", "ended_at"])
            Fact.tell("foresight:scenario:finished", subject=row, moment=clock.now(), officer=row.officer_id)
        row.kept_seeds.all().delete()


def _kept(run: ScenarioRun) -> Iterator[dict[str, Any]]:
    for row in run.kept_seeds.order_by("seed"):
        with np.load(BytesIO(bytes(row.arrays))) as arrays:
            yield dict(arrays)


def _results(run: ScenarioRun, seeds: Sequence[dict[str, Any]], codes: Sequence[str], factor: float) -> dict[str, Any]:
    if run.kind == ScenarioRun.Kind.FRONTIER:
        return summed_points(np.stack([one["totals"] for one in seeds]), factor)
    daily, communes = (np.stack([one[name] for one in seeds]) for name in ("daily", "communes"))
    return summed_runs(daily, communes, codes, factor)


def _end(run_id: int, state: ScenarioRun.State, *, problem: str) -> None:
    with entering(SYSTEM, why=JOB):
        row = ScenarioRun.objects.select_for_update().get(pk=run_id)
        row.state, row.problem, row.ended_at = state, problem[:500], clock.now()
        row.save(update_fields=["state", "problem", "ended_at"])
        row.kept_seeds.all().delete()
