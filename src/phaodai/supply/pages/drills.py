"""Drills of readiness: called, answered on a phone beside the shelf, and what came out."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.components import Cell, Column, Content, Empty, Row, State, Table
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.formats import span, time_left
from phaodai.foundation.pages import page
from phaodai.foundation.refusals import NotAllowed, NotHere
from phaodai.foundation.registers.editing import act, status_of
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.supply.actions import drills
from phaodai.supply.models import DrillCall, DrillCount, Figure, NeedMapping, ReadinessDrill
from phaodai.supply.pages.funds import amount
from phaodai.supply.pages.funds_forms import QuantityField
from phaodai.supply.pages.readiness import READ, WRITE
from phaodai.supply.pages.readiness_words import counted_name
from phaodai.supply.rules.readiness import agreeing, booked_difference
from phaodai.territory.models import Tier, Unit

SHOWN = 50


class DrillForm(forms.Form):
    """A new drill."""

    title = forms.CharField(label=pgettext_lazy("drill", "Name of the drill"), max_length=160)
    hours = forms.IntegerField(
        label=gettext_lazy("Hours to answer"), min_value=1, max_value=168, initial=24,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )  # fmt: skip
    keys = forms.MultipleChoiceField(label=gettext_lazy("What to count"), widget=forms.CheckboxSelectMultiple)
    unit_ids = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Which units"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["keys"].choices = _countable(actor)  # type: ignore[attr-defined]
        self.fields["unit_ids"].choices = _units(actor)  # type: ignore[attr-defined]


def _countable(actor: Actor) -> list[tuple[str, str]]:
    """Numbers that units report, and the items by which needs are met."""
    mapped = NeedMapping.objects.visible_to(actor).exclude(item=None).select_related("item").order_by("item__sort_key")
    items = {f"{drills.ITEM}{row.item.code}": row.item.name for row in mapped}
    return [*((one.value, str(one.label)) for one in Figure if not one.is_worded), *items.items()]


def _units(actor: Actor) -> list[tuple[int, str]]:
    """The units below the officer's own, and that one itself."""
    inside = Unit.objects.inside(actor.area).as_of(clock.today()).filter(tier__lte=Tier.COMMUNE)
    if actor.area.district is None:
        inside = inside.filter(tier__lte=Tier.DISTRICT)
    return list(inside.order_by("tier", "sort_key").values_list("pk", "name"))


@page(READ)
def overview(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Drills of the province, and those that the officer's unit must answer; POST calls one."""
    if request.method == "POST":
        actor.require(WRITE)
    form = DrillForm(actor, request.POST or None) if actor.may(WRITE) else None
    if request.method == "POST" and form is not None and form.is_valid():
        made = act(form, lambda: drills.call_drill(actor=actor, moment=clock.now(), **form.cleaned_data))
        if made is not None:
            messages.success(request, _("The drill is called. Every unit sees it now."))
            return redirect("supply-drill", pk=made.pk)
    shown = {"table": _drills_table(actor), "asked": _asked(actor), "form": form}
    return render(request, "supply/drills.html", shown, status=status_of(form) if form else 200)


def _asked(actor: Actor) -> list[tuple[DrillCall, Content]]:
    """Calls that wait for an answer of the officer's own unit."""
    return [(one, _clock(one)) for one in DrillCall.objects.owed_by(actor)[:SHOWN]]


def _clock(call: DrillCall) -> State:
    late = call.is_late(clock.now())
    return State(time_left(call.drill.due_at, clock.now(), language()), "late" if late else "act")


def _drills_table(actor: Actor) -> Table:
    rows = ReadinessDrill.objects.visible_to(actor).select_related("organisation").order_by("-called_at", "-pk")
    columns = [
        Column("drill", _("Drill")),
        Column("by", _("Called by")),
        Column("due", pgettext("drill", "Answer by")),
        Column("state", _("State")),
    ]
    lines = [
        Row(
            str(one.pk),
            [
                Cell(one.title),
                Cell(one.organisation.short_name),
                Cell(moment_words(one.due_at, language())),
                Cell(one.get_state_display()),
            ],
            url=reverse("supply-drill", args=[one.pk]),
        )
        for one in rows[:SHOWN]
    ]
    return Table(_("Drills"), columns, lines, empty=Empty(_("No drill was called yet.")), element="drills")


class CloseForm(forms.Form):
    """What was learned."""

    lesson = forms.CharField(
        label=pgettext_lazy("drill", "What was learned"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )


def _seen(actor: Actor, pk: int) -> ReadinessDrill:
    rows = ReadinessDrill.objects.visible_to(actor).select_related("organisation")
    found: ReadinessDrill | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is no such drill that your post may see."))
    return found


@page(READ)
def drill(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Who answered when, and how far books and shelves lie apart; POST closes it."""
    one = _seen(actor, pk)
    mine = actor.may(WRITE) and one.organisation_id == actor.organisation
    if request.method == "POST" and not mine:
        raise NotAllowed(_("%(who)s called this drill and closes it.") % {"who": one.organisation.name})
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = act(form, lambda: drills.close_drill(actor=actor, moment=clock.now(), drill_id=pk, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("The drill is closed; its result stays."))
            return redirect("supply-drill", pk=pk)
    calls = list(one.calls.select_related("unit", "officer").order_by("unit__tier", "unit__sort_key"))
    counts = list(DrillCount.objects.filter(call__in=calls).select_related("call__unit").order_by("call", "pk"))
    shown = {
        "drill": one,
        "answers": _answers_table(one, calls, actor),
        "counts": _counts_table(counts),
        "agree": agreeing((row.booked, row.counted) for row in counts),
        "answered": sum(call.answered_at is not None for call in calls),
        "all": len(calls),
        "form": form if mine and one.state == ReadinessDrill.State.OPEN else None,
    }
    return render(request, "supply/drill.html", shown, status=status_of(form))


def _answers_table(one: ReadinessDrill, calls: list[DrillCall], actor: Actor) -> Table:
    columns = [
        Column("unit", _("Unit")),
        Column("answered", pgettext("drill", "Answered")),
        Column("took", _("Time to answer")),
        Column("by", _("Answered by")),
    ]
    rows = [
        Row(
            str(call.pk),
            [
                Cell(call.unit.name, call.note),
                Cell(_answered(call)),
                Cell(_took(call, one)),
                Cell(call.officer.full_name if call.officer else "–"),
            ],
            url=reverse("supply-drill-answer", args=[call.pk]) if _open_to(actor, call, one) else "",
        )
        for call in calls
    ]
    return Table(_("Who was asked"), columns, rows, element="answers")


def _open_to(actor: Actor, call: DrillCall, one: ReadinessDrill) -> bool:
    return call.answered_at is None and one.state == ReadinessDrill.State.OPEN and actor.may(WRITE)


def _answered(call: DrillCall) -> Content:
    if call.answered_at is None:
        return _clock(call) if call.drill.state == ReadinessDrill.State.OPEN else State(_("not answered"), "late")
    words = moment_words(call.answered_at, language())
    return State(words, "late" if call.is_late(call.answered_at) else "", "check")


def _took(call: DrillCall, one: ReadinessDrill) -> str:
    if call.answered_at is None:
        return "–"
    took: timedelta = call.answered_at - one.called_at
    return span(took, language())


def _counts_table(counts: list[DrillCount]) -> Table:
    columns = [
        Column("unit", _("Unit")),
        Column("what", _("What")),
        Column("booked", pgettext("drill", "In the books"), numeric=True),
        Column("counted", pgettext("drill", "Counted"), numeric=True),
        Column("difference", _("Difference"), numeric=True),
    ]
    rows = [
        Row(
            str(row.pk),
            [
                Cell(row.call.unit.name),
                Cell(counted_name(row.key, row.label)),
                Cell(amount(row.booked) if row.booked is not None else "–", numeric=True),
                Cell(amount(row.counted), numeric=True),
                _difference(row),
            ],
        )
        for row in counts
    ]
    return Table(_("What was counted"), columns, rows, empty=Empty(_("Nobody has counted yet.")), element="counts")


def _difference(row: DrillCount) -> Cell:
    apart = booked_difference(row.booked, row.counted)
    if apart is None:
        return Cell(_("not in the books"), numeric=True, kind="doubtful")
    sign = "+" if apart > 0 else ""
    return Cell(f"{sign}{amount(apart)}" if apart else _("none"), numeric=True, kind="late" if apart else "")


class AnswerForm(forms.Form):
    """One number for each thing that is to be counted."""

    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=300)

    def __init__(self, asked: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        counted = {key: QuantityField(label=label) for key, label in asked}
        self.fields = {**counted, **self.fields}


@page(WRITE)
def answer(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Count, and send; the books are not shown before, so that nobody copies them."""
    rows = DrillCall.objects.visible_to(actor).select_related("drill", "unit")
    call = rows.filter(pk=pk).first()
    if call is None or not actor.area.holds(call.unit):
        raise NotHere(_("There is no such drill for your unit."))
    names = drills.booked_of(call.unit, call.drill.keys, clock.now())
    form = AnswerForm([(key, counted_name(key, names[key][0])) for key in call.drill.keys], request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = act(form, lambda: _answer(actor, call, dict(form.cleaned_data)))
        if done is not None:
            messages.success(request, _("Thank you. The count is written down."))
            return redirect("supply-drill", pk=call.drill_id)
    shown = {"call": call, "form": form, "clock": _clock(call)}
    return render(request, "supply/drill_answer.html", shown, status=status_of(form))


def _answer(actor: Actor, call: DrillCall, said: dict[str, Any]) -> DrillCall:
    note = said.pop("note")
    counted = {key: Decimal(much) for key, much in said.items()}
    return drills.answer_drill(actor=actor, moment=clock.now(), call_id=call.pk, counted=counted, note=note)
