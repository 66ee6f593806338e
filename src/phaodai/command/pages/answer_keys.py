"""Confirmed documents with what people corrected in them, to keep as answer keys for the reader."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from phaodai.command.answer_keys import confirmed_documents, keys_of, zip_of
from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.registers.sheet_pages import attachment
from phaodai.foundation.scope import Actor

# The list shows the newest; an export of older ones names them by address.
SHOWN_AT_MOST = 200


@page(Permission.COMMAND_DIRECTIVE_CONFIRM)
def answer_keys(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The list; a POST answers with the chosen keys in one file."""
    documents = confirmed_documents(actor)
    if request.method == "POST":
        chosen = documents.filter(pk__in=row_ids(request.POST.getlist("row")))
        if not chosen:
            raise Refusal(_("Choose at least one document."), field="row")
        return attachment(zip_of(keys_of(chosen)), f"dap-an-{clock.now():%Y%m%d-%H%M}.zip", "application/zip")
    keys = keys_of(documents[:SHOWN_AT_MOST])
    corrected = sum(1 for one in keys if one.corrections)
    return render(request, "command/answer_keys.html", {"keys": keys, "corrected": corrected})
