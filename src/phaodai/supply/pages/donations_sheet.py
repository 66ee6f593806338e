"""Gifts by Excel: the template, the sheet of a community kitchen or a fund, and the rows that wait to be mended."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaodai.foundation import clock
from phaodai.foundation.models import ParkedRow
from phaodai.foundation.pages import page
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.registers.sheet_pages import SheetForm, attachment
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import read_rows, write_sheet
from phaodai.supply.actions.donations_loading import PARKED_AS, load_gifts
from phaodai.supply.actions.funds import own_fund
from phaodai.supply.pages.funds import WRITE
from phaodai.supply.pages.parked_rows import parked_sheet

UNREADABLE = 422
SHOWN = 50


@page(WRITE)
def sheet(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take the sheet; `?tai=mau` gives the template, `?tai=cho-sua` the rows that were not taken."""
    fund = own_fund(actor, pk)
    waiting = ParkedRow.objects.waiting(PARKED_AS, actor.officer).order_by("parked_at", "row_number")
    if request.GET.get("tai"):
        return _template() if request.GET["tai"] == "mau" else parked_sheet(_("Gifts"), PARKED_AS, list(waiting))
    form = SheetForm(request.POST or None, request.FILES or None)
    shown: dict[str, Any] = {"fund": fund, "form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows = read_rows(file.name, file.read())
            shown["loaded"] = load_gifts(actor=actor, moment=clock.now(), fund_id=pk, rows=rows, sheet=file.name)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    shown["waiting"] = list(waiting[:SHOWN])
    return render(request, "supply/gifts_sheet.html", shown, status=UNREADABLE if form.errors else 200)


def gift_heads() -> list[str]:
    """The heads of the template, in the language of the page; the sheet is read by those of every language."""
    return [
        _("Giver"), pgettext("donation", "Who gives"), _("Address"), _("Telephone"), _("Agrees to be named in public"),
        pgettext("donation", "Received on"), _("Money (đồng)"), pgettext("donation", "Goods"), _("Quantity"),
        pgettext("donation", "Counted in"), _("Stated value of the goods (đồng)"), _("Item code"),
        _("What the giver wishes it to be used for"),
    ]  # fmt: skip


def _template() -> HttpResponse:
    return attachment(write_sheet(_("Gifts"), gift_heads(), []), f"{PARKED_AS}-mau.xlsx")
