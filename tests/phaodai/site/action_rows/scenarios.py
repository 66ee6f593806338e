"""The actions on scenarios, their runs and scenario levels."""

from typing import Any

from phaodai.foresight.actions import scenario_runs, scenarios, triggers
from phaodai.foresight.models import ScenarioPlan, ScenarioRun, TriggerEpisode
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from tests.phaodai.site.action_rows.case import Case
from tests.story import Story
from tests.world import World

RUN, DECIDE = Permission.FORESIGHT_SCENARIO_RUN, Permission.FORESIGHT_TRIGGER_DECIDE
FILE = '[[outbreak]]\ninfected = 5\n[[lockdown]]\narea = ["98001"]\n'


def _plan(_world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        return {"pk": ScenarioPlan.objects.get(name="Mốc kịch bản").pk}


def _versioned(world: World, story: Story) -> dict[str, Any]:
    return _plan(world, story) | {"version": 1}


def _run(_world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        return {"run_id": ScenarioRun.objects.get(plan__name="Mốc kịch bản").pk}


def _episode(world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        return {"pk": TriggerEpisode.objects.get(unit=world.units["980"]).pk, "version": 1}


def _unit(world: World, _story: Story) -> dict[str, Any]:
    return {"unit_id": world.units["98"].pk, "name": "Thử"}


CASES = (
    Case(
        scenarios.plan_scenario, RUN, "viet",
        lambda w, s: _unit(w, s) | {"days": 30, "variant": "delta", "reproduction": 5.0}, "sang",
    ),
    Case(scenarios.amend_scenario, RUN, "viet", lambda w, s: _versioned(w, s) | {"days": 40}, "sang"),
    Case(
        scenarios.add_order, RUN, "viet",
        lambda w, s: _versioned(w, s) | {"order": {"kind": "isolation", "share": 0.9}}, "thuy",
    ),
    Case(scenarios.remove_order, RUN, "viet", lambda w, s: _add_first(w, s) | {"place": 1}, "thuy"),
    Case(scenarios.import_scenario, RUN, "viet", lambda w, s: _unit(w, s) | {"text": FILE}, "sang"),
    Case(scenario_runs.start_run, RUN, "viet", lambda w, s: _plan(w, s) | {"kind": "frontier"}, "thuy"),
    Case(scenario_runs.cancel_run, RUN, "viet", _run, "thuy"),
    Case(scenario_runs.see_run, RUN, "viet", _run, "sang"),
    Case(triggers.accept_trigger, DECIDE, "viet", _episode, "sang"),
    Case(triggers.decline_trigger, DECIDE, "viet", lambda w, s: _episode(w, s) | {"reason": "Đã có phương án."}, "sang"),
    Case(
        triggers.set_threshold, DECIDE, "viet",
        lambda _w, _s: {"key": "2/0/weekly_cases_per_100k", "value": 30.0, "reason": "Theo năng lực của tỉnh."}, "dat",
    ),
)  # fmt: skip


def _add_first(_world: World, _story: Story) -> dict[str, Any]:
    """A plan that keeps its outbreak when one order is taken out."""
    with entering(SYSTEM):
        plan = ScenarioPlan.objects.get(name="Mốc kịch bản")
        plan.orders = [*plan.orders, {"kind": "isolation"}]
        plan.save()
        return {"pk": plan.pk, "version": plan.version}
