"""The values read about a document as a whole, confirmed one by one on the confirming page."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from phaodai.command.actions.confirming import confirm_certain_fields, confirm_fields, readings_of
from phaodai.command.models import Document
from phaodai.foundation import clock
from phaodai.foundation.formats import day
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import field_of


def readings_context(document: Document) -> dict[str, Any]:
    """Each field with its words, doubtful ones first, and how many are confirmed."""
    found = readings_of(document)
    return {
        "readings": [(one, field_of(Document, one.column).verbose_name, _words(one.value)) for one in found],
        "confirmed_count": sum(one.confirmed for one in found),
        "field_count": len(found),
        "standing": next((one.column for one in found if not one.confirmed and not one.missing), ""),
        "certain_count": sum(one.certain and not one.confirmed for one in found),
    }


def _words(value: Any) -> str:
    if isinstance(value, date):
        return day(value, language())
    if isinstance(value, list):
        return " · ".join(str(one.get("name") if isinstance(one, dict) else one) for one in value)
    return str(value or "")


@page(Permission.COMMAND_DIRECTIVE_CONFIRM, deed=True)
def confirm(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Confirm the named fields; with `certain=1` all that are certain."""
    if request.POST.get("certain"):
        document = confirm_certain_fields(actor=actor, moment=clock.now(), document_id=pk)
    else:
        fields = request.POST.getlist("field")
        document = confirm_fields(actor=actor, moment=clock.now(), document_id=pk, fields=fields)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("command-document", pk=pk)
    return render(request, "command/readings.html", {"document": document, **readings_context(document)})
