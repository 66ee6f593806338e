"""The plan of a stay: by the rule in force that day, or chosen with a reason where the law concludes nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from phaodai.containment.models import Stay, StayTest
from phaodai.containment.rules.stays import (
    LONGEST_COURSE,
    Plan,
    ask_law,
    plan_by_choice,
    plan_by_law,
    plan_of_case,
)
from phaodai.foundation.refusals import Refusal
from phaodai.rulebook import Decision
from phaodai.rulebook.provincial import rulebook_for

STAFF_DAYS = 14
"""A shift of staff who live at the site, where nobody says otherwise: as long as the guests' own quarantine of 2021."""


def plan_for(
    province_id: int,
    kind: str,
    day_zero: date,
    facts: Mapping[str, Any],
    *,
    days: int | None = None,
    reason: str = "",
) -> Plan:
    """What the law of `day_zero` makes of somebody; with `days`, what an officer chose instead and why.

    Refuses in words where the law concludes nothing and nobody chose.
    """
    if kind == Stay.Kind.CASE:
        return plan_of_case(day_zero, {"status": "by-release-rule", "rule": "isolation-release"})
    if kind == Stay.Kind.STAFF:
        return plan_by_choice(day_zero, days or STAFF_DAYS, reason or _("Shift of the site's staff"), None)
    decision = ask_law(rulebook_for(province_id), day_zero, kind, day_zero, facts)
    if days is not None:
        return _chosen(day_zero, days, reason, decision)
    plan = plan_by_law(decision, day_zero) if decision else None
    if plan is None:
        raise Refusal(_no_plan(decision), field="days")
    return plan


def _chosen(day_zero: date, days: int, reason: str, decision: Decision | None) -> Plan:
    if not 1 <= days <= LONGEST_COURSE:
        raise Refusal(_("Choose between 1 and %(most)d days.") % {"most": LONGEST_COURSE}, field="days")
    if not reason.strip():
        raise Refusal(_("Say why this many days were chosen; the reason stays with the stay."), field="reason")
    return plan_by_choice(day_zero, days, reason.strip(), decision)


def _no_plan(decision: Decision | None) -> str:
    if decision is not None and decision.outcome is not None:
        return _("The rule of that day asks for no quarantine. Choose the days yourself and say why.")
    return _("Cannot conclude: no verified document says how long. Choose the days yourself and say why.")


def put_under(stay: Stay, plan: Plan) -> None:
    """Give a stay the days of a plan; the caller saves it."""
    stay.day_zero, stay.release_on, stay.monitor_until = plan.day_zero, plan.release_on, plan.monitor_until
    stay.decision = dict(plan.record)


def samples_of(stay: Stay, plan: Plan) -> list[StayTest]:
    """The samples that a plan asks for, not saved."""
    return [StayTest(stay=stay, day_number=number, due_on=day) for number, day in plan.samples]


def ask_again(stay: Stay, plan: Plan, *, since: date) -> None:
    """Put new samples in the place of those not yet taken; what was taken since `since` is not asked for twice."""
    known = StayTest.objects.filter(stay=stay, dropped=False)
    known.filter(taken_at=None).update(dropped=True)
    taken: Sequence[date] = list(
        known.filter(taken_at__isnull=False, due_on__gte=since).values_list("due_on", flat=True)
    )
    StayTest.objects.bulk_create(one for one in samples_of(stay, plan) if one.due_on not in taken)
