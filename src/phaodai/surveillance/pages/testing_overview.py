"""Testing (/giam-sat/xet-nghiem): what is owed, what is on its way, who is positive, what the laboratories can do."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids
from phaodai.foundation.charts import Chart
from phaodai.foundation.charts.theme import Spec
from phaodai.foundation.components import Cell, Column, Content, KeyFigure, KeyFigures, Name, Row, Table
from phaodai.foundation.formats import number, short_day
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions import samples
from phaodai.surveillance.models import Campaign, Laboratory, LabTest, Sample
from phaodai.surveillance.models.testing_figures import Load, loads_of, open_members, positivity_by_day
from phaodai.surveillance.pages.testing_campaigns import share_words
from phaodai.surveillance.rules.positivity import Share

SHOWN = 60
DRAWN_DAYS = 14
_TOKENS = ("data", "late", "act", "data2", "ink2", "band", "ink")
Part = Callable[[Actor, datetime], tuple[str, Content] | None]
"""Answers the title and what stands below it; None where there is nothing to say to this officer."""
_parts: list[Part] = []


def add_testing_part(part: Part) -> Part:
    """Let a context above show something on this page, such as the need that it forecasts beside the capacity."""
    _parts.append(part)
    return part


@page(Permission.SURVEILLANCE_SAMPLE_READ)
def testing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everything of testing on one page."""
    moment = clock.now()
    known = Laboratory.objects.visible_to(actor).open().select_related("organisation").order_by("sort_key")
    shown = {
        "figures": _figures(actor, moment),
        "chart": _chart(actor, moment.date()),
        "campaigns": _campaign_table(actor),
        "laboratories": _laboratory_table(loads_of(known, moment)),
        "parts": [found for part in _parts if (found := part(actor, moment)) is not None],
        "may_plan": actor.may(Permission.SURVEILLANCE_CAMPAIGN_PLAN) and actor.reach != "own",
        "may_take": actor.may(Permission.SURVEILLANCE_SAMPLE_TAKE) and actor.reach != "own",
    }
    return render(request, "surveillance/testing.html", shown)


def _figures(actor: Actor, moment: datetime) -> KeyFigures:
    tubes, words = Sample.objects.of_area(actor), language()
    if actor.reach == "own":
        tubes = Sample.objects.visible_to(actor)
    week = tubes.filter(state=Sample.State.RESULTED, result_at__gte=moment - timedelta(days=7))
    opened = tubes.due().filter(opens__isnull=False)
    take = reverse("surveillance-sample-take") if actor.may(Permission.SURVEILLANCE_SAMPLE_TAKE) else ""
    pools = reverse("surveillance-pools")
    return KeyFigures(
        [
            KeyFigure(_("Samples owed"), number(tubes.due().count(), 0, words), url=take),
            KeyFigure(_("From opened pools"), number(opened.count(), 0, words), url=pools, late=opened.exists()),
            KeyFigure(_("Tubes on their way"), number(tubes.on_the_way().count(), 0, words)),
            KeyFigure(_("Answered in 7 days"), number(week.count(), 0, words), url=reverse("surveillance-results")),
            KeyFigure(_("Positive tubes in 7 days"), number(week.filter(result=LabTest.Result.POSITIVE).count(), 0, words),
                      url=reverse("surveillance-results")),
        ]
    )  # fmt: skip


def _chart(actor: Actor, today: date) -> Chart | None:
    """Positivity by group over the last days, with its table."""
    shares = positivity_by_day(actor, today - timedelta(days=DRAWN_DAYS - 1))
    if not shares:
        return None
    names: dict[str, str] = {str(key): str(label) for key, label in Campaign.Group.choices} | {
        "": _("Outside campaigns")
    }
    rows = sorted(shares.items(), key=lambda one: (one[0][0], names[one[0][1]]))
    whole = Share(sum(one.positive for one in shares.values()), sum(one.tested for one in shares.values()))
    title = _("Positive in the last %(days)d days: %(share)s") % {"days": DRAWN_DAYS, "share": share_words(whole)}
    columns = [_("Day"), _("Who is sampled"), _("Answered people"), _("Positive"), _("Share (95%)")]
    table = [
        [short_day(day, language()), names[group], str(one.tested), str(one.positive), share_words(one)]
        for (day, group), one in rows
    ]
    return Chart(
        title, _("People with an answer, by the day of the result and by who is sampled; bars are 95% intervals."),
        title, _drawing(rows, names, today), columns, table, key="positivity",
    )  # fmt: skip


def _drawing(rows: Sequence[tuple[tuple[date, str], Share]], names: Mapping[str, str], today: date) -> Spec:
    groups = list(dict.fromkeys(names[group] for (_day, group), _share in rows))
    days = [(today - timedelta(days=back)).isoformat() for back in range(DRAWN_DAYS - 1, -1, -1)]
    values = [
        {"on": day.isoformat(), "group": names[group], "share": one.share, "low": bounds[0], "high": bounds[1]}
        for (day, group), one in rows
        if (bounds := one.interval) is not None
    ]
    colour = {"domain": groups, "range": [f"var(--{token})" for token in _TOKENS[: len(groups)]]}
    label = "substring(datum.value, 8, 10) + '/' + substring(datum.value, 5, 7)"
    x = {"field": "on", "type": "ordinal", "scale": {"domain": days},
         "axis": {"labelExpr": label, "labelAngle": 0, "labelOverlap": True, "title": None}}  # fmt: skip
    y = {"field": "share", "type": "quantitative", "axis": {"format": ".0%", "tickCount": 4, "title": None}}
    legend = {"field": "group", "type": "nominal", "scale": colour, "legend": {"orient": "top", "title": None}}
    shared = {"x": x, "color": legend}
    band = {
        "mark": {"type": "rule", "opacity": 0.4},
        "encoding": {**shared, "y": y | {"field": "low"}, "y2": {"field": "high"}},
    }
    line = {"mark": {"type": "line", "point": True}, "encoding": {**shared, "y": y}}
    schema = "https://vega.github.io/schema/vega-lite/v6.json"
    return {"$schema": schema, "data": {"values": values}, "height": 160, "layer": [band, line]}


def _campaign_table(actor: Actor) -> Table:
    found = (
        Campaign.objects.visible_to(actor)
        .select_related("unit", "laboratory")
        .order_by("closed_at", "-starts_on", "pk")
    )
    columns = [
        Column("name", _("Campaign")), Column("unit", _("Unit")), Column("days", _("Period")),
        Column("people", _("People to sample"), numeric=True), Column("tube", _("People a tube"), numeric=True),
        Column("state", _("State")),
    ]  # fmt: skip
    return Table(_("Campaigns"), columns, [_campaign_row(one) for one in found[:SHOWN]], element="campaigns")


def _campaign_row(one: Campaign) -> Row:
    url = reverse("surveillance-campaign", args=[one.pk])
    days = f"{short_day(one.starts_on, language())} – {short_day(one.ends_on, language())}"
    cells = [
        Cell(Name(one.name, url), note=_("round %(number)d") % {"number": one.round_number}),
        Cell(one.unit.name), Cell(days), Cell(number(one.target_people, 0, language()), numeric=True),
        Cell(str(one.pool_size), numeric=True), Cell(_("closed") if one.closed_at else _("running")),
    ]  # fmt: skip
    return Row(str(one.pk), cells, url=url)


def _laboratory_table(loads: Sequence[Load]) -> Table:
    columns = [
        Column("name", _("Laboratory")), Column("capacity", _("Tubes a day"), numeric=True),
        Column("coming", _("On their way"), numeric=True), Column("waiting", _("Waiting"), numeric=True),
        Column("late", _("Late"), numeric=True), Column("days", _("Days of work"), numeric=True),
    ]  # fmt: skip
    return Table(_("Laboratories"), columns, [_laboratory_row(one) for one in loads], element="laboratories")


def _laboratory_row(load: Load) -> Row:
    one, words = load.laboratory, language()
    url = reverse("surveillance-laboratory", args=[one.pk])
    cells = [
        Cell(Name(one.name, url), note=_("answers within %(hours)d hours") % {"hours": one.turnaround_hours}),
        Cell(number(one.capacity, 0, words), numeric=True), Cell(str(load.coming), numeric=True),
        Cell(str(load.waiting), numeric=True), Cell(str(load.late), numeric=True, kind="late" if load.late else ""),
        Cell(number(load.days_of_work, 1, words), numeric=True),
    ]  # fmt: skip
    return Row(str(one.pk), cells, url=url)


@page(Permission.SURVEILLANCE_SAMPLE_READ)
def pools(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Pools that opened: whose single test is still owed."""
    tubes = Sample.objects.visible_to(actor).filter(pool__opened_at__isnull=False).select_related("pool", "campaign")
    found = list(tubes.order_by("-pool__opened_at", "pk")[:SHOWN])
    owed = open_members(found)
    rows: list[dict[str, Any]] = [
        {"tube": one, "owed": owed.get(one.pool_id or 0, []), "size": one.pool.members.count() if one.pool else 0}
        for one in found
    ]
    rows.sort(key=lambda row: not row["owed"])
    take = reverse("surveillance-sample-take") if actor.may(Permission.SURVEILLANCE_SAMPLE_TAKE) else ""
    return render(request, "surveillance/pools.html", {"rows": rows, "take_url": take})


@page(Permission.SURVEILLANCE_SAMPLE_READ)
def results(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Answers that came to this area, those that nobody has seen first."""
    answered = Sample.objects.of_area(actor).filter(state=Sample.State.RESULTED)
    rows = answered.select_related("person", "pool", "laboratory").order_by("seen_at", "-result_at", "pk")
    shown = {
        "rows": rows[:SHOWN],
        "unseen": answered.filter(seen_at=None).count(),
        "may_see": actor.may(Permission.SURVEILLANCE_SAMPLE_TAKE) and actor.reach != "own",
    }
    return render(request, "surveillance/sample_results.html", shown)


@page(Permission.SURVEILLANCE_SAMPLE_TAKE, deed=True)
def see(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The unit has read these results."""
    samples.see_results(actor=actor, moment=clock.now(), sample_ids=row_ids(request.POST.getlist("row")))
    return redirect("surveillance-results")
