"""The family's page behind its link: what to measure, whom to ring, and nothing about who is ill.

It works without a network: what was typed waits in the browser and is sent once, under its own key.
"""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.care.actions.readings import send_reading
from phaodai.care.models import HomeAlarm, HomeDoor
from phaodai.care.pages.home_forms import ReadingForm
from phaodai.care.rules.alarms import FEVER_FROM, URGENT_SIGNS, ask_clinical
from phaodai.foundation import clock, later
from phaodai.foundation.public import TRAP, Visitor, public_page
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.rulebook import Rulebook
from phaodai.rulebook.provincial import rulebook_for

UNREADABLE = 422
SPO2_VALUES = range(100, 79, -1)


@public_page
def family(request: HttpRequest, visitor: Visitor, reference: str) -> HttpResponse:
    """The form, what the last reading meant, and whom to ring. POST sends a reading."""
    plain = visitor.opens(reference)
    door = HomeDoor.objects.usable().select_related("organisation").filter(reference=plain).first()
    if door is None:
        raise NotHere(_("This link opens nothing any more. Ring your health station for a new one, or 115."))
    form = ReadingForm(request.POST if request.method == "POST" else None)
    done = request.method == "POST" and visitor.accepts(form) and act(form, lambda: _send(visitor, door, form))
    if later.waited(request):
        return later.told(form, done=bool(done))
    if done:
        return redirect("care-home-family", reference=plain)
    return _shown(request, door, form)


def _send(visitor: Visitor, door: HomeDoor, form: ReadingForm) -> Any:
    values = form.cleaned_data
    at = clock.inside(values["at"]) if values["at"] else None
    return send_reading(
        actor=visitor.actor,
        moment=clock.now(),
        reference=door.reference,
        taken=form.taken(),
        key=values["key"],
        at=at,
    )


def _shown(request: HttpRequest, door: HomeDoor, form: ReadingForm) -> HttpResponse:
    moment = clock.now()
    alarm = HomeAlarm.objects.waiting().filter(home_care_id=door.home_care_id).first()
    context = {
        "door": door,
        "form": form,
        "trap": TRAP,
        "alarm": alarm,
        "answered": alarm is not None and alarm.acknowledged_at is not None,
        "due": door.due_at <= moment,
        "urgent_signs": URGENT_SIGNS,
        "alarming_spo2": alarming_spo2(rulebook_for(door.province_id), moment.date()),
        "fever_from": FEVER_FROM,
    }
    return render(request, "care/home_family.html", context, status=UNREADABLE if form.errors else 200)


def alarming_spo2(book: Rulebook, on: date) -> int | None:
    """The highest SpO2 at which the rule of the day sends somebody away from home: a phone without a network says so too."""
    return next((one for one in SPO2_VALUES if ask_clinical(book, on, {"spo2": one})), None)
