"""More beds are planned by an order, and are there once somebody says so."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.beds import add_beds, convert_beds
from phaodai.care.actions.facilities_shared import facility_for, require_words
from phaodai.care.models import Bed, BedStay, UpgradePlan
from phaodai.foundation.clock import local_day
from phaodai.foundation.constraints import worded
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.foundation.versions import guard_version
from phaodai.people.models import Organisation

MANAGE = Permission.CARE_BED_MANAGE
State = UpgradePlan.State


@dataclass(frozen=True)
class Beds:
    """What a plan brings, and what that takes: doctors, nurses, litres of oxygen a minute."""

    kind: str
    number: int
    from_kind: str = ""
    doctors: int = 0
    nurses: int = 0
    oxygen_flow: int = 0


@transaction.atomic
def plan_upgrade(
    *,
    actor: Actor,
    moment: datetime,
    facility_id: int,
    beds: Beds,
    ready_on: date,
    answers: Organisation,
    order_reference: str,
) -> UpgradePlan:
    """Plan beds that are opened, or converted from another kind, by a day. Tells `care:upgrade:planned`."""
    actor.require(MANAGE)
    facility = facility_for(actor, facility_id)
    order = require_words(order_reference, "order_reference", _("Cite the order: its number and day."))
    if ready_on < local_day(moment):
        raise Refusal(_("This day is past. Plan for a day to come."), field="ready_on")
    plan = UpgradePlan(
        facility=facility,
        way=UpgradePlan.Way.CONVERT if beds.from_kind else UpgradePlan.Way.OPEN,
        from_kind=beds.from_kind,
        kind=beds.kind,
        beds=beds.number,
        doctors=beds.doctors,
        nurses=beds.nurses,
        oxygen_flow=beds.oxygen_flow,
        ready_on=ready_on,
        answers=answers,
        order_reference=order,
        **Area.of(facility).columns,
    )
    return _kept(plan, "planned", actor, moment)


def _kept(plan: UpgradePlan, what: str, actor: Actor, moment: datetime) -> UpgradePlan:
    plan.full_clean(exclude=["facility", "answers"])
    with worded():
        plan.save()
    Fact.tell(f"care:upgrade:{what}", subject=plan, moment=moment, officer=actor.officer, facility=plan.facility_id)
    return plan


def _plan_for(actor: Actor, plan_id: int) -> UpgradePlan:
    plan = UpgradePlan.objects.visible_to(actor).filter(pk=plan_id).first()
    if plan is None:
        raise NotHere(_("There is no such plan that your post may see."))
    facility = facility_for(actor, plan.facility_id, open_only=False)
    plan = UpgradePlan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    plan.facility = facility
    return plan


@transaction.atomic
def amend_upgrade(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> UpgradePlan:
    """Mend the day, the beds or what they take, while the plan is ahead."""
    actor.require(MANAGE)
    plan = _plan_for(actor, pk)
    if plan.state not in (State.PLANNED, State.UNDER_WAY):
        raise Refusal(_("This plan has ended: %(state)s.") % {"state": plan.get_state_display()})
    for name, value in guard_version(plan, version, changes).items():
        setattr(plan, name, value)
    plan.version += 1
    return _kept(plan, "amended", actor, moment)


@transaction.atomic
def step_upgrade(
    *, actor: Actor, moment: datetime, plan_id: int, state: str, ward_id: int | None = None, reason: str = ""
) -> UpgradePlan:
    """Say that a plan is under way, done or dropped (with the reason).

    Done at a facility with a bed book sets up its beds in `ward_id`, or converts as many free ones. Tells
    `care:upgrade:<state>`.
    """
    actor.require(MANAGE)
    plan = _plan_for(actor, plan_id)
    if plan.state not in (State.PLANNED, State.UNDER_WAY) or state not in (State.UNDER_WAY, State.DONE, State.DROPPED):
        raise Refusal(_("This plan has ended: %(state)s.") % {"state": plan.get_state_display()})
    if state == State.DROPPED:
        plan.reason = require_words(reason, "reason", _("Say why the plan is dropped."))[:300]
    if state == State.DONE:
        plan.done_on = local_day(moment)
        _bring_beds(plan, actor, moment, ward_id)
    plan.state, plan.version = State(state), plan.version + 1
    return _kept(plan, state, actor, moment)


def _bring_beds(plan: UpgradePlan, actor: Actor, moment: datetime, ward_id: int | None) -> None:
    facility = plan.facility
    if not facility.keeps_bed_book:
        return
    about = {"actor": actor, "moment": moment, "kind": plan.kind, "order_reference": plan.order_reference}
    if plan.way == UpgradePlan.Way.CONVERT:
        convert_beds(facility_id=facility.pk, bed_ids=_free_beds(plan), **about)  # type: ignore[arg-type]
        return
    if ward_id is None:
        raise Refusal(_("Choose the ward in which the new beds stand."), field="ward")
    labels = [f"{plan.ready_on:%d%m}-{number}" for number in range(1, plan.beds + 1)]
    add_beds(ward_id=ward_id, labels=labels, **about)  # type: ignore[arg-type]


def _free_beds(plan: UpgradePlan) -> list[int]:
    taken = BedStay.objects.now().filter(facility=plan.facility).values("bed_id")
    free = Bed.objects.filter(facility=plan.facility, kind=plan.from_kind).exclude(state__in=Bed.OUT_OF_USE)
    found = list(free.exclude(pk__in=taken).order_by("sort_key", "pk").values_list("pk", flat=True)[: plan.beds])
    if len(found) < plan.beds:
        about = {"free": len(found), "beds": plan.beds}
        raise Refusal(_("Only %(free)d of %(beds)d beds are free to be converted. Move patients first.") % about)
    return found
