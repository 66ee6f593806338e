"""Signs before any test: sixty days of absences from school and of fever medicine sold, in every commune.

Quiet days vary about as chance makes them. Two communes stand out: Tân Lộc from 22 November, where the market's outbreak
reaches the school, and Phú Lễ on the day of its festival a month before, which an epidemiologist closed as such.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from demo import SEED
from demo.geography import Geography
from demo.streams import stream

LAST_DAY = date(2021, 11, 23)
DAYS = 60
SATURDAY = 5
USUAL = {"schools": 4.0, "pharmacies": 6.0}
"""A day in a commune of usual size."""
WEEKDAYS = np.array([1.15, 1.05, 1.0, 1.0, 0.95, 0.95, 0.9])
PUPILS = 420
DISTRICT, OUTBREAK, FESTIVAL = "Thuận Hòa", "Tân Lộc", "Phú Lễ"
FESTIVAL_DAY = date(2021, 10, 29)
PEAKS = {
    (OUTBREAK, "schools"): {date(2021, 11, 22): 16, date(2021, 11, 23): 18},
    (OUTBREAK, "pharmacies"): {date(2021, 11, 22): 19, date(2021, 11, 23): 22},
    (FESTIVAL, "schools"): {FESTIVAL_DAY: 17},
}


@dataclass(frozen=True)
class Sign:
    """What one commune counted on one day by one source; `asked` 0 where nobody says."""

    code: str
    day: date
    source: str
    count: int
    asked: int


def make_signs(geography: Geography, *, seed: int = SEED) -> list[Sign]:
    """The counts of every commune; schools rest on Saturday and Sunday."""
    sizes = np.array([commune.population for commune in geography.communes], dtype=float)
    relative = np.clip(sizes / np.median(sizes), 0.6, 1.6)
    days = [LAST_DAY - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    factors = WEEKDAYS[[day.weekday() for day in days]]
    return [sign for source in USUAL for sign in _of_source(source, geography, days, np.outer(factors, relative), seed)]


def _of_source(
    source: str, geography: Geography, days: list[date], scale: NDArray[np.float64], seed: int
) -> Iterator[Sign]:
    expected = USUAL[source] * scale
    # Of twice as many who might, half do: a little steadier than chance, so that few quiet communes ring.
    counts = stream(seed, "signs", source).binomial(np.round(2 * expected).astype(int), 0.5)
    district = next(one.code for one in geography.districts if one.bare_name == DISTRICT)
    for place, commune in enumerate(geography.communes):
        peaks = PEAKS.get((commune.bare_name, source), {}) if commune.parent_code == district else {}
        asked = PUPILS if source == "schools" else 0
        for row, day in enumerate(days):
            if source != "schools" or day.weekday() < SATURDAY:
                yield Sign(commune.code, day, source, peaks.get(day, int(counts[row, place])), asked)
