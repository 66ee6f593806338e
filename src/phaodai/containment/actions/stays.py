"""People are admitted to a quarantine site: one, a family, a bus; each cohort into rooms of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.stays_follow_up import follow_contacts
from phaodai.containment.actions.stays_plans import plan_for, put_under, samples_of
from phaodai.containment.actions.stays_shared import area_of, note, require_write, rooms_now, site_for
from phaodai.containment.models import Cohort, Placement, Room, Site, Stay, StayStep, StayTest
from phaodai.containment.rules.cohorts import RoomNow, Shortage, propose_places
from phaodai.containment.rules.stays import Plan
from phaodai.foundation.clock import local_day
from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import fold
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import NotHere, Refusal, not_to_come
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person


@dataclass(frozen=True)
class Newcomer:
    """Somebody who is admitted: the person's row id, and the contact or case behind it where there is one.

    `facts` are what the rule of quarantine asks: doses, last_dose_on, recovered_on, origin, short_stay (days as ISO text).
    """

    person: int
    contact: int | None = None
    case: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def admit(
    *,
    actor: Actor,
    moment: datetime,
    site_id: int,
    newcomers: Sequence[Newcomer],
    kind: str,
    since: datetime | None = None,
    room_id: int | None = None,
    days: int | None = None,
    reason: str = "",
) -> list[Stay]:
    """Admit one person or a group that came together; rooms are proposed for their cohort unless `room_id` names one.

    `kind` is contact, arrival, case or staff. The rule in force on the day of admission sets days and samples; where it
    concludes nothing, `days` and `reason` are the officer's choice. Refuses a full room, a room of another cohort, and
    whoever is in quarantine already.
    """
    require_write(actor)
    site, begin = site_for(actor, site_id), since or moment
    not_to_come(moment, begin, "since")
    if kind not in Stay.Kind.values:
        raise Refusal(_("Choose as what they are admitted."), field="kind")
    persons = persons_for(actor, newcomers)
    refuse_inside(actor, persons)
    plans = [
        plan_for(site.province_id, kind, local_day(begin), one.facts, days=days, reason=reason) for one in newcomers
    ]
    stays = [
        new_stay(
            one, persons[one.person], plan, kind=kind, admitted_at=begin, site=site, search=site.name, **area_of(site)
        )
        for one, plan in zip(newcomers, plans, strict=True)
    ]
    with worded():
        Stay.objects.bulk_create(stays)
        cohort = cohort_of(site, kind, local_day(begin))
        _place(site, cohort, stays, begin, room_id)
    _ask_samples(stays, plans)
    note(stays, StayStep.What.ADMITTED, actor=actor, moment=begin, words=reason.strip(), site=site.name)
    follow_contacts(stays, actor=actor, moment=moment)
    Fact.tell(
        "containment:stay:admitted", subject=site, moment=moment, officer=actor.officer, stays=[one.pk for one in stays]
    )
    return stays


def persons_for(actor: Actor, newcomers: Sequence[Newcomer]) -> dict[int, Person]:
    """The persons, as far as the officer may see them; none twice."""
    asked = [one.person for one in newcomers]
    if not asked:
        raise Refusal(_("Choose at least one person."), field="person")
    if len(set(asked)) != len(asked):
        raise Refusal(_("One person stands twice on this list. Remove one line."), field="person")
    persons = Person.objects.visible_to(actor).current().in_bulk(asked)
    if len(persons) != len(asked):
        raise NotHere(_("There is no such person that your post may see."))
    return persons


def refuse_inside(actor: Actor, persons: Mapping[int, Person]) -> None:
    """Name the first who is in quarantine already, and where; the database refuses those whom the officer cannot see."""
    known = Stay.objects.visible_to(actor).inside().filter(person__in=list(persons)).select_related("site").first()
    if known is None:
        return
    about = {
        "who": known.initials,
        "where": known.site.name if known.site else _("at home"),
        "since": moment_words(known.admitted_at),
    }
    words = _("%(who)s is in quarantine already: %(where)s, since %(since)s. Transfer or end that stay first.")
    raise Refusal(words % about, field="person")


def new_stay(
    newcomer: Newcomer, person: Person, plan: Plan, *, kind: str, admitted_at: datetime, search: str, **more: Any
) -> Stay:
    """A stay under a plan, not saved."""
    stay = Stay(
        person=person,
        initials=person.masked[:40],
        kind=kind,
        admitted_at=admitted_at,
        contact_id=newcomer.contact,
        case_id=newcomer.case,
        facts=dict(newcomer.facts),
        search_key=fold(f"{person.masked} {search}")[:240],
        **more,
    )
    put_under(stay, plan)
    return stay


def cohort_of(site: Site, kind: str, day: date, mark: str = "") -> Cohort:
    """The cohort of a day; staff never share one with those whom they look after."""
    staff = Cohort.Kind.STAFF if kind == Stay.Kind.STAFF else Cohort.Kind.GUESTS
    return Cohort.objects.get_or_create(site=site, kind=staff, day=day, mark=mark)[0]


def _place(site: Site, cohort: Cohort, stays: Sequence[Stay], since: datetime, room_id: int | None) -> None:
    found = places_for(site, cohort, len(stays), room_id)
    put_in_rooms(site, cohort, zip(stays, found, strict=True), since)


def places_for(site: Site, cohort: Cohort, people: int, room_id: int | None = None) -> list[tuple[int, int]]:
    """Rooms and place numbers for so many people of a cohort; in the named room only, where one is named."""
    rooms = Room.objects.open().filter(site=site).order_by("building__name", "name", "pk")
    if room_id is not None:
        rooms = rooms.filter(pk=room_id)
    now = rooms_now(rooms)
    if room_id is not None:
        _refuse_room(now, cohort)
    try:
        return propose_places(now, cohort.pk, people)
    except Shortage as shortage:
        about = {"asked": people, "found": shortage.found, "cohort": str(cohort)}
        words = _("%(asked)d places are needed; cohort %(cohort)s finds %(found)d here. Open a room or go elsewhere.")
        raise Refusal(words % about, field="room") from shortage


def _refuse_room(now: Sequence[RoomNow], cohort: Cohort) -> None:
    if not now:
        raise Refusal(_("This room is closed or being disinfected. Choose another room."), field="room")
    if now[0].taken and now[0].cohort != cohort.pk:
        other = Cohort.objects.filter(pk=now[0].cohort or 0).first()
        words = _("Cohort %(other)s lies in this room. People who came on different days do not share a room.")
        raise Refusal(words % {"other": other or "–"}, field="room")


def put_in_rooms(site: Site, cohort: Cohort, pairs: Any, since: datetime) -> list[Placement]:
    """Write who lies where from a moment on: pairs of a stay and (room, place)."""
    listed = list(pairs)
    sizes = dict(Room.objects.filter(pk__in={room for _s, (room, _p) in listed}).values_list("pk", "places"))
    return Placement.objects.bulk_create(
        Placement(
            stay=stay,
            site=site,
            room_id=room,
            cohort=cohort,
            place=place,
            places=sizes[room],
            since=since,
            **area_of(site),
        )
        for stay, (room, place) in listed
    )


def _ask_samples(stays: Sequence[Stay], plans: Sequence[Plan]) -> None:
    StayTest.objects.bulk_create(
        test for stay, plan in zip(stays, plans, strict=True) for test in samples_of(stay, plan)
    )
