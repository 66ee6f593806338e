"""Charts: one Vega-Lite specification gives the drawing on screens, on phones and in documents, with its table.

Specifications name colours by the tokens of the style sheet, as ``"var(--data)"``: on screens the drawing follows the
theme by itself; for PNG the tokens become colours first.
"""

from phaodai.foundation.charts.builders import (
    DONE_DUE_LATE,
    DailyCount,
    DailyForecast,
    Part,
    daily_curve,
    daily_rows,
    quantity,
    stacked_bars,
)
from phaodai.foundation.charts.drawing import NARROW, WIDE, render_png, render_svg
from phaodai.foundation.charts.figure import Chart
from phaodai.foundation.charts.theme import NUMBER_LOCALE, TIME_LOCALE, Spec, Theme, paint, theme, tokens

__all__ = [
    "DONE_DUE_LATE",
    "NARROW",
    "NUMBER_LOCALE",
    "TIME_LOCALE",
    "WIDE",
    "Chart",
    "DailyCount",
    "DailyForecast",
    "Part",
    "Spec",
    "Theme",
    "daily_curve",
    "daily_rows",
    "paint",
    "quantity",
    "render_png",
    "render_svg",
    "stacked_bars",
    "theme",
    "tokens",
]
