"""The bench: a scenario's measures chosen on the map or in the list beside it, with dates; its file; its run."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.foresight.actions.scenario_runs import start_run
from phaodai.foresight.actions.scenarios import add_order, amend_scenario, remove_order, setting_of
from phaodai.foresight.models import ScenarioPlan
from phaodai.foresight.models.scenario_present import communes_of
from phaodai.foresight.pages.scenario_forms import CHOSEN, AmendForm, MeasureForm
from phaodai.foresight.pages.scenario_law import law_of
from phaodai.foresight.pages.scenario_words import KINDS, measures_of, names_in
from phaodai.foresight.pages.scenarios import READ, RUN, bench_url, run_url
from phaodai.foresight.rules.scenario_files import scenario_file
from phaodai.foresight.rules.scenario_packs import unfound
from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.components import Chip, Chips, Fact, Facts
from phaodai.foundation.formats import day, number, percent
from phaodai.foundation.maps import WIDTH, MappedUnit, UnitMap
from phaodai.foundation.pages import page
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.territory.pages.drawing import outlines

FINEST = 0.4 / WIDTH


def seen(actor: Actor, pk: int) -> ScenarioPlan:
    """A plan of the officer's province."""
    rows = ScenarioPlan.objects.visible_to(actor).select_related("unit", "officer")
    plan = rows.filter(pk=pk).first()
    if plan is None:
        raise NotHere(_("There is no such scenario, or not in your province."))
    return plan


@page(READ)
def bench(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """A scenario: what it starts from, what it orders, and the form of the measure asked for by `?bien-phap=`."""
    return _shown(request, actor, seen(actor, pk))


def _shown(
    request: HttpRequest, actor: Actor, plan: ScenarioPlan, *, form: MeasureForm | None = None,
    amend: AmendForm | None = None, area: list[str] | None = None,
) -> HttpResponse:  # fmt: skip
    may = actor.may(RUN) and actor.area.holds(plan)
    asked = request.GET.get("bien-phap", "")
    form = form or MeasureForm(asked if asked in CHOSEN else CHOSEN[0], plan)
    names = names_in(plan.beginning)
    shown: dict[str, Any] = {
        "plan": plan,
        "may": may,
        "measures": measures_of(plan.orders, names, plan.start),
        "today": measures_of(plan.today, names, plan.start),
        "same": plan.orders == plan.today,
        "beginning": _beginning(plan),
        "law": law_of(plan.province_id, plan.orders, plan.beginning, clock.today()),
        "runs": plan.runs.light().order_by("-queued_at")[:5],
        "map": _map(plan),
        "form": form,
        "chosen": set(area or ()),
        "kinds": _kinds(plan, form.kind),
        "amend": amend or AmendForm(instance=plan, initial={"version": plan.version}),
    }
    bad = form.errors or (amend is not None and amend.errors)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if bad else HTTPStatus.OK
    return render(request, "foresight/scenario.html", shown, status=status)


def _kinds(plan: ScenarioPlan, current: str) -> Chips:
    url = bench_url(plan.pk)
    chips = [Chip(str(KINDS[kind]), f"{url}?bien-phap={kind}#chon", current=kind == current) for kind in CHOSEN]
    return Chips(chips, _("Which measure"))


def _beginning(plan: ScenarioPlan) -> Facts:
    kept, people = plan.beginning, setting_of(plan).people
    found = sum(kept.get("cases", {}).values()) + kept.get("rest", 0)
    share = kept.get("vaccinated")
    facts = [
        Fact(_("People"), number(people, 0, language()), _("from the territory")),
        Fact(
            _("Cases of the last seven days"),
            number(found, 0, language()),
            _("from the estimates of %(day)s; for each case found %(unfound)s more is taken as not found (assumed)")
            % {"day": day(plan.start, language()), "unfound": number(unfound(), 1, language())},
        ),
        Fact(_("Communes with a decided level"), number(len(kept.get("levels", {})), 0, language())),
        Fact(
            _("Adults fully vaccinated"),
            percent(share, 0, language()) if share is not None else _("not known: nobody is taken as vaccinated"),
        ),
    ]
    return Facts(facts)


def _map(plan: ScenarioPlan) -> UnitMap | None:
    """The communes with the levels of the plan's morning; a script ticks them in the list."""
    levels = plan.beginning.get("levels", {})
    drawn = outlines(communes_of(plan.unit, plan.start), FINEST)
    units = [MappedUnit(unit.name, geometry, levels.get(unit.code, 0), key=unit.code) for unit, geometry in drawn]
    return UnitMap(_("Choose communes"), _("press one to choose it"), units, noun=_("communes")) if units else None


@page(RUN, deed=True)
def amend(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Change name, days, variant, R0 or seed."""
    plan = seen(actor, pk)
    form = AmendForm(request.POST, instance=ScenarioPlan(pk=plan.pk, unit=plan.unit))
    if form.is_valid():
        values = form.cleaned_data
        done = act(form, lambda: amend_scenario(actor=actor, moment=clock.now(), pk=pk, **values))
        if done is not None:
            messages.success(request, _("Changed. Results of before stay as they were run."))
            return redirect(bench_url(pk))
    return _shown(request, actor, plan, amend=form)


@page(RUN, deed=True)
def add(request: HttpRequest, actor: Actor, pk: int, kind: str) -> HttpResponse:
    """Add the measure of the form for the communes that are ticked."""
    plan = seen(actor, pk)
    if kind not in CHOSEN:
        raise NotHere(_("There is no such measure."))
    form, area = MeasureForm(kind, plan, request.POST), request.POST.getlist("area")
    if form.is_valid():
        order, version = form.order(area), _version(request)
        done = act(form, lambda: add_order(actor=actor, moment=clock.now(), pk=pk, version=version, order=order))
        if done is not None:
            messages.success(request, _("Added: %(measure)s.") % {"measure": form.title})
            return redirect(f"{bench_url(pk)}?bien-phap={kind}")
    return _shown(request, actor, plan, form=form, area=area)


@page(RUN, deed=True)
def remove(request: HttpRequest, actor: Actor, pk: int, place: int) -> HttpResponse:
    """Take a measure out."""
    remove_order(actor=actor, moment=clock.now(), pk=pk, version=_version(request), place=place)
    messages.success(request, _("Taken out."))
    return redirect(bench_url(pk))


def _version(request: HttpRequest) -> int:
    return whole(request.POST.get("version"))


@page(RUN, deed=True)
def start(request: HttpRequest, actor: Actor, pk: int, kind: str) -> HttpResponse:
    """Ask for a run; the page of the run can be left."""
    run = start_run(actor=actor, moment=clock.now(), pk=pk, kind="frontier" if kind == "duong-bien" else "quick")
    request.session["scenario_run"] = run.pk
    return redirect(run_url(run.pk))


@page(READ)
def export(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The scenario as a file that `phaodai simulate` reads; it holds no person."""
    del request
    plan = seen(actor, pk)
    return toml_file(scenario_file(setting_of(plan), plan.orders, plan.name), f"kich-ban-{plan.pk}.toml")


def toml_file(text: str, name: str) -> HttpResponse:
    """A text to be kept as a file."""
    answer = HttpResponse(text, content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
