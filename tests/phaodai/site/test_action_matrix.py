"""Every action: done by who may, refused without the permission, refused outside the area. A new action needs a row here.

The rows stand by context in `action_rows`.
"""

import inspect
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from phaodai.command.actions import chasing, issuing, tasks
from phaodai.containment.actions import following, levels, signing, zones_figures, zones_reckoning, zones_signing
from phaodai.containment.actions import proposing as turning
from phaodai.foresight.actions import estimating, triggers, warning
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere
from phaodai.playbook import actions as playbook
from phaodai.rulebook import actions as law
from phaodai.surveillance.actions import clock, clock_tasks, outbreaks, visits
from phaodai.surveillance.actions.contacts import keep as keep_contact
from phaodai.surveillance.actions.screening_keeping import keep_visits, put_aside
from phaodai.territory.actions import lists, outlines, successions
from phaodai.territory.rules.units import Entry
from tests.phaodai.site.action_rows import aid as helping
from tests.phaodai.site.action_rows import (
    arrivals,
    certificates,
    command,
    contacts,
    containment,
    doses,
    early_detection,
    facilities,
    foresight,
    gatherings,
    home_care,
    patients,
    people,
    quarantine,
    rulebook,
    screening,
    sheets,
    supply_stock,
    surveillance,
    testing,
    vaccination_gaps,
    vaccination_plan,
    zones,
)
from tests.phaodai.site.action_rows import playbook as steps
from tests.phaodai.site.action_rows.case import MORNING, Case
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db

MODULES = {
    "phaodai.care.actions": (*facilities.MODULES, *patients.MODULES, *home_care.MODULES),
    "phaodai.command.actions": (
        *("chasing", "confirming", "documents", "issuing", "merging", "names", "papers", "proposing", "reports"),
        *("sending", "tasks"),
    ),
    "phaodai.containment.actions": (
        *arrivals.MODULES,
        *gatherings.MODULES,
        *quarantine.MODULES,
        *(
            "gates",
            "zones",
            "zones_care",
            "zones_figures",
            "zones_found",
            "zones_ground",
            "zones_reckoning",
            "zones_signing",
        ),
        *("amending", "areas", "deciding", "following", "indicators", "levels", "proposing", "signing"),
    ),
    "phaodai.foresight.actions": (
        *("counts", "estimating", "scenario_runs", "scenario_work", "scenarios", "triggers", "warning"),
    ),
    "phaodai.people.actions": ("merging", "registering"),
    "phaodai.supply.actions": (*supply_stock.MODULES, *helping.MODULES),
    "phaodai.surveillance.actions": (
        *(
            "alarms",
            "areas",
            "becoming",
            "cases",
            "clock",
            "clock_tasks",
            "contacts",
            "contradicting",
            "follow_up",
            "laboratory",
        ),
        *("line_lists", "meetings", "outbreaks", "places", "reasons", "reporting", "staging", "teams", "tracing"),
        *("signal_counts", "transmissions", "visits"),
        *("rounds", "screening", "screening_keeping", "screening_requests", "screening_teams"),
        *testing.MODULES,
    ),
    "phaodai.vaccination.actions": (
        *certificates.MODULES,
        *doses.MODULES,
        *vaccination_gaps.MODULES,
        *vaccination_plan.MODULES,
    ),
    "phaodai.territory.actions": ("lists", "outlines", "successions", "writing"),
}
ROWS = (
    certificates,
    command,
    contacts,
    containment,
    doses,
    early_detection,
    facilities,
    foresight,
    home_care,
    patients,
    people,
    quarantine,
    rulebook,
    screening,
    sheets,
    steps,
    supply_stock,
    surveillance,
    vaccination_gaps,
    vaccination_plan,
    zones,
)
CASES = tuple(case for rows in (*ROWS, arrivals, gatherings, helping, testing) for case in rows.CASES)
# Run by the clock, by the playbook or by another action under its own check; no page and no officer reaches them.
CLOCKWORK = {
    *arrivals.CLOCKWORK,
    *helping.CLOCKWORK,
    *certificates.CLOCKWORK,
    *facilities.CLOCKWORK,
    *patients.CLOCKWORK,
    *home_care.CLOCKWORK,
    *doses.CLOCKWORK,
    *vaccination_gaps.CLOCKWORK,
    *vaccination_plan.CLOCKWORK,
    *(chasing.escalate_due, tasks.close_if_parts_done, issuing.issue_paper),
    *(
        zones_reckoning.reckon_all_zones,
        zones_reckoning.reckon_zones,
        zones_signing.order_for,
        zones_figures.figures_of,
    ),
    *(following.give_duties, levels.compute_every_province, signing.sign_decision_paper, turning.propose),
    *(estimating.estimate_province, estimating.estimate_what_changed, warning.raise_warnings),
    *(triggers.watch_province, triggers.watch_triggers),
    *(clock.watch_clocks, clock_tasks.ask_health_centre, outbreaks.propose_for_case, outbreaks.propose_for_link),
    *(visits.pack_visits, visits.purge_visits, visits.tend_visits, keep_contact, keep_visits, put_aside),
    *gatherings.CLOCKWORK,
    *quarantine.CLOCKWORK,
    *supply_stock.CLOCKWORK,
    *(playbook.follow_facts, playbook.sweep_tasks),
    *testing.CLOCKWORK,
    *early_detection.CLOCKWORK,
}
# Done by whoever opens a public form: no permission is asked, the database takes one row under the door's own reference.
PUBLIC: set[Callable[..., Any]] = {*arrivals.PUBLIC, *gatherings.PUBLIC, *home_care.PUBLIC, *vaccination_gaps.PUBLIC}
# Only the installation loads the territory: the action, and what it would load.
LOADERS: dict[Callable[..., Any], dict[str, Any]] = {
    lists.load_list: {"entries": [Entry(1, "98", "Bình Minh", "Tỉnh", None)]},
    outlines.load_outlines: {"outlines": []},
    outlines.load_neighbours: {"pairs": []},
    successions.load_successions: {"passages": []},
}
# What works on the actor's own book alone: there is no outside to name.
OWN_BOOK = {
    *helping.OWN_BOOK,
    "keep_indicators",
    "register_document",
    "draft_report",
    "draft_paper",
    "propose_duplicates",
    "receive_doses",
    "look_before",
    "receive_dose_sheet",
    "match_waiting",
    "propose_outbreaks",
    "park_rows",
    "receive_batch",
    "note_origin_level",
    "add_item",
    "put_in_order",
}


def _actions() -> set[Callable[..., Any]]:
    """Every public function with an `actor` in the modules of actions."""
    packages = (import_module(f"{package}.{name}") for package, names in MODULES.items() for name in names)
    modules = [law, playbook, *packages]
    found = [one for module in modules for one in vars(module).values() if inspect.isfunction(one)]
    here = {module.__name__ for module in modules}
    public = [one for one in found if one.__module__ in here and not one.__name__.startswith("_")]
    return {one for one in public if _keyword_only(one, "actor")}


def _keyword_only(function: Callable[..., Any], name: str) -> bool:
    parameter = inspect.signature(function).parameters.get(name)
    return parameter is not None and parameter.kind is inspect.Parameter.KEYWORD_ONLY


def test_every_action_has_a_row() -> None:
    assert _actions() == {case.action for case in CASES} | CLOCKWORK | PUBLIC | set(LOADERS)


@pytest.mark.parametrize("package", MODULES)
def test_every_module_of_actions_is_searched(package: str) -> None:
    from pkgutil import iter_modules

    assert {module.name for module in iter_modules(import_module(package).__path__)} == set(MODULES[package])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_who_may_does_it(case: Case, world: World, story: Story) -> None:
    given = case.given(world, story)
    with world.as_(case.by) as actor:
        assert actor.may(case.permission)
        assert case.action(actor=actor, moment=MORNING, **given) is not None


@pytest.mark.parametrize("case", CASES, ids=str)
def test_without_the_permission_it_is_refused(case: Case, world: World, story: Story) -> None:
    given = case.given(world, story)
    with world.as_(case.by) as actor:
        bare = replace(actor, permissions=frozenset(Permission) - {case.permission})
        with pytest.raises(NotAllowed, match=r"\w+ \w+"):
            case.action(actor=bare, moment=MORNING, **given)


@pytest.mark.parametrize("case", [case for case in CASES if case.stranger], ids=str)
def test_outside_the_area_it_is_refused(case: Case, world: World, story: Story) -> None:
    given = case.given(world, story)
    with world.as_(case.stranger) as actor:
        armed = replace(actor, permissions=frozenset(Permission))
        with pytest.raises((NotHere, NotAllowed), match=r"\w+ \w+"):
            case.action(actor=armed, moment=MORNING, **given)


def test_nothing_is_outside_one_s_own_book() -> None:
    assert {str(case) for case in CASES if not case.stranger} == OWN_BOOK


@pytest.mark.parametrize("load", LOADERS, ids=lambda load: load.__name__)
def test_no_officer_loads_the_territory(load: Callable[..., Any], world: World) -> None:
    with world.as_("viet") as viet:
        armed = replace(viet, permissions=frozenset(Permission))
        with pytest.raises(NotAllowed, match=r"\w+ \w+"):
            load(actor=armed, moment=MORNING, on=MORNING.date(), source="x.csv", **LOADERS[load])
