"""The public pages of a journey: declared before it begins, shown at the gate by its code."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.containment.actions.arrivals import judgement
from phaodai.containment.actions.arrivals_traveller import said_in
from phaodai.containment.actions.declarations import AHEAD, declare
from phaodai.containment.models import Declaration
from phaodai.containment.pages.arrivals_form import TravellerForm
from phaodai.containment.pages.arrivals_showing import outcome_words, why_words
from phaodai.foundation import clock
from phaodai.foundation.codes import qr_drawing
from phaodai.foundation.fields import DayField
from phaodai.foundation.public import Visitor, public_page, show_form
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act

CODE_BEGINS = "PHAODAI:"


class JourneyForm(TravellerForm):
    """A journey that is still to come."""

    travelling_on = DayField(label=gettext_lazy("Day of arrival"))
    vehicle = forms.CharField(
        label=pgettext_lazy("arrival", "Travels by"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Coach, own car, motorbike, train"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = self.moment.date()
        days = {"min": today.isoformat(), "max": (today + AHEAD).isoformat()}
        self.fields["travelling_on"].widget.attrs |= days
        self.fields["plate"].help_text = _(
            "As on the vehicle, such as 98B-012.34. Passengers of one coach write the same."
        )
        self.fields["identity_number"].help_text = _("Leave it empty if there is no card: everybody is let declare.")


@public_page
def declare_journey(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The form in three steps on one page."""
    moment = clock.now()
    form = JourneyForm(moment, request.POST if request.method == "POST" else None)
    if request.method == "POST" and visitor.accepts(form):
        made = act(form, lambda: _declare(form, visitor, moment))
        if made is not None:
            return redirect("declaration", reference=made.spoken)
    return show_form(request, "containment/declaration_form.html", form)


def _declare(form: JourneyForm, visitor: Visitor, moment: Any) -> Declaration:
    reference = visitor.new_reference()
    if before := Declaration.objects.filter(reference=reference).first():
        return before
    return declare(
        actor=visitor.actor,
        moment=moment,
        reference=reference,
        said=form.said(),
        travelling_on=form.cleaned_data["travelling_on"],
        vehicle=form.cleaned_data["vehicle"],
    )


@public_page
def find_declaration(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """A field for the code, for whoever has it on paper."""
    del visitor
    code = request.POST.get("ma", "").strip()
    return redirect("declaration", reference=code) if code else render(request, "containment/declaration_find.html")


@public_page
def declaration(request: HttpRequest, visitor: Visitor, reference: str) -> HttpResponse:
    """The code to show at the gate, and what follows on arrival as the law and the levels stand today."""
    plain = visitor.opens(reference)
    found = Declaration.objects.select_related("origin", "destination").filter(reference=plain).first()
    if found is None:
        raise NotHere(_("There is no declaration with the code %(code)s. Check its ten signs.") % {"code": reference})
    origin, verdict = judgement(found.province_id, said_in(found), clock.now())
    shown = {
        "declaration": found,
        "picture": qr_drawing(f"{CODE_BEGINS}{found.reference}"),
        "outcome": outcome_words(verdict.outcome),
        "why": why_words(verdict.record),
        "level": origin.level,
        "urgent": verdict.urgent,
    }
    return render(request, "containment/declaration.html", shown)
