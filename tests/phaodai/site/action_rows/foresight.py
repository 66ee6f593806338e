"""The actions on counts by day."""

from datetime import date

from phaodai.foresight.actions import counts
from phaodai.foundation.permissions import Permission
from tests.phaodai.site.action_rows import scenarios
from tests.phaodai.site.action_rows.case import Case

CASES = (
    Case(
        counts.record_count,
        Permission.FORESIGHT_SERIES_WRITE,
        "dich",
        lambda _w, _s: {"code": "98001", "day": date(2021, 11, 22), "reported_on": date(2021, 11, 23), "cases": 3},
        "thuy",
    ),
    Case(
        counts.amend_count,
        Permission.FORESIGHT_SERIES_WRITE,
        "dich",
        lambda _w, s: {"pk": s.counts["98001"].pk, "version": 1, "cases": 4},
        "thuy",
    ),
    *scenarios.CASES,
)
