"""Scenario levels: where the province and its districts stand, what waits for the head, thresholds and ready tasks."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.command.models import Task
from phaodai.foresight.actions.triggers import accept_trigger, decline_trigger, set_threshold, tasks_ready
from phaodai.foresight.models import TriggerEpisode, TriggerThreshold
from phaodai.foresight.models.trigger_figures import figures_of, units_of
from phaodai.foresight.pages.trigger_words import condition_words, figure_name, figure_value, level_name, met_words
from phaodai.foresight.rules.triggers import FIGURES, Figures, ScenarioLevel, highest_met, levels_of
from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.components import Cell, Column, Empty, Row, State, Table
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Unit

READ, DECIDE = Permission.FORESIGHT_SCENARIO_READ, Permission.FORESIGHT_TRIGGER_DECIDE
PAST = timedelta(days=90)
UNREADABLE = 422


class ThresholdForm(forms.Form):
    """A threshold of one's own."""

    key = forms.CharField(widget=forms.HiddenInput)
    value = forms.FloatField(label=gettext_lazy("Threshold"), min_value=0)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)


class DeclineForm(forms.Form):
    """Why a level is not put into force."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)


def may_decide(actor: Actor) -> bool:
    """Whether this post answers proposals: command of the province."""
    return actor.may(DECIDE) and actor.area.district is None and actor.reach == "area"


@page(READ)
def trigger_levels(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Where every unit stands, the proposals with their tasks, the thresholds."""
    return _shown(request, actor)


def _shown(
    request: HttpRequest, actor: Actor, *, form: ThresholdForm | None = None,
    decline: tuple[int, DeclineForm] | None = None,
) -> HttpResponse:  # fmt: skip
    province, today = actor.area.province or 0, clock.today()
    levels = levels_of(TriggerThreshold.objects.values_of(province))
    units = units_of(province, today)
    figures = figures_of(province, units, today)
    episodes = TriggerEpisode.objects.visible_to(actor).select_related("unit", "officer")
    waiting = list(episodes.waiting().order_by("-level", "begun_at"))
    shown = {
        "may": may_decide(actor),
        "proposals": [_proposal(actor, one, levels, decline) for one in waiting],
        "standing": _standing(units, figures, levels),
        "levels": [_level(one, form) for one in levels],
        "history": _history(list(episodes.since(clock.now() - PAST)[:30])),
        "own": TriggerThreshold.objects.visible_to(actor).select_related("officer").order_by("key"),
    }
    bad = form is not None or decline is not None
    return render(request, "foresight/triggers.html", shown, status=UNREADABLE if bad else 200)


def _proposal(
    actor: Actor,
    episode: TriggerEpisode,
    levels: Sequence[ScenarioLevel],
    decline: tuple[int, DeclineForm] | None,
) -> dict[str, Any]:
    level = next(one for one in levels if one.number == episode.level)
    return {
        "episode": episode,
        "name": level_name(level),
        "met": met_words(episode.met),
        "tasks": [
            {"task": task, "bodies": [body.name for body in bodies]}
            for task, bodies in tasks_ready(level, episode.unit, actor.organisation)
        ],
        "form": decline[1] if decline and decline[0] == episode.pk else DeclineForm(),
    }


def _standing(units: Sequence[Unit], figures: dict[int, Any], levels: Sequence[ScenarioLevel]) -> Table:
    columns = [
        Column("unit", _("Unit")),
        Column("level", _("Meets")),
        *(Column(name, figure_name(name), numeric=True) for name in FIGURES),
    ]
    rows = [_standing_row(unit, figures[unit.pk], levels) for unit in units]
    return Table(
        _("Where each unit stands"), columns, rows, element="standing", empty=Empty(_("No unit is known yet."))
    )


def _standing_row(unit: Unit, figures: Figures, levels: Sequence[ScenarioLevel]) -> Row:
    met = highest_met(levels, figures)
    mark = State(level_name(met[0]), "act" if met[0].number < 3 else "late") if met else State(_("no level"), "")
    values = [Cell(figure_value(name, figures[name]), numeric=True) for name in FIGURES]
    return Row(str(unit.pk), [Cell(unit.name), Cell(mark), *values])


def _level(level: ScenarioLevel, bad: ThresholdForm | None) -> dict[str, Any]:
    forms_of = [
        [
            {
                "condition": one,
                "words": condition_words(one),
                "form": bad
                if bad is not None and bad.data.get("key") == one.key
                else ThresholdForm(initial={"key": one.key, "value": one.value}, prefix=None, auto_id=f"{one.key}-%s"),
            }
            for one in group
        ]
        for group in level.groups
    ]
    return {"level": level, "name": level_name(level), "groups": forms_of}


def _history(episodes: Sequence[TriggerEpisode]) -> Table:
    columns = [
        Column("unit", _("Unit")),
        Column("level", _("Scenario level")),
        Column("met", _("Threshold met")),
        Column("answer", _("Answer")),
        Column("ended", _("No longer met")),
    ]
    levels = {one.number: one for one in levels_of({})}
    sent = Task.objects.filter(pk__in=[pk for one in episodes for pk in one.tasks]).count()
    rows = [
        Row(
            str(one.pk),
            [
                Cell(one.unit.name),
                Cell(level_name(levels[one.level])),
                Cell(moment_words(one.begun_at, language()), met_words(one.met)),
                Cell(one.get_state_display(), _answer(one)),
                Cell(moment_words(one.ended_at, language()) if one.ended_at else _("still met")),
            ],
        )
        for one in episodes
    ]
    caption = _("The last three months; %(count)d tasks of them can be seen by you") % {"count": sent}
    return Table(
        caption, columns, rows, element="episodes", empty=Empty(_("No level was met in the last three months."))
    )


def _answer(episode: TriggerEpisode) -> str:
    parts = [episode.officer.full_name if episode.officer else "", episode.reason]
    if episode.tasks:
        parts.append(_("%(count)d tasks sent") % {"count": len(episode.tasks)})
    return ". ".join(part for part in parts if part)


@page(DECIDE, deed=True)
def accept(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Put a level into force: its tasks go out."""
    done = accept_trigger(actor=actor, moment=clock.now(), pk=pk, version=whole(request.POST.get("version")))
    about = {"unit": done.unit.name, "level": done.level, "count": len(done.tasks)}
    messages.success(request, _("%(unit)s: scenario level %(level)d is in force, %(count)d tasks were sent.") % about)
    return redirect("scenario-levels")


@page(DECIDE, deed=True)
def decline(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Leave a level alone, with a reason."""
    if not TriggerEpisode.objects.visible_to(actor).filter(pk=pk).exists():
        raise NotHere(_("There is no such proposal, or not in your province."))
    form = DeclineForm(request.POST)
    if form.is_valid():
        version, reason = whole(request.POST.get("version")), form.cleaned_data["reason"]
        done = act(
            form, lambda: decline_trigger(actor=actor, moment=clock.now(), pk=pk, version=version, reason=reason)
        )
        if done is not None:
            messages.success(request, _("Declined, with your reason. It is not proposed again for this episode."))
            return redirect("scenario-levels")
    return _shown(request, actor, decline=(pk, form))


@page(DECIDE, deed=True)
def threshold(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Set a threshold of the province's own."""
    form = ThresholdForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        done = act(form, lambda: set_threshold(actor=actor, moment=clock.now(), **values))
        if done is not None:
            messages.success(request, _("Set, in your name and with your reason."))
            return redirect("scenario-levels")
    return _shown(request, actor, form=form)
