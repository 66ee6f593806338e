"""One person at home: the alarm and what is done about it, readings as a chart and a table, packs, oxygen, law, the link."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaodai.care.actions.alarms import doctors_on_call
from phaodai.care.models import AlarmStep, HomeAlarm, HomeCare, OxygenRequest, PackHandout
from phaodai.care.pages import home_forms
from phaodai.care.pages.home import day_number, state_of
from phaodai.care.pages.home_chart import readings_chart
from phaodai.care.pages.home_words import CONDITION_WORDS, findings_words, reading_words, reason_of
from phaodai.foundation import clock
from phaodai.foundation.codes import qr_drawing
from phaodai.foundation.components import Content, Fact, Facts, Log, LogEntry, Masked, Why
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person

READINGS_SHOWN = 40
URGENT_DEEDS = (
    (AlarmStep.What.CALLED, "phone"),
    (AlarmStep.What.VISITED, "home"),
    (AlarmStep.What.AMBULANCE, "warning"),
    (AlarmStep.What.TRANSFER, "arrow-right"),
)


def seen_care(actor: Actor, pk: int) -> HomeCare:
    """The person of an address, as far as this officer may see them."""
    rows = HomeCare.objects.visible_to(actor).with_case_code()
    found = rows.select_related("door", "organisation", "centre", "mobile_station").filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nobody in treatment at home at this address, or your post may not see them."))
    return found


@page(Permission.CARE_HOME_READ)
def one(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Everything about one person at home."""
    return render(request, "care/home_one.html", context_of(seen_care(actor, pk), actor, request))


def context_of(care: HomeCare, actor: Actor, request: HttpRequest, **refused: Any) -> dict[str, Any]:
    """What the page shows; a refused form of the caller takes the place of a fresh one."""
    moment = clock.now()
    readings = list(care.readings.select_related("officer").order_by("-at", "-pk")[:READINGS_SHOWN])
    may_write = care.is_open and actor.may(Permission.CARE_HOME_FOLLOW)
    return {
        "care": care,
        "day": day_number(care, moment.date()),
        "state": state_of(care, moment),
        "masked": _masked(care, actor),
        "facts": _facts(care),
        "why": Why(reason) if (reason := reason_of(care)) else None,
        "readings": [(one, reading_words(one), findings_words(one.alarm)) for one in readings],
        "chart": readings_chart(readings),
        "alarm": _alarm_of(care, moment),
        "log": _log(care),
        "packs": PackHandout.objects.filter(home_care=care).select_related("prescriber", "store", "batch"),
        "oxygen": OxygenRequest.objects.filter(home_care=care).select_related("store").order_by("-asked_at"),
        "may_write": may_write,
        "may_transfer": may_write and bool(care.case_code) and actor.may(Permission.CARE_PATIENT_WRITE),
        "return_key": uuid4(),
        **_link(care, request),
        **(_forms(care, actor) if may_write else {}),
        **refused,
    }


def _forms(care: HomeCare, actor: Actor) -> dict[str, Any]:
    return {
        "reading_form": home_forms.StationReadingForm(),
        "close_form": home_forms.CloseForm(),
        "release_form": home_forms.ReleaseForm(),
        "end_form": home_forms.EndForm(),
        "pack_forms": [home_forms.PackForm(pack=pack, care=care, actor=actor) for pack in PackHandout.Pack.values],
        "oxygen_form": home_forms.OxygenForm(),
        "deliver_form": home_forms.DeliverForm(actor=actor),
        "deeds": [(what.value, what.label, icon) for what, icon in URGENT_DEEDS],
    }


def _masked(care: HomeCare, actor: Actor) -> Masked:
    """Initials; the name opens for whoever may open the person's record, and the look is logged."""
    may_open = actor.may(Permission.PEOPLE_PERSON_REVEAL) and Person.objects.filter(pk=care.person_id).exists()
    return Masked(care.initials, "", reverse("people-reveal", args=[care.person_id]) if may_open else "")


def _facts(care: HomeCare) -> Facts:
    has = ", ".join(str(words) for name, words in CONDITION_WORDS.items() if care.home.get(name))
    said: dict[str, Content] = {
        pgettext("home care", "Case"): care.case_code or "",
        _("Address"): care.address,
        _("Telephone"): care.phone,
        _("Who cares for them"): " ".join(filter(None, [care.carer, care.carer_phone])),
        pgettext("home care", "Looked after by"): care.organisation.short_name,
        _("Mobile station"): care.mobile_station.name if care.mobile_station else "",
        pgettext("home care", "Isolated since"): day_words(care.day_zero, language()),
        _("The home has"): has,
        pgettext("home care", "Ended"): moment_words(care.ended_at, language()) if care.ended_at else "",
        _("Reason"): str(care.release.get("reason", "")),
    }
    return Facts([Fact(label, value) for label, value in said.items() if value])


def _alarm_of(care: HomeCare, moment: datetime) -> dict[str, Any] | None:
    """The open alarm: why, since when, how far it went, who is on call."""
    alarm = HomeAlarm.objects.waiting().filter(home_care=care).select_related("reading", "acknowledged_by").first()
    if alarm is None:
        return None
    answered = alarm.acknowledged_at
    again = answered is not None and care.door.alarm_at is not None and care.door.alarm_at > answered
    return {
        "alarm": alarm,
        "why": findings_words(alarm.reading.alarm),
        "answered": answered is not None and not again,
        "reached": alarm.get_reached_display(),
        "doctors": [shift.worker for shift in doctors_on_call(care.centre, moment)],
    }


def _log(care: HomeCare) -> Log | None:
    steps = AlarmStep.objects.filter(alarm__home_care=care).select_related("officer", "organisation")
    entries = [
        LogEntry(
            moment_words(one.at, language()),
            " · ".join(
                filter(
                    None,
                    [
                        str(one.get_what_display()),
                        one.organisation.short_name if one.organisation else "",
                        one.words,
                        one.officer.full_name if one.officer else "",
                    ],
                )
            ),
        )
        for one in steps.order_by("-at", "-pk")[:READINGS_SHOWN]
    ]
    return Log(entries) if entries else None


def _link(care: HomeCare, request: HttpRequest) -> dict[str, Any]:
    """The family's link as text and as a code to scan; it carries no name."""
    if not care.is_open:
        return {}
    address = request.build_absolute_uri(reverse("care-home-family", args=[care.door.reference]))
    words = _("Health station: measure twice a day and send it here: %(address)s. Worse? Ring 115.")
    return {"link": address, "link_code": qr_drawing(address), "message": words % {"address": address}}
