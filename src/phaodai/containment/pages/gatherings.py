"""Gatherings of an area by day: what waits for the commune, the list and the map, one gathering, its inspection."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from phaodai.command.actions.documents import Upload
from phaodai.containment.actions.gatherings import inspect_gathering, rule_on_gathering, see_organiser
from phaodai.containment.models import Gathering, GatheringAnswer, GatheringPhoto, GatheringVisit, LevelDecision
from phaodai.containment.models.gatherings import Outcome
from phaodai.containment.pages.gatherings_public import MOST_PEOPLE
from phaodai.containment.pages.gatherings_queue import waiting_items
from phaodai.containment.pages.gatherings_words import (
    answer_mark,
    awaited_of,
    basis_of,
    changes_of,
    headline,
    masked_organiser,
    state_mark,
    when_words,
)
from phaodai.containment.pages.photos import photo_answer
from phaodai.containment.showing import unit_url
from phaodai.foundation import clock
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.components import (
    Cell,
    Chip,
    Chips,
    Column,
    Empty,
    Facts,
    Log,
    LogEntry,
    Queue,
    Row,
    Table,
)
from phaodai.foundation.formats import clock as hour_words
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.formats import number, weekday_and_day
from phaodai.foundation.maps import MappedUnit, UnitMap
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act, status_of
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Tier, Unit
from phaodai.territory.pages.asking import day_of
from phaodai.territory.pages.drawing import outlines

FINEST = 0.4 / 386
READ = Permission.CONTAINMENT_GATHERING_READ


class RulingForm(forms.Form):
    """Confirm, set the number, or decide otherwise with a reason."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[choice for choice in Outcome.choices if choice[0] != Outcome.OPEN],
        widget=forms.RadioSelect,
    )
    most = forms.IntegerField(
        label=gettext_lazy("At most how many people"),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, max_length=500, widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("The organiser reads it. Needed where you decide otherwise than the rule."),
    )  # fmt: skip


class VisitForm(forms.Form):
    """What is seen on the day, with one thumb."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    counted = forms.IntegerField(
        label=gettext_lazy("How many people are there?"), min_value=0, max_value=1_000_000,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )  # fmt: skip
    found = forms.ChoiceField(
        label=gettext_lazy("What was found"), choices=GatheringVisit.Found.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )
    photo = forms.FileField(
        label=gettext_lazy("Photo"), required=False, allow_empty_file=True,
        widget=forms.FileInput({"accept": "image/*", "capture": "environment"}),
    )  # fmt: skip


@page(READ)
def by_day(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits, and what is held on `?ngay=`."""
    day = day_of(request)
    rows = Gathering.objects.visible_to(actor).live().filter(**actor.area.narrowing).select_related("unit")
    # A repeating one is held on some of the days between its first and its last.
    near = rows.filter(begins_at__lt=_end_of(day), last_day__gte=day).order_by("begins_at", "pk")
    today = [one for one in near if one.held_on(day)]
    shown = {
        "day": day,
        "chips": _day_chips(day),
        "queue": Queue(waiting_items(actor, clock.now()), Empty(_("No gathering waits for an answer."))),
        "table": _table(today, day),
        "map": _map(actor, today, day),
        "people": sum(one.expected for one in today),
        "count": len(today),
    }
    return render(request, "containment/gatherings.html", shown)


def _end_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM) + timedelta(days=1)


def _day_chips(day: date) -> Chips:
    days = [day + timedelta(days=offset) for offset in range(-1, 7)]
    url = reverse("containment-gatherings")
    chips = [
        Chip(weekday_and_day(one, language()), f"{url}?ngay={one.isoformat()}", current=one == day) for one in days
    ]
    return Chips(chips, _("Day"))


def _table(gatherings: list[Gathering], day: date) -> Table:
    columns = [
        Column("kind", pgettext("gathering", "Gathering")),
        Column("commune", _("Commune")),
        Column("when", _("Begins")),
        Column("expected", _("People expected"), numeric=True),
        Column("answer", _("Answer")),
        Column("state", _("State")),
    ]
    rows = [
        Row(
            str(one.pk),
            [
                Cell(f"{one.get_kind_display()}, {one.venue}"),
                Cell(one.unit.name),
                Cell(hour_words(one.begins_at.astimezone(VIETNAM))),
                Cell(number(one.expected, 0, language()), numeric=True),
                Cell(answer_mark(one)),
                Cell(state_mark(one)),
            ],
            url=reverse("containment-gathering", args=[one.pk]),
        )
        for one in gatherings
    ]
    empty = Empty(_("Nothing is announced for %(day)s.") % {"day": weekday_and_day(day, language())})
    return Table(_("Gatherings of the day"), columns, rows, empty=empty, element="gatherings")


def _map(actor: Actor, gatherings: list[Gathering], day: date) -> UnitMap | None:
    """The communes of the area at their levels; those with gatherings are named with their number."""
    units = list(Unit.objects.as_of(day).tier(Tier.COMMUNE).filter(**actor.area.narrowing).order_by("sort_key"))
    drawn = outlines(units, FINEST)
    if not drawn or actor.area.commune is not None:
        return None
    levels, held = LevelDecision.objects.levels_on(day), Counter(one.unit_id for one in gatherings)
    mapped = [
        MappedUnit(_named(unit, held[unit.pk]), shape, levels.get(unit.pk, 0), unit_url(unit.pk, day))
        for unit, shape in drawn
    ]
    places = [
        (str(held[unit.pk]), (unit.longitude, unit.latitude))
        for unit, _shape in drawn
        if held[unit.pk] and unit.longitude and unit.latitude
    ]
    return UnitMap(_("Gatherings by commune"), weekday_and_day(day, language()), mapped, (), places, noun=_("communes"))


def _named(unit: Unit, held: int) -> str:
    if not held:
        return unit.name
    return f"{unit.name}: " + ngettext("%(count)d gathering", "%(count)d gatherings", held) % {"count": held}


@page(READ)
def gathering(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One gathering with its answer, its reason, and what was seen."""
    return render(request, "containment/gathering.html", _context(actor, _seen(actor, pk)))


def _seen(actor: Actor, pk: int) -> Gathering:
    rows = Gathering.objects.visible_to(actor).select_related("unit", "ruled_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return found


def _context(actor: Actor, one: Gathering, **more: Any) -> dict[str, Any]:
    answers = list(one.answers.select_related("officer"))
    by_rule = [row for row in answers if row.cause != GatheringAnswer.Cause.COMMUNE][-1]
    live = one.state != Gathering.State.WITHDRAWN
    may_answer = live and actor.may(Permission.CONTAINMENT_GATHERING_ANSWER) and actor.area.holds(one)
    may_visit = actor.may(Permission.CONTAINMENT_INSPECTION_WRITE) and actor.area.holds(one)
    return {
        "gathering": one,
        "headline": headline(one.outcome, one.most),
        "mark": state_mark(one),
        "when": when_words(one),
        "why": by_rule.why(language()),
        "basis": Facts(basis_of(by_rule)),
        "changes": changes_of(by_rule),
        "awaited": awaited_of(by_rule),
        "log": Log([_answered(row) for row in reversed(answers)]),
        "visits": one.visits.select_related("officer").prefetch_related("photos"),
        "organiser": masked_organiser(one),
        "promises": [label for value, label in Gathering.Promise.choices if value in one.promises],
        "form": RulingForm(initial=_proposed(one)) if may_answer else None,
        "may_visit": may_visit,
        "held_today": live and one.held_on(clock.today()),
        **more,
    }


def _proposed(one: Gathering) -> dict[str, Any]:
    return {"outcome": one.outcome if one.outcome != Outcome.OPEN else None, "most": one.most}


def _answered(row: GatheringAnswer) -> LogEntry:
    who = f" ({row.officer.full_name})" if row.officer else ""
    words = f"{row.get_cause_display()}{who}: {headline(row.outcome, row.most)}"
    return LogEntry(moment_words(row.at, language()), f"{words}. {row.reason}" if row.reason else words)


@page(Permission.CONTAINMENT_GATHERING_ANSWER, deed=True)
def rule(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Answer the organiser for the commune."""
    one, form = _seen(actor, pk), RulingForm(request.POST)
    if form.is_valid():
        done = act(
            form,
            lambda: rule_on_gathering(actor=actor, moment=clock.now(), gathering_id=pk, **form.cleaned_data),
        )
        if done is not None:
            messages.success(
                request, _("The organiser now reads: %(answer)s.") % {"answer": headline(done.outcome, done.most)}
            )
            return redirect("containment-gathering", pk=pk)
    return render(request, "containment/gathering.html", _context(actor, one, form=form), status=status_of(form))


@page(Permission.CONTAINMENT_INSPECTION_WRITE, deed=True)
def organiser(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Name and telephone, to ring them; the look is kept."""
    found = see_organiser(actor=actor, moment=clock.now(), gathering_id=pk)
    named = f"{found.organiser_name}, {found.organiser_phone}" if found.organiser_name else _("already forgotten")
    return render(
        request, "containment/gathering.html", _context(actor, _seen(actor, pk), organiser=named, revealed=True)
    )


@page(Permission.CONTAINMENT_INSPECTION_WRITE)
def inspect(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """On a phone at the door: people counted, what was found, a photo."""
    one = _seen(actor, pk)
    form = VisitForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        done = act(form, lambda: _inspect(actor, pk, dict(form.cleaned_data)))
        if done is not None:
            messages.success(request, _("Kept: %(count)d people counted.") % {"count": done.counted})
            return redirect("containment-gathering", pk=pk)
    shown = {"gathering": one, "form": form, "headline": headline(one.outcome, one.most), "when": when_words(one)}
    return render(request, "containment/gathering_visit.html", shown, status=status_of(form))


def _inspect(actor: Actor, pk: int, values: dict[str, Any]) -> GatheringVisit:
    photo = values.pop("photo", None)
    uploads = [Upload(photo.name, photo.content_type or "", photo.read())] if photo else []
    return inspect_gathering(actor=actor, moment=clock.now(), gathering_id=pk, photos=uploads, **values)


@page(READ)
def photo(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """A picture of the day, for those who see the gathering."""
    del request
    return photo_answer(
        GatheringPhoto.objects.filter(pk=pk, visit__gathering__in=Gathering.objects.visible_to(actor)).first()
    )
