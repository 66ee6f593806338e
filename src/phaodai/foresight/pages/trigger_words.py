"""Scenario levels in words: their names, figures and thresholds."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from phaodai.foresight.rules.triggers import SHARES, Condition, ScenarioLevel
from phaodai.foundation.formats import EN_DASH, number, percent
from phaodai.foundation.registers.showing import language

PLACES = {"warnings": 0, "weekly_cases_per_100k": 1, "reproduction_low": 2}


def level_name(level: ScenarioLevel) -> str:
    """Mức 2: có ổ dịch."""
    return level.name[language()]


def figure_name(name: str) -> str:
    """What a figure is called."""
    names = {
        "warnings": _("Early warnings, 7 days"),
        "weekly_cases_per_100k": _("Cases a week per 100,000"),
        "reproduction_low": _("R, lower end of 95%"),
        "high_share": _("Communes at level 3–4"),
        "oxygen_beds_taken": _("Beds with oxygen taken"),
        "intensive_beds_taken": _("Intensive care taken"),
        "places_taken": _("Places in quarantine taken"),
    }
    return names[name]


def figure_value(name: str, value: float | None) -> str:
    """A figure as it is written; a dash where it is not known."""
    if value is None:
        return EN_DASH
    return percent(value, 0, language()) if name in SHARES else number(value, PLACES[name], language())


def condition_words(condition: Condition) -> str:
    """Cases a week per 100,000: 20 or more."""
    about = {"figure": figure_name(condition.figure), "value": figure_value(condition.figure, condition.value)}
    if condition.kind == "above":
        return _("%(figure)s: above %(value)s") % about
    return _("%(figure)s: %(value)s or more") % about


def met_words(met: Sequence[Mapping[str, Any]]) -> str:
    """The figures that met their thresholds, as they were kept."""
    parts = [
        _("%(figure)s: %(is)s (threshold %(threshold)s)")
        % {
            "figure": figure_name(one["figure"]),
            "is": figure_value(one["figure"], one["is"]),
            "threshold": figure_value(one["figure"], one["threshold"]),
        }
        for one in met
    ]
    return "; ".join(parts)
