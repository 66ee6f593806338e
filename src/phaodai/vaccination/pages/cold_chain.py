"""A fridge: its curve against its range, the log files taken in, the alarms and what was decided about the vaccine."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.charts import Chart
from phaodai.foundation.formats import moment as written
from phaodai.foundation.formats import number
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.supply.actions.stock_shared import mine
from phaodai.vaccination.actions import cold_chain
from phaodai.vaccination.models import ColdPlace, ColdReading, Excursion
from phaodai.vaccination.pages.cold_contents import DEEDS, alarm_of, contents_of
from phaodai.vaccination.rules.cold_chain import WORKING_GAP, WORKING_TOLERANCE, Reading, thinned
from phaodai.vaccination.sheets.cold_chain_logs import read_log

DAYS_SHOWN = timedelta(days=7)


class LogForm(forms.Form):
    """The file of the thermometer."""

    prefix = "nhat-ky"
    file = forms.FileField(
        label=gettext_lazy("Excel or CSV file"), widget=forms.FileInput({"accept": ".csv,.txt,.xlsx,.xls"})
    )


class DecisionForm(forms.Form):
    """What becomes of the vaccine."""

    prefix = "quyet"
    decision = forms.ChoiceField(
        label=pgettext_lazy("vaccine", "What becomes of it"), choices=Excursion.Decision.choices
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300,
        help_text=gettext_lazy("Who was asked, what the maker says, what the vial monitor shows."),
    )  # fmt: skip


def _seen(actor: Actor, pk: int) -> ColdPlace:
    found = ColdPlace.objects.visible_to(actor).select_related("organisation", "store").filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is no such fridge that your post may see."))
    return found


@page(Permission.VACCINATION_PLAN_READ)
def cold_place(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One fridge; a log taken in, an alarm decided."""
    place = _seen(actor, pk)
    shown: dict[str, Any] = {"log_form": LogForm(), "decision_form": DecisionForm()}
    status = 200
    if request.method == "POST":
        deed = _DEEDS.get(request.POST.get("viec", ""))
        if deed is None:
            raise NotHere(_("There is nothing at this address that your post may see."))
        refused = deed(request, actor, place)
        if refused is None:
            return redirect("vaccination-cold", pk=pk)
        shown, status = shown | refused, 422
    return render(request, "vaccination/plan_cold.html", shown | _context(place, actor), status=status)


def _take(request: HttpRequest, actor: Actor, place: ColdPlace) -> dict[str, Any] | None:
    actor.require(Permission.VACCINATION_SESSION_RUN)
    form = LogForm(request.POST, request.FILES)
    if not form.is_valid():
        return {"log_form": form}
    done = act(form, lambda: _take_file(actor, place, form.cleaned_data["file"]))
    if done is None:
        return {"log_form": form}
    log, found = done
    if found:
        words = _("%(count)d readings taken in. %(alarms)d alarms: the vials of this fridge are held.")
        messages.warning(request, words % {"count": log.readings, "alarms": len(found)})
    else:
        messages.success(
            request, _("%(count)d readings taken in, nothing outside the range.") % {"count": log.readings}
        )
    return None


def _take_file(actor: Actor, place: ColdPlace, file: Any) -> Any:
    content = file.read()
    readings, parked = read_log(file.name, content)
    return cold_chain.take_log(
        actor=actor, moment=clock.now(), place_id=place.pk, name=file.name, content=content, readings=readings,
        parked=parked,
    )  # fmt: skip


def _decide(request: HttpRequest, actor: Actor, place: ColdPlace) -> dict[str, Any] | None:
    actor.require(Permission.VACCINATION_PLAN_WRITE)
    form, moment = DecisionForm(request.POST), clock.now()
    alarm = Excursion.objects.filter(place=place, pk=whole(request.POST.get("alarm"))).first()
    if alarm is None:
        raise NotHere(_("There is no such alarm that your post may see."))
    if form.is_valid() and act(
        form,
        lambda: cold_chain.decide_excursion(actor=actor, moment=moment, excursion_id=alarm.pk, **form.cleaned_data),
    ):
        messages.success(request, _("Your decision is kept with the lots."))
        return None
    return {"decision_form": form, "refused_alarm": alarm.pk}


_DEEDS = {"nhat-ky": _take, "quyet": _decide, **DEEDS}


def _context(place: ColdPlace, actor: Actor) -> dict[str, Any]:
    alarms = Excursion.objects.filter(place=place).select_related("decided_by").order_by("-began_at")
    may_run = mine(actor, place) and actor.may(Permission.VACCINATION_SESSION_RUN)
    silent = place.last_read_at is None or clock.now() - place.last_read_at > timedelta(days=1)
    return {
        "place": place,
        "chart": _chart(place),
        "open": [alarm_of(one) for one in alarms.filter(decided_at=None).select_related("place")[:10]],
        "decided": alarms.exclude(decided_at=None)[:10],
        "logs": place.logs.select_related("officer").order_by("-taken_in_at")[:10],
        "silent": silent,
        "tolerance": int(WORKING_TOLERANCE.total_seconds() // 60),
        "gap": int(WORKING_GAP.total_seconds() // 3600),
        "may_run": may_run,
        "may_decide": actor.may(Permission.VACCINATION_PLAN_WRITE),
    } | contents_of(place, may_run=may_run)


def _chart(place: ColdPlace) -> Chart | None:
    """The last week of readings against the range."""
    if place.last_read_at is None:
        return None
    since = place.last_read_at - DAYS_SHOWN
    rows = ColdReading.objects.filter(place=place, at__gte=since).order_by("at").values_list("at", "celsius")
    readings = thinned(Reading(at, celsius) for at, celsius in rows)
    if not readings:
        return None
    about = {"low": number(place.low), "high": number(place.high)}
    return Chart(
        title=_title(readings, place),
        subtitle=_("°C, the last week of the log; lines: range %(low)s to %(high)s") % about,
        description=_("Temperature of %(place)s over time") % {"place": place.name},
        spec=_spec(readings, place.low, place.high),
        columns=(_("Time"), "°C"),
        rows=[(written(one.at, language()), number(one.celsius, 1, language())) for one in readings[-200:]],
        key=f"cold-{place.pk}",
    )


def _title(readings: list[Reading], place: ColdPlace) -> str:
    coldest, warmest = min(one.celsius for one in readings), max(one.celsius for one in readings)
    about = {"coldest": number(coldest, 1, language()), "warmest": number(warmest, 1, language())}
    if coldest < place.low or warmest > place.high:
        return _("Outside the range: from %(coldest)s to %(warmest)s °C") % about
    return _("Within the range: from %(coldest)s to %(warmest)s °C") % about


def _local(at: datetime) -> str:
    return at.astimezone(clock.VIETNAM).strftime("%Y-%m-%dT%H:%M")


def _spec(readings: list[Reading], low: Decimal, high: Decimal) -> dict[str, Any]:
    limits = [{"limit": float(low)}, {"limit": float(high)}]
    values = [{"at": _local(one.at), "celsius": float(one.celsius)} for one in readings]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "height": 220,
        "layer": [
            {
                "data": {"values": limits},
                "mark": {"type": "rule", "strokeDash": [4, 4], "color": "var(--late)"},
                "encoding": {"y": {"field": "limit", "type": "quantitative"}},
            },
            {
                "data": {"values": values},
                "mark": {"type": "line", "color": "var(--data)", "strokeWidth": 1.5},
                "encoding": {
                    "x": {"field": "at", "type": "temporal", "title": None, "axis": {"format": "%d/%m %Hh"}},
                    "y": {"field": "celsius", "type": "quantitative", "title": None, "scale": {"zero": False}},
                },
            },
        ],
    }
