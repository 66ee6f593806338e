"""A run: how far it is, then what it gave: both paths, what they need by week, what they cost, the frontier."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.foresight.actions.scenario_runs import cancel_run, files_of, see_run
from phaodai.foresight.models import ScenarioRun
from phaodai.foresight.pages.scenario_bench import toml_file
from phaodai.foresight.pages.scenario_drawing import days_words, frontier_chart, path_chart
from phaodai.foresight.pages.scenario_law import law_of
from phaodai.foresight.pages.scenario_words import SERIES, measures_of, names_in
from phaodai.foresight.pages.scenarios import READ, RUN, bench_url, run_url
from phaodai.foresight.rules.scenario_needs import Need, needs_of
from phaodai.foresight.rules.scenario_packs import staff_norms
from phaodai.foresight.rules.scenario_sums import undominated
from phaodai.foundation import clock
from phaodai.foundation.components import (
    Cell,
    Column,
    Fact,
    Facts,
    KeyFigure,
    KeyFigures,
    Row,
    Table,
)
from phaodai.foundation.formats import interval, moment, number, short_day, span
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.sheet_pages import attachment
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import write_sheet

HEADLINES = ("infections", "deaths", "beds_tier_3", "workdays_lost", "school_days_lost")
COSTS = ("workdays_lost", "workdays_lost_parks", "school_days_lost")
CHARTS = ("infections", "beds_tier_2", "beds_tier_3", "deaths")
PLAN = 1
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def seen_run(actor: Actor, pk: int) -> ScenarioRun:
    """A run of the officer's province."""
    rows = ScenarioRun.objects.visible_to(actor).select_related("plan__unit", "officer")
    run = rows.filter(pk=pk).first()
    if run is None:
        raise NotHere(_("There is no such run, or not in your province."))
    return run


@page(READ)
def run(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """A run as it stands."""
    found = seen_run(actor, pk)
    shown: dict[str, Any] = {
        "run": found,
        "plan": found.plan,
        "bench_url": bench_url(found.plan_id),
        "may": actor.may(RUN) and actor.area.holds(found),
        "may_hand": actor.may(Permission.SUPPLY_READINESS_WRITE) and actor.area.holds(found),
        "left": _time_left(found),
    }
    if request.GET.get("moi"):
        return render(request, "foresight/scenario_progress.html", shown)
    if found.state == ScenarioRun.State.FINISHED:
        shown |= _frontier(found) if found.kind == ScenarioRun.Kind.FRONTIER else _comparison(found)
    return render(request, "foresight/scenario_run.html", shown)


def _time_left(run: ScenarioRun) -> str:
    """From the seconds that its seeds took so far; nothing while none is done."""
    if not run.is_open or not run.done:
        return ""
    left = run.seconds / run.done * (run.seeds - run.done)
    return span(timedelta(seconds=left), language()) if left >= 60 else _("less than a minute")


def _comparison(run: ScenarioRun) -> dict[str, Any]:
    results, start = run.results or {}, start_of(run)
    names, paths = names_in(run.plan.beginning), run.recipe["paths"]
    return {
        "title": _finding(results),
        "days": days_words(start, results["days"]),
        "figures": _headlines(results),
        "charts": [path_chart(results, name, start, _chart_title(results, name)) for name in CHARTS],
        "needs": _needs_table(needs_of(results["weeks"][PLAN]), start),
        "costs": _costs(results),
        "communes": _communes(results, names),
        "measures": measures_of(paths[PLAN]["orders"], names, start),
        "today": measures_of(paths[0]["orders"], names, start),
        "law": law_of(run.province_id, paths[PLAN]["orders"], run.plan.beginning, clock.today()),
        "basis": _basis(run),
    }


def start_of(run: ScenarioRun) -> date:
    """The first day of a run's paths."""
    return date.fromisoformat(run.recipe["setting"]["start"])


def _finding(results: dict[str, Any]) -> str:
    """What the seeds say of infections, no surer than their 95%."""
    low, _q25, middle, _q75, high = results["differences"][PLAN]["infections"]
    about = {"middle": number(abs(middle), 0, language()), "ends": _ends(low, high)}
    if high < 0:
        return _("Fewer infected than on today's path: %(middle)s (%(ends)s)") % about
    if low > 0:
        return _("More infected than on today's path: %(middle)s (%(ends)s)") % about
    if low == high == 0:
        return _("The same as today's path")
    return _("Whether fewer are infected than on today's path cannot be told (%(ends)s)") % about


def _ends(low: float, high: float) -> str:
    """The ends of a difference without their sign where both have the same."""
    first, last = (low, high) if low >= 0 or high > 0 else (-high, -low)
    return interval(first, last, 0, language())


def _headlines(results: dict[str, Any]) -> KeyFigures:
    return KeyFigures(
        [
            KeyFigure(
                SERIES[name],
                number(results["totals"][PLAN][name][2], 0, language()),
                detail=interval(results["totals"][PLAN][name][0], results["totals"][PLAN][name][4], 0, language()),
                note=_("today's path: %(middle)s") % {"middle": number(results["totals"][0][name][2], 0, language())},
            )
            for name in HEADLINES
        ]
    )


def _chart_title(results: dict[str, Any], name: str) -> str:
    plan, today = results["totals"][PLAN][name], results["totals"][0][name]
    about = {
        "series": str(SERIES[name]),
        "plan": number(plan[2], 0, language()),
        "today": number(today[2], 0, language()),
    }
    if name.startswith("beds"):
        return _("%(series)s: %(plan)s on the highest day, today's path %(today)s") % about
    return _("%(series)s: %(plan)s in all, today's path %(today)s") % about


def _needs_table(needs: list[Need], start: date) -> Table:
    weeks = range(len(needs[0].middle))
    columns = [Column("what", _("What"))]
    columns += [
        Column(f"w{week}", short_day(start + timedelta(weeks=week), language()), numeric=True) for week in weeks
    ]
    columns.append(Column("all", _("To have"), numeric=True))
    rows = [
        Row(
            need.key,
            [
                Cell(str(SERIES[need.key]), _("used up: weeks add up") if need.is_used_up else _("highest day")),
                *(
                    Cell(
                        number(need.middle[week], 0, language()),
                        _("up to %(high)s") % {"high": number(need.high[week], 0, language())},
                        numeric=True,
                    )
                    for week in weeks
                ),
                Cell(number(need.total(need.high), 0, language()), numeric=True),
            ],
        )
        for need in needs
    ]
    return Table(_("Need by week"), columns, rows, element="needs")


def _costs(results: dict[str, Any]) -> Table:
    columns = [
        Column("what", _("What is lost")),
        Column("today", _("Today's path"), numeric=True),
        Column("plan", _("Scenario"), numeric=True),
        Column("more", _("Scenario against today's path (95%)"), numeric=True),
    ]
    rows = []
    for name in COSTS:
        today, plan, more = (results[part][at][name] for part, at in (("totals", 0), ("totals", 1), ("differences", 1)))
        cells = [Cell(number(one[2], 0, language()), numeric=True) for one in (today, plan)]
        ends = interval(more[0], more[4], 0, language())
        rows.append(
            Row(name, [Cell(str(SERIES[name])), *cells, Cell(number(more[2], 0, language()), ends, numeric=True)])
        )
    return Table(_("Workdays and school days lost"), columns, rows, element="costs")


def _communes(results: dict[str, Any], names: dict[str, str]) -> Table:
    columns = [
        Column("unit", _("Commune")),
        Column("today", _("Infected, today's path"), numeric=True),
        Column("plan", _("Infected, scenario"), numeric=True),
        Column("deaths", _("Deaths, scenario"), numeric=True),
        Column("quarantine", _("Quarantined, scenario"), numeric=True),
    ]
    today, plan = results["communes"][0], results["communes"][PLAN]
    order = sorted(plan, key=lambda code: -sum(plan[code]["infections"]))
    rows = [
        Row(
            code,
            [
                Cell(names.get(code, code)),
                Cell(number(sum(today[code]["infections"]), 0, language()), numeric=True),
                *(
                    Cell(number(sum(plan[code][name]), places, language()), numeric=True)
                    for name, places in (("infections", 0), ("deaths", 1), ("quarantine", 0))
                ),
            ],
        )
        for code in order
    ]
    return Table(_("By commune, mean of the seeds"), columns, rows, element="scenario-communes")


def _basis(run: ScenarioRun) -> Facts:
    setting = run.recipe["setting"]
    seeds = _("%(first)d to %(last)d, the same for every path") % {"first": run.first_seed, "last": run.last_seed}
    facts = [
        Fact(_("Seeds"), seeds),
        Fact(
            _("People"),
            number(run.people, 0, language()),
            _("all of them simulated")
            if run.simulated == run.people
            else _("%(simulated)s simulated, each for %(factor)s people; bands are wider for it")
            % {
                "simulated": number(run.simulated, 0, language()),
                "factor": number(run.factor, 2, language()),
            },
        ),
        Fact(
            _("Virus"),
            f"{setting['variant']}, R0 {number(setting['reproduction'], 1, language())}",
            _("R0 is poorly known: try several"),
        ),
        Fact(
            _("Computed"), moment(run.ended_at or run.queued_at, language()), f"{number(run.seconds, 1, language())} s"
        ),
        Fact(_("Version of the method"), run.engine),
        Fact(
            _("Staff"),
            _("from working norms of this program: %(beds)s for each intensive care bed")
            % {"beds": number(staff_norms()["beds_tier_3"], 1, language())},
        ),
    ]
    return Facts(facts)


def _frontier(run: ScenarioRun) -> dict[str, Any]:
    points = _points(run)
    return {
        "title": _("Lives and livelihoods: %(points)d ways, the same seeds") % {"points": len(points)},
        "days": days_words(start_of(run), run.recipe["setting"]["days"]),
        "charts": [
            frontier_chart(points, "deaths", _("Deaths against workdays lost")),
            frontier_chart(points, "infections", _("Infected against workdays lost")),
        ],
        "points": _points_table(points),
        "basis": _basis(run),
    }


def _points(run: ScenarioRun) -> list[dict[str, Any]]:
    results, names = run.results or {}, names_in(run.plan.beginning)
    both = [(one["deaths"][2], one["workdays_lost"][2]) for one in results["totals"]]
    return [
        {
            "letter": LETTERS[place],
            "name": path["name"].get(language()) or _("Today's path"),
            "totals": results["totals"][place],
            "differences": results["differences"][place],
            "measures": measures_of(path["orders"], names, start_of(run)),
            "law": law_of(run.province_id, path["orders"], run.plan.beginning, clock.today()),
            "best": best,
        }
        for place, (path, best) in enumerate(zip(run.recipe["paths"], undominated(both), strict=True))
    ]


def _points_table(points: list[dict[str, Any]]) -> Table:
    columns = [
        Column("point", _("Point")),
        Column("deaths", _("Deaths"), numeric=True),
        Column("infections", str(SERIES["infections"]), numeric=True),
        Column("days", str(SERIES["workdays_lost"]), numeric=True),
        Column("law", _("Today's rules")),
    ]
    rows = [
        Row(
            point["letter"],
            [
                Cell(f"{point['letter']}. {point['name']}", _("no other is better in both") if point["best"] else ""),
                *(
                    Cell(
                        number(point["totals"][name][2], 0, language()),
                        interval(point["totals"][name][0], point["totals"][name][4], 0, language()),
                        numeric=True,
                    )
                    for name in ("deaths", "infections", "workdays_lost")
                ),
                Cell(point["law"].mark, " ".join(point["law"].sentences)),
            ],
        )
        for point in points
    ]
    return Table(_("Every point with its measures"), columns, rows, element="points")


@page(RUN, deed=True)
def cancel(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Stop a run."""
    run = cancel_run(actor=actor, moment=clock.now(), run_id=pk)
    messages.success(request, _("Cancelled. The scenario is still there."))
    return redirect(bench_url(run.plan_id))


@page(RUN, deed=True)
def see(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Open a result from the queue: it has been seen."""
    run = see_run(actor=actor, moment=clock.now(), run_id=pk)
    request.session.pop("scenario_run", None)
    return redirect(run_url(run.pk))


def finished_run(actor: Actor, pk: int) -> ScenarioRun:
    """A comparison that was computed, with its table of needs."""
    run = seen_run(actor, pk)
    if run.state != ScenarioRun.State.FINISHED or run.kind != ScenarioRun.Kind.QUICK:
        raise NotHere(_("This run has no table of needs."))
    return run


@page(READ)
def needs_sheet(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The order list in Excel: a row a thing and week, with the middle and the upper end."""
    del request
    run = finished_run(actor, pk)
    start, results = start_of(run), run.results or {}
    header = [_("What"), _("Week from"), _("Middle of the seeds"), _("Upper end of 95%"), _("Seeds"), _("Scenario")]
    seeds = f"{run.first_seed}–{run.last_seed}"
    rows = [
        [str(SERIES[need.key]), start + timedelta(weeks=week), need.middle[week], need.high[week], seeds, run.plan.name]
        for need in needs_of(results["weeks"][PLAN])
        for week in range(len(need.middle))
    ]
    return attachment(write_sheet(_("Need by week"), header, rows), f"nhu-cau-kich-ban-{run.pk}.xlsx")


@page(READ)
def run_file(request: HttpRequest, actor: Actor, pk: int, place: int) -> HttpResponse:
    """The file of a path exactly as it was run."""
    del request
    run = seen_run(actor, pk)
    paths = run.recipe.get("paths", [])
    if place >= len(paths):
        raise NotHere(_("This run has no such path."))
    return toml_file(files_of(run)[place], f"kich-ban-{run.pk}-{paths[place]['key']}.toml")
