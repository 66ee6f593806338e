"""The cache: a province's packed days as memory-mapped segments, derived from the blocks and rebuilt at any time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock, Thread

from django.db import connection

from epidemic.tracing import LateVisits, SegmentCache, VisitIndex, VisitSegment, warm_up
from phaodai.foundation.database import data_folder
from phaodai.surveillance.models import VisitDay
from phaodai.surveillance.tracing.blocks import index_over_blocks, segments_of_place, visits_of_day
from phaodai.surveillance.tracing.moments import LONGEST, day_number

_OID = "select oid from pg_database where datname = current_database()"


@dataclass
class Days:
    """The segments of one province that this process has mapped, by day and fingerprint."""

    cache: SegmentCache
    mapped: dict[tuple[date, str], VisitSegment] = field(default_factory=dict)

    def segment(self, day: VisitDay) -> VisitSegment | None:
        """The segment of a packed day; None where this machine has not built it."""
        key = (day.day, day.fingerprint)
        if key not in self.mapped:
            found = self.cache.stored(day_number(day.day), day.fingerprint)
            if found is None:
                return None
            self.mapped = {one: kept for one, kept in self.mapped.items() if one[0] != day.day} | {key: found}
        return self.mapped[key]

    def build(self, day: VisitDay) -> None:
        """Derive the segment of a day from its blocks."""
        visits = visits_of_day(day.province_id, day.day)
        sizes = {
            "persons": int(visits.person.max(initial=-1)) + 1,
            "places": int(visits.place.max(initial=-1)) + 1,
        }
        self.cache.segment(day_number(day.day), day.fingerprint, lambda: visits, **sizes)

    def forget_before(self, day: date) -> None:
        """Visits outlive their retention nowhere, not even here."""
        self.cache.drop_before(day_number(day))
        self.mapped = {key: segment for key, segment in self.mapped.items() if key[0] >= day}


_lock = Lock()
_provinces: dict[tuple[str, int], Days] = {}
_warming: list[Thread] = []


def days_of(province_id: int) -> Days:
    """What this process has of a province."""
    key = (str(connection.settings_dict["NAME"]), province_id)
    with _lock:
        if key not in _provinces:
            _provinces[key] = Days(SegmentCache(folder_of(province_id)))
        return _provinces[key]


def folder_of(province_id: int) -> Path:
    """Where a province's cache lies; a database that was made anew has a folder of its own."""
    return _caches() / f"{_database()}-{province_id}"


def cached_provinces() -> set[int]:
    """The provinces of this database that have a cache on this machine."""
    return {int(folder.name.partition("-")[2]) for folder in _caches().glob(f"{_database()}-*")}


def _caches() -> Path:
    folder: Path = data_folder() / "tracing"
    return folder


def _database() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_OID)
        return int(cursor.fetchone()[0])


def packed_days(province_id: int, first: date, last: date) -> list[VisitDay]:
    """The packed days whose visits may touch an interval of days, ascending."""
    days = VisitDay.objects.filter(province_id=province_id, day__range=(first - LONGEST, last))
    return list(days.order_by("day"))


def segments_of(province_id: int, days: list[VisitDay]) -> tuple[VisitSegment, ...] | None:
    """The segments of some days; None where this machine has not built all of them."""
    kept = days_of(province_id)
    segments = [kept.segment(day) for day in days]
    whole = tuple(segment for segment in segments if segment is not None)
    return whole if len(whole) == len(segments) else None


def index_of_persons(province_id: int, persons: Iterable[int], days: list[VisitDay], late: LateVisits) -> VisitIndex:
    """An index that answers for these persons: the cache where all of it is there, else what the database gives."""
    segments = segments_of(province_id, days)
    if segments is not None:
        return VisitIndex(segments, late)
    return index_over_blocks(province_id, persons, [day.day for day in days], late)


def index_of_place(province_id: int, place: int, days: list[VisitDay], late: LateVisits) -> VisitIndex:
    """An index that answers for one place."""
    segments = segments_of(province_id, days)
    if segments is None:
        segments = segments_of_place(province_id, place, [day.day for day in days])
    return VisitIndex(segments, late)


def keep_days(province_id: int, since: date) -> None:
    """Build what the cache lacks of the packed days, and drop what is older than `since`."""
    kept = days_of(province_id)
    kept.forget_before(since)
    for day in VisitDay.objects.filter(province_id=province_id, day__gte=since).order_by("day"):
        if kept.segment(day) is None:
            kept.build(day)


def warm() -> None:
    """Let the compiled kernels answer from now on, where Numba is installed. It takes seconds, so it is done aside."""
    with _lock:
        if not _warming:
            _warming.append(Thread(target=warm_up, name="tracing", daemon=True))
            _warming[0].start()
