"""A printed name that fits no organisation: answered once by a person, remembered for the next document."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.command.actions.documents import document_for, vars_of_area
from phaodai.command.actions.proposing import agencies_by_role, sections_of
from phaodai.command.models import Document, NameMatch, Proposal
from phaodai.command.rules.matching import words_of
from phaodai.foundation.formats import fold
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation


def unmatched_names(document: Document) -> list[str]:
    """The names in the document's open proposals that fit no organisation yet, as printed, each once."""
    waiting = document.proposals.open().in_order().values_list("unmatched", flat=True)
    by_words = {words_of(fold(name)): name for names in reversed(waiting) for name in reversed(names)}
    return list(reversed(by_words.values()))


@transaction.atomic
def answer_name(
    *, actor: Actor, moment: datetime, document_id: int, printed: str, organisations: list[int], remember: bool
) -> list[Proposal]:
    """Say which organisations a printed name stands for, in every open proposal of the document that waits for it.

    `remember` keeps the answer for later documents of the same book. Refuses an answer without an organisation.
    """
    actor.require(Permission.COMMAND_DIRECTIVE_CONFIRM)
    document = document_for(actor, document_id)
    bodies = list(Organisation.objects.open().filter(pk__in=organisations, province_id=document.province_id))
    if not bodies:
        raise Refusal(_("Choose the units that “%(name)s” stands for.") % {"name": printed}, field="organisations")
    answered = [one for one in document.proposals.open().select_for_update() if _waits_for(one, printed)]
    if not answered:
        raise NotHere(_("No open task of this document waits for this name."))
    for proposal in answered:
        _settle(proposal, printed, bodies)
    if remember:
        _remember(actor, moment, document, printed, bodies)
    Fact.tell("command:name:answered", subject=document, moment=moment, officer=actor.officer, name=printed)
    return answered


def _same(one: str, other: str) -> bool:
    return words_of(fold(one)) == words_of(fold(other))


def _waits_for(proposal: Proposal, printed: str) -> bool:
    return any(_same(name, printed) for name in proposal.unmatched)


def _settle(proposal: Proposal, printed: str, bodies: Sequence[Organisation]) -> None:
    section = sections_of(proposal.document).get(proposal.clause.path, {})
    accountable, others = agencies_by_role(section)
    beside = any(_same(name, printed) for name in others) and not any(_same(name, printed) for name in accountable)
    if beside:
        proposal.coordinating.add(*set(bodies) - set(proposal.addressees.all()))
    else:
        proposal.addressees.add(*bodies)
        proposal.coordinating.remove(*bodies)
    proposal.unmatched = [name for name in proposal.unmatched if not _same(name, printed)]
    proposal.version += 1
    proposal.save()


def _remember(
    actor: Actor, moment: datetime, document: Document, printed: str, bodies: Sequence[Organisation]
) -> NameMatch:
    words = words_of(fold(printed))[:300]
    for old in NameMatch.objects.in_use(document.organisation_id).filter(folded=words):
        forget_name(actor=actor, moment=moment, name_id=old.pk)
    match = NameMatch.objects.create(
        organisation_id=document.organisation_id,
        **vars_of_area(document.organisation),
        printed=printed[:300],
        folded=words,
        document=document,
        remembered_by_id=actor.officer or 0,
        remembered_at=moment,
        search_key=fold(" ".join([printed, *(body.name for body in bodies)])),
    )
    match.organisations.set(bodies)
    return match


@transaction.atomic
def forget_name(*, actor: Actor, moment: datetime, name_id: int) -> NameMatch:
    """Use a remembered name no longer; documents it was used for stay as they are. Doing it twice changes nothing."""
    actor.require(Permission.COMMAND_DIRECTIVE_CONFIRM)
    match = NameMatch.objects.select_for_update().filter(pk=name_id, organisation_id=actor.organisation).first()
    if match is None:
        raise NotHere(_("This name is not remembered in the book of your unit."))
    if match.forgotten_at is None:
        match.forgotten_at, match.forgotten_by_id = moment, actor.officer
        match.version += 1
        match.save()
        Fact.tell("command:name:forgotten", subject=match, moment=moment, officer=actor.officer)
    return match
