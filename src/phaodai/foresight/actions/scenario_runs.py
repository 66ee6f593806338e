"""Runs of scenarios: asked for by an officer, cancelled, seen; the worker does them (`scenario_work`)."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.areas import require_inside
from phaodai.foresight.actions.scenarios import require_readable, setting_of
from phaodai.foresight.models import ScenarioPlan, ScenarioRun
from phaodai.foresight.rules.scenario_files import Setting, scenario_file
from phaodai.foresight.rules.scenario_packs import packages
from phaodai.foresight.rules.scenario_scaling import (
    FRONTIER_PERSON_DAYS,
    QUICK_PERSON_DAYS,
    factor_for,
    scaled_orders,
    scaled_setting,
)
from phaodai.foundation.jobs import defer_once
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor

ENGINE = "1"
"""Version of the method: raised with every change of the simulation or of how its seeds are summed."""
JOB = "foresight.scenarios"
SEEDS = {ScenarioRun.Kind.QUICK: 20, ScenarioRun.Kind.FRONTIER: 200}
PERSON_DAYS = {ScenarioRun.Kind.QUICK: QUICK_PERSON_DAYS, ScenarioRun.Kind.FRONTIER: FRONTIER_PERSON_DAYS}
State = ScenarioRun.State


@transaction.atomic
def start_run(*, actor: Actor, moment: datetime, pk: int, kind: str) -> ScenarioRun:
    """Ask for a run of a plan as it stands; the worker does it. A second press of the button finds the first run."""
    actor.require(Permission.FORESIGHT_SCENARIO_RUN)
    plan = ScenarioPlan.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=pk).first()
    if plan is None:
        raise NotHere(_("There is no such scenario, or not in your province."))
    require_inside(actor, plan.unit)
    if (going := plan.runs.open().filter(kind=kind).first()) is not None:
        return going
    require_readable(plan, plan.orders)
    run = _begun(plan, ScenarioRun.Kind(kind), actor, moment)
    Fact.tell("foresight:scenario:asked", subject=run, moment=moment, officer=actor.officer)
    call_worker()
    return run


def _begun(plan: ScenarioPlan, kind: ScenarioRun.Kind, actor: Actor, moment: datetime) -> ScenarioRun:
    setting = setting_of(plan, SEEDS[kind])
    factor = factor_for(setting.people, setting.days, PERSON_DAYS[kind])
    return ScenarioRun.objects.create(
        plan=plan,
        kind=kind,
        recipe={"setting": asdict(setting) | {"start": plan.start.isoformat()}, "paths": _paths(plan, kind)},
        first_seed=plan.seed,
        seeds=SEEDS[kind],
        people=setting.people,
        simulated=scaled_setting(setting, factor).people,
        engine=ENGINE,
        queued_at=moment,
        officer_id=actor.officer,
        province_id=plan.province_id,
        district_id=plan.district_id,
        commune_id=plan.commune_id,
    )


def _paths(plan: ScenarioPlan, kind: ScenarioRun.Kind) -> list[dict[str, Any]]:
    """Today's path first, then the plan's; a frontier has a point for each package beside them."""
    paths = [
        {"key": "today", "name": {}, "orders": plan.today},
        {"key": "plan", "name": {"vi": plan.name, "en": plan.name}, "orders": plan.orders},
    ]
    if kind == ScenarioRun.Kind.FRONTIER:
        people = setting_of(plan).people
        paths += [
            {"key": one.key, "name": dict(one.name), "orders": one.applied(plan.today, people)} for one in packages()
        ]
    return paths


def call_worker() -> None:
    """Have the worker go on behind whatever else waits; once is enough, however many runs there are."""
    defer_once(JOB)


@transaction.atomic
def cancel_run(*, actor: Actor, moment: datetime, run_id: int) -> ScenarioRun:
    """Stop a run; what its seeds gave is dropped. The worker notices before its next seed."""
    run = _own_run(actor, run_id)
    if not run.is_open:
        raise Refusal(_("This run is over: %(state)s.") % {"state": run.get_state_display()})
    run.state, run.ended_at, run.seen_at = State.CANCELLED, moment, moment
    run.save(update_fields=["state", "ended_at", "seen_at"])
    Fact.tell("foresight:scenario:cancelled", subject=run, moment=moment, officer=actor.officer)
    return run


@transaction.atomic
def see_run(*, actor: Actor, moment: datetime, run_id: int) -> ScenarioRun:
    """Its author has looked at it: it leaves the queue of what waits."""
    run = _own_run(actor, run_id)
    if run.seen_at is None and not run.is_open:
        run.seen_at = moment
        run.save(update_fields=["seen_at"])
    return run


def _own_run(actor: Actor, run_id: int) -> ScenarioRun:
    actor.require(Permission.FORESIGHT_SCENARIO_RUN)
    run = ScenarioRun.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=run_id).first()
    if run is None:
        raise NotHere(_("There is no such run, or not in your province."))
    require_inside(actor, run.plan.unit)
    return run


def files_of(run: ScenarioRun) -> list[str]:
    """The scenario file of each path exactly as it is run: `phaodai simulate` computes the same from it."""
    setting = _setting_in(run)
    factor = factor_for(run.people, setting.days, PERSON_DAYS[ScenarioRun.Kind(run.kind)])
    small = scaled_setting(setting, factor)
    return [
        scenario_file(small, scaled_orders(path["orders"], factor), _remark(run, path)) for path in run.recipe["paths"]
    ]


def _setting_in(run: ScenarioRun) -> Setting:
    kept = run.recipe["setting"]
    return Setting(**kept | {"start": date.fromisoformat(kept["start"])})


def _remark(run: ScenarioRun, path: dict[str, Any]) -> str:
    """What the file is, for whoever opens it alone; English as its keys are."""
    return (
        f"{path['key']}: seeds {run.first_seed} to {run.last_seed}; each simulated person stands for {run.factor:.4g}."
        f"\nCapacities and first infected are divided by the same number."
    )
