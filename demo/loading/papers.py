"""The papers of the province: through the real reader into the office's book, confirmed and sent as the office does."""

from datetime import datetime
from decimal import Decimal

from demo.directives import Directive
from demo.loading.bodies import Staff
from demo.script import NOW, Assignment
from demo.story import SentAssignment
from phaodai.command.actions.documents import Upload, register_document, settle_clause
from phaodai.command.actions.sending import add_proposal, amend_proposal, dispatch_document, drop_proposal
from phaodai.command.models import Clause, Document, Proposal
from phaodai.foundation.scope import Actor

CONTENT_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".txt": "text/plain",
}
WHOLE = Decimal(100)
"""Every assignment is measured in per cent."""

TaskKey = tuple[str, str]
"""Assignment key and code of the accountable organisation, as events name a task."""


def register_paper(paper: Directive, actor: Actor, moment: datetime) -> Document:
    """Hand the file in at the office."""
    upload = Upload(paper.file_name, CONTENT_TYPES[paper.suffix], paper.content())
    return register_document(actor=actor, moment=moment, upload=upload, forwarded_to=paper.forwarded_to)


def send_paper(
    document: Document, assignments: list[SentAssignment], staff: Staff, actor: Actor, moment: datetime
) -> dict[TaskKey, int]:
    """Make the reader's proposals the story's assignments and send them; returns the tasks by the names events use."""
    keys: dict[int, str] = {}
    for clause in document.clauses.in_order():
        wanted = [sent for sent in assignments if sent.assignment.section == clause.path]
        for proposal, sent in _settle(clause, wanted, actor, moment):
            organisations = [staff.organisations[code].pk for code in sent.organisations]
            _amend(proposal, sent.assignment, organisations, actor, moment)
            keys[proposal.pk] = sent.assignment.key
    tasks = dispatch_document(actor=actor, moment=moment, document_id=document.pk)
    return {(keys[task.proposal_id or 0], task.organisation.code): task.pk for task in tasks}


def _settle(
    clause: Clause, wanted: list[SentAssignment], actor: Actor, moment: datetime
) -> list[tuple[Proposal, SentAssignment]]:
    """As many open proposals as assignments: those missing are added, those too many dropped."""
    proposals = list(clause.proposals.open().in_order())
    if not wanted:
        if clause.kind == Clause.Kind.TASK:
            settle_clause(actor=actor, moment=moment, clause_id=clause.pk, kind=Clause.Kind.CONTEXT)
        return []
    for proposal in proposals[len(wanted) :]:
        drop_proposal(actor=actor, moment=moment, proposal_id=proposal.pk)
    proposals += [
        add_proposal(actor=actor, moment=moment, clause_id=clause.pk, title=sent.assignment.title)
        for sent in wanted[len(proposals) :]
    ]
    return list(zip(proposals, wanted, strict=False))


def _amend(
    proposal: Proposal, assignment: Assignment, organisations: list[int], actor: Actor, moment: datetime
) -> None:
    amend_proposal(
        actor=actor,
        moment=moment,
        proposal_id=proposal.pk,
        version=proposal.version,
        addressees=organisations,
        title=assignment.title,
        measure=assignment.measure,
        target=WHOLE,
        measure_unit="%",
        deadline=assignment.deadline,
        recurrence=assignment.recurrence,
    )


def moments_of(paper: Directive, assignments: list[SentAssignment]) -> tuple[datetime, datetime | None]:
    """When the paper arrives and when its tasks are sent, None for a paper that waits to be confirmed."""
    sent = {each.assignment.sent_at for each in assignments}
    assert len(sent) <= 1, "a paper is sent once"
    return min(paper.arrived_at, NOW), sent.pop() if paper.confirmed else None
