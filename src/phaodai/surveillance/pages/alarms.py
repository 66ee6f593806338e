"""Early detection (/giam-sat/tin-hieu): alarms that wait, each explained and drawn; one alarm with what else is known of it."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from phaodai.foundation import clock
from phaodai.foundation.components import Cell, Column, Empty, KeyFigure, KeyFigures, Name, Row, State, Table
from phaodai.foundation.formats import ago, number, percent, short_day
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act, status_of
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions import alarms
from phaodai.surveillance.models import Alarm
from phaodai.surveillance.models.alarm_context import RECKONED, known_of, performance
from phaodai.surveillance.models.signal_series import series_of
from phaodai.surveillance.rules.early_detection import Series
from phaodai.surveillance.showing.alarms import (
    SmallSignal,
    chart_of,
    counted_words,
    drawn,
    latest_of,
    sentence_of,
)
from phaodai.territory.models import Unit

SHOWN = 40
CLOSED_SHOWN = 50


class CloseForm(forms.Form):
    """What the alarm was."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What was it?"), choices=Alarm.Reason.choices, widget=forms.RadioSelect
    )
    notes = forms.CharField(
        label=gettext_lazy("What was seen or done"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )


@page(Permission.SURVEILLANCE_SIGNAL_READ)
def overview(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Alarms that wait, own communes first; how often the last ones were right; those closed lately."""
    waiting = list(_with_days(Alarm.objects.visible_to(actor).waiting())[:SHOWN])
    waiting.sort(key=lambda one: not actor.area.holds(one))
    series: dict[tuple[int, str], Series | None] = {}
    shown = {
        "cards": [_card(one, actor, series) for one in waiting],
        "figures": _figures(actor),
        "closed": _closed_table(actor),
        "nothing": Empty(_("No alarm waits. Counts are judged every hour, and as soon as you ask.")),
        "may_close": actor.may(Permission.SURVEILLANCE_SIGNAL_CLOSE),
    }
    return render(request, "surveillance/signals.html", shown)


def _with_days(rows: QuerySet[Alarm]) -> QuerySet[Alarm]:
    return rows.select_related("unit", "looked_by", "closed_by", "outbreak").prefetch_related("exceedances")


def _card(alarm: Alarm, actor: Actor, series: dict[tuple[int, str], Series | None]) -> dict[str, Any]:
    """One alarm: a sentence for each source, four weeks of the strongest one."""
    found = latest_of(alarm)
    picture = None
    if found:
        key = alarm.province_id, found[0].source
        if key not in series:
            series[key] = series_of(*key, clock.today())
        days = drawn(series[key], alarm.unit_id)
        picture = SmallSignal(days, sentence_of(alarm, found[0])) if days else None
    return {
        "alarm": alarm,
        "url": reverse("surveillance-alarm", args=[alarm.pk]),
        "sentences": [sentence_of(alarm, one) for one in found],
        "picture": picture,
        "state": _state(alarm),
        "mine": actor.area.holds(alarm),
    }


def _state(alarm: Alarm) -> State:
    if alarm.state == Alarm.State.LOOKED_AT:
        return State(_("%(name)s looks into it") % {"name": alarm.looked_by or "Pháo Đài"}, "act")
    if alarm.state == Alarm.State.CLOSED:
        return State(alarm.get_reason_display(), icon="check")
    return State(_("raised %(ago)s") % {"ago": ago(alarm.raised_at, clock.now(), language())}, "late", "warning")


def _figures(actor: Actor) -> KeyFigures:
    """How often the alarms of the last 90 days were false: said wherever alarms are shown."""
    found = performance(actor, clock.now())
    counts = {"part": found.false, "whole": found.closed}
    share = percent(found.false / found.closed, 0, language()) if found.closed else "–"
    days = _("in the last %(count)d days") % {"count": RECKONED.days}
    return KeyFigures(
        [
            KeyFigure(_("Alarms that wait"), number(found.waiting, 0, language()), late=found.waiting > 0),
            KeyFigure(_("Closed"), number(found.closed, 0, language()), note=days),
            KeyFigure(_("Real clusters"), number(found.clusters, 0, language()), note=days),
            KeyFigure(
                _("False alarms"), share, detail=_("%(part)s of %(whole)s closed") % counts, note=days, icon="warning"
            ),
        ]
    )


def _closed_table(actor: Actor) -> Table | None:
    rows = Alarm.objects.visible_to(actor).closed_since(clock.now() - RECKONED).order_by("-closed_at", "pk")
    closed = list(_with_days(rows)[:CLOSED_SHOWN])
    columns = [
        Column("unit", _("Unit")), Column("since", _("Since")), Column("reason", _("What it was")),
        Column("by", _("Closed by")), Column("notes", _("Notes")),
    ]  # fmt: skip
    lines = [_closed_row(one) for one in closed]
    return Table(_("Alarms closed in the last 90 days"), columns, lines, element="closed") if closed else None


def _closed_row(alarm: Alarm) -> Row:
    url = reverse("surveillance-alarm", args=[alarm.pk])
    words = alarm.get_reason_display()
    if alarm.closed_at and alarm.last_day > alarm.closed_at.date():
        words = _("%(reason)s; went on after it was closed") % {"reason": words}
    cells = [
        Cell(Name(alarm.unit.name, url)),
        Cell(short_day(alarm.first_day, language())),
        Cell(words),
        Cell(str(alarm.closed_by or "")),
        Cell(alarm.notes),
    ]
    return Row(str(alarm.pk), cells, url=url)


def _seen(actor: Actor, pk: int) -> Alarm:
    found = _with_days(Alarm.objects.visible_to(actor)).filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return found


def _own(actor: Actor, pk: int) -> Alarm:
    """An alarm that is the officer's to answer."""
    found = _seen(actor, pk)
    actor.require_area(found)
    return found


@page(Permission.SURVEILLANCE_SIGNAL_READ)
def alarm(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One alarm: each source drawn with its table, what else is known of the unit, and what it was."""
    return render(request, "surveillance/signal.html", _context(_seen(actor, pk), actor, CloseForm()))


def _context(found: Alarm, actor: Actor, form: CloseForm) -> dict[str, Any]:
    today = clock.today()
    charts = [
        chart_of(found, one, days)
        for one in latest_of(found)
        if (days := drawn(series_of(found.province_id, one.source, today), found.unit_id))
    ]
    mine = actor.area.holds(found) and actor.may(Permission.SURVEILLANCE_SIGNAL_CLOSE)
    parent = Unit.objects.filter(pk=found.district_id).first() if found.commune_id and found.district_id else None
    return {
        "alarm": found,
        "parent": parent,
        "sentences": [sentence_of(found, one) for one in latest_of(found)],
        "state": _state(found),
        "charts": charts,
        "known": _known_words(found, actor),
        "form": form,
        "may_close": mine and found.state != Alarm.State.CLOSED,
        "may_take": mine and found.state == Alarm.State.OPEN,
        "may_plan": actor.may(Permission.SURVEILLANCE_CAMPAIGN_PLAN) and actor.area.holds(found),
        "may_report": actor.may(Permission.SURVEILLANCE_CASE_WRITE) and actor.reach != "own",
        "counts_url": f"{reverse('so-dau-hieu-list')}?{urlencode({'q': found.unit.bare_name})}",
    }


def _known_words(found: Alarm, actor: Actor) -> list[str]:
    """What else is known of the unit, in sentences."""
    known = known_of(found, actor, clock.today())
    words = _("Cases reported in the last two weeks: %(confirmed)d confirmed, %(suspected)d suspected.")
    told = [words % {"confirmed": known.confirmed, "suspected": known.suspected}]
    if not (actor.area.holds(found) and actor.reach != "own"):
        told = [_("Your post does not see the cases of this unit. Ask its health station.")]
    for one in known.others:
        about = {"day": short_day(one.day, language()), "counted": counted_words(one.source, one.count)}
        about["source"] = one.get_source_display()
        told.append(_("%(source)s, %(day)s: %(counted)s; not above its limit.") % about)
    if known.neighbours:
        names = ", ".join(one.unit.name for one in known.neighbours)
        told.append(
            ngettext("A neighbour rings too: %(names)s.", "Neighbours ring too: %(names)s.", len(known.neighbours))
            % {"names": names}
        )
    return told


@page(Permission.SURVEILLANCE_SIGNAL_CLOSE, deed=True)
def detect(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Judge the counts now."""
    del actor
    alarms.detect_later()
    messages.success(request, _("The counts are being judged. New alarms stand here in about a minute."))
    return redirect("surveillance-alarms")


@page(Permission.SURVEILLANCE_SIGNAL_CLOSE, deed=True)
def take_up(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """I look into it."""
    found = alarms.take_up_alarm(actor=actor, moment=clock.now(), alarm_id=_own(actor, pk).pk)
    messages.success(request, _("You look into the alarm of %(unit)s.") % {"unit": found.unit.name})
    return redirect("surveillance-alarm", pk=pk)


@page(Permission.SURVEILLANCE_SIGNAL_CLOSE, deed=True)
def close(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Say what it was."""
    found, form = _own(actor, pk), CloseForm(request.POST)
    if form.is_valid():
        about = {"alarm_id": pk, **form.cleaned_data}
        done = act(form, lambda: alarms.close_alarm(actor=actor, moment=clock.now(), **about))
        if done is not None:
            messages.success(request, _closing_words(done))
            return redirect("surveillance-alarms")
    return render(request, "surveillance/signal.html", _context(found, actor, form), status=status_of(form))


def _closing_words(done: Alarm) -> str:
    about = {"unit": done.unit.name, "reason": done.get_reason_display()}
    if done.reason == Alarm.Reason.CLUSTER:
        return (
            _("%(unit)s: a real cluster. An outbreak is proposed within a minute; open it in the list of outbreaks.")
            % about
        )
    return _("%(unit)s: closed as “%(reason)s”.") % about
