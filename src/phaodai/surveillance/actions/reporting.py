"""A case as a nurse reports it: person, days, sample and source in one go; everything else may follow later."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.actions import NewPerson
from phaodai.people.models import Person
from phaodai.people.rules.identities import NotAnIdentity, identity_number
from phaodai.surveillance.actions.cases import create_case
from phaodai.surveillance.actions.laboratory import answer_test, take_sample
from phaodai.surveillance.actions.transmissions import link_cases
from phaodai.surveillance.models import Case, LabTest
from phaodai.territory.models import Unit


@dataclass(frozen=True)
class FirstSample:
    """The sample that a case is reported with: the day it was taken, how it is examined, and its result if known."""

    taken_on: date
    method: str = LabTest.Method.PCR
    result: str = ""


@transaction.atomic
def report_case(
    *,
    actor: Actor,
    moment: datetime,
    person: Person | NewPerson,
    commune: Unit,
    sample: FirstSample | None = None,
    source_code: str = "",
    again: bool = False,
    **facts: Any,
) -> Case:
    """Register the person where needed, open the case, keep its sample, link its source; all of it or nothing."""
    if isinstance(person, NewPerson):
        person = replace(person, identity_number=_checked_identity(person))
    case = create_case(actor=actor, moment=moment, person=person, commune=commune, again=again, **facts)
    if sample is not None:
        _keep_sample(case, sample, actor, moment)
    if source_code.strip():
        link_cases(actor=actor, moment=moment, target_id=case.pk, source_code=source_code)
    case.refresh_from_db()
    return case


def _checked_identity(person: NewPerson) -> str:
    if not person.identity_number.strip():
        return ""
    born = person.birth_date.year if person.birth_date else person.birth_year
    try:
        return identity_number(person.identity_number, sex=person.sex, birth_year=born)
    except NotAnIdentity as problem:
        raise Refusal(identity_words(problem), field="identity_number") from problem


def identity_words(problem: NotAnIdentity) -> str:
    """Why a number is no number of an ID card."""
    sentences = {
        "length": _("An ID card number has 12 digits, the older one 9. Count them again."),
        "province": _("No province has the first three digits of this ID card number. Compare it with the card."),
        "year": _("This ID card number says another year of birth. Correct one of the two."),
        "sex": _("This ID card number says another sex. Correct one of the two."),
    }
    return sentences.get(problem.reason, _("This is no ID card number. Compare it with the card."))


def _keep_sample(case: Case, sample: FirstSample, actor: Actor, moment: datetime) -> None:
    noon = datetime.combine(sample.taken_on, time(12), tzinfo=VIETNAM)
    if sample.taken_on > moment.astimezone(VIETNAM).date():
        raise Refusal(_("The sample lies in the future. Correct when it was taken."), field="sampled_on")
    test = take_sample(
        actor=actor, moment=moment, person_id=case.person_id, method=sample.method, sampled_at=min(noon, moment)
    )
    if sample.result:
        answer_test(actor=actor, moment=moment, test_id=test.pk, result=sample.result)
