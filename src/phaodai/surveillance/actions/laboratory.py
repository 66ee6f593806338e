"""Samples and their results; a positive one makes a case, by the definition in force."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person
from phaodai.surveillance.actions.areas import columns_of_area, require_mine
from phaodai.surveillance.actions.becoming import become_case
from phaodai.surveillance.actions.cases import create_case
from phaodai.surveillance.law import book_of
from phaodai.surveillance.models import Case, Contact, LabTest, Transmission
from phaodai.surveillance.rules.classification import Classified, Evidence, Sample, classify
from phaodai.territory.models import Unit

POSITIVE = LabTest.Result.POSITIVE


@transaction.atomic
def take_sample(
    *,
    actor: Actor,
    moment: datetime,
    person_id: int,
    method: str = LabTest.Method.PCR,
    sampled_at: datetime | None = None,
    laboratory: str = "",
    barcode: str = "",
) -> LabTest:
    """Write down that a sample was taken; its result may come days later."""
    actor.require(Permission.SURVEILLANCE_CASE_WRITE)
    person = Person.objects.visible_to(actor).filter(pk=person_id).first()
    if person is None:
        raise NotHere(_("There is nobody at this address that your post may see."))
    require_mine(actor, person)
    taken = sampled_at or moment
    if taken > moment:
        raise Refusal(_("The sample lies in the future. Correct when it was taken."), field="sampled_at")
    test = LabTest(
        person=person, method=method, sampled_at=taken, laboratory=laboratory.strip(), barcode=barcode.strip(),
        **columns_of_area(person),
    )  # fmt: skip
    test.full_clean()
    test.save()
    Fact.tell("surveillance:test:taken", subject=test, moment=moment, officer=actor.officer)
    return test


@transaction.atomic
def answer_test(
    *,
    actor: Actor,
    moment: datetime,
    test_id: int,
    result: str,
    result_at: datetime | None = None,
    cycle_threshold: Decimal | None = None,
) -> LabTest:
    """Write down a result. A positive one dates and classifies the person's case, or makes one."""
    actor.require(Permission.SURVEILLANCE_CASE_WRITE)
    if result not in LabTest.Result.values or not result:
        raise Refusal(_("Choose a result."), field="result")
    rows = LabTest.objects.visible_to(actor).select_for_update(of=("self",)).select_related("person")
    test = rows.filter(pk=test_id).first()
    if test is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    require_mine(actor, test)
    known = result_at or moment
    if known > moment:
        raise Refusal(_("The result lies in the future. Correct when it was known."), field="result_at")
    test.result, test.result_at, test.cycle_threshold = result, known, cycle_threshold
    test.version += 1
    test.full_clean()
    test.save()
    Fact.tell("surveillance:test:answered", subject=test, moment=moment, officer=actor.officer, result=result)
    follow_result(actor=actor, moment=moment, test=test)
    return test


def follow_result(*, actor: Actor, moment: datetime, test: LabTest) -> None:
    """What a result means for the person: a positive one makes or dates a case, any one may change its class."""
    case = _open_case(test.person)
    if test.result == POSITIVE and case is None:
        case = _new_case(test, actor, moment)
    if case is not None:
        _date_and_classify(case, test, actor, moment)


def _open_case(person: Person) -> Case | None:
    """The episode that has not ended."""
    return Case.objects.live().filter(person=person, outcome="").order_by("-episode").first()


def _new_case(test: LabTest, actor: Actor, moment: datetime) -> Case:
    """The case of somebody who had none; whoever is on contact lists keeps the chain, the nearest contact first."""
    lists = Contact.objects.filter(person=test.person, became=None).exclude(state=Contact.State.NOT_CONTACT)
    for contact in lists.order_by("degree", "-last_at", "-id"):
        become_case(actor=actor, moment=moment, contact_id=contact.pk, again=True)
    known = _open_case(test.person)
    if known is not None:
        return known
    commune = Unit.objects.get(pk=test.commune_id or test.district_id or test.province_id)
    sampled = test.sampled_at.astimezone(VIETNAM).date()
    return create_case(
        actor=actor, moment=moment, person=test.person, commune=commune, again=True, sampled_on=sampled,
        detected_by=Case.Detection.SCREENING,
    )  # fmt: skip


def _date_and_classify(case: Case, test: LabTest, actor: Actor, moment: datetime) -> None:
    case.refresh_from_db()
    if test.result == POSITIVE:
        assert test.result_at is not None, "an answered test has its moment"
        case.positive_at = min(case.positive_at or test.result_at, test.result_at)
        sampled = test.sampled_at.astimezone(VIETNAM).date()
        case.sampled_on = min(case.sampled_on or sampled, sampled)
    found = classification_of(case, moment)
    case.decision = found.record
    case.classification = found.outcome or found.provisional or case.classification
    case.version += 1
    case.full_clean()
    case.save()
    Fact.tell("surveillance:case:classified", subject=case, moment=moment, officer=actor.officer, outcome=found.outcome)


def classification_of(case: Case, moment: datetime) -> Classified:
    """What the case definition of the day of the result makes of a case."""
    on = (case.positive_at or moment).astimezone(VIETNAM).date()
    return classify(book_of(case.province_id, case.disease), on, evidence_of(case))


def evidence_of(case: Case) -> Evidence:
    """What is known of a case that its definition asks for."""
    tests = LabTest.objects.filter(person=case.person).exclude(result="")
    met = Contact.objects.filter(person=case.person, degree=1).exclude(state=Contact.State.NOT_CONTACT).exists()
    linked = met or Transmission.objects.standing().filter(target=case).exists()
    return Evidence(
        samples=[Sample(test.method, test.result, test.sampled_at) for test in tests],
        symptoms=case.symptoms,
        symptomatic=_symptomatic(case),
        contact_of_case=True if linked else None,
        epidemiological_factor=True if case.source_known or case.outbreak_id else None,
    )


def _symptomatic(case: Case) -> bool | None:
    if case.severity == Case.Severity.NONE:
        return False
    return True if case.onset_on or case.severity else None
