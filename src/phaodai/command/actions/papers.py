"""Outgoing papers: drafted, signed by name under the next number, and sent into the books of the units addressed."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.command.actions.documents import Upload, register_document, vars_of_area
from phaodai.command.actions.reports import next_outgoing_number
from phaodai.command.models import Delivery, Document, OutgoingPaper
from phaodai.command.outgoing import content_of, symbol_for
from phaodai.command.rules.drafting import tree_of
from phaodai.foundation.formats import fold
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area, entering
from phaodai.foundation.sheets import DOCX
from phaodai.foundation.versions import guard_version
from phaodai.people.models import Organisation

WRITTEN = (
    "kind", "system", "urgency", "subject", "body", "annexes", "recipients", "distribution", "authority", "archive",
    "copies", "note",
)  # fmt: skip
# What the book still takes once the paper is signed.
BOOKED = ("copies", "forwarded_on", "received_by", "note")


@transaction.atomic
def draft_paper(*, actor: Actor, moment: datetime, addressed: list[int] | None = None, **values: Any) -> OutgoingPaper:
    """Begin a paper of the actor's organisation."""
    actor.require(Permission.COMMAND_PAPER_DRAFT)
    organisation = Organisation.objects.get(pk=actor.organisation)
    paper = OutgoingPaper(organisation=organisation, **vars_of_area(organisation))
    _write(paper, values, WRITTEN)
    _address(paper, addressed)
    Fact.tell("command:paper:drafted", subject=paper, moment=moment, officer=actor.officer)
    return paper


@transaction.atomic
def amend_paper(
    *,
    actor: Actor,
    moment: datetime,
    paper_id: int,
    version: int,
    addressed: list[int] | None = None,
    **values: Any,
) -> OutgoingPaper:
    """Change a draft, or, of a signed paper, what the outgoing book says of its copies."""
    actor.require(Permission.COMMAND_PAPER_DRAFT)
    paper = _own(actor, paper_id)
    changes = guard_version(paper, version, values)
    signed = paper.state == OutgoingPaper.State.SIGNED
    if signed and addressed is not None:
        raise _signed(paper)
    paper.version += 1
    _write(paper, changes, BOOKED if signed else (*WRITTEN, *BOOKED))
    _address(paper, addressed)
    Fact.tell("command:paper:amended", subject=paper, moment=moment, officer=actor.officer, fields=sorted(changes))
    return paper


def _own(actor: Actor, paper_id: int) -> OutgoingPaper:
    found = OutgoingPaper.objects.select_for_update(of=("self",)).select_related("organisation__parent")
    paper = found.filter(pk=paper_id, organisation_id=actor.organisation).first()
    if paper is None:
        raise NotHere(_("There is no such paper, or it is not your unit's."))
    return paper


def _signed(paper: OutgoingPaper) -> Refusal:
    when = moment_words(paper.signed_at) if paper.signed_at else ""
    return Refusal(_("The paper was signed on %(when)s; write a new one instead.") % {"when": when})


def _write(paper: OutgoingPaper, values: dict[str, Any], allowed: tuple[str, ...]) -> None:
    for name, value in values.items():
        if name not in allowed:
            raise _signed(paper) if name in WRITTEN else Refusal(_("This value cannot be changed here."), field=name)
        setattr(paper, name, value)
    if not paper.subject.strip():
        raise Refusal(_("Say in a line what the paper is about."), field="subject")
    paper.search_key = fold(" ".join([paper.reference, paper.subject, *paper.recipients]))
    paper.save()


def _address(paper: OutgoingPaper, addressed: list[int] | None) -> None:
    if addressed is not None:
        inside = Organisation.objects.open().filter(pk__in=addressed, province_id=paper.province_id)
        paper.addressed.set(inside.exclude(pk=paper.organisation_id))


@transaction.atomic
def sign_paper(*, actor: Actor, moment: datetime, paper_id: int) -> OutgoingPaper:
    """Draw the next number of the year and kind, and sign with the actor's name. Refuses a paper without text."""
    actor.require(Permission.COMMAND_PAPER_SIGN)
    paper = _own(actor, paper_id)
    if paper.state == OutgoingPaper.State.SIGNED:
        raise _signed(paper)
    if not tree_of(paper.body):
        raise Refusal(_("The paper has no text yet."), field="body")
    paper.number = next_outgoing_number(paper.organisation, moment.year, paper.kind)
    paper.symbol = symbol_for(paper)
    paper.signer_id, paper.signer_title, paper.signed_at = actor.officer, actor.title, moment
    paper.state = OutgoingPaper.State.SIGNED
    paper.version += 1
    _write(paper, {}, ())
    Fact.tell("command:paper:signed", subject=paper, moment=moment, officer=actor.officer)
    return paper


@transaction.atomic
def send_inside(*, actor: Actor, moment: datetime, paper_id: int) -> list[Delivery]:
    """Enter a signed paper in the incoming book of each unit addressed, read as any other document is read.

    Sent again, it goes to those who do not have it yet. The receiving unit confirms it and passes its work on.
    """
    actor.require(Permission.COMMAND_PAPER_DRAFT)
    paper = _own(actor, paper_id)
    if paper.state != OutgoingPaper.State.SIGNED:
        raise Refusal(_("Only a signed paper is sent."))
    waiting = list(paper.addressed.exclude(pk__in=paper.deliveries.values("organisation")).order_by("tier", "sort_key"))
    if not waiting:
        raise Refusal(_("Every unit addressed has this paper in its book. Choose units before signing."))
    upload = Upload(f"{paper.symbol.replace('/', '-')}-{paper.number}.docx", DOCX, content_of(paper, "docx"))
    sent = [_deliver(actor, moment, paper, one, upload) for one in waiting]
    paper.forwarded_on = paper.forwarded_on or moment.date()
    paper.version += 1
    paper.save()
    Fact.tell("command:paper:sent", subject=paper, moment=moment, officer=actor.officer, units=len(sent))
    return sent


def _deliver(
    actor: Actor, moment: datetime, paper: OutgoingPaper, organisation: Organisation, upload: Upload
) -> Delivery:
    """As the clerk of the receiving unit would: in that unit's own scope, with the right to register and no other."""
    area = Area(organisation.province_id, organisation.district_id, organisation.commune_id)
    clerk = replace(
        actor,
        organisation=organisation.pk,
        organisation_name=organisation.name,
        area=area,
        reach="own",
        permissions=frozenset({Permission.COMMAND_DIRECTIVE_REGISTER}),
    )
    with entering(clerk, why="sent inside"):
        document: Document = register_document(actor=clerk, moment=moment, upload=upload)
    with entering(actor, why="sent inside"):
        return Delivery.objects.create(paper=paper, organisation=organisation, document=document, at=moment)
