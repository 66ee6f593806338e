"""Sheets of doses on the screen: send one, see what became of it, mend the rows that wait."""

import re
from collections import defaultdict

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor
from phaodai.vaccination.actions.doses_sheets import give_up_parked
from phaodai.vaccination.models import DoseSheet
from phaodai.vaccination.sheets.doses_intake import take_in
from phaodai.vaccination.sheets.doses_mending import take_mended, waiting_rows

SHOWN = 30
_CELL = re.compile(r"o-(\d{1,9})-(\d{1,3})")
REASONS = {
    "full_name": _("Without a name"), "born": _("Day of birth"), "identity_number": _("Card number"),
    "product": _("Vaccine"), "number": _("Dose number"), "given": _("Day of the dose"),
    "future": _("In the future"), "before-birth": _("Before the birth"), "commune": _("Commune"),
    "empty": _("No dose in the row"),
}  # fmt: skip


class SheetForm(forms.Form):
    """A sheet of doses."""

    file = forms.FileField(
        label=_("Sheet of doses"), help_text=_("Excel or CSV: the national platform's, or the template.")
    )


@page(Permission.VACCINATION_DOSE_IMPORT)
def sheets(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take a sheet of doses in; what was read before."""
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if form.is_valid():
        sent = form.cleaned_data["file"]
        taken = act(form, lambda: take_in(actor=actor, moment=clock.now(), name=sent.name, content=sent.read()))
        if taken is not None:
            messages.success(request, _told(taken))
            return redirect("dose-sheet", taken.pk) if taken.parked else redirect("dose-sheets")
    taken_in = DoseSheet.objects.visible_to(actor).defer("content").order_by("-taken_in_at")[:SHOWN]
    shown = {"form": form, "sheets": taken_in}
    return render(request, "vaccination/doses_sheets.html", shown, status=422 if form.errors else 200)


def _told(sheet: DoseSheet) -> str:
    if sheet.state == DoseSheet.State.RUNNING:
        return gettext("The sheet is kept. It is being read; come back in a minute.")
    counts = {"new": sheet.inserted, "had": sheet.had, "parked": sheet.parked}
    return gettext("Read: %(new)d new doses, %(had)d known already, %(parked)d rows set aside.") % counts


def _seen(actor: Actor, pk: int) -> DoseSheet:
    found = DoseSheet.objects.visible_to(actor).defer("content").filter(pk=pk).first()
    if found is None:
        raise NotHere(gettext("There is no such sheet, or not in your area."))
    return found


@page(Permission.VACCINATION_DOSE_IMPORT)
def sheet(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """What became of a sheet, and the rows that wait, each with the cell to mend."""
    found = _seen(actor, pk)
    counted = found.parked_rows.waiting().order_by().values("code").annotate(rows=Count("pk"))
    counts = {one["code"]: one["rows"] for one in counted.order_by("-rows", "code")}
    code = asked if (asked := request.GET.get("vi-sao", "")) in counts else ""
    shown = {
        "sheet": found,
        "waiting": sum(counts.values()),
        "groups": [(one, REASONS.get(one, one), rows) for one, rows in counts.items()],
        "code": code,
        "rows": waiting_rows(found, clock.now(), code),
    }
    return render(request, "vaccination/doses_sheet.html", shown)


@page(Permission.VACCINATION_DOSE_IMPORT, deed=True)
def mend(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take in the rows into which something was written, and those with which nothing is wrong any more."""
    found = _seen(actor, pk)
    mends = _written(request, found)
    if not mends:
        messages.warning(request, gettext("Write the right value into at least one row."))
        return redirect("dose-sheet", pk)
    came = len(take_mended(actor=actor, moment=clock.now(), sheet=found, mends=mends))
    if came:
        words = ngettext("%(count)d row is in the books now.", "%(count)d rows are in the books now.", came)
        messages.success(request, words % {"count": came})
    if still := len(mends) - came:
        words = ngettext(
            "%(count)d row still waits: see what is said below its value.",
            "%(count)d rows still wait: see what is said below their values.",
            still,
        )
        messages.warning(request, words % {"count": still})
    return redirect("dose-sheet", pk)


def _written(request: HttpRequest, found: DoseSheet) -> dict[int, dict[int, str]]:
    """What was written into which column of which row: rows that differ from what stands there, and those that fit."""
    told: dict[int, dict[int, str]] = defaultdict(dict)
    for name, value in request.POST.items():
        if cell := _CELL.fullmatch(name):
            told[int(cell[1])][int(cell[2])] = str(value).strip()
    for number in row_ids(request.POST.getlist("fits")):
        told[number] = {}
    stands = dict(found.parked_rows.waiting().filter(row_number__in=told).values_list("row_number", "cells"))
    texts = {number: list(dict(cells).values()) for number, cells in stands.items()}
    return {
        number: told[number] for number, cells in texts.items() if not told[number] or _differs(told[number], cells)
    }


def _differs(written: dict[int, str], cells: list[str]) -> bool:
    return any(place < len(cells) and text != cells[place] for place, text in written.items())


@page(Permission.VACCINATION_DOSE_IMPORT, deed=True)
def give_up(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Give rows up: they stay in the sheet as it came."""
    found = _seen(actor, pk)
    rows = row_ids(request.POST.getlist("row"))
    given_up = give_up_parked(actor=actor, moment=clock.now(), sheet_id=found.pk, rows=rows)
    if given_up:
        words = ngettext("%(count)d row was given up.", "%(count)d rows were given up.", given_up)
        messages.success(request, words % {"count": given_up})
    else:
        messages.warning(request, gettext("Tick the rows that you give up."))
    return redirect(reverse("dose-sheet", args=[pk]))
