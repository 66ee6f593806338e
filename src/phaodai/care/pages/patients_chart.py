"""SpO2 of a patient over time, each point with the severity it was judged by; the table holds the rest."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from phaodai.care.models import Assessment
from phaodai.foundation.charts import Chart
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import moment
from phaodai.foundation.registers.showing import language

FEWEST = 2
HEIGHT, LOWEST_DRAWN = 140, 75


def assessments_chart(rows: Sequence[Assessment]) -> Chart | None:
    """The chart of assessments, the newest first; nothing while SpO2 was measured less than twice."""
    measured = [one for one in reversed(rows) if one.spo2]
    if len(measured) < FEWEST:
        return None
    last = measured[-1]
    about = {"value": last.spo2, "severity": last.get_severity_display()}
    return Chart(
        _("SpO2 %(value)s%%, %(severity)s at the last assessment") % about,
        _("SpO2 in percent, breathing as supported then"),
        _("A line over the days of treatment; severe and critical assessments are points of another colour."),
        _spec(measured),
        [_("Assessed"), "SpO2", _("Breaths a minute"), _("Severity"), _("Breathing support")],
        [_row(one) for one in reversed(rows)],
        key="assessments",
    )


def _row(one: Assessment) -> list[str]:
    figures = [moment(one.at, language()), one.spo2 or "–", one.respiratory_rate or "–"]
    return [str(part) for part in (*figures, one.get_severity_display(), one.get_support_display())]


def _spec(measured: Sequence[Assessment]) -> dict[str, Any]:
    values = [
        {
            "at": one.at.astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M:%S"),
            "spo2": one.spo2,
            "severe": one.severity in ("severe", "critical"),
        }
        for one in measured
    ]
    scale = {"domain": [LOWEST_DRAWN, 100], "clamp": True}
    axes = {
        "x": {"field": "at", "type": "temporal", "axis": {"format": "%d/%m", "title": None, "tickCount": 5}},
        "y": {"field": "spo2", "type": "quantitative", "scale": scale, "axis": {"title": None, "tickCount": 5}},
    }
    severe = {"test": "datum.severe", "value": "var(--late)"}
    points = {**axes, "color": {"condition": severe, "value": "var(--data)"}}
    return {
        "height": HEIGHT,
        "data": {"values": values},
        "layer": [
            {"mark": {"type": "line", "color": "var(--data)"}, "encoding": axes},
            {"mark": {"type": "point", "filled": True, "size": 45}, "encoding": points},
        ],
    }
