"""Several clauses in one task, and one task where a running one asks the same."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from phaodai.command.actions.chasing import withdraw
from phaodai.command.actions.sending import proposal_for
from phaodai.command.actions.tasks import log, task_given
from phaodai.command.models import DocumentReach, Progress, Proposal, Task
from phaodai.command.rules.likeness import ALIKE, likeness
from phaodai.foundation.formats import fold
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor

# More than this nobody reads beside a form; the likest come first.
SHOWN_AT_MOST = 3


def carried_by(proposal: Proposal) -> QuerySet[Proposal]:
    """The proposals of the same document whose task carries out this one's section as well."""
    return Proposal.objects.filter(document=proposal.document_id, also_clauses=proposal.clause_id).exclude(
        pk=proposal.pk
    )


@transaction.atomic
def merge_proposals(*, actor: Actor, moment: datetime, proposal_id: int, into_id: int) -> Proposal:
    """Let another task of the same document carry out this one's section too; its units join those of the other.

    The other keeps its words and its deadline; where it has none, it takes this one's.
    """
    actor.require(Permission.COMMAND_DIRECTIVE_CONFIRM)
    proposal, into = proposal_for(actor, proposal_id), proposal_for(actor, into_id)
    if proposal.pk == into.pk or proposal.document_id != into.document_id:
        raise Refusal(_("Choose another task of the same document."), field="into")
    if into.state == Proposal.State.DROPPED:
        raise Refusal(_("This task was dropped. Take it back first, or choose another."), field="into")
    into.also_clauses.add(proposal.clause_id, *proposal.also_clauses.all())
    into.also_clauses.remove(into.clause_id)
    into.addressees.add(*proposal.addressees.all())
    into.coordinating.add(*set(proposal.coordinating.all()) - set(into.addressees.all()))
    into.deadline = into.deadline or proposal.deadline
    _save(into)
    proposal.also_clauses.clear()
    proposal.state = Proposal.State.DROPPED
    _save(proposal)
    Fact.tell("command:proposal:merged", subject=proposal, moment=moment, officer=actor.officer, into=into.pk)
    return into


@transaction.atomic
def part_proposal(*, actor: Actor, moment: datetime, proposal_id: int) -> Proposal:
    """Undo a merging: the section has its own task again. Units that it brought stay; a person takes them away."""
    actor.require(Permission.COMMAND_DIRECTIVE_CONFIRM)
    proposal = proposal_for(actor, proposal_id)
    for other in carried_by(proposal).open():  # type: ignore[attr-defined]
        other.also_clauses.remove(proposal.clause_id)
    proposal.state = Proposal.State.PROPOSED
    _save(proposal)
    Fact.tell("command:proposal:parted", subject=proposal, moment=moment, officer=actor.officer)
    return proposal


def _save(proposal: Proposal) -> None:
    proposal.version += 1
    proposal.save()


def running_alike(proposal: Proposal) -> list[Task]:
    """Live tasks of the proposal's own addressees, given by the same unit, that nearly say the same; the likest first."""
    running = (
        Task.objects.live()
        .given_by(proposal.document.organisation_id)
        .filter(organisation__in=proposal.addressees.all())
        .exclude(pk__in=proposal.kept_apart.all())
        .select_related("organisation", "document", "clause")
    )
    words = fold(f"{proposal.title} {proposal.measure}")
    scored = [(likeness(words, fold(f"{task.title} {task.measure}")), task) for task in running]
    found = sorted((one for one in scored if one[0] >= ALIKE), key=lambda one: (-one[0], one[1].pk))
    return [task for _score, task in found[:SHOWN_AT_MOST]]


def _beside(actor: Actor, proposal_id: int, task_id: int) -> tuple[Proposal, Task]:
    proposal, task = proposal_for(actor, proposal_id), task_given(actor, task_id)
    if not proposal.addressees.filter(pk=task.organisation_id).exists():
        raise NotHere(_("This task is not owed by a unit of the proposal."))
    return proposal, task


def _name_of(proposal: Proposal) -> str:
    document = proposal.document
    return _("section %(path)s of %(document)s") % {"path": proposal.clause.path, "document": document}


@transaction.atomic
def join_running(*, actor: Actor, moment: datetime, proposal_id: int, task_id: int) -> Task:
    """No new task for that unit: the running one carries out this section too, and its log says so.

    The proposal is dropped when no other unit is left in it.
    """
    actor.require(Permission.COMMAND_DIRECTIVE_CONFIRM)
    proposal, task = _beside(actor, proposal_id, task_id)
    task.also_clauses.add(proposal.clause_id, *proposal.also_clauses.all())
    DocumentReach.objects.get_or_create(document=proposal.document, organisation=task.organisation)
    log(task, actor, moment, Progress.Kind.CHANGED, _("Also asked by %(source)s.") % {"source": _name_of(proposal)})
    proposal.addressees.remove(task.organisation)
    if not proposal.addressees.exists():
        proposal.state = Proposal.State.DROPPED
    _save(proposal)
    Fact.tell("command:proposal:joined", subject=proposal, moment=moment, officer=actor.officer, task=task.pk)
    return task


@transaction.atomic
def replace_running(*, actor: Actor, moment: datetime, proposal_id: int, task_id: int) -> Task:
    """Withdraw the running task, naming the section that replaces it; the proposal goes its way to the unit."""
    actor.require(Permission.COMMAND_TASK_ASSIGN)
    proposal, task = _beside(actor, proposal_id, task_id)
    words = _("Replaced by %(source)s.") % {"source": _name_of(proposal)}
    return withdraw(actor=actor, moment=moment, task_id=task.pk, text=words)


@transaction.atomic
def keep_apart(*, actor: Actor, moment: datetime, proposal_id: int, task_id: int) -> Proposal:
    """Both are wanted: the question is not put again."""
    actor.require(Permission.COMMAND_DIRECTIVE_CONFIRM)
    proposal, task = _beside(actor, proposal_id, task_id)
    proposal.kept_apart.add(task)
    Fact.tell("command:proposal:kept-apart", subject=proposal, moment=moment, officer=actor.officer, task=task.pk)
    return proposal
