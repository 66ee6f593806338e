"""Mending proposals and sending them: one task for each addressee."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from phaodai.command.actions.documents import confirm_document, document_for
from phaodai.command.actions.tasks import Order, give_task, refuse_closed
from phaodai.command.models import Clause, Document, DocumentReach, Proposal, Recurrence, Task
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Difference, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import clash_over, guard_version
from phaodai.people.models import Organisation

AMENDABLE = ("title", "measure", "target", "measure_unit", "deadline", "recurrence", "no_deadline_reason")


@transaction.atomic
def add_proposal(*, actor: Actor, moment: datetime, clause_id: int, title: str) -> Proposal:
    """Another task from the same clause (split), or one from a clause in which the machine saw none."""
    actor.require(Permission.COMMAND_DIRECTIVE_CONFIRM)
    clause = Clause.objects.filter(pk=clause_id, document__organisation_id=actor.organisation).first()
    if clause is None:
        raise NotHere(_("This document is not in the book of your unit."))
    last = Proposal.objects.filter(clause=clause).aggregate(last=Max("position"))["last"] or 0
    proposal = Proposal(document_id=clause.document_id, clause=clause, position=last + 1, title=title.strip()[:300])
    _require_title(proposal)
    proposal.save()
    Fact.tell("command:proposal:added", subject=proposal, moment=moment, officer=actor.officer)
    return proposal


def proposal_for(actor: Actor, proposal_id: int) -> Proposal:
    """An unsent proposal of the actor's own book, locked for the transaction."""
    found = Proposal.objects.select_for_update().filter(pk=proposal_id, document__organisation_id=actor.organisation)
    proposal = found.first()
    if proposal is None:
        raise NotHere(_("This document is not in the book of your unit."))
    if proposal.state == Proposal.State.SENT:
        raise Refusal(_("This task was already sent; change it on the task's own page."))
    return proposal


@transaction.atomic
def amend_proposal(
    *,
    actor: Actor,
    moment: datetime,
    proposal_id: int,
    version: int,
    addressees: list[int] | None = None,
    coordinating: list[int] | None = None,
    **changes: Any,
) -> Proposal:
    """Set title, units, deadline or measure; whoever changes a proposal has looked at it, so it counts as accepted."""
    actor.require(Permission.COMMAND_DIRECTIVE_CONFIRM)
    proposal = proposal_for(actor, proposal_id)
    units = {"addressees": addressees, "coordinating": coordinating}
    changes = guard_version(proposal, version, changes)
    _guard_units(proposal, version, units, frozenset(changes))
    for name, value in changes.items():
        if name not in AMENDABLE:
            raise Refusal(_("This value cannot be changed here."), field=name)
        setattr(proposal, name, value)
    _require_title(proposal)
    proposal.state = Proposal.State.ACCEPTED
    proposal.version += 1
    proposal.save()
    for name, chosen in units.items():
        if chosen is not None:
            getattr(proposal, name).set(_open_units(chosen))
    Fact.tell(
        "command:proposal:amended", subject=proposal, moment=moment, officer=actor.officer, fields=sorted(changes)
    )
    return proposal


def _require_title(proposal: Proposal) -> None:
    if not proposal.title.strip():
        raise Refusal(_("Say in a few words what is to be done."), field="title")


def _guard_units(proposal: Proposal, seen: int, units: dict[str, list[int] | None], mine: frozenset[str]) -> None:
    """The units of a proposal have no history of their own: once the proposal moved on, other units are a clash."""
    if proposal.version == seen:
        return
    differences = []
    for name, chosen in units.items():
        theirs = {body.pk: body.short_name for body in getattr(proposal, name).order_by("sort_key")}
        if chosen is not None and set(chosen) != set(theirs):
            label = str(Proposal._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            differences.append(Difference(name, label, ", ".join(theirs.values()), _short_names(chosen)))
    if differences:
        raise clash_over(proposal, tuple(differences), mine)


def _short_names(chosen: list[int]) -> str:
    return ", ".join(
        Organisation.objects.filter(pk__in=chosen).order_by("sort_key").values_list("short_name", flat=True)
    )


def _open_units(chosen: list[int]) -> list[Organisation]:
    """The chosen units; one that was merged away is refused by name, with its successor."""
    found = list(Organisation.objects.filter(pk__in=chosen).select_related("successor"))
    for body in found:
        refuse_closed(body)
    return found


@transaction.atomic
def accept_proposal(*, actor: Actor, moment: datetime, proposal_id: int) -> Proposal:
    """The machine's proposal is right as it stands. Refuses while a unit or a deadline is missing."""
    actor.require(Permission.COMMAND_DIRECTIVE_CONFIRM)
    proposal = proposal_for(actor, proposal_id)
    require_sendable(proposal, moment)
    proposal.state = Proposal.State.ACCEPTED
    proposal.version += 1
    proposal.save()
    return proposal


@transaction.atomic
def drop_proposal(*, actor: Actor, moment: datetime, proposal_id: int) -> Proposal:
    """This clause asks for no such task."""
    actor.require(Permission.COMMAND_DIRECTIVE_CONFIRM)
    proposal = proposal_for(actor, proposal_id)
    proposal.state = Proposal.State.DROPPED
    proposal.version += 1
    proposal.save()
    Fact.tell("command:proposal:dropped", subject=proposal, moment=moment, officer=actor.officer)
    return proposal


def require_sendable(proposal: Proposal, moment: datetime) -> None:
    """Refuse, in words and at the right field, a proposal that cannot become a task."""
    if not proposal.addressees.exists():
        raise Refusal(
            _("Task %(label)s has no accountable unit. Choose one.") % {"label": proposal.label}, field="addressees"
        )
    require_deadline(proposal.deadline, proposal.recurrence, proposal.no_deadline_reason, moment, label=proposal.label)


def require_deadline(
    deadline: datetime | None, recurrence: str, reason: str, moment: datetime, *, label: str = ""
) -> None:
    """A task has a deadline in the future, or says why it has none."""
    if deadline is None and not reason and recurrence != Recurrence.EVERY_CASE:
        raise Refusal(
            _("Task %(label)s has no deadline. Set one, or say why there is none.") % {"label": label}, field="deadline"
        )
    if deadline is not None and deadline <= moment and recurrence == Recurrence.ONCE:
        raise Refusal(
            _("The deadline %(deadline)s of task %(label)s has passed. Set a later one, or say why there is none.")
            % {"deadline": moment_words(deadline), "label": label},
            field="deadline",
        )


@transaction.atomic
def dispatch_document(*, actor: Actor, moment: datetime, document_id: int) -> list[Task]:
    """Confirm the document and send every accepted proposal. All or nothing: one that cannot be sent stops them all."""
    actor.require(Permission.COMMAND_TASK_ASSIGN)
    document = document_for(actor, document_id)
    proposals = list(document.proposals.open().filter(state=Proposal.State.ACCEPTED).select_related("clause"))
    if not proposals:
        raise Refusal(_("No task was accepted yet. Accept at least one, or file the document without tasks."))
    for proposal in proposals:
        require_sendable(proposal, moment)
    document = confirm_document(actor=actor, moment=moment, document_id=document_id)
    tasks = [task for proposal in proposals for task in _send(actor, moment, document, proposal)]
    if not document.proposals.filter(state=Proposal.State.PROPOSED).exists():
        document.state = Document.State.DISPATCHED
        document.version += 1
        document.save()
    Fact.tell("command:document:dispatched", subject=document, moment=moment, officer=actor.officer, tasks=len(tasks))
    return tasks


def _send(actor: Actor, moment: datetime, document: Document, proposal: Proposal) -> list[Task]:
    giver = Organisation.objects.get(pk=actor.organisation)
    coordinating = list(proposal.coordinating.all())
    order = Order(
        title=proposal.title,
        measure=proposal.measure,
        target=proposal.target,
        measure_unit=proposal.measure_unit,
        deadline=proposal.deadline,
        recurrence=proposal.recurrence,
        no_deadline_reason=proposal.no_deadline_reason,
        document=document,
        clause=proposal.clause,
        proposal=proposal,
    )
    send = partial(give_task, actor=actor, moment=moment, giver=giver, order=order, coordinating=coordinating)
    tasks = [send(organisation=one) for one in proposal.addressees.order_by("tier", "id")]
    for task in tasks:
        task.also_clauses.set(proposal.also_clauses.all())
    let_read(document, [task.organisation_id for task in tasks] + [o.pk for o in coordinating])
    proposal.state = Proposal.State.SENT
    proposal.version += 1
    proposal.save()
    return tasks


def let_read(document: Document, organisations: list[int]) -> None:
    """Organisations outside the registering area that have work from a document may read it."""
    rows = [DocumentReach(document=document, organisation_id=pk) for pk in dict.fromkeys(organisations)]
    DocumentReach.objects.bulk_create(rows, ignore_conflicts=True)
