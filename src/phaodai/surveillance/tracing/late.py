"""Visits that came after their day was packed, kept in the process and read again whenever one was added or taken."""

from threading import Lock

import numpy as np
from django.db import connection

from epidemic.tracing import LateVisits, Visits
from epidemic.tracing.visits import MINUTES_A_DAY
from phaodai.surveillance.tracing.moments import MINUTE_SQL

_MARK = "select count(*), coalesce(max(id), 0) from surveillance_latevisit where province_id = %s"
_ROWS = f"""
  select {MINUTE_SQL.format("recorded_at")}, retracts::int, person_id, place_id, {MINUTE_SQL.format("started_at")}, minutes
  from surveillance_latevisit where province_id = %s order by recorded_at, id
"""  # noqa: S608  (names of our own)
_COLUMNS = 6
_lock = Lock()
_kept: dict[tuple[str, int], tuple[tuple[int, int], LateVisits]] = {}


def late_visits(province_id: int) -> LateVisits:
    """All late visits of a province as they stand now."""
    key = (str(connection.settings_dict["NAME"]), province_id)
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [province_id])
        mark = cursor.fetchone()
        kept = _kept.get(key)
        if kept is not None and kept[0] == mark:
            return kept[1]
        cursor.execute(_ROWS, [province_id])
        found = _read(cursor.fetchall())
    with _lock:
        _kept[key] = (mark, found)
    return found


def _read(rows: list[tuple[int, ...]]) -> LateVisits:
    recorded, retracted, person, place, begun, minutes = np.array(rows, np.int64).reshape(-1, _COLUMNS).T.copy()
    day, start = np.divmod(begun, MINUTES_A_DAY)
    visits = Visits.of(person=person, place=place, day=day, start=start, duration=minutes)
    return LateVisits(recorded, retracted.astype(np.bool_), visits)
