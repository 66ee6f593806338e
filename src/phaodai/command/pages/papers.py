"""Outgoing papers: written, looked at as they will be printed, signed, and sent into the books of the units addressed."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.command.actions import papers
from phaodai.command.forms import PaperForm
from phaodai.command.models import OutgoingPaper
from phaodai.command.outgoing import content_of
from phaodai.command.page_pictures import NoPicture, count_pages, png_of_page
from phaodai.command.papers import TYPES
from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids
from phaodai.foundation.formats import fold
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act, status_of, version_seen, version_to_send
from phaodai.foundation.registers.sheet_pages import attachment
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation


def paper_of(pk: int) -> OutgoingPaper:
    """A paper that the database shows to this officer."""
    related = ("organisation__parent", "signer")
    found = OutgoingPaper.objects.select_related(*related).filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return found


def own_draft_of(pk: int, actor: Actor) -> OutgoingPaper:
    """A paper of the officer's own unit that can still be mended."""
    found = paper_of(pk)
    if found.organisation_id != actor.organisation:
        raise NotHere(_("There is no such paper, or it is not your unit's."))
    return found


@page(Permission.COMMAND_PAPER_DRAFT)
def write(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Begin a paper."""
    form = PaperForm(request.POST or None, initial={"system": _custom(actor)})
    if request.method == "POST" and form.is_valid():
        chosen = row_ids(request.POST.getlist("addressed"))
        made = act(
            form,
            lambda: papers.draft_paper(actor=actor, moment=clock.now(), addressed=chosen, **form.cleaned_data),
        )
        if made is not None:
            return redirect("command-paper", pk=made.pk)
    return render(request, "command/paper_form.html", _form_context(request, form, None), status=status_of(form))


def _custom(actor: Actor) -> str:
    """Party bodies and their offices begin with the Party's form."""
    body = Organisation.objects.select_related("parent").get(pk=actor.organisation)
    party = Organisation.Kind.PARTY_COMMITTEE
    ours = body.kind == party or (body.kind == Organisation.Kind.OFFICE and body.parent and body.parent.kind == party)
    return OutgoingPaper.System.PARTY if ours else OutgoingPaper.System.STATE


def _form_context(request: HttpRequest, form: PaperForm, found: OutgoingPaper | None) -> dict[str, Any]:
    ticked = row_ids(request.POST.getlist("addressed"))
    kept = found.addressed.all() if found else Organisation.objects.none()
    chosen = Organisation.objects.filter(pk__in=ticked) if request.method == "POST" else kept
    return {
        "form": form,
        "paper": found,
        "chosen": chosen.order_by("tier", "sort_key"),
        "version": version_to_send(request, form, found) if found else 0,
    }


@page(Permission.COMMAND_PAPER_DRAFT)
def amend(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Go on writing."""
    found = own_draft_of(pk, actor)
    if found.state == OutgoingPaper.State.SIGNED:
        return redirect("command-paper", pk=pk)
    form = PaperForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        version, chosen = version_seen(request), row_ids(request.POST.getlist("addressed"))
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        saved = act(
            form,
            lambda: papers.amend_paper(
                actor=actor, moment=clock.now(), paper_id=pk, version=version, addressed=chosen, **changes
            ),
        )
        if saved is not None:
            return redirect("command-paper", pk=pk)
    return render(request, "command/paper_form.html", _form_context(request, form, found), status=status_of(form))


@page(Permission.COMMAND_PAPER_READ)
def paper(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The paper as it will be printed, what may be done with it, and where it came in."""
    found = paper_of(pk)
    own = found.organisation_id == actor.organisation
    draft = found.state == OutgoingPaper.State.DRAFT
    deliveries = list(found.deliveries.select_related("organisation", "document").order_by("organisation__sort_key"))
    delivered = {one.organisation_id for one in deliveries}
    shown = {
        "paper": found,
        "pages": range(1, count_pages(content_of(found, "pdf")) + 1),
        "deliveries": deliveries,
        "waiting": [body for body in found.addressed.order_by("tier", "sort_key") if body.pk not in delivered],
        "may_amend": own and draft and actor.may(Permission.COMMAND_PAPER_DRAFT),
        "may_sign": own and draft and actor.may(Permission.COMMAND_PAPER_SIGN),
        "may_send": own and not draft and actor.may(Permission.COMMAND_PAPER_DRAFT),
    }
    return render(request, "command/paper.html", shown, status=HTTPStatus.OK)


@page(Permission.COMMAND_PAPER_SIGN, deed=True)
def sign(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Number it and sign it."""
    signed = papers.sign_paper(actor=actor, moment=clock.now(), paper_id=pk)
    messages.success(request, _("Signed as %(reference)s.") % {"reference": signed.reference})
    return redirect("command-paper", pk=pk)


@page(Permission.COMMAND_PAPER_DRAFT, deed=True)
def send(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Enter it in the books of the units addressed."""
    sent = papers.send_inside(actor=actor, moment=clock.now(), paper_id=pk)
    words = ngettext("Entered in the book of %(count)d unit.", "Entered in the books of %(count)d units.", len(sent))
    messages.success(request, words % {"count": len(sent)})
    return redirect("command-paper", pk=pk)


@page(Permission.COMMAND_PAPER_READ)
def download(request: HttpRequest, actor: Actor, pk: int, suffix: str) -> HttpResponse:
    """The paper as a file."""
    del request, actor
    found = paper_of(pk)
    if suffix not in TYPES:
        raise NotHere(_("A paper can be had as .docx or .pdf."))
    name = slugify(fold(found.reference or found.subject))[:60] or "van-ban"
    return attachment(content_of(found, suffix), f"{name}.{suffix}", TYPES[suffix])


@page(Permission.COMMAND_PAPER_READ)
def picture(request: HttpRequest, actor: Actor, pk: int, number: int) -> HttpResponse:
    """One page as it will be printed."""
    del request, actor
    return page_picture(content_of(paper_of(pk), "pdf"), number)


def page_picture(content: bytes, number: int) -> HttpResponse:
    """A page of a file as an answer that only this reader's browser keeps."""
    try:
        png = png_of_page(content, number)
    except NoPicture as problem:
        raise NotHere(_("There is no such page.")) from problem
    response = HttpResponse(png, content_type="image/png")
    response["Cache-Control"] = "private, max-age=300"
    response["X-Content-Type-Options"] = "nosniff"
    return response
