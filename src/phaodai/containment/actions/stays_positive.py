"""Somebody inside is positive: the site is alerted, and whoever shared a room with them begins again by the rule of today."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.stays import cohort_of, put_in_rooms
from phaodai.containment.actions.stays_follow_up import follow_contacts
from phaodai.containment.actions.stays_plans import ask_again, plan_for, put_under
from phaodai.containment.actions.stays_rooms import lying
from phaodai.containment.actions.stays_shared import area_of, keep, note, require_write, stay_for
from phaodai.containment.models import Placement, SiteAlert, Stay, StayStep
from phaodai.containment.rules.stays import Plan
from phaodai.foundation.clock import VIETNAM, local_day
from phaodai.foundation.constraints import worded
from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.rulebook import Refusal as NoSuchLaw
from phaodai.rulebook.provincial import rulebook_for
from phaodai.surveillance.rules.windows import CaseDays, infectious_window

WITHOUT_RULE = timedelta(days=3)
"""How far back room-mates are looked for where no rule of the infectious window is in force: that of Decision 5053."""


def positive_inside(stay: Stay, *, actor: Actor, moment: datetime, sampled_at: datetime) -> SiteAlert | None:
    """Alert the site and begin again for the room-mates of the infectious window; at home only the fact is told."""
    note([stay], StayStep.What.POSITIVE, actor=actor, moment=moment)
    facts = {"person": stay.person_id, "contact": stay.contact_id, "sampled_at": sampled_at.isoformat()}
    Fact.tell("containment:stay:positive", subject=stay, moment=moment, officer=actor.officer, **facts)
    if stay.site is None:
        return None
    place = lying(stay)
    mates = room_mates(stay, _infectious_from(stay, sampled_at, moment))
    alert = SiteAlert.objects.get_or_create(
        site=stay.site,
        room=place.room if place else None,
        stay=stay,
        defaults={"raised_at": moment, "roommates": [one.pk for one in mates], **area_of(stay)},
    )[0]
    for mate in mates:
        begin_again(mate, actor=actor, moment=moment, because=_("Shared a room with somebody positive"))
    if place is not None:
        _apart(place, moment)
    Fact.tell("containment:site:alert", subject=stay.site, moment=moment, officer=actor.officer, alert=alert.pk)
    return alert


def _infectious_from(stay: Stay, sampled_at: datetime, moment: datetime) -> datetime:
    day = local_day(sampled_at)
    try:
        window = infectious_window(
            rulebook_for(stay.province_id), CaseDays(sampled_on=day, reported_on=day), moment.astimezone(VIETNAM)
        )
    except NoSuchLaw:
        return sampled_at - WITHOUT_RULE
    return window.begin


def room_mates(stay: Stay, since: datetime) -> list[Stay]:
    """Whoever is still inside and lay in a room with somebody at any moment since then."""
    mates: set[int] = set()
    for own in Placement.objects.filter(stay=stay).exclude(until__lt=since):
        others = Placement.objects.filter(room=own.room_id).exclude(stay=stay).exclude(until__lte=max(since, own.since))
        if own.until is not None:
            others = others.filter(since__lt=own.until)
        mates |= set(others.values_list("stay_id", flat=True))
    return list(Stay.objects.inside().select_for_update(of=("self",)).filter(pk__in=mates).order_by("pk"))


@transaction.atomic
def restart(*, actor: Actor, moment: datetime, stay_id: int, reason: str) -> Stay:
    """Count somebody's days anew from today, for a later exposure that no sample inside showed; the reason is kept."""
    require_write(actor)
    stay = stay_for(actor, stay_id)
    if not reason.strip():
        raise Refusal(_("Say why the count begins again."), field="reason")
    return begin_again(stay, actor=actor, moment=moment, because=reason.strip())


def begin_again(stay: Stay, *, actor: Actor, moment: datetime, because: str) -> Stay:
    """Count a stay anew from today, by the rule in force today; where it concludes nothing, for as many days as before."""
    today, before = local_day(moment), stay.release_on
    plan = _new_plan(stay, moment, because)
    put_under(stay, plan)
    ask_again(stay, plan, since=today)
    about = {"before": before.isoformat() if before else None, "rule": plan.record.get("version")}
    keep(stay, StayStep.What.RESET, actor=actor, moment=moment, words=because, **about)
    follow_contacts([stay], actor=actor, moment=moment)
    return stay


def _new_plan(stay: Stay, moment: datetime, because: str) -> Plan:
    today = local_day(moment)
    try:
        return plan_for(stay.province_id, stay.kind, today, stay.facts)
    except Refusal:
        days = (stay.release_on - stay.day_zero).days if stay.release_on else 1
        return plan_for(stay.province_id, stay.kind, today, stay.facts, days=days, reason=because)


def _apart(place: Placement, moment: datetime) -> None:
    """Everybody in the room is a cohort of its own from now on: nobody joins them, and they join nobody."""
    lying_there: Sequence[Placement] = list(Placement.objects.now().filter(room=place.room_id).select_related("stay"))
    site, mark = place.site, f"{place.room.building.name} {place.room.name}"[:60]
    cohort = cohort_of(site, _kind_of(lying_there), local_day(moment), mark)
    if place.cohort_id == cohort.pk:
        return
    with worded():
        Placement.objects.filter(pk__in=[one.pk for one in lying_there]).update(until=moment)
        put_in_rooms(site, cohort, [(one.stay, (one.room_id, one.place)) for one in lying_there], moment)


def _kind_of(lying_there: Sequence[Placement]) -> str:
    return lying_there[0].stay.kind
