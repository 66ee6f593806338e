"""The oxygen of one person drawn over time, alarming readings marked; the table beside it holds the rest."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from phaodai.care.models import Reading
from phaodai.foundation.charts import Chart
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import moment, number
from phaodai.foundation.registers.showing import language

FEWEST = 2
HEIGHT = 140
LOWEST_DRAWN = 85


def readings_chart(readings: Sequence[Reading]) -> Chart | None:
    """The chart; nothing while there are fewer than two readings of oxygen."""
    told = [one for one in reversed(readings) if one.spo2]
    if len(told) < FEWEST:
        return None
    return Chart(
        _("SpO2 %(value)s%% at the last reading") % {"value": told[-1].spo2},
        _("SpO2 in percent"),
        _("A line over the days of treatment; readings that raised an alarm are points of another colour."),
        _spec(told),
        [_("Measured"), "SpO2", _("Temperature"), _("From")],
        [_row(one) for one in told],
        key="readings",
    )


def _row(one: Reading) -> list[str]:
    warmth = number(float(one.temperature), 1) if one.temperature else ""
    return [moment(one.at, language()), str(one.spo2 or ""), warmth, str(one.get_source_display())]


def _spec(told: Sequence[Reading]) -> dict[str, Any]:
    values = [
        {"at": one.at.astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M:%S"), "spo2": one.spo2, "alarm": bool(one.alarm)}
        for one in told
    ]
    scale = {"domain": [LOWEST_DRAWN, 100], "clamp": True}
    axes = {
        "x": {"field": "at", "type": "temporal", "axis": {"format": "%d/%m", "title": None, "tickCount": 5}},
        "y": {"field": "spo2", "type": "quantitative", "scale": scale, "axis": {"title": None, "tickCount": 4}},
    }
    alarming = {"test": "datum.alarm", "value": "var(--late)"}
    points = {**axes, "color": {"condition": alarming, "value": "var(--data)"}}
    return {
        "height": HEIGHT,
        "data": {"values": values},
        "layer": [
            {"mark": {"type": "line", "color": "var(--data)"}, "encoding": axes},
            {"mark": {"type": "point", "filled": True, "size": 45}, "encoding": points},
        ],
    }
