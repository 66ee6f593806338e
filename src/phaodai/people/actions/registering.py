"""The verbs of this context: bodies, officers, posts, and looks at a person."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import guard_version
from phaodai.people.models import Household, Officer, Organisation, Person, Post, Reveal
from phaodai.people.roles import PERMISSIONS, Role
from phaodai.people.rules.identities import NotAnIdentity, identity_number
from phaodai.territory.models import Unit

# Committees govern their area, and the health line answers for the people in it.
AREA_WIDE = frozenset(
    {
        Organisation.Kind.PARTY_COMMITTEE,
        Organisation.Kind.PEOPLES_COMMITTEE,
        Organisation.Kind.STEERING_COMMITTEE,
        Organisation.Kind.OFFICE,
        Organisation.Kind.HEALTH_CENTRE,
        Organisation.Kind.HEALTH_STATION,
    }
)
AMENDABLE = ("name", "short_name", "kind", "phone", "closed_on")


def _key(organisation: Organisation) -> str:
    return fold(f"{organisation.name} {organisation.short_name} {organisation.code}")


def _require_inside(actor: Actor, organisation: Organisation) -> None:
    """The database refuses as well; this says it in words."""
    if not actor.area.holds(organisation):
        raise NotAllowed(_("%(unit)s lies outside your area. You can send a request.") % {"unit": organisation.name})


@transaction.atomic
def create_organisation(
    *,
    actor: Actor,
    moment: datetime,
    code: str,
    name: str,
    short_name: str,
    kind: str,
    unit: Unit,
    parent: Organisation | None = None,
    phone: str = "",
) -> Organisation:
    """Add a body to the actor's area. Committees and the health line see their area; others their own tasks."""
    actor.require(Permission.PEOPLE_OFFICER_MANAGE)
    organisation = Organisation(
        code=code.strip(),
        name=name.strip(),
        short_name=short_name.strip(),
        kind=kind,
        tier=unit.tier,
        unit=unit,
        parent=parent,
        phone=phone,
        reach=Organisation.Reach.AREA if kind in AREA_WIDE else Organisation.Reach.OWN,
        province_id=unit.province_id or unit.pk,
        district_id=unit.district_id,
        commune_id=unit.commune_id,
    )
    _require_inside(actor, organisation)
    organisation.search_key = organisation.sort_key = _key(organisation)
    organisation.full_clean()
    organisation.save()
    Fact.tell("people:organisation:created", subject=organisation, moment=moment, officer=actor.officer)
    return organisation


@transaction.atomic
def amend_organisation(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> Organisation:
    """Change name, kind, telephone, or the day it closed."""
    actor.require(Permission.PEOPLE_OFFICER_MANAGE)
    organisation = Organisation.objects.select_for_update().filter(pk=pk).first()
    if organisation is None:
        raise NotHere(_("There is no such organisation."))
    _require_inside(actor, organisation)
    changes = guard_version(organisation, version, changes)
    for name, value in changes.items():
        if name not in AMENDABLE:
            raise Refusal(_("This value cannot be changed here."), field=name)
        setattr(organisation, name, value)
    organisation.version += 1
    organisation.search_key = organisation.sort_key = _key(organisation)
    organisation.full_clean()
    organisation.save()
    Fact.tell(
        "people:organisation:amended",
        subject=organisation,
        moment=moment,
        officer=actor.officer,
        fields=sorted(changes),
    )
    return organisation


@transaction.atomic
def appoint(
    *,
    actor: Actor,
    moment: datetime,
    organisation: Organisation,
    full_name: str,
    title: str,
    role: str,
    is_head: bool = False,
    since: date | None = None,
    username: str = "",
    password: str = "",
) -> Post:
    """Put an officer into a post, with an account where a username is given. Nobody gives rights they do not have."""
    actor.require(Permission.PEOPLE_OFFICER_MANAGE)
    _require_inside(actor, organisation)
    if role not in Role.values:
        raise Refusal(_("Choose a role."), field="role")
    if role != Role.OFFICE and not full_name.strip():
        raise Refusal(_("Write the officer's full name."), field="full_name")
    officer = Officer(full_name=" ".join(full_name.split()), sort_key=sort_key(full_name), search_key=fold(full_name))
    officer.user = _account(username, password) if username else None
    officer.save()
    start = since or moment.date()
    if is_head:
        _end_headship(organisation, start)
    post = Post.objects.create(
        officer=officer, organisation=organisation, title=title.strip(), role=role, is_head=is_head, held=(start, None)
    )
    Fact.tell(
        "people:post:given",
        subject=post,
        moment=moment,
        officer=actor.officer,
        permissions=len(PERMISSIONS[Role(role)]),
    )
    return post


def _account(username: str, password: str) -> User:
    if User.objects.filter(username=username).exists():
        raise Refusal(_("The account name %(name)s is taken. Choose another.") % {"name": username}, field="username")
    validate_password(password)
    return User.objects.create_user(username=username, password=password)


def _end_headship(organisation: Organisation, day: date) -> None:
    for post in Post.objects.heads().filter(organisation=organisation, held__contains=day):
        if post.held.lower == day:
            raise Refusal(_("%(name)s became head on the same day.") % {"name": post.officer.full_name}, field="since")
        post.held = (post.held.lower, day)
        post.save()


@transaction.atomic
def reveal_person(*, actor: Actor, moment: datetime, person_id: int, purpose: str) -> Person:
    """Open a person's full name for a stated purpose, and log the look. The database shows none outside the area."""
    actor.require(Permission.PEOPLE_PERSON_REVEAL)
    if purpose not in Reveal.Purpose.values:
        raise Refusal(_("Say what the name is needed for."), field="purpose")
    person = Person.objects.visible_to(actor).filter(pk=person_id).first()
    if person is None or actor.officer is None:
        raise NotHere(_("There is nobody at this address that your post may see."))
    Reveal.objects.create(
        person=person, officer_id=actor.officer, purpose=purpose, at=moment,
        province_id=person.province_id, district_id=person.district_id, commune_id=person.commune_id,
    )  # fmt: skip
    return person


@dataclass(frozen=True)
class NewPerson:
    """What is known of somebody who is not registered yet; a name is enough."""

    full_name: str
    sex: str = ""
    birth_year: int | None = None
    birth_date: date | None = None
    phone: str = ""
    identity_number: str = ""
    hamlet: Unit | None = None
    address: str = ""


@transaction.atomic
def register_person(*, actor: Actor, moment: datetime, commune: Unit, person: NewPerson) -> Person:
    """Register somebody who lives in `commune`. Whoever shares hamlet and address joins that household."""
    actor.require(Permission.PEOPLE_PERSON_WRITE)
    if not actor.area.holds(commune) or actor.reach == "own":
        raise NotAllowed(_("%(unit)s lies outside your area. You can send a request.") % {"unit": commune.name})
    name = " ".join(person.full_name.split())
    if not name:
        raise Refusal(_("Write the person's full name."), field="full_name")
    born = person.birth_date.year if person.birth_date else person.birth_year
    if born is not None and not moment.year - OLDEST <= born <= moment.year:
        raise Refusal(_("The year of birth %(year)d cannot be right.") % {"year": born}, field="birth_year")
    number = _identity_number(person, born)
    area = commune.area.columns
    registered = Person(
        full_name=name, sex=person.sex, birth_year=born, birth_date=person.birth_date, phone=person.phone.strip(),
        identity_number=number, address=person.address.strip(),
        household=_household_of(person, area), sort_key=sort_key(name), search_key=fold(name), **area,
    )  # fmt: skip
    registered.full_clean()
    registered.save()
    Fact.tell("people:person:registered", subject=registered, moment=moment, officer=actor.officer)
    return registered


OLDEST = 125
"""Years; nobody in the country has lived longer."""


def _identity_number(person: NewPerson, born: int | None) -> str:
    """The number as the card has it, checked against sex and year of birth; empty where none is given."""
    if not person.identity_number.strip():
        return ""
    try:
        return identity_number(person.identity_number, sex=person.sex, birth_year=born)
    except NotAnIdentity as wrong:
        raise Refusal(_number_words(wrong.reason), field="identity_number") from wrong


def _number_words(reason: str) -> str:
    return {
        "length": _("An ID card number has 12 digits, an old one 9. Write it as on the card."),
        "province": _("The number begins with a code that no province has. Read the card again."),
        "year": _("The number is of another year of birth. Correct the number or the year."),
        "sex": _("The number is of the other sex. Correct the number or the sex."),
    }[reason]


def _household_of(person: NewPerson, area: dict[str, int | None]) -> Household | None:
    """The household at that address of that hamlet, or a new one; none where no hamlet is known."""
    if person.hamlet is None:
        return None
    if person.hamlet.commune_id != area["commune_id"]:
        raise Refusal(_("The hamlet lies in another commune."), field="hamlet")
    address = person.address.strip()
    known = Household.objects.filter(hamlet=person.hamlet, address=address).first() if address else None
    return known or Household.objects.create(hamlet=person.hamlet, address=address, **area)
