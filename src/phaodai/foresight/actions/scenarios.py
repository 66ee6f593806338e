"""Scenarios: planned from the present, ordered measure by measure, taken from a file; nothing here computes."""

from datetime import datetime
from tomllib import TOMLDecodeError
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.amending import mend_row
from phaodai.containment.actions.areas import columns_of_area, require_inside
from phaodai.foresight.models import ScenarioPlan
from phaodai.foresight.models.scenario_present import beginning_of, parks_of, present_in
from phaodai.foresight.rules.scenario_files import Order, Setting, orders_of_file, scenario_file
from phaodai.foresight.rules.scenario_packs import todays_path
from phaodai.foundation.constraints import check_row
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import guard_version
from phaodai.territory.models import Tier, Unit

FIGURES = ("name", "days", "variant", "reproduction", "seed")
"""What may be mended by itself; orders are added and removed one by one."""
RUN = Permission.FORESIGHT_SCENARIO_RUN
LARGEST_FILE = 500_000


@transaction.atomic
def plan_scenario(
    *, actor: Actor, moment: datetime, unit_id: int, name: str, days: int, variant: str, reproduction: float
) -> ScenarioPlan:
    """Begin a scenario of a province or district from what is known of it this morning; its orders are today's at first."""
    actor.require(RUN)
    unit = _unit(actor, unit_id)
    beginning = beginning_of(unit, moment.date())
    _refuse_uncounted(unit, beginning)
    today = todays_path(present_in(beginning))
    plan = ScenarioPlan(
        unit=unit, name=name.strip(), start=moment.date(), days=days, variant=variant, reproduction=reproduction,
        beginning=beginning, today=today, orders=today,
        parks=parks_of(unit, moment.date()), officer_id=actor.officer, **columns_of_area(unit),
    )  # fmt: skip
    check_row(plan)
    plan.save()
    Fact.tell("foresight:scenario:planned", subject=plan, moment=moment, officer=actor.officer)
    return plan


def _unit(actor: Actor, unit_id: int) -> Unit:
    unit = Unit.objects.visible_to(actor).filter(pk=unit_id, tier__in=(Tier.PROVINCE, Tier.DISTRICT)).first()
    if unit is None:
        raise NotHere(_("Choose your province or one of its districts."))
    require_inside(actor, unit)
    return unit


def _refuse_uncounted(unit: Unit, beginning: dict[str, Any]) -> None:
    """A unit whose people nobody counted cannot be simulated."""
    silent = [one["name"] for one in beginning["communes"] if not one["people"]]
    if silent or not beginning["communes"]:
        about = {"unit": unit.name, "communes": ", ".join(silent[:5]) or "–"}
        raise Refusal(
            _(
                "%(unit)s cannot be simulated: the number of people is missing for %(communes)s. Add it to the territory."
            )
            % about
        )


@transaction.atomic
def amend_scenario(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> ScenarioPlan:
    """Change its name, days, variant, R0 or first seed. Runs of before keep what they were run with."""
    actor.require(RUN)
    rows = ScenarioPlan.objects.visible_to(actor)
    plan, changed = mend_row(rows, actor, pk, version=version, changes=changes, figures=FIGURES)
    require_readable(plan, plan.orders)
    Fact.tell("foresight:scenario:amended", subject=plan, moment=moment, officer=actor.officer, fields=changed)
    return plan


@transaction.atomic
def add_order(*, actor: Actor, moment: datetime, pk: int, version: int, order: Order) -> ScenarioPlan:
    """Add a measure to a scenario, if the simulation can read it."""
    return _with_orders(actor, moment, pk, version, lambda orders: [*orders, dict(order)])


@transaction.atomic
def remove_order(*, actor: Actor, moment: datetime, pk: int, version: int, place: int) -> ScenarioPlan:
    """Take a measure out of a scenario."""

    def without(orders: list[Any]) -> list[Any]:
        if not 0 <= place < len(orders):
            raise NotHere(_("This measure is no longer in the scenario."))
        return [*orders[:place], *orders[place + 1 :]]

    return _with_orders(actor, moment, pk, version, without)


def _with_orders(actor: Actor, moment: datetime, pk: int, version: int, change: Any) -> ScenarioPlan:
    actor.require(RUN)
    plan = ScenarioPlan.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=pk).first()
    if plan is None:
        raise NotHere(_("There is no such scenario, or not in your province."))
    require_inside(actor, plan.unit)
    orders = change(plan.orders)
    guard_version(plan, version, {"orders": orders})
    require_readable(plan, orders)
    plan.orders = orders
    plan.version += 1
    plan.save()
    Fact.tell("foresight:scenario:amended", subject=plan, moment=moment, officer=actor.officer, fields=["orders"])
    return plan


@transaction.atomic
def import_scenario(*, actor: Actor, moment: datetime, unit_id: int, name: str, text: str) -> ScenarioPlan:
    """A scenario from a file: its orders and parks over this unit's own communes, beside the path of today.

    The file's province is left out: the same orders are asked of the own units, whose names its areas must be. Its
    outbreaks are taken where it has some.
    """
    plan = plan_scenario(
        actor=actor, moment=moment, unit_id=unit_id, name=name, days=60, variant="delta", reproduction=5.0
    )
    try:
        orders, parks = orders_of_file(text)
    except TOMLDecodeError as problem:
        raise Refusal(_("This is no scenario file: %(problem)s") % {"problem": problem}, field="file") from problem
    own = [order for order in plan.today if order["kind"] == "outbreak"]
    begins = any(order["kind"] in ("outbreak", "arrivals") for order in orders)
    plan.orders, plan.parks = orders if begins else [*own, *orders], parks
    require_readable(plan, plan.orders, field="file")
    plan.version += 1
    plan.save()
    return plan


def setting_of(plan: ScenarioPlan, runs: int = 20) -> Setting:
    """Everything of the plan but its orders."""
    return Setting(
        name=plan.name,
        start=plan.start,
        days=plan.days,
        variant=plan.variant,
        reproduction=plan.reproduction,
        seed=plan.seed,
        runs=runs,
        communes=tuple(plan.beginning["communes"]),
        parks=tuple(plan.parks),
    )


def require_readable(plan: ScenarioPlan, orders: list[Any], field: str | None = None) -> None:
    """Refuse, with the simulation's own words, orders that it would refuse when it is run."""
    try:
        from epidemic.simulation.files import read_scenario_text
        from epidemic.simulation.reading import ScenarioError
    except ModuleNotFoundError as problem:
        words = _("The simulator is not installed here. Whoever runs this machine installs the extra “analytics”.")
        raise Refusal(words) from problem
    try:
        read_scenario_text(scenario_file(setting_of(plan), orders))
    except ScenarioError as problem:
        words = _("The simulation cannot run this: %(problem)s") % {"problem": problem}
        raise Refusal(words, field=field) from problem
