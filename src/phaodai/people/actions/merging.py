"""Records of one person: proposed by the machine, answered by a person, joined and parted again at any time.

Nothing is moved and nothing is lost: a joined record stays, points to the one that was kept, and is left out of lists.
"""

from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.duplicates import Pair, pairs_in_area
from phaodai.people.models import Duplicate, Person

PERMISSION = Permission.PEOPLE_PERSON_MERGE
_FILLED = ("sex", "birth_year", "birth_date", "phone", "identity_number", "address", "household")
_EMPTY = {"birth_year": None, "birth_date": None, "household": None}
_BATCH = 5_000


@transaction.atomic
def propose_duplicates(*, actor: Actor, moment: datetime) -> int:
    """Put the pairs of the actor's area that nobody has seen yet into the queue; returns how many they are."""
    del moment
    actor.require(PERMISSION)
    pairs = pairs_in_area(actor.area.province, actor.area.commune)
    found = 0
    while batch := list(islice(pairs, _BATCH)):
        Duplicate.objects.bulk_create(
            (
                Duplicate(
                    one_id=pair.one,
                    other_id=pair.other,
                    score=pair.likeness.score,
                    evidence=dict(pair.likeness.evidence),
                )
                for pair in batch
            ),
            ignore_conflicts=True,
        )
        found += len(batch)
    return found


def _waiting(pair: Pair) -> Duplicate:
    told = pair.likeness
    return Duplicate(one_id=pair.one, other_id=pair.other, score=told.score, evidence=dict(told.evidence))


@transaction.atomic
def answer_duplicate(
    *, actor: Actor, moment: datetime, duplicate_id: int, verdict: str, kept_id: int | None = None
) -> Duplicate:
    """Say that two records are of one person, of two, or that it is asked later. A no is never asked again.

    Of one person: `kept_id` is the record that stays; what it does not say is filled from the other.
    """
    actor.require(PERMISSION)
    pair = Duplicate.objects.visible_to(actor).select_for_update().filter(pk=duplicate_id).first()
    if pair is None:
        raise NotHere(_("There is no such pair, or not in your area."))
    if verdict not in (Duplicate.Verdict.SAME, Duplicate.Verdict.DIFFERENT, Duplicate.Verdict.LATER):
        raise Refusal(_("Say whether this is one person or two."), field="verdict")
    if pair.verdict == Duplicate.Verdict.SAME:
        raise Refusal(_("These two records are joined already. Part them first."), field="verdict")
    if verdict == Duplicate.Verdict.SAME:
        pair.kept_id = _join(pair, kept_id or pair.one_id, actor, moment).pk
    pair.verdict, pair.answered_by_id, pair.answered_at = verdict, actor.officer, moment
    pair.version += 1
    pair.save()
    return pair


def _join(pair: Duplicate, kept_id: int, actor: Actor, moment: datetime) -> Person:
    if kept_id not in (pair.one_id, pair.other_id):
        raise Refusal(_("Keep one of the two records."), field="kept")
    both = {
        person.pk: person for person in Person.objects.select_for_update().filter(pk__in=(pair.one_id, pair.other_id))
    }
    kept = both.pop(kept_id)
    (other,) = both.values()
    if kept.merged_into_id or other.merged_into_id:
        raise Refusal(_("One of the two records is joined with a third already. Answer that pair first."))
    other.merged_into = kept
    _save(other, ["merged_into"])
    filled = [name for name in _FILLED if not getattr(kept, name) and getattr(other, name)]
    for name in filled:
        setattr(kept, name, getattr(other, name))
    if filled:
        _save(kept, filled)
    Fact.tell("people:person:merged", subject=kept, moment=moment, officer=actor.officer, other=other.pk, filled=filled)
    return kept


def _save(person: Person, fields: list[str]) -> None:
    person.version += 1
    person.save(update_fields=[*fields, "version", "updated_at"])


@transaction.atomic
def unmerge_person(*, actor: Actor, moment: datetime, person_id: int) -> Person:
    """Part a record from the one that it was joined with: both stand again, and what was filled in is taken back."""
    actor.require(PERMISSION)
    person = Person.objects.visible_to(actor).select_for_update().filter(pk=person_id).first()
    if person is None:
        raise NotHere(_("There is nobody at this address that your post may see."))
    if person.merged_into_id is None:
        raise Refusal(_("This record stands alone. There is nothing to part."))
    kept = Person.objects.select_for_update().get(pk=person.merged_into_id)
    joined = Fact.objects.filter(kind="people:person:merged", subject_id=kept.pk, payload__other=person.pk)
    told = joined.order_by("-id").first()
    taken = [name for name in (told.payload["filled"] if told else []) if getattr(kept, name) == getattr(person, name)]
    for name in taken:
        setattr(kept, name, _EMPTY.get(name, ""))
    if taken:
        _save(kept, taken)
    person.merged_into = None
    _save(person, ["merged_into"])
    pair = Duplicate.objects.filter(one_id=min(person.pk, kept.pk), other_id=max(person.pk, kept.pk))
    pair.update(verdict=Duplicate.Verdict.DIFFERENT, answered_by_id=actor.officer, answered_at=moment, kept=None)
    Fact.tell("people:person:parted", subject=kept, moment=moment, officer=actor.officer, other=person.pk)
    return person
