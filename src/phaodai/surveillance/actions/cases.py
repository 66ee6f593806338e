"""Cases: reported in one short form, mended later, isolated, ended."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import fold
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import guard_version
from phaodai.people.actions import NewPerson, register_person
from phaodai.people.models import Person
from phaodai.surveillance.actions.areas import columns_of_area, require_inside, require_mine
from phaodai.surveillance.actions.contradicting import refuse_contradictions
from phaodai.surveillance.models import Case
from phaodai.territory.models import Unit

AMENDABLE = (
    "classification", "detected_by", "age", "occupation", "symptoms", "onset_on", "exposed_from", "exposed_to", "sampled_on",
    "positive_at", "reported_on", "isolated_at", "infectious_until", "severity", "variant", "outcome", "outcome_on", "setting",
    "place", "source_known", "imported", "residence", "facility", "notes",
)  # fmt: skip
"""What may be mended of a case; number, person and area stay."""
NUMBER_DIGITS = 5


@transaction.atomic
def create_case(
    *,
    actor: Actor,
    moment: datetime,
    person: Person | NewPerson,
    commune: Unit,
    code: str = "",
    again: bool = False,
    **facts: Any,
) -> Case:
    """Report a case that lives in `commune`, with the next number of the province where `code` is empty.

    `facts` are fields of AMENDABLE. Somebody who has a case already gets the next episode, once the officer says with
    `again` that this is another infection. Raises Refusal with the field to mend.
    """
    actor.require(Permission.SURVEILLANCE_CASE_WRITE)
    require_inside(actor, commune)
    _refuse_unknown(facts)
    if isinstance(person, NewPerson):
        person = register_person(actor=actor, moment=moment, commune=commune, person=person)
    else:
        person = person.merged_into or person
        require_mine(actor, person)
    facts = {"reported_on": moment.astimezone(VIETNAM).date(), "classification": Case.Classification.SUSPECTED} | facts
    case = Case(person=person, episode=_episode(person, again=again), **columns_of_area(commune), **facts)
    case.age = case.age if case.age is not None else _age(case)
    case.code = code.strip() or next_code(commune)
    refuse_contradictions(case, moment)
    case.full_clean()
    case.save()
    Fact.tell("surveillance:case:created", subject=case, moment=moment, officer=actor.officer)
    return case


def next_code(unit: Unit) -> str:
    """The next number of the unit's province, such as BM-00001: counted over all its cases, and given once."""
    province = Unit.objects.get(pk=unit.province_id or unit.pk)
    prefix = "".join(word[0] for word in fold(province.bare_name).split()).upper()
    with connection.cursor() as cursor:
        cursor.execute("select surveillance_next_case_number(%s, %s)", [province.pk, prefix])
        found = cursor.fetchone()
    assert found is not None, "a function of one row"
    if found[0] is None:
        raise Refusal(_("Your post gives no case numbers. Ask the health station of the commune."))
    return f"{prefix}-{found[0]:0{NUMBER_DIGITS}d}"


def _refuse_unknown(facts: dict[str, Any]) -> None:
    for name in facts:
        if name not in AMENDABLE:
            raise Refusal(_("This value cannot be changed here."), field=name)


def _episode(person: Person, *, again: bool) -> int:
    last = Case.objects.filter(person=person).order_by("-episode").first()
    if last is None:
        return 1
    if not again:
        words = _("This person has the case %(code)s already. Open it; or say that this is another infection.")
        raise Refusal(words % {"code": last.code}, field="again")
    return (Case.objects.filter(person=person).aggregate(last=Max("episode"))["last"] or 0) + 1


def _age(case: Case) -> int | None:
    """Years at onset, or when reported."""
    on, born = case.onset_on or case.reported_on, case.person.birth_year
    return on.year - born if on and born else None


def found_case(actor: Actor, pk: int) -> Case:
    """A case to change, held until the end of the transaction. Raises NotHere, NotAllowed."""
    rows = Case.objects.visible_to(actor).select_for_update(of=("self",)).select_related("person")
    case = rows.filter(pk=pk).first()
    if case is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    require_mine(actor, case)
    return case


@transaction.atomic
def amend_case(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> Case:
    """Change what is known of a case; whose change overlaps with another officer's is asked (Clash)."""
    actor.require(Permission.SURVEILLANCE_CASE_WRITE)
    case = found_case(actor, pk)
    _refuse_unknown(changes)
    changes = guard_version(case, version, changes)
    return _write(case, changes, actor, moment, "amended")


@transaction.atomic
def isolate_case(*, actor: Actor, moment: datetime, pk: int, at: datetime | None = None, facility: str = "") -> Case:
    """Say since when a case is isolated, and where."""
    actor.require(Permission.SURVEILLANCE_CASE_WRITE)
    case = found_case(actor, pk)
    return _write(case, {"isolated_at": at or moment, "facility": facility or case.facility}, actor, moment, "isolated")


@transaction.atomic
def close_case(*, actor: Actor, moment: datetime, pk: int, outcome: str, outcome_on: Any = None) -> Case:
    """End an episode: recovered, died, moved elsewhere."""
    actor.require(Permission.SURVEILLANCE_CASE_WRITE)
    if outcome not in Case.Outcome.values or not outcome:
        raise Refusal(_("Say how it ended."), field="outcome")
    case = found_case(actor, pk)
    day = outcome_on or moment.astimezone(VIETNAM).date()
    return _write(case, {"outcome": outcome, "outcome_on": day}, actor, moment, "closed")


@transaction.atomic
def discard_case(*, actor: Actor, moment: datetime, pk: int, reason: str) -> Case:
    """Say that somebody turned out to be no case; the row and the reason stay."""
    actor.require(Permission.SURVEILLANCE_CASE_WRITE)
    if not reason.strip():
        raise Refusal(_("Say why this is no case."), field="reason")
    case = found_case(actor, pk)
    notes = f"{case.notes}\n{reason.strip()}".strip()
    changes = {"classification": Case.Classification.DISCARDED, "notes": notes, "outcome": "", "outcome_on": None}
    return _write(case, changes, actor, moment, "discarded")


def _write(case: Case, changes: dict[str, Any], actor: Actor, moment: datetime, deed: str) -> Case:
    for name, value in changes.items():
        setattr(case, name, value)
    refuse_contradictions(case, moment)
    case.version += 1
    case.full_clean()
    case.save()
    Fact.tell(f"surveillance:case:{deed}", subject=case, moment=moment, officer=actor.officer, fields=sorted(changes))
    return case
