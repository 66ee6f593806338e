"""Taking a document in and confirming it: the source on the left, the reading on the right."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_htmx.http import HttpResponseClientRedirect

from phaodai.command.actions import documents, sending
from phaodai.command.actions.merging import running_alike
from phaodai.command.actions.names import unmatched_names
from phaodai.command.forms import MetadataForm, ProposalForm, TakeInForm
from phaodai.command.models import Clause, Document, Proposal
from phaodai.command.pages.parts import chosen_units, document_thread, lit_rows, merging_context, source_of
from phaodai.command.pages.readings import readings_context
from phaodai.command.pages.scans import original_context
from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids, whole
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.registers.editing import act, status_of, version_seen, version_to_send
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.territory.models import Tier

TAKEN_IN_LAST = 8
OPEN = (Document.State.RECEIVED, Document.State.READ, Document.State.CONFIRMED)


def upload_of(file: Any) -> documents.Upload:
    """A file of a form as the actions take it."""
    return documents.Upload(file.name, file.content_type or "application/octet-stream", file.read())


@page(Permission.COMMAND_DIRECTIVE_REGISTER)
def take_in(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The door for documents."""
    form = TakeInForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        stamp = {name: form.cleaned_data[name] for name in ("arrived_at", "forwarded_to", "file_code")}
        upload = upload_of(form.cleaned_data["file"])
        document = act(
            form, lambda: documents.register_document(actor=actor, moment=clock.now(), upload=upload, **stamp)
        )
        if document is not None:
            return redirect("command-document", pk=document.pk)
    last = Document.objects.of_register(actor.organisation).defer("text", "reading").order_by("-pk")[:TAKEN_IN_LAST]
    return render(request, "command/take_in.html", {"form": form, "last": last}, status=422 if form.errors else 200)


def document_of(pk: int) -> Document:
    """A document that the database shows to this officer."""
    document = (
        Document.objects.select_related("organisation", "original").defer("original__content").filter(pk=pk).first()
    )
    if document is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return document


def own_document_of(pk: int, actor: Actor) -> Document:
    """A document of the officer's own book: another unit's may be read, its reading is not theirs to mend."""
    document = document_of(pk)
    if document.organisation_id != actor.organisation:
        raise NotHere(_("This document is not in the book of your unit."))
    return document


def confirming(document: Document, actor: Actor) -> bool:
    """Whether this officer is the one to confirm the document now."""
    own = document.organisation_id == actor.organisation and actor.may(Permission.COMMAND_DIRECTIVE_CONFIRM)
    return own and document.state in OPEN


def intake(
    request: HttpRequest, actor: Actor, document: Document, *, status: int = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    """The confirming page of a document of the officer's own book; `more` says which proposal is open, with what typed."""
    waiting = list(
        Document.objects.of_register(actor.organisation)
        .to_confirm()
        .order_by("arrived_at", "pk")
        .values_list("pk", flat=True)
    )
    shown = {
        "document": document,
        "thread": document_thread(document, actor),
        "source": source_of(document),
        **lit_rows(document),
        **original_context(request, document),
        **readings_context(document),
        "unmatched": unmatched_names(document),
        "waiting": waiting,
        "place": waiting.index(document.pk) + 1 if document.pk in waiting else 0,
        "previous": _beside(waiting, document.pk, -1),
        "next": _beside(waiting, document.pk, 1),
        **proposals_context(document, clock.now(), **{"opened": _asked(request)} | more),
    }
    return render(request, "command/intake.html", shown, status=status)


def _asked(request: HttpRequest) -> int | None:
    return whole(request.GET.get("viec")) or None


def _beside(waiting: list[int], pk: int, step: int) -> int | None:
    at = waiting.index(pk) + step if pk in waiting else -1
    return waiting[at] if 0 <= at < len(waiting) else None


def proposals_context(
    document: Document,
    moment: datetime,
    opened: int | None = None,
    form: ProposalForm | None = None,
    version: int | None = None,
) -> dict[str, Any]:
    """The right-hand side: each clause with its proposals, one of them open for editing."""
    proposals = list(
        document.proposals.select_related("clause")
        .prefetch_related("addressees", "coordinating", "also_clauses")
        .in_order()
    )
    waiting = [p for p in proposals if p.state == Proposal.State.PROPOSED]
    current = next((p for p in proposals if p.pk == opened and p.state != Proposal.State.SENT), None) or (
        waiting[0] if opened is None and waiting else None
    )
    clauses = [c for c in document.clauses.in_order() if c.kind != Clause.Kind.HEADING]
    ready = [p for p in proposals if p.state == Proposal.State.ACCEPTED]
    return {
        "document": document,
        "rows": [(clause, [p for p in proposals if p.clause_id == clause.pk]) for clause in clauses],
        "current": current,
        "chosen": chosen_units(current, form) if current else {},
        "form": form or (ProposalForm(instance=current) if current else None),
        "version": version or (current.version if current else 0),
        **merging_context(current, proposals),
        "waiting_count": len(waiting),
        "ready_count": len(ready),
        "task_count": sum(len(p.addressees.all()) for p in ready),
        "proposal_count": sum(1 for p in proposals if p.state != Proposal.State.DROPPED),
        "clause_count": len(clauses),
        "moment": moment,
    }


def _proposals(request: HttpRequest, document: Document, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
    """The right-hand side again after a deed; without htmx, the whole page."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("command-document", pk=document.pk)
    return render(request, "command/proposals.html", proposals_context(document, clock.now(), **more), status=status)


@page(Permission.COMMAND_DIRECTIVE_CONFIRM)
def metadata(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Correct what the reader proposed about the document as a whole."""
    document = own_document_of(pk, actor)
    form = MetadataForm(request.POST or None, instance=document)
    form.stand_at(request.GET.get("o", ""))
    if request.method == "POST" and form.is_valid():
        version = version_seen(request)
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        saved = act(
            form,
            lambda: documents.amend_document(
                actor=actor, moment=clock.now(), document_id=pk, version=version, **changes
            ),
        )
        if saved is not None:
            messages.success(request, _("Saved: %(record)s") % {"record": saved})
            return redirect("command-document", pk=pk)
    shown = {
        "document": document,
        "form": form,
        "version": version_to_send(request, form, document),
        "thread": document_thread(document, actor),
        "source": source_of(document),
    }
    return render(request, "command/metadata.html", shown, status=status_of(form))


def proposal_of(pk: int) -> Proposal:
    """A proposal that the database shows to this officer."""
    proposal = Proposal.objects.select_related("document", "clause").filter(pk=pk).first()
    if proposal is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return proposal


@page(Permission.COMMAND_DIRECTIVE_CONFIRM)
def proposal(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Open one proposal for editing, or save it."""
    found = proposal_of(pk)
    document = own_document_of(found.document_id, actor)
    if request.method != "POST":
        return _proposals(request, document, opened=pk)
    form = ProposalForm(request.POST, instance=found)
    if form.is_valid() and _save_proposal(request, actor, form, found):
        return _proposals(request, document)
    shown: dict[str, Any] = {
        "opened": pk,
        "form": form,
        "version": version_to_send(request, form, found),
        "status": status_of(form),
    }
    return _proposals(request, document, **shown) if request.htmx else intake(request, actor, document, **shown)  # type: ignore[attr-defined]


def _save_proposal(request: HttpRequest, actor: Actor, form: ProposalForm, found: Proposal) -> bool:
    ids = {name: row_ids(request.POST.getlist(name)) for name in ("addressees", "coordinating")}
    version = version_seen(request)
    changes = {name: form.cleaned_data[name] for name in form.changed_data}

    def deed() -> Proposal:
        moment = clock.now()
        saved = sending.amend_proposal(
            actor=actor, moment=moment, proposal_id=found.pk, version=version, **ids, **changes
        )
        sending.require_sendable(saved, moment)
        return saved

    return act(form, deed) is not None


@page(Permission.COMMAND_DIRECTIVE_CONFIRM, deed=True)
def drop(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """This clause asks for no such task."""
    found = proposal_of(pk)
    sending.drop_proposal(actor=actor, moment=clock.now(), proposal_id=pk)
    return _proposals(request, document_of(found.document_id))


@page(Permission.COMMAND_DIRECTIVE_CONFIRM, deed=True)
def add(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One more task from a clause."""
    clause = _clause_of(pk)
    title = request.POST.get("title") or clause.heading
    made = sending.add_proposal(actor=actor, moment=clock.now(), clause_id=pk, title=title)
    return _proposals(request, document_of(clause.document_id), opened=made.pk)


@page(Permission.COMMAND_DIRECTIVE_CONFIRM, deed=True)
def settle(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Say that a clause is a principle, and gives no task."""
    clause = _clause_of(pk)
    documents.settle_clause(actor=actor, moment=clock.now(), clause_id=pk, kind=request.POST.get("kind", ""))
    return _proposals(request, document_of(clause.document_id))


def _clause_of(pk: int) -> Clause:
    clause = Clause.objects.select_related("document").filter(pk=pk).first()
    if clause is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return clause


@page(Permission.COMMAND_DIRECTIVE_CONFIRM, deed=True)
def accept_certain(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Accept every proposal that lacks nothing; the others stay open, each with its reason."""
    document, moment = own_document_of(pk, actor), clock.now()
    for waiting in document.proposals.filter(state=Proposal.State.PROPOSED):
        if not waiting.unmatched and not running_alike(waiting):
            act_quietly(lambda one=waiting: sending.accept_proposal(actor=actor, moment=moment, proposal_id=one.pk))
    return _proposals(request, document)


def act_quietly(deed: Any) -> None:
    """Run a deed of which a refusal is an answer: the row stays open and shows what it lacks."""
    try:
        deed()
    except Refusal:
        return


@page(Permission.COMMAND_TASK_ASSIGN, deed=True)
def dispatch(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Confirm and send every accepted task."""
    tasks = sending.dispatch_document(actor=actor, moment=clock.now(), document_id=pk)
    messages.success(
        request, ngettext("%(count)d task sent.", "%(count)d tasks sent.", len(tasks)) % {"count": len(tasks)}
    )
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(f"/chi-huy/van-ban/{pk}/cay")
    return redirect("command-tree", pk=pk)


@page(Permission.COMMAND_DIRECTIVE_CONFIRM, deed=True)
def file_away(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Close a document that asks nothing."""
    documents.file_document(actor=actor, moment=clock.now(), document_id=pk)
    messages.success(request, _("Filed without tasks."))
    return redirect("van-ban-den-list")


@page(Permission.COMMAND_PAPER_DRAFT)
def choose_units(request: HttpRequest, actor: Actor, field: str) -> HttpResponse:
    """Organisations that fit what is typed, as boxes to tick; `?nhom=kind-tier` adds a whole group to those ticked already.

    The answer replaces the ticked boxes, so that asking twice for a group does not show it twice.
    """
    from phaodai.foundation.formats import fold

    rows = Organisation.objects.open().inside(actor.area)
    group = request.GET.get("nhom", "")
    kind, _dash, tier = group.rpartition("-")
    if kind and whole(tier) in Tier.values:
        ticked = row_ids(request.GET.getlist(field))
        rows = rows.filter(Q(kind=kind, tier=whole(tier)) | Q(pk__in=ticked)).order_by("tier", "sort_key")
    else:
        for word in fold(request.GET.get("tim", "")).split():
            rows = rows.filter(search_key__contains=word)
        rows = rows.order_by("tier", "sort_key")[:12]
    return render(request, "command/units.html", {"rows": rows, "field": field, "ticked": bool(group)})
