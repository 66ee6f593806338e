"""Sheets of check-ins, journeys, logs, interviews and rosters come in; rows that cannot be used are told with their reason."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import LARGEST_SHEET
from phaodai.surveillance.models import VisitDay
from phaodai.surveillance.pages.seeing import UNREADABLE
from phaodai.surveillance.sheets.visit_intake import TakenIn, take_in_visits
from phaodai.surveillance.sheets.visit_rows import NEEDED, Kind

PARKED_SHOWN = 50
# One name for each column, as a template would print it; the others are understood too.
NAMES = {
    "person": gettext_lazy("ID card no."),
    "other": gettext_lazy("Whom they met"),
    "place": gettext_lazy("Place code"),
    "begin": gettext_lazy("From when"),
}


class SheetForm(forms.Form):
    """What the rows are, and the file."""

    kind = forms.ChoiceField(label=gettext_lazy("The rows are"), choices=Kind.choices)
    file = forms.FileField(
        label=gettext_lazy("Excel or CSV"), widget=forms.ClearableFileInput({"accept": ".csv,.xlsx,.xls,.ods"})
    )
    file.max_bytes = LARGEST_SHEET  # type: ignore[attr-defined]  # read by the drop zone


@page(Permission.SURVEILLANCE_VISIT_IMPORT)
def take_in(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Send a sheet; see what came in and what waits."""
    form = SheetForm(request.POST or None, request.FILES or None)
    taken = None
    if form.is_bound and form.is_valid():
        taken = _taken(actor, form)
    shown: dict[str, Any] = {
        "form": form,
        "taken": taken,
        "parked": taken.parked[:PARKED_SHOWN] if taken else [],
        "kinds": [(kind.label, [NAMES[field] for field in NEEDED[kind]]) for kind in Kind],
        "days": VisitDay.objects.filter(province_id=actor.area.province or 0).order_by("-day")[:21],
    }
    refused = form.is_bound and taken is None
    return render(request, "surveillance/visits.html", shown, status=UNREADABLE if refused else 200)


def _taken(actor: Actor, form: SheetForm) -> TakenIn | None:
    """What became of the sheet; None where it was refused at a field."""
    upload = form.cleaned_data["file"]
    try:
        return take_in_visits(
            actor=actor, moment=clock.now(), province_id=actor.area.province or 0,
            kind=Kind(form.cleaned_data["kind"]), name=upload.name, content=upload.read(),
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return None
