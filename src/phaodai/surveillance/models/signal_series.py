"""The counts of one source over the last weeks, judged: what alarms are raised from, and what their pages draw."""

from datetime import date, timedelta

from phaodai.surveillance.models.signal_counts import ABSENT_IS_ZERO, OWN_BOOKS, SignalCount, SignalSource
from phaodai.surveillance.rules.early_detection import HISTORY, Series, Told, judge

FILLED_DURING_THE_DAY = frozenset({*OWN_BOOKS, SignalSource.SCREENING})
"""Sources whose count of today is still growing: they are judged up to yesterday."""


def series_of(province_id: int, source: str, today: date) -> Series | None:
    """All units of a province by one source; None where nobody counted."""
    last = today - timedelta(days=1) if source in FILLED_DURING_THE_DAY else today
    rows = SignalCount.objects.filter(province_id=province_id, source=source).between(last - HISTORY, last)
    told = (Told(*row) for row in rows.values_list("unit_id", "day", "count", "denominator"))
    return judge(told, last - HISTORY, last, absent_is_zero=source in ABSENT_IS_ZERO)
