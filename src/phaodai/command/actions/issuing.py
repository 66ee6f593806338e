"""A signed paper whose work its issuer gives itself: in the books of the units addressed, with nothing left to propose."""

from datetime import datetime

from django.db import transaction

from phaodai.command.actions.papers import send_inside
from phaodai.command.models import Delivery, Document, OutgoingPaper, Proposal
from phaodai.foundation.scope import Actor


@transaction.atomic
def issue_paper(*, actor: Actor, moment: datetime, paper: OutgoingPaper) -> dict[int, Document]:
    """Deliver a paper to every unit addressed that does not have it yet; returns its copies by receiving unit.

    The clerk of the receiving unit finds it settled: its tasks come from the issuer.
    """
    delivered = paper.deliveries.values("organisation")
    if paper.addressed.exclude(pk__in=delivered).exists():
        for sent in send_inside(actor=actor, moment=moment, paper_id=paper.pk):
            _settle(sent.document)
    deliveries = Delivery.objects.filter(paper=paper).select_related("document")
    return {one.organisation_id: one.document for one in deliveries}


def _settle(document: Document) -> None:
    document.proposals.open().update(state=Proposal.State.DROPPED)
    document.state = Document.State.DISPATCHED
    document.version += 1
    document.save()
