"""All units of a tier side by side: four weeks of counts, two of forecast, R, and who left the band."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.foresight.drawing import SmallCurve, curve_of
from phaodai.foresight.models import EarlyWarning, Estimate
from phaodai.foresight.showing import (
    certainty_words,
    last_week,
    next_week,
    reproduction_words,
    trend_words,
    unit_url,
    warned,
)
from phaodai.foundation import clock
from phaodai.foundation.components import Cell, Chip, Chips, Column, Empty, Name, Row, Table
from phaodai.foundation.formats import number, short_day
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Tier

WARNED_WITHIN = timedelta(weeks=1)
SERVES = timedelta(weeks=2)
"""An older estimate says nothing of the present."""
AHEAD = 14
TIERS = {"huyen": Tier.DISTRICT, "xa": Tier.COMMUNE}
ORDERS = ("canh-bao", "r", "ten")


@page(Permission.FORESIGHT_FORECAST_READ)
def overview(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The province's curve, the warnings of a week, and every unit of `?cap=` in the order of `?xep=`."""
    estimates = present_estimates(actor)
    warnings = warnings_of_week(actor)
    order, tier = _asked(request, "xep", ORDERS), _asked(request, "cap", tuple(TIERS))
    marked = {warning.unit_id for warning in warnings}
    shown = _sorted([one for one in estimates if one.unit.tier == TIERS[tier]], order, marked)
    province = next((one for one in estimates if one.unit.tier == Tier.PROVINCE), None)
    context = {
        "curve": curve_of(province, ahead=AHEAD, title=f"{province.unit.name}: {_small(trend_words(province))}")
        if province
        else None,
        "province_url": unit_url(province.unit_id) if province else "",
        "warnings": [_warning(warning) for warning in warnings],
        "chips": _chips(order, tier),
        "cards": [_card(one, one.unit_id in marked) for one in shown],
        "table": _table(shown, marked),
        "may_scenarios": actor.may(Permission.FORESIGHT_SCENARIO_READ),
        "as_of": max((one.as_of for one in estimates), default=None),
        "empty": Empty(_("No unit of this tier has daily counts yet. Send the sheet of daily counts.")),
    }
    return render(request, "foresight/overview.html", context)


def present_estimates(actor: Actor) -> list[Estimate]:
    """Of every unit that the officer may see the last estimate, if it still serves."""
    today = clock.today()
    rows = Estimate.objects.visible_to(actor).newest(today).filter(on__gt=today - SERVES)
    return list(rows.select_related("unit"))


def warnings_of_week(actor: Actor) -> list[EarlyWarning]:
    """Warnings about the last seven days, newest first."""
    rows = EarlyWarning.objects.visible_to(actor).since(clock.today(), WARNED_WITHIN).select_related("unit")
    return list(rows.order_by("-day", "unit__tier", "unit__sort_key"))


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _asked(request: HttpRequest, name: str, known: tuple[str, ...]) -> str:
    asked = request.GET.get(name, "")
    return asked if asked in known else known[0]


def _sorted(estimates: list[Estimate], order: str, marked: set[int]) -> list[Estimate]:
    """Warned units first, or the highest R first, or by name."""
    by_name = sorted(estimates, key=lambda one: one.unit.sort_key)
    if order == "ten":
        return by_name
    by_reproduction = sorted(by_name, key=lambda one: -(one.reproduction or 0))
    return by_reproduction if order == "r" else sorted(by_reproduction, key=lambda one: one.unit_id not in marked)


def _chips(order: str, tier: str) -> Chips:
    orders = {"canh-bao": _("Warnings first"), "r": _("Highest R first"), "ten": _("By name")}
    tiers = {"huyen": _("Districts"), "xa": _("Communes")}
    return Chips(
        [
            *(Chip(words, _url(order, one), current=one == tier) for one, words in tiers.items()),
            *(Chip(words, _url(one, tier), current=one == order) for one, words in orders.items()),
        ],
        _("Which units, in which order"),
    )


def _url(order: str, tier: str) -> str:
    return f"{reverse('foresight')}?{urlencode({'cap': tier, 'xep': order})}"


def _warning(warning: EarlyWarning) -> dict[str, Any]:
    about = {
        "day": short_day(warning.day, language()),
        "cases": number(warning.cases, 0, language()),
        "median": number(warning.median, 0, language()),
        "upper": number(warning.upper, 0, language()),
        "on": short_day(warning.forecast_on, language()),
    }
    words = _("%(cases)s cases on %(day)s. Forecast on %(on)s: %(median)s, at most %(upper)s.")
    return {"name": warning.unit.name, "url": unit_url(warning.unit_id), "words": words % about}


def _card(estimate: Estimate, is_warned: bool) -> dict[str, Any]:  # noqa: FBT001  (one flag beside its unit)
    median, ends = reproduction_words(estimate)
    coming, coming_ends = next_week(estimate)
    return {
        "estimate": estimate,
        "url": unit_url(estimate.unit_id),
        "curve": SmallCurve(estimate),
        "warned": is_warned,
        "reproduction": median,
        "ends": ends,
        "certainty": certainty_words(estimate),
        "counted": number(last_week(estimate), 0, language()),
        "coming": coming,
        "coming_ends": coming_ends,
    }


def _table(estimates: list[Estimate], marked: set[int]) -> Table:
    columns = [
        Column("unit", _("Unit")),
        Column("counted", _("Last seven days"), numeric=True),
        Column("coming", _("Next seven days (95%)"), numeric=True),
        Column("reproduction", _("R (95%)"), numeric=True),
        Column("trend", _("Trend")),
    ]
    rows = [_row(one, one.unit_id in marked) for one in estimates]
    return Table(_("All units in figures"), columns, rows, element="foresight-units")


def _row(estimate: Estimate, is_warned: bool) -> Row:  # noqa: FBT001  (one flag beside its unit)
    median, ends = reproduction_words(estimate)
    coming, coming_ends = next_week(estimate)
    return Row(
        str(estimate.unit_id),
        [
            Cell(warned(str(Name(estimate.unit.name, unit_url(estimate.unit_id))), is_warned=is_warned)),
            Cell(number(last_week(estimate), 0, language()), numeric=True),
            Cell(coming, coming_ends, numeric=True),
            Cell(median, ends, numeric=True),
            Cell(trend_words(estimate)),
        ],
    )
