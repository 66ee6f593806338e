"""The tracing index over this installation's tables: what is kept in PostgreSQL, mapped and asked. Writes no table."""

from phaodai.surveillance.tracing.asking import Traced, persons_at, stays_of, trace_case, window_of
from phaodai.surveillance.tracing.blocks import rows_of_day, visits_of_day, visits_of_persons
from phaodai.surveillance.tracing.days import cached_provinces, keep_days, warm
from phaodai.surveillance.tracing.late import late_visits
from phaodai.surveillance.tracing.moments import day_number, day_of, minute_at, moment_at
from phaodai.surveillance.tracing.people import Met, nearest_distances, people_of

__all__ = [
    "Met",
    "Traced",
    "cached_provinces",
    "day_number",
    "day_of",
    "keep_days",
    "late_visits",
    "minute_at",
    "moment_at",
    "nearest_distances",
    "people_of",
    "persons_at",
    "rows_of_day",
    "stays_of",
    "trace_case",
    "visits_of_day",
    "visits_of_persons",
    "warm",
    "window_of",
]
