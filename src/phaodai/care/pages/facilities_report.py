"""The six numbers of today on one page of a telephone, filled with what was sent last."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.care.actions.beds_reports import NUMBERS, report_beds
from phaodai.care.actions.facilities_shared import mine
from phaodai.care.models import BedReport, Facility
from phaodai.care.pages.facilities import UNREADABLE, seen_facility
from phaodai.care.pages.facilities_board import kind_names
from phaodai.care.pages.facilities_forms import ReportForm
from phaodai.care.pages.facilities_words import age_of
from phaodai.care.rules.facilities import KINDS
from phaodai.foundation import clock
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor


@page(Permission.CARE_BED_MANAGE)
def report(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Send the numbers of today; sent again they replace them."""
    facility = seen_facility(actor, pk)
    last = BedReport.objects.filter(facility=facility).order_by("-day").first()
    form = _form(request, last)
    if request.method == "POST" and form.is_valid():
        about: dict[str, Any] = {"actor": actor, "moment": clock.now(), "facility_id": facility.pk}
        if act(form, lambda: report_beds(**about, **form.cleaned_data)) is not None:
            messages.success(request, _("Sent. The province sees these numbers now."))
            return redirect("care-bed-report", pk=facility.pk)
    return render(request, "care/facility_report.html", _context(facility, actor, form, last), status=_status(form))


def _form(request: HttpRequest, last: BedReport | None) -> ReportForm:
    """A fresh one holds the last numbers: most of them stay from day to day."""
    if request.method == "POST":
        return ReportForm(request.POST)
    return ReportForm(initial={name: getattr(last, name) for name in NUMBERS} if last else {})


def _context(facility: Facility, actor: Actor, form: ReportForm, last: BedReport | None) -> dict[str, Any]:
    names = kind_names()
    return {
        "facility": facility,
        "form": form,
        "last": last,
        "age": age_of(last.counted_at if last else None, clock.now()),
        "today": clock.today(),
        "pairs": [(names[kind], form[f"{kind}_beds"], form[f"{kind}_used"]) for kind in KINDS],
        "may_send": mine(actor, facility) and not facility.keeps_bed_book and facility.closed_on is None,
    }


def _status(form: ReportForm) -> int:
    return UNREADABLE if form.errors else 200
