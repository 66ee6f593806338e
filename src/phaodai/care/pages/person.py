"""On a resident's page: treatment in facilities and at home, as far as the officer may read of it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.care.models import HomeCare, Patient
from phaodai.foundation.components import Content, Log, LogEntry, Name
from phaodai.foundation.formats import day
from phaodai.foundation.language import page_language
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person
from phaodai.people.person_panels import add_person_panels


@add_person_panels
def treatment_of(person: Person, actor: Actor, moment: datetime) -> Sequence[Content]:
    """Each course of treatment with its days, the earliest first; nothing for whoever was never treated."""
    del moment
    told = sorted([*_inside(person, actor), *_at_home(person, actor)], key=lambda one: one[0])
    entries = [LogEntry(day(began, page_language()), text) for began, text in told]
    return [Log(entries, _("Treatment"))] if entries else []


def _inside(person: Person, actor: Actor) -> Iterator[tuple[datetime, Content]]:
    if not actor.may(Permission.CARE_PATIENT_READ):
        return
    rows = Patient.objects.visible_to(actor).filter(person=person).select_related("facility")
    for one in rows:
        parts = [one.facility.name if one.facility else "", one.get_state_display(), _until(one.ended_at)]
        yield one.registered_at, Name(" · ".join(filter(None, parts)), reverse("care-patient", args=[one.pk]))


def _at_home(person: Person, actor: Actor) -> Iterator[tuple[datetime, Content]]:
    if not actor.may(Permission.CARE_HOME_READ):
        return
    for one in HomeCare.objects.visible_to(actor).filter(person=person):
        parts = [_("At home"), one.get_state_display(), _until(one.ended_at)]
        yield one.started_at, Name(" · ".join(filter(None, parts)), reverse("care-home-one", args=[one.pk]))


def _until(ended_at: datetime | None) -> str:
    return _("until %(day)s") % {"day": day(ended_at, page_language())} if ended_at else ""
