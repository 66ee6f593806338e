"""From the gate to the commune: taken over, placed or kept at home, then watched for the days that the law asks."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.arrivals_deciding import arrival_of
from phaodai.containment.actions.stays import Newcomer, admit
from phaodai.containment.actions.stays_home import stay_at_home
from phaodai.containment.models import Arrival, Monitoring, Stay
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.actions.registering import NewPerson, register_person
from phaodai.people.models import Person

ORIGINS = {True: "abroad", False: "outbreak-area"}
AT_HOME = (Arrival.Outcome.HOME, Arrival.Outcome.LODGING)


@transaction.atomic
def take_over(*, actor: Actor, moment: datetime, arrival_id: int, address: str = "", own_room: bool = False) -> Arrival:
    """The commune has met the person: registered as a resident there, in quarantine at home or watched, as decided."""
    actor.require(Permission.CONTAINMENT_STAY_WRITE)
    arrival = arrival_of(actor, arrival_id)
    if arrival.step != Arrival.Step.TO_VISIT:
        raise Refusal(_("Nobody waits for a visit here: %(step)s.") % {"step": arrival.get_step_display()})
    arrival.address = address.strip()[:160] or arrival.address
    arrival.person = person_of(arrival, actor=actor, moment=moment)
    arrival.taken_over_at = moment
    if arrival.outcome in AT_HOME:
        where: dict[str, Any] = {"newcomer": _newcomer(arrival), "address": arrival.address, "own_room": own_room}
        stay_at_home(actor=actor, moment=moment, kind=Stay.Kind.ARRIVAL, since=arrival.at, **where, **_chosen(arrival))
        return _move(arrival, Arrival.Step.IN_QUARANTINE, actor, moment)
    _watch(arrival, actor, moment, arrival.at.astimezone(VIETNAM).date())
    return _move(arrival, Arrival.Step.MONITORED, actor, moment)


@transaction.atomic
def place_at_site(
    *, actor: Actor, moment: datetime, arrival_id: int, site_id: int, room_id: int | None = None
) -> Arrival:
    """Admit somebody to a quarantine site, in the cohort of the day on which they arrived."""
    actor.require(Permission.CONTAINMENT_STAY_WRITE)
    arrival = arrival_of(actor, arrival_id)
    if arrival.step != Arrival.Step.TO_PLACE:
        raise Refusal(_("Nobody waits for a place here: %(step)s.") % {"step": arrival.get_step_display()})
    arrival.person = person_of(arrival, actor=actor, moment=moment)
    arrival.taken_over_at = moment
    admit(
        actor=actor,
        moment=moment,
        site_id=site_id,
        newcomers=[_newcomer(arrival)],
        kind=Stay.Kind.ARRIVAL,
        since=arrival.at,
        room_id=room_id,
        **_chosen(arrival),
    )
    return _move(arrival, Arrival.Step.IN_QUARANTINE, actor, moment)


def person_of(arrival: Arrival, *, actor: Actor, moment: datetime) -> Person:
    """The person behind an arrival: whoever has this ID card in the officer's area, else newly registered there."""
    if arrival.person is not None:
        return arrival.person
    if arrival.identity_number:
        known = Person.objects.visible_to(actor).current().filter(identity_number=arrival.identity_number).first()
        if known is not None:
            return known
    return register_person(
        actor=actor,
        moment=moment,
        commune=arrival.destination,
        person=NewPerson(
            full_name=arrival.full_name,
            birth_year=arrival.birth_year,
            phone=arrival.phone,
            identity_number=arrival.identity_number,
            address=arrival.address,
        ),
    )


def _newcomer(arrival: Arrival) -> Newcomer:
    assert arrival.person is not None, "the person is registered before the stay"
    facts = {name: value.isoformat() if isinstance(value, date) else value for name, value in arrival.facts.items()}
    return Newcomer(arrival.person.pk, facts={**facts, "origin": ORIGINS[arrival.abroad]})


def _chosen(arrival: Arrival) -> dict[str, Any]:
    """The days that an officer chose, with the reason; empty where the rule decided."""
    chosen = arrival.record.get("chosen")
    return {"days": chosen["days"], "reason": chosen["because"]} if chosen else {}


@transaction.atomic
def end_quarantine(*, actor: Actor, moment: datetime, arrival_id: int) -> Arrival:
    """Quarantine is over: the days of monitoring begin that the decision asked for, or nothing more is to be done."""
    actor.require(Permission.CONTAINMENT_STAY_WRITE)
    arrival = arrival_of(actor, arrival_id)
    if arrival.step != Arrival.Step.IN_QUARANTINE:
        raise Refusal(_("This person is not in quarantine: %(step)s.") % {"step": arrival.get_step_display()})
    until = arrival.quarantine_until
    if until is not None and moment.astimezone(VIETNAM).date() < until:
        about = {"day": f"{until:%d/%m/%Y}"}
        raise Refusal(_("Quarantine lasts until %(day)s. Release from the stay itself, with its tests.") % about)
    if arrival.person_id and Stay.objects.visible_to(actor).inside().filter(person=arrival.person_id).exists():
        raise Refusal(_("The stay goes on. Release the person there first: its tests are checked."))
    watched = arrival.monitor_until is not None
    if watched:
        _watch(arrival, actor, moment, moment.astimezone(VIETNAM).date())
    return _move(arrival, Arrival.Step.MONITORED if watched else Arrival.Step.DONE, actor, moment)


def _watch(arrival: Arrival, actor: Actor, moment: datetime, first: date) -> None:
    last = (arrival.monitor_until or first + timedelta(days=1)) - timedelta(days=1)
    monitoring = Monitoring.objects.create(
        arrival=arrival,
        starts_on=first,
        ends_on=max(first, last),
        province_id=arrival.province_id,
        district_id=arrival.district_id,
        commune_id=arrival.commune_id,
    )
    Fact.tell("containment:monitoring:started", subject=monitoring, moment=moment, officer=actor.officer)


def _move(arrival: Arrival, step: Arrival.Step, actor: Actor, moment: datetime) -> Arrival:
    arrival.step = step
    arrival.version += 1
    arrival.save()
    Fact.tell("containment:arrival:moved", subject=arrival, moment=moment, officer=actor.officer, step=str(step))
    return arrival


def _monitoring_of(actor: Actor, pk: int) -> Monitoring:
    rows = Monitoring.objects.visible_to(actor).select_for_update(of=("self",)).select_related("arrival")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is no such arrival that your post may see."))
    if found.state != Monitoring.State.RUNNING:
        raise Refusal(_("Monitoring is over: %(state)s.") % {"state": found.get_state_display()})
    return found


@transaction.atomic
def note_monitoring(*, actor: Actor, moment: datetime, monitoring_id: int, word: str) -> Monitoring:
    """How the person was today. The last day, met and well, ends it; unwell is passed on at once."""
    actor.require(Permission.CONTAINMENT_STAY_WRITE)
    monitoring = _monitoring_of(actor, monitoring_id)
    if word not in Monitoring.Word.values:
        raise Refusal(_("Say how the person was."), field="word")
    today = moment.astimezone(VIETNAM).date()
    monitoring.last_word, monitoring.last_asked_on = word, today
    monitoring.version += 1
    if word == Monitoring.Word.UNWELL:
        Fact.tell("containment:monitoring:unwell", subject=monitoring, moment=moment, officer=actor.officer)
    if word == Monitoring.Word.WELL and today >= monitoring.ends_on:
        monitoring.state = Monitoring.State.FINISHED
        _move(monitoring.arrival, Arrival.Step.DONE, actor, moment)
    monitoring.save()
    return monitoring


@transaction.atomic
def stop_monitoring(*, actor: Actor, moment: datetime, monitoring_id: int, reason: str) -> Monitoring:
    """Stop before the last day, for a reason: became a contact, moved on, entered by mistake."""
    actor.require(Permission.CONTAINMENT_STAY_WRITE)
    monitoring = _monitoring_of(actor, monitoring_id)
    if not reason.strip():
        raise Refusal(_("Write why the monitoring stops."), field="reason")
    monitoring.state, monitoring.reason = Monitoring.State.STOPPED, reason.strip()[:200]
    monitoring.version += 1
    monitoring.save()
    _move(monitoring.arrival, Arrival.Step.DONE, actor, moment)
    return monitoring
