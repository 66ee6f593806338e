"""Scenarios side by side; a new one from the present, or from a file."""

from typing import Any

from django.contrib import messages
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.foresight.actions.scenarios import LARGEST_FILE, import_scenario, plan_scenario
from phaodai.foresight.models import ScenarioPlan, ScenarioRun
from phaodai.foresight.pages.scenario_forms import FileForm, PlanForm
from phaodai.foresight.rules.scenario_packs import pack
from phaodai.foundation import clock
from phaodai.foundation.components import Cell, Column, Empty, Name, Row, State, Table
from phaodai.foundation.formats import short_day
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor

SHOWN = 50
UNREADABLE = 422
READ, RUN = Permission.FORESIGHT_SCENARIO_READ, Permission.FORESIGHT_SCENARIO_RUN


def bench_url(pk: int) -> str:
    """Where a scenario is put together."""
    return reverse("scenario", args=[pk])


def run_url(pk: int) -> str:
    """A run: how far it is, then what it gave."""
    return reverse("scenario-run", args=[pk])


def own_unit(actor: Actor) -> int:
    """The province or district whose scenarios an officer plans."""
    unit = actor.area.district or actor.area.province
    if unit is None or actor.area.commune is not None:
        raise NotAllowed(_("Scenarios are planned for a province or a district."))
    return unit


@page(READ)
def scenarios(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every scenario of the province with its last result; whoever may runs a new one from here."""
    form = PlanForm(request.POST or None, initial={"reproduction": 6.5}) if actor.may(RUN) else None
    if request.method == "POST" and form is not None and form.is_valid():
        done = act(form, lambda: _planned(actor, form.cleaned_data))
        if done is not None:
            messages.success(request, _("Planned from this morning's figures. Choose its measures, then run it."))
            return redirect(bench_url(done.pk))
    return _listed(request, actor, form=form)


def _planned(actor: Actor, values: dict[str, Any]) -> ScenarioPlan:
    return plan_scenario(actor=actor, moment=clock.now(), unit_id=own_unit(actor), **values)


@page(RUN, deed=True)
def take_file(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A scenario from a file that somebody else wrote or sent."""
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        done = act(form, lambda: _taken(actor, form.cleaned_data))
        if done is not None:
            messages.success(request, _("Taken from the file. Look at its measures, then run it."))
            return redirect(bench_url(done.pk))
    return _listed(request, actor, form=PlanForm(initial={"reproduction": 6.5}), file_form=form)


def _taken(actor: Actor, values: dict[str, Any]) -> ScenarioPlan:
    if values["file"].size > LARGEST_FILE:
        raise Refusal(_("This file is larger than a scenario can be (500 kB)."), field="file")
    try:
        text = values["file"].read().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Refusal(_("This file is not UTF-8 text. Save it as UTF-8."), field="file") from problem
    return import_scenario(actor=actor, moment=clock.now(), unit_id=own_unit(actor), name=values["name"], text=text)


def _listed(
    request: HttpRequest, actor: Actor, *, form: PlanForm | None, file_form: FileForm | None = None
) -> HttpResponse:
    plans = ScenarioPlan.objects.visible_to(actor).select_related("unit", "officer").defer("beginning", "today")
    finished = Max("runs__pk", filter=Q(runs__state=ScenarioRun.State.FINISHED))
    rows: list[Any] = list(
        plans.annotate(last_run=finished, newest=Max("runs__pk")).order_by("-created_at", "-pk")[:SHOWN]
    )
    states = dict(ScenarioRun.objects.filter(pk__in=[one.newest for one in rows]).values_list("pk", "state"))
    bad = any(one is not None and one.errors for one in (form, file_form))
    shown = {
        "form": form,
        "file_form": file_form or (FileForm() if form is not None else None),
        "table": _table(rows, states),
        "unfound": pack()["beginning"]["unfound"],
    }
    return render(request, "foresight/scenarios.html", shown, status=UNREADABLE if bad else 200)


def _table(plans: list[Any], states: dict[int, str]) -> Table:
    columns = [
        Column("name", _("Scenario")),
        Column("unit", _("Unit")),
        Column("start", _("From")),
        Column("result", _("Result")),
    ]
    rows = [
        Row(
            str(one.pk),
            [
                Cell(Name(one.name, bench_url(one.pk)), one.officer.full_name if one.officer else ""),
                Cell(one.unit.name),
                Cell(short_day(one.start, language()), _("%(days)d days") % {"days": one.days}),
                Cell(_result(one, states)),
            ],
        )
        for one in plans
    ]
    empty = Empty(_("No scenario yet. Plan the first one on this page: it starts from this morning's figures."))
    return Table(_("Scenarios"), columns, rows, element="scenarios", empty=empty)


def _result(plan: Any, states: dict[int, str]) -> Any:
    state = states.get(plan.newest)
    if state in (ScenarioRun.State.WAITING, ScenarioRun.State.RUNNING):
        return Name(_("is being computed"), run_url(plan.newest))
    if plan.last_run:
        return Name(_("See the result"), run_url(plan.last_run))
    return State(_("not run yet"), "")
