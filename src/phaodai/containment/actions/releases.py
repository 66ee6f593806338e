"""The end of a stay: released after the last negative test, taken to treatment, or gone without release."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.stays_follow_up import finish_contact_of
from phaodai.containment.actions.stays_rooms import leave_room
from phaodai.containment.actions.stays_shared import keep, require_write, stay_for
from phaodai.containment.models import Room, Stay, StayStep, StayTest
from phaodai.containment.rules.stays import Obstacle, Sample, ask_release, hindrance_of, kept
from phaodai.foundation.clock import local_day
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.rulebook.provincial import rulebook_for


def samples_owed(stay: Stay) -> list[Sample]:
    """What the rule asked of a stay and what came of it."""
    rows = StayTest.objects.filter(stay=stay, dropped=False).order_by("due_on")
    return [Sample(one.due_on, one.taken_at is not None, one.result) for one in rows]


def hindrance_words(stay: Stay, today: date, samples: list[Sample] | None = None) -> str:
    """Why somebody may not leave on a day, in a sentence; empty: nothing stands in the way. Not asked of cases."""
    if stay.release_on is None:
        return ""
    found = hindrance_of(stay.release_on, samples_owed(stay) if samples is None else samples, today)
    if found is None:
        return ""
    about = {"who": stay.initials, "day": day_words(found.day)}
    return {
        Obstacle.EARLY: _("%(who)s is free from %(day)s by the rule of the admission."),
        Obstacle.UNTESTED: _("%(who)s: the last sample, due on %(day)s, was not taken. Take it first."),
        Obstacle.WAITING: _("%(who)s: the result of the last sample (%(day)s) is not known yet. Wait for it."),
        Obstacle.POSITIVE: _("%(who)s: the sample of %(day)s is positive. They go to treatment, not home."),
        Obstacle.UNCLEAR: _("%(who)s: the last sample (%(day)s) was unclear. Take another one."),
    }[found.what] % about


@transaction.atomic
def release(
    *,
    actor: Actor,
    moment: datetime,
    stay_id: int,
    facts: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Stay:
    """Let somebody go home. Refused before the last test is negative and before the days are over, and it says which.

    A case leaves by `isolation-release`: `facts` adds fully_vaccinated, symptomatic, symptoms_end_on. Where that rule
    concludes nothing, the officer's `reason` decides and is kept.
    """
    actor.require(Permission.CONTAINMENT_STAY_RELEASE)
    stay, today = stay_for(actor, stay_id), local_day(moment)
    if stay.kind == Stay.Kind.CASE:
        _require_case_free(stay, today, facts or {}, reason)
    elif words := hindrance_words(stay, today):
        raise Refusal(words)
    _end(stay, Stay.State.RELEASED, moment)
    keep(stay, StayStep.What.RELEASED, actor=actor, moment=moment, words=reason.strip())
    finish_contact_of(stay, actor=actor, moment=moment, reason=_("Quarantine completed"))
    return stay


def _require_case_free(stay: Stay, today: date, facts: Mapping[str, Any], reason: str) -> None:
    negative = (
        StayTest.objects.filter(stay=stay, result="negative", taken_at__isnull=False).order_by("-taken_at").first()
    )
    asked = {"setting": "hospital" if stay.site_id else "home", "since_on": stay.day_zero, **facts}
    if negative is not None and negative.taken_at is not None:
        asked["negative_test_on"] = local_day(negative.taken_at)
    decision = ask_release(rulebook_for(stay.province_id), today, asked)
    if decision is not None and decision.outcome is not None and not decision.outcome["released"]:
        raise Refusal(_("%(who)s may not leave yet: %(why)s") % {"who": stay.initials, "why": decision.why.vi})
    if (decision is None or decision.outcome is None) and not reason.strip():
        words = _(
            "No verified document says when a case leaves. Say on which finding you decide; it stays with the stay."
        )
        raise Refusal(words, field="reason")
    if decision is not None:
        stay.decision = {**stay.decision, "release": kept(decision)}


def _end(stay: Stay, state: Stay.State, moment: datetime) -> None:
    """The place is free, and the room is disinfected before anybody else lies there once the last one is gone."""
    place = leave_room(stay, moment)
    stay.state, stay.ended_at = state, moment
    if place is not None and not place.room.placements.filter(until=None).exists():
        place.room.state = Room.State.CLEANING
        place.room.save()


@transaction.atomic
def take_to_treatment(*, actor: Actor, moment: datetime, stay_id: int, where: str) -> Stay:
    """Somebody leaves for a treatment facility: positive, or with alarm signs."""
    require_write(actor)
    stay = stay_for(actor, stay_id)
    if not where.strip():
        raise Refusal(_("Say to which facility they are taken."), field="where")
    _end(stay, Stay.State.HOSPITAL, moment)
    return keep(stay, StayStep.What.TREATED, actor=actor, moment=moment, words=where.strip())


@transaction.atomic
def note_absconding(*, actor: Actor, moment: datetime, stay_id: int, reason: str) -> Stay:
    """Somebody is gone without release; the police and the home commune are told by what follows."""
    require_write(actor)
    stay = stay_for(actor, stay_id)
    if not reason.strip():
        raise Refusal(_("Say what is known: since when, where they may be."), field="reason")
    _end(stay, Stay.State.LEFT, moment)
    return keep(stay, StayStep.What.LEFT, actor=actor, moment=moment, words=reason.strip())
