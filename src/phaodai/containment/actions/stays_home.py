"""Quarantine and isolation at home: conditions checked, each day looked in, alarm signs passed on at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.stays import Newcomer, new_stay, persons_for, refuse_inside
from phaodai.containment.actions.stays_follow_up import contact_of, follow_contacts
from phaodai.containment.actions.stays_plans import plan_for, samples_of
from phaodai.containment.actions.stays_shared import area_of, keep, note, require_write, stay_for
from phaodai.containment.models import Stay, StayCheck, StayStep, StayTest
from phaodai.containment.rules.stays import ask_home, home_allowed, kept
from phaodai.containment.rules.stays_alarm import known_signs
from phaodai.foundation.clock import local_day
from phaodai.foundation.constraints import worded
from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import NotAllowed, Refusal, not_to_come
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person
from phaodai.rulebook.provincial import rulebook_for
from phaodai.surveillance.actions.follow_up import COOLEST, WARMEST, Seen, write_day
from phaodai.surveillance.models import FollowUpDay

KINDS = (Stay.Kind.CONTACT, Stay.Kind.ARRIVAL, Stay.Kind.CASE)


@transaction.atomic
def stay_at_home(
    *,
    actor: Actor,
    moment: datetime,
    newcomer: Newcomer,
    kind: str,
    address: str = "",
    own_room: bool = False,
    conditions: Mapping[str, Any] | None = None,
    since: datetime | None = None,
    days: int | None = None,
    reason: str = "",
) -> Stay:
    """Begin quarantine (contact, arrival) or isolation (case) at home.

    The rule of the day says whether home is allowed: `home-care` of a case asks `conditions` (symptoms, spo2,
    respiratory_rate, age, comorbidity, carer, doses, last_dose_on); of others it is the place that `quarantine` names, in a
    room of their own. Where it says no, or concludes nothing, only a `reason` opens the door, and it is kept.
    """
    require_write(actor)
    begin, person = since or moment, persons_for(actor, [newcomer])[newcomer.person]
    not_to_come(moment, begin, "since")
    _refuse_unfit(actor, person, kind, own_room=own_room)
    facts = {**newcomer.facts, **(conditions or {}), **({"at_home": True} if kind == Stay.Kind.CONTACT else {})}
    home = _checked(person, kind, begin, facts, reason)
    plan = plan_for(person.province_id, kind, local_day(begin), facts, days=days, reason=reason)
    where = address.strip() or person.address or _home_of(person)
    if not where:
        raise Refusal(_("Write the address of the home."), field="address")
    held = Newcomer(newcomer.person, newcomer.contact, newcomer.case, facts)
    stay = new_stay(
        held,
        person,
        plan,
        kind=kind,
        admitted_at=begin,
        search=where,
        household_id=person.household_id,
        address=where[:200],
        home={**home, "own_room": own_room},
        **area_of(person),
    )
    with worded():
        stay.save()
    StayTest.objects.bulk_create(samples_of(stay, plan))
    note([stay], StayStep.What.ADMITTED, actor=actor, moment=begin, words=reason.strip())
    follow_contacts([stay], actor=actor, moment=moment)
    Fact.tell("containment:stay:admitted", subject=stay, moment=moment, officer=actor.officer, home=True)
    return stay


def _refuse_unfit(actor: Actor, person: Person, kind: str, *, own_room: bool) -> None:
    if not actor.area.holds(person) or actor.reach == "own":
        raise NotAllowed(_("This person lives in another area; its health station follows them at home."))
    refuse_inside(actor, {person.pk: person})
    if kind not in KINDS:
        raise Refusal(_("Choose as what they stay at home."), field="kind")
    if not own_room:
        words = _("At home they need a room of their own with a toilet. Without one, choose a quarantine site.")
        raise Refusal(words, field="own_room")


def _home_of(person: Person) -> str:
    return person.household.address if person.household else ""


def _checked(person: Person, kind: str, begin: datetime, facts: Mapping[str, Any], reason: str) -> dict[str, Any]:
    """What the rule says of this home, as it is kept; refuses where it says no and nobody takes it on themselves."""
    day = local_day(begin)
    decision = ask_home(rulebook_for(person.province_id), day, kind, day, facts)
    allowed = home_allowed(decision)
    if allowed is not True and not reason.strip():
        why = decision.why.vi if decision is not None else _("no document speaks of it")
        words = _("The rule does not allow home here: %(why)s Choose a site, or give a reason; it stays with the stay.")
        raise Refusal(words % {"why": why}, field="reason")
    return {"allowed": allowed, "reason": reason.strip(), "decision": kept(decision) if decision else {}}


@transaction.atomic
def look_in(
    *,
    actor: Actor,
    moment: datetime,
    stay_id: int,
    state: str,
    temperature: Decimal | None = None,
    symptoms: Sequence[str] = (),
) -> FollowUpDay | StayCheck:
    """Write what was seen of somebody today: in the follow-up grid where a contact stands behind the stay, else in its log."""
    require_write(actor)
    stay, day = stay_for(actor, stay_id), local_day(moment)
    contact = contact_of(stay, actor)
    if contact is not None and contact.follow_from is not None:
        known = FollowUpDay.objects.filter(contact=contact, day=day).values_list("version", flat=True).first()
        seen = Seen(state, symptoms, temperature)
        return write_day(actor=actor, moment=moment, contact_id=contact.pk, day=day, seen=seen, version=known or 0)
    return _own_log(stay, day, state, temperature, symptoms, actor, moment)


def _own_log(
    stay: Stay,
    day: Any,
    state: str,
    temperature: Decimal | None,
    symptoms: Sequence[str],
    actor: Actor,
    moment: datetime,
) -> StayCheck:
    if state not in StayCheck.State.values:
        raise Refusal(_("Choose well, symptoms or not met."), field="state")
    if temperature is not None and not COOLEST <= temperature <= WARMEST:
        raise Refusal(_("A body temperature lies between 30 and 45 degrees."), field="temperature")
    values = {"state": state, "temperature": temperature, "symptoms": ", ".join(sorted(symptoms)), "seen_at": moment}
    check = StayCheck.objects.update_or_create(stay=stay, day=day, defaults=values)[0]
    if state == StayCheck.State.SYMPTOMS:
        Fact.tell("containment:stay:symptoms", subject=stay, moment=moment, officer=actor.officer)
    return check


@transaction.atomic
def raise_alarm(*, actor: Actor, moment: datetime, stay_id: int, signs: Sequence[str], words: str = "") -> Stay:
    """Alarm signs: written down and passed on at once; what follows is the playbook's (doctor, transport, task)."""
    require_write(actor)
    stay, found = stay_for(actor, stay_id), known_signs(list(signs))
    if not found:
        raise Refusal(_("Tick at least one sign."), field="signs")
    return keep(stay, StayStep.What.ALARM, actor=actor, moment=moment, words=words.strip(), signs=found)
