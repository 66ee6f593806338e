"""Answers on the confirming page: this section belongs to that task; this task runs already."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.command.actions import merging
from phaodai.command.models import Document
from phaodai.command.pages.intake import own_document_of, proposal_of, proposals_context
from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor

_ANSWERS: dict[str, Callable[..., Any]] = {
    "gop": merging.join_running,
    "thay": merging.replace_running,
    "giu": merging.keep_apart,
}


def _shown(request: HttpRequest, document: Document, opened: int | None = None) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("command-document", pk=document.pk)
    return render(request, "command/proposals.html", proposals_context(document, clock.now(), opened=opened))


@page(Permission.COMMAND_DIRECTIVE_CONFIRM, deed=True)
def merge(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Put this section into the task that was chosen."""
    document = own_document_of(proposal_of(pk).document_id, actor)
    into = whole(request.POST.get("into"))
    made = merging.merge_proposals(actor=actor, moment=clock.now(), proposal_id=pk, into_id=into)
    return _shown(request, document, made.pk)


@page(Permission.COMMAND_DIRECTIVE_CONFIRM, deed=True)
def part(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Give the section its own task again."""
    document = own_document_of(proposal_of(pk).document_id, actor)
    merging.part_proposal(actor=actor, moment=clock.now(), proposal_id=pk)
    return _shown(request, document, pk)


@page(Permission.COMMAND_DIRECTIVE_CONFIRM, deed=True)
def alike(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """A running task says nearly the same: merge, replace or keep. The answer names the deed and the task: `gop-12`."""
    document = own_document_of(proposal_of(pk).document_id, actor)
    answer, _dash, task = request.POST.get("answer", "").partition("-")
    if answer not in _ANSWERS:
        raise Refusal(_("Say whether to merge, to replace or to keep both."))
    _ANSWERS[answer](actor=actor, moment=clock.now(), proposal_id=pk, task_id=whole(task))
    return _shown(request, document, None if answer == "gop" else pk)
