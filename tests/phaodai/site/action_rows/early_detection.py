"""The actions on syndromic counts and alarms."""

from datetime import date
from typing import Any

from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.surveillance.actions import alarms, signal_counts
from phaodai.surveillance.models import Alarm, SignalCount
from tests.phaodai.site.action_rows.case import Case, Given

COUNT = {"code": "98001", "day": date(2021, 11, 22), "source": "pharmacies", "count": 3}


def _of_tan_loc(model: Any, key: str, **more: Any) -> Given:
    """The count or the alarm of Tân Lộc, under the name that an action gives to its row id."""

    def given(_world: Any, _story: Any) -> dict[str, Any]:
        with entering(SYSTEM):
            return {key: model.objects.get(unit__code="98001").pk, **more}

    return given


CASES = (
    Case(signal_counts.record_signal, Permission.SURVEILLANCE_SIGNAL_WRITE, "ngoc", lambda _w, _s: COUNT, "thuy"),
    Case(
        signal_counts.amend_signal,
        Permission.SURVEILLANCE_SIGNAL_WRITE,
        "ngoc",
        _of_tan_loc(SignalCount, "pk", version=1, count=5),
        "thuy",
    ),
    Case(
        alarms.take_up_alarm,
        Permission.SURVEILLANCE_SIGNAL_CLOSE,
        "dich",
        _of_tan_loc(Alarm, "alarm_id"),
        "thuy",
    ),
    Case(
        alarms.close_alarm,
        Permission.SURVEILLANCE_SIGNAL_CLOSE,
        "dich",
        _of_tan_loc(Alarm, "alarm_id", reason="festival"),
        "thuy",
    ),
)
# Run by the clock, or by the playbook after an alarm was a real cluster.
CLOCKWORK = {
    alarms.detect_everywhere,
    alarms.detect_province,
    alarms.propose_for_alarm,
    signal_counts.count_own_books,
}
