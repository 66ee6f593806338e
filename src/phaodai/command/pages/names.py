"""The answer to a name that fits no unit, given on the confirming page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_htmx.http import HttpResponseClientRedirect

from phaodai.command.actions import names
from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor


@page(Permission.COMMAND_DIRECTIVE_CONFIRM, deed=True)
def answer(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Put the chosen units where the document says that name."""
    printed, remember = request.POST.get("name", ""), bool(request.POST.get("remember"))
    answered = names.answer_name(
        actor=actor,
        moment=clock.now(),
        document_id=pk,
        printed=printed,
        organisations=row_ids(request.POST.getlist(request.POST.get("field", "organisations"))),
        remember=remember,
    )
    words = ngettext(
        "“%(name)s” answered in %(count)d task.", "“%(name)s” answered in %(count)d tasks.", len(answered)
    ) % {"name": printed, "count": len(answered)}
    messages.success(request, f"{words} {_('Remembered for later documents.')}" if remember else words)
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(f"/chi-huy/van-ban/{pk}")
    return redirect("command-document", pk=pk)
