"""An arrival on a page of its own, and the commune's work with arrivals: decided, visited, placed, watched."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from phaodai.containment.actions import arrivals_deciding as deciding
from phaodai.containment.actions import arrivals_handing as handing
from phaodai.containment.models import Arrival, Monitoring, Site
from phaodai.containment.pages.arrivals_showing import (
    chosen_words,
    clock_words,
    outcome_words,
    reason_of,
    step_mark,
    until_words,
    why_words,
)
from phaodai.containment.rules.arrivals import LONGEST
from phaodai.foundation import clock
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.components import Empty, Queue, QueueItem, State, Why
from phaodai.foundation.formats import ago
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act, status_of
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor

SHOWN = 60


class DecisionForm(forms.Form):
    """What an officer decides where the rule could not."""

    outcome = forms.ChoiceField(
        label=pgettext_lazy("arrival", "What follows"),
        choices=[choice for choice in Arrival.Outcome.choices if choice[0] != Arrival.Outcome.UNDECIDED],
        widget=forms.RadioSelect,
    )
    days = forms.IntegerField(
        label=pgettext_lazy("arrival", "Days of quarantine"), min_value=0, max_value=LONGEST, required=False, initial=0
    )
    monitor_days = forms.IntegerField(
        label=pgettext_lazy("arrival", "Days of monitoring"), min_value=0, max_value=LONGEST, required=False, initial=0
    )
    reason = forms.CharField(
        label=pgettext_lazy("arrival", "Document or finding that says so"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
    )


class VisitForm(forms.Form):
    """The commune has met the person."""

    address = forms.CharField(label=pgettext_lazy("arrival", "Address there"), required=False, max_length=160)
    own_room = forms.BooleanField(label=gettext_lazy("Has a room of their own"), required=False)


class PlaceForm(forms.Form):
    """Where somebody is admitted."""

    site = forms.ModelChoiceField(Site.objects.none(), label=gettext_lazy("Quarantine site"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = self.fields["site"]
        assert isinstance(sites, forms.ModelChoiceField)
        sites.queryset = Site.objects.visible_to(actor).open().order_by("sort_key")


class StopForm(forms.Form):
    """Why monitoring stops before its last day."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


def _found(actor: Actor, pk: int) -> Arrival:
    rows = Arrival.objects.visible_to(actor).select_related(
        *("checkpoint", "origin", "destination", "declaration", "decided_by", "organisation", "group", "person")
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is no such arrival that your post may see."))
    return found


@page(Permission.CONTAINMENT_ARRIVAL_READ)
def arrival(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Who, from where, what follows and why; and the next step, for whoever it belongs to."""
    return _shown(request, actor, _found(actor, pk))


def _shown(request: HttpRequest, actor: Actor, one: Arrival, form: Any = None) -> HttpResponse:
    watched = Monitoring.objects.visible_to(actor).filter(arrival=one).first()
    shown = {
        "arrival": one,
        "words": outcome_words(one.outcome),
        "mark": step_mark(one),
        "lines": until_words(one),
        "clock": clock_words(one),
        "why": Why(reason_of(one)),
        "reason": why_words(one.record),
        "decided": chosen_words(one),
        "monitoring": watched,
        "may_write": actor.may(Permission.CONTAINMENT_STAY_WRITE) and actor.area.holds(one),
        "words_of_day": Monitoring.Word.choices,
        **_forms(actor, one, form),
    }
    return render(request, "containment/arrival.html", shown, status=status_of(form) if form is not None else 200)


def _forms(actor: Actor, one: Arrival, sent: Any) -> dict[str, Any]:
    """The form of the step that is due; the sent one, with its refusal, in its place."""
    due: dict[str, tuple[str, Callable[[], Any]]] = {
        Arrival.Step.TO_DECIDE: ("decision_form", DecisionForm),
        Arrival.Step.TO_VISIT: ("visit_form", lambda: VisitForm(initial={"address": one.address})),
        Arrival.Step.TO_PLACE: ("place_form", lambda: PlaceForm(actor)),
        Arrival.Step.MONITORED: ("stop_form", StopForm),
    }
    if one.step not in due:
        return {"form": sent}
    name, make = due[Arrival.Step(one.step)]
    return {name: sent if sent is not None else make()}


def _deed(
    request: HttpRequest, actor: Actor, pk: int, form: forms.Form, deed: Callable[..., Any], done: str
) -> HttpResponse:
    """Do one step behind its form; a refusal is shown at its field on the same page."""
    if form.is_valid():
        values = dict(form.cleaned_data)
        made = act(form, lambda: deed(actor=actor, moment=clock.now(), **values))
        if made is not None:
            messages.success(request, done)
            return redirect("containment-arrival", pk=pk)
    return _shown(request, actor, _found(actor, pk), form)


@page(Permission.CONTAINMENT_STAY_WRITE, deed=True)
def decide(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """An officer says what follows."""
    _found(actor, pk)
    form = DecisionForm(request.POST)

    def deed(*, days: int | None, monitor_days: int | None, **more: Any) -> Arrival:
        return deciding.decide_arrival(arrival_id=pk, days=days or 0, monitor_days=monitor_days or 0, **more)

    return _deed(request, actor, pk, form, deed, _("Decided. The reason is kept beside what the rule said."))


@page(Permission.CONTAINMENT_ARRIVAL_LOG, deed=True)
def ask_again(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Ask the rule once more, now that more is known."""
    deciding.ask_again(actor=actor, moment=clock.now(), arrival_id=pk)
    messages.info(request, _("Asked again: the answer is below."))
    return redirect("containment-arrival", pk=pk)


@page(Permission.CONTAINMENT_STAY_WRITE, deed=True)
def visit(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The commune takes over."""
    _found(actor, pk)

    def deed(**values: Any) -> Arrival:
        return handing.take_over(arrival_id=pk, **values)

    return _deed(
        request, actor, pk, VisitForm(request.POST), deed, _("Taken over. The person is on the commune's lists.")
    )


@page(Permission.CONTAINMENT_STAY_WRITE, deed=True)
def place(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Admit to a quarantine site."""
    _found(actor, pk)

    def deed(*, site: Site, **more: Any) -> Arrival:
        return handing.place_at_site(arrival_id=pk, site_id=site.pk, **more)

    return _deed(
        request, actor, pk, PlaceForm(actor, request.POST), deed, _("Admitted, in the cohort of the day of arrival.")
    )


@page(Permission.CONTAINMENT_STAY_WRITE, deed=True)
def end(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Quarantine is over."""
    handing.end_quarantine(actor=actor, moment=clock.now(), arrival_id=pk)
    messages.success(request, _("Quarantine is over. What the decision asked for afterwards has begun."))
    return redirect("containment-arrival", pk=pk)


@page(Permission.CONTAINMENT_STAY_WRITE, deed=True)
def watch(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """How somebody was today, in one tap."""
    word = request.POST.get("word", "")
    done = handing.note_monitoring(actor=actor, moment=clock.now(), monitoring_id=pk, word=word)
    if word == Monitoring.Word.UNWELL:
        messages.warning(request, _("Unwell: examine and test today. The health centre sees it too."))
    return redirect("containment-arrival", pk=done.arrival_id)


@page(Permission.CONTAINMENT_STAY_WRITE, deed=True)
def stop(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Monitoring stops before its last day."""
    watched = Monitoring.objects.visible_to(actor).filter(pk=pk).first()
    if watched is None:
        raise NotHere(_("There is no such arrival that your post may see."))

    def deed(**values: Any) -> Monitoring:
        return handing.stop_monitoring(monitoring_id=pk, **values)

    form = StopForm(request.POST)
    return _deed(request, actor, watched.arrival_id, form, deed, _("Monitoring stopped. The reason is kept."))


@page(Permission.CONTAINMENT_ARRIVAL_READ)
def work(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What an officer's area has to do about arrivals: to decide, to place, to visit, to ask today."""
    moment = clock.now()
    waiting = in_area(actor).waiting()
    counts = dict(waiting.order_by().values_list("step").annotate(Count("pk")))
    asked = to_ask(actor, moment)
    shown = {
        "groups": [
            (label, counts.get(step, 0), Queue([queue_item(one, moment) for one in _of(waiting, step)], _nobody()))
            for step, label in _STEPS
        ],
        "asked": [(one, one.asked_on(moment)) for one in asked.select_related("arrival")[:SHOWN]],
        "may_write": actor.may(Permission.CONTAINMENT_STAY_WRITE),
        "today": moment.astimezone(VIETNAM).date(),
        "registers": [(_("All arrivals"), reverse("nguoi-den-list")), (_("Checkpoints"), reverse("chot-list"))],
    }
    return render(request, "containment/arrivals_work.html", shown)


_STEPS = (
    (Arrival.Step.TO_DECIDE, pgettext_lazy("arrival", "Waits for a decision")),
    (Arrival.Step.TO_PLACE, pgettext_lazy("arrival", "To be placed at a site")),
    (Arrival.Step.TO_VISIT, pgettext_lazy("arrival", "To be visited at home")),
)


def in_area(actor: Actor) -> Any:
    """Arrivals bound for the officer's area, without those who only came through the own gate."""
    narrowed = actor.area.narrowing
    return Arrival.objects.visible_to(actor).filter(**narrowed)


def to_ask(actor: Actor, moment: datetime) -> Any:
    """Who is watched and was not asked today, then who was; the longest unasked first."""
    running = Monitoring.objects.visible_to(actor).running_on(moment.astimezone(VIETNAM).date())
    return running.order_by("last_asked_on", "ends_on", "pk")


def _of(waiting: Any, step: str) -> Any:
    rows = waiting.filter(step=step).select_related("origin", "destination", "checkpoint")
    return rows.order_by("-urgent", "at", "pk")[:SHOWN]


def _nobody() -> Empty:
    return Empty(pgettext("arrivals", "Nobody waits."))


def queue_item(one: Arrival, moment: datetime) -> QueueItem:
    """One arrival as a line of a queue."""
    verb = {
        Arrival.Step.TO_DECIDE: _("Decide: %(who)s"),
        Arrival.Step.TO_PLACE: _("Place: %(who)s"),
        Arrival.Step.TO_VISIT: _("Visit: %(who)s"),
    }[Arrival.Step(one.step)]
    about = {"origin": one.origin_said or "–", "commune": one.destination.name, "what": outcome_words(one.outcome)}
    since = State(ago(one.at, moment, language()), "late" if one.urgent else "act")
    words = _("From %(origin)s to %(commune)s. %(what)s.") % about
    url = reverse("containment-arrival", args=[one.pk])
    return QueueItem(verb % {"who": one.masked}, since, words, url, [Why(reason_of(one))])


def arrivals_queue(actor: Actor, moment: datetime) -> list[QueueItem]:
    """For the day's page: one line for each kind of work that waits, the number in it."""
    if not actor.may(Permission.CONTAINMENT_STAY_WRITE):
        return []
    counts = dict(in_area(actor).waiting().order_by().values_list("step").annotate(Count("pk")))
    unasked = to_ask(actor, moment).exclude(last_asked_on=moment.astimezone(VIETNAM).date()).count()
    url = reverse("containment-arrivals-work")
    lines = [
        (pgettext("arrivals", "%(count)d arrivals wait for a decision"), counts.get(Arrival.Step.TO_DECIDE, 0), "late")
    ]
    lines += [
        (pgettext("arrivals", "%(count)d arrivals to place at a site"), counts.get(Arrival.Step.TO_PLACE, 0), "act")
    ]
    lines += [(pgettext("arrivals", "%(count)d arrivals to visit"), counts.get(Arrival.Step.TO_VISIT, 0), "act")]
    lines += [(pgettext("arrivals", "%(count)d people to ask how they are"), unasked, "act")]
    return [
        QueueItem(words % {"count": count}, State(pgettext("arrivals", "today"), kind), "", url, [])  # type: ignore[arg-type]
        for words, count, kind in lines
        if count
    ]
