"""The opening balance of a store by Excel: the template, the sheet, and the rows that wait to be mended."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.foundation import clock
from phaodai.foundation.models import ParkedRow
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.registers.sheet_pages import SheetForm, attachment
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import read_rows, write_sheet
from phaodai.supply.actions.opening import PARKED_AS, OpeningLoaded, load_opening_balance
from phaodai.supply.actions.stock_shared import mine, seen_store
from phaodai.supply.pages.parked_rows import parked_sheet

UNREADABLE = 422


@page(Permission.SUPPLY_STOCK_WRITE)
def opening(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take the sheet; `?tai=mau` gives the template, `?tai=cho-sua` the rows that were not taken."""
    store = seen_store(actor, pk)
    if not mine(actor, store):
        raise NotAllowed(_("This store belongs to another unit. You can send a request."))
    waiting = ParkedRow.objects.waiting(PARKED_AS, actor.officer).order_by("row_number")
    if request.GET.get("tai"):
        if request.GET["tai"] == "mau":
            return _template()
        return parked_sheet(_("Opening balance"), PARKED_AS, list(waiting))
    form = SheetForm(request.POST or None, request.FILES or None)
    shown: dict[str, Any] = {"store": store, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            shown["loaded"] = _load(request, actor, pk, form.cleaned_data["file"])
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    shown["waiting"] = list(waiting[:50])
    return render(request, "supply/opening.html", shown, status=UNREADABLE if form.errors else 200)


def _load(request: HttpRequest, actor: Actor, pk: int, file: Any) -> OpeningLoaded:
    rows = read_rows(file.name, file.read())
    loaded = load_opening_balance(actor=actor, moment=clock.now(), store_id=pk, rows=rows, sheet=file.name)
    words = ngettext("%(lines)d line taken.", "%(lines)d lines taken.", loaded.lines)
    messages.success(request, words % {"lines": loaded.lines})
    return loaded


def _heads() -> list[str]:
    return [_("Item code"), _("Item name"), _("Batch number"), _("Expires on"), _("Quantity")]


def _template() -> HttpResponse:
    return attachment(write_sheet(_("Opening balance"), _heads(), []), "ton-dau-ky-mau.xlsx")
