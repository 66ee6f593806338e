"""On a resident's page: the doses with the state of the course, certificates, and what was felt afterwards."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaodai.foundation.components import Content, Empty, Fact, Facts, Log, LogEntry, Name
from phaodai.foundation.formats import day
from phaodai.foundation.language import page_language as language
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person
from phaodai.people.person_panels import add_person_panels
from phaodai.vaccination.law.vocabulary import product_label
from phaodai.vaccination.models import AdverseReaction, Certificate, Dose
from phaodai.vaccination.pages.doses_showing import full_fact


@add_person_panels
def vaccination_of(person: Person, actor: Actor, moment: datetime) -> Sequence[Content]:
    """One panel of what the officer may read of it; none for whoever may read neither doses nor certificates."""
    parts: list[Content] = []
    if actor.may(Permission.VACCINATION_DOSE_READ):
        parts += _doses(person, actor, moment)
    if actor.may(Permission.VACCINATION_CERTIFICATE_ISSUE):
        parts += _certificates(person, actor)
    if actor.may(Permission.VACCINATION_EVENT_READ):
        parts += _reactions(person, actor)
    return [parts] if parts else []


def _doses(person: Person, actor: Actor, moment: datetime) -> list[Content]:
    rows = Dose.objects.visible_to(actor).counted().filter(person=person).select_related("organisation")
    doses = list(rows.order_by("given_on", "number"))
    if not doses:
        return [Empty(_("No dose of this person is in the books."))]
    entries = [LogEntry(day(one.given_on, language()), Name(_dose_words(one), _dose_page(one))) for one in doses]
    return [Log(entries, _("Doses of vaccine")), Facts([full_fact(doses, moment.date())])]


def _dose_page(dose: Dose) -> str:
    return reverse("mui-tiem-record", args=[dose.pk])


def _dose_words(dose: Dose) -> str:
    place = dose.organisation.short_name if dose.organisation else dose.facility
    lot = pgettext("dose", "lot %(lot)s") % {"lot": dose.lot_number} if dose.lot_number else ""
    parts = [_("Dose %(number)s") % {"number": dose.number}, product_label(dose.product), lot, place]
    return " · ".join(filter(None, [*parts, _("doubted") if dose.doubted else ""]))


def _certificates(person: Person, actor: Actor) -> list[Content]:
    """The latest certificate of each dose: a withdrawn one only where none stands in its place."""
    rows = Certificate.objects.visible_to(actor).filter(person=person).order_by("dose_number", "-id")
    found = [next(same) for _number, same in groupby(rows, key=lambda one: one.dose_number)]
    return [Facts([_certificate(one) for one in found])] if found else []


def _certificate(one: Certificate) -> Fact:
    until = _("until %(day)s") % {"day": day(one.expires_on, language())} if one.expires_on else one.reason
    page = reverse("chung-nhan-record", args=[one.pk])
    label = _("Certificate of dose %(number)s") % {"number": one.dose_number}
    return Fact(label, Name(one.get_state_display(), page), note=until)


def _reactions(person: Person, actor: Actor) -> list[Content]:
    rows = AdverseReaction.objects.visible_to(actor).filter(dose__person=person).select_related("dose")
    entries = [LogEntry(day(one.began_at, language()), _reaction_words(one)) for one in rows.order_by("began_at")]
    return [Log(entries, _("Reactions after doses"))] if entries else []


def _reaction_words(one: AdverseReaction) -> str:
    number = _("Dose %(number)s") % {"number": one.dose.number}
    return " · ".join([number, one.get_severity_display(), one.symptoms, *filter(None, [one.get_outcome_display()])])
