"""Deciding whose doses those are that the machine could not match: one answer for all doses of an identity."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.actions import NewPerson, register_person
from phaodai.people.models import Person
from phaodai.rulebook.provincial import rulebook_for
from phaodai.territory.models import Unit
from phaodai.vaccination.actions.doses_doubting import doubt_doses
from phaodai.vaccination.actions.doses_matching import ask_whose, match_doses
from phaodai.vaccination.models import Dose, IdentityQuestion

PERMISSION = Permission.VACCINATION_IDENTITY_DECIDE
_CHUNK = 20_000


@transaction.atomic
def match_waiting(*, actor: Actor, moment: datetime) -> tuple[int, int]:
    """Match what found nobody so far in the actor's area, and ask about the rest; returns how many of each.

    People register and cards are read in the meantime: what is exact now is joined, and its question is answered by that.
    """
    actor.require(PERMISSION)
    waiting = list(Dose.objects.visible_to(actor).unmatched().order_by("pk").values_list("pk", flat=True))
    matched = asked = 0
    for start in range(0, len(waiting), _CHUNK):
        step = waiting[start : start + _CHUNK]
        matched += match_doses(step, moment)
        asked += ask_whose(step, moment, nearby=False)
        doubt_doses(step, book=rulebook_for(actor.area.province), moment=moment)
    _close_matched(actor, moment)
    return matched, asked


def _close_matched(actor: Actor, moment: datetime) -> None:
    """Questions whose doses have all found somebody meanwhile."""
    waiting = IdentityQuestion.objects.visible_to(actor).waiting()
    open_keys = Dose.objects.unmatched().values("identity_key")
    for question in waiting.exclude(identity_key__in=open_keys).select_related("dose"):
        question.verdict, question.person_id = IdentityQuestion.Verdict.SAME, question.dose.person_id
        question.reason, question.answered_at = _("Matched exactly after the question was asked"), moment
        question.version += 1
        question.save()


@transaction.atomic
def decide_identity(
    *, actor: Actor, moment: datetime, question_id: int, verdict: str, reason: str, person_id: int | None = None
) -> IdentityQuestion:
    """Say whose doses they are: of `person_id` (by default the one proposed), of a new person, or not now."""
    actor.require(PERMISSION)
    question = _open(actor, question_id)
    if verdict not in ("same", "new", "later"):
        raise Refusal(_("Say whether this is the same person, a new one, or not now."), field="verdict")
    if verdict != "later" and not reason.strip():
        raise Refusal(_("Say how you know, in a few words."), field="reason")
    if verdict == "same":
        question.person = _person(actor, person_id or question.candidate_id)
    elif verdict == "new":
        question.person = _registered(actor, moment, question.dose)
    question.verdict, question.reason = verdict, reason.strip()[:200]
    question.answered_by_id, question.answered_at = actor.officer, moment
    question.version += 1
    question.save()
    if question.person is not None:
        _join(actor, moment, question, question.person)
    return question


def _open(actor: Actor, question_id: int) -> IdentityQuestion:
    found = (
        IdentityQuestion.objects.visible_to(actor).select_related("dose").select_for_update(of=("self",))
    ).filter(pk=question_id).first()  # fmt: skip
    if found is None:
        raise NotHere(_("There is no such question, or not in your area."))
    if found.person_id is not None:
        raise Refusal(_("This was decided already. Load the page again."))
    return found


def _person(actor: Actor, person_id: int | None) -> Person:
    found = Person.objects.visible_to(actor).select_related("merged_into").filter(pk=person_id or 0).first()
    if found is None:
        raise NotHere(_("Choose a person of your area."), field="person")
    return found.merged_into or found


def _registered(actor: Actor, moment: datetime, dose: Dose) -> Person:
    """A new person as written at the dose; where the dose lies in no commune, nobody knows where the person lives."""
    commune = Unit.objects.filter(pk=dose.commune_id or 0).first()
    if commune is None:
        raise Refusal(_("It is not known in which commune this person lives. Register the person there first."))
    written = NewPerson(
        full_name=dose.full_name, sex=dose.sex, birth_year=dose.birth_year, birth_date=dose.birth_date,
        phone=dose.phone, identity_number=dose.identity_number, address=dose.address,
    )  # fmt: skip
    return register_person(actor=actor, moment=moment, commune=commune, person=written)


def _join(actor: Actor, moment: datetime, question: IdentityQuestion, person: Person) -> None:
    doses = Dose.objects.visible_to(actor).filter(
        identity_key=question.identity_key, province_id=question.province_id, person=None
    )
    ids = give_to(doses, person, moment)
    doubt_doses(ids, book=rulebook_for(question.province_id), moment=moment)
    Fact.tell(
        "vaccination:identity:decided", subject=question, moment=moment, officer=actor.officer, person=person.pk,
        doses=len(ids), verdict=question.verdict,
    )  # fmt: skip


def give_to(doses: "QuerySet[Dose]", person: Person, moment: datetime, joined: str = Dose.Joined.CHOSEN) -> list[int]:
    """Write a person and where they live to some doses; returns their row ids."""
    rows = list(doses.select_for_update())
    for dose in rows:
        dose.person, dose.joined, dose.updated_at = person, joined, moment
        dose.province_id, dose.district_id, dose.commune_id = person.province_id, person.district_id, person.commune_id
        dose.version += 1
    names = ["person", "joined", "province_id", "district_id", "commune_id", "version", "updated_at"]
    Dose.objects.bulk_update(rows, names, batch_size=500)
    return [dose.pk for dose in rows]


@transaction.atomic
def follow_merge(*, actor: Actor, moment: datetime, kept_id: int) -> int:
    """Doses of a record that was joined with another belong to the one that stays, and are looked at beside its own."""
    actor.require(PERMISSION)
    kept = _person(actor, kept_id)
    doses = Dose.objects.visible_to(actor).filter(person__merged_into=kept)
    moved = give_to(doses, kept, moment)
    doubt_doses(moved, book=rulebook_for(kept.province_id), moment=moment)
    return len(moved)


@transaction.atomic
def follow_parting(*, actor: Actor, moment: datetime, person_id: int) -> int:
    """A record that was parted again takes back the doses whose identity as written is its own."""
    actor.require(PERMISSION)
    parted = _person(actor, person_id)
    told = Dose.events.rel.related_model.objects.filter(person_id=person_id)  # type: ignore[attr-defined]
    before = Dose.objects.visible_to(actor).filter(pk__in=told.values("pgh_obj_id"))
    return len(give_to(before, parted, moment))
