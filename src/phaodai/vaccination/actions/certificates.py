"""Certificates one by one: drafted from verified doses, checked and signed by the unit, sealed with the key, withdrawn.

The three steps are those of decision 5772/QĐ-BYT: the site verifies the data, the site signs, the code is signed centrally.
"""

from collections.abc import Collection
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.people.models import Person
from phaodai.rulebook.provincial import rulebook_for
from phaodai.vaccination.actions.certificates_holders import Candidate, candidates
from phaodai.vaccination.actions.certificates_words import OBSTACLES
from phaodai.vaccination.actions.keys import is_real, sealing_key
from phaodai.vaccination.law.certificates import last_day, validity_on
from phaodai.vaccination.models import Certificate, Revocation
from phaodai.vaccination.rules.certificates import (
    COVID_19,
    Seal,
    Statement,
    digest_of,
    health_certificate,
    new_code,
)
from phaodai.vaccination.rules.keys import PublicKey

PERMISSION = Permission.VACCINATION_CERTIFICATE_ISSUE
State = Certificate.State


@transaction.atomic
def draft_certificate(*, actor: Actor, moment: datetime, person_id: int, nationality: str = "") -> Certificate:
    """Write down what the certificate of a person's last dose would say; refused with the first thing in its way."""
    actor.require(PERMISSION)
    person = Person.objects.visible_to(actor).current().filter(pk=person_id).first()
    if person is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    book = rulebook_for(person.province_id)
    (candidate,) = candidates(book, moment.date(), [person], nationality)
    if candidate.obstacle is not None:
        raise Refusal(OBSTACLES[candidate.obstacle])
    drafted = drafted_row(candidate, actor.organisation, moment)
    drafted.save()
    Fact.tell("vaccination:certificate:drafted", subject=drafted, moment=moment, officer=actor.officer)
    return drafted


def drafted_row(candidate: Candidate, organisation: int, moment: datetime) -> Certificate:
    """A certificate that was not written yet; its words are frozen from here on."""
    person, holder, last = candidate.person, candidate.holder, candidate.last
    code = new_code(test=not is_real())
    return Certificate(
        person=person,
        organisation_id=organisation,
        state=State.DRAFTED,
        code=code,
        full_name=holder.full_name,
        birth=holder.birth,
        nationality=holder.nationality,
        disease=COVID_19,
        doses_received=len(candidate.doses),
        dose_number=last.number,
        vaccinated_on=last.given_on,
        product=last.product,
        drafted_at=moment,
        sort_key=sort_key(holder.full_name),
        search_key=fold(f"{holder.full_name} {code}"),
        **Area.of(person).columns,
    )


@transaction.atomic
def check_certificate(*, actor: Actor, moment: datetime, pk: int) -> Certificate:
    """Step one: an officer of the unit compared it with the papers of the person."""
    row = _held(actor, pk, (State.DRAFTED,))
    _require_still_true(row, moment)
    return _move(row, actor, moment, State.CHECKED, checked_by_id=actor.officer, checked_at=moment)


@transaction.atomic
def sign_certificate(*, actor: Actor, moment: datetime, pk: int) -> Certificate:
    """Step two: the issuing unit signs, through an officer of its own."""
    row = _held(actor, pk, (State.CHECKED,))
    if row.organisation_id != actor.organisation:
        raise NotAllowed(_("Only %(unit)s, which issues it, signs this certificate.") % {"unit": row.organisation.name})
    return _move(row, actor, moment, State.SIGNED, signed_by_id=actor.officer, signed_at=moment)


@transaction.atomic
def seal_certificate(*, actor: Actor, moment: datetime, pk: int) -> Certificate:
    """Step three: the code is signed with the installation's key, and the certificate is issued."""
    row = _held(actor, pk, (State.SIGNED,))
    _require_still_true(row, moment)
    key, seal = sealing_key(moment)
    seal_row(row, key, seal, moment, expiry(row.province_id, moment))
    row.version += 1
    row.save()
    Fact.tell("vaccination:certificate:issued", subject=row, moment=moment, officer=actor.officer)
    return row


def expiry(province_id: int | None, moment: datetime) -> datetime:
    """The last second of a certificate issued now; refuses where no verified rule says how long it is good."""
    on = moment.astimezone(VIETNAM).date()
    rule = validity_on(rulebook_for(province_id), on)
    if rule is None:
        words = _(
            "No rule in force on %(day)s says how long a certificate is good; decision 5772/QĐ-BYT is of 20/12/2021."
        )
        raise Refusal(words % {"day": f"{on:%d/%m/%Y}"})
    return datetime.combine(last_day(on, rule.months), time(23, 59, 59), VIETNAM)


def seal_row(row: Certificate, key: PublicKey, seal: Seal, moment: datetime, expires_at: datetime) -> None:
    """Fill in what the key adds; the caller saves."""
    said = Statement(
        row.code, row.full_name, row.birth, row.product, row.dose_number, row.doses_received, row.vaccinated_on,
        row.organisation.name,
    )  # fmt: skip
    row.text = seal.text(health_certificate(said, fold), moment, expires_at)
    row.key_id, row.is_test = key.hexadecimal, key.is_test
    row.sealed_at, row.expires_at, row.state = moment, expires_at, State.SEALED


@transaction.atomic
def revoke_certificate(*, actor: Actor, moment: datetime, pk: int, reason: str) -> Certificate:
    """Withdraw a certificate for good; whoever verifies it is told so, without a word about the person."""
    reason = reason.strip()
    if not reason:
        raise Refusal(_("Say why the certificate is withdrawn."), field="reason")
    row = _held(actor, pk, set(State) - {State.REVOKED})
    if row.text:
        Revocation.objects.get_or_create(digest=digest_of(row.code), defaults={"revoked_at": moment})
    facts = {"revoked_by_id": actor.officer, "revoked_at": moment, "reason": reason[:200]}
    return _move(row, actor, moment, State.REVOKED, **facts)


def _held(actor: Actor, pk: int, states: Collection[str]) -> Certificate:
    actor.require(PERMISSION)
    rows = Certificate.objects.visible_to(actor).select_related("organisation").select_for_update(of=("self",))
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    if row.state not in states:
        raise Refusal(
            _("This certificate stands at “%(state)s”; the step is not for it.") % {"state": row.get_state_display()}
        )
    return row


def _require_still_true(row: Certificate, moment: datetime) -> None:
    """The doses may have been doubted, struck out or corrected since it was drafted."""
    book = rulebook_for(row.province_id)
    (now,) = candidates(book, moment.date(), [row.person], row.nationality)
    said = (row.full_name, row.birth, row.dose_number, row.vaccinated_on, row.product)
    if not now.doses or any(dose.doubted for dose in now.doses):
        raise Refusal(
            _("A dose of this person is doubted or gone since it was drafted. Settle that, or withdraw the draft.")
        )
    known = (now.holder.full_name, now.holder.birth, now.last.number, now.last.given_on, now.last.product)
    if said != known:
        raise Refusal(_("The person's record or doses changed since it was drafted. Withdraw it and draft it again."))


def _move(row: Certificate, actor: Actor, moment: datetime, state: str, **facts: Any) -> Certificate:
    row.state = state
    for name, value in facts.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    Fact.tell(f"vaccination:certificate:{state}", subject=row, moment=moment, officer=actor.officer)
    return row
