"""The look and the language of every chart: tokens of the style sheets, Vietnamese and English numbers and dates."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from phaodai.foundation.formats import LONG_WEEKDAYS, WEEKDAYS, Language

Spec = dict[str, Any]
Theme = Literal["light", "dark"]
STYLES = Path(__file__).parents[1] / "static/phaodai"

NUMBER_LOCALE: dict[Language, dict[str, Any]] = {
    "vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", "\u00a0₫"], "minus": "−"},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["₫", ""], "minus": "−"},
}
_VIETNAMESE_MONTHS = [f"tháng {month}" for month in range(1, 13)]
TIME_LOCALE: dict[Language, Any] = {
    "vi": {
        "dateTime": "%H:%M %d/%m/%Y",
        "date": "%d/%m/%Y",
        "time": "%H:%M",
        "periods": ["SA", "CH"],
        "days": [LONG_WEEKDAYS["vi"][-1], *LONG_WEEKDAYS["vi"][:-1]],
        "shortDays": [WEEKDAYS["vi"][-1], *WEEKDAYS["vi"][:-1]],
        "months": _VIETNAMESE_MONTHS,
        "shortMonths": [f"thg {month}" for month in range(1, 13)],
    },
    "en": "en-GB",
}


def theme() -> Spec:
    """The look of every chart; ``altair.theme.register("phaodai", enable=True)(theme)`` gives it to Altair."""
    text = {"font": "Inter", "fontSize": 11}
    axis = {"labelFont": "Inter", "labelFontSize": 11, "labelColor": "var(--ink3)", "title": None, "ticks": False}
    return {
        "config": {
            "background": None,
            "font": "Inter",
            "view": {"stroke": None},
            "axis": axis | {"domainColor": "var(--line)", "gridColor": "var(--grid)", "labelPadding": 6},
            "axisX": {"grid": False},
            "axisY": {"domain": False},
            "legend": {"labelFont": "Inter", "labelFontSize": 11, "labelColor": "var(--ink2)", "title": None},
            "text": text | {"color": "var(--ink)"},
            "bar": {"color": "var(--data)"},
            "line": {"color": "var(--data)", "strokeWidth": 1.6},
            "rule": {"color": "var(--ink)"},
        }
    }


def with_theme(spec: Spec) -> Spec:
    """Lay the theme under a specification, which may still overrule it."""
    config = theme()["config"] | spec.get("config", {})
    return {"autosize": {"type": "fit", "contains": "padding"}} | spec | {"config": config}


@cache
def tokens(theme: Theme) -> Mapping[str, str]:
    """Colours by token out of the style sheets; the dark sheet overrules the light one."""
    names = ("tokens.css",) if theme == "light" else ("tokens.css", "dark.css")
    text = "".join((STYLES / name).read_text(encoding="utf-8") for name in names)
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b", text))


def paint(part: Any, colours: Mapping[str, str]) -> Any:
    """Put colours in the place of ``var(--token)`` anywhere in a specification; KeyError for an unknown token."""
    if isinstance(part, str):
        return re.sub(r"var\(--([\w-]+)\)", lambda found: colours[found[1]], part)
    if isinstance(part, list):
        return [paint(each, colours) for each in part]
    if isinstance(part, dict):
        return {key: paint(each, colours) for key, each in part.items()}
    return part
