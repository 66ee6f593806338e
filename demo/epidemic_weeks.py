"""The weeks of the epidemic: what each commune counted up to 21/11/2021, with two hot districts in north-east and south-west.

Cases follow a target rate that every commune has in the end, reached over the weeks; doses follow a coverage. One case in
two weeks among 1,700 people is a rate of 29, for which nobody has verified the matrix of decision 4800: a few such communes
are left, so that the demonstration shows what cannot be concluded.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from demo import SEED
from demo.geography import Geography, UnitRow
from demo.streams import stream

LAST_SUNDAY = date(2021, 11, 21)
WEEKS = 11
COUNTED_FROM_50 = date(2021, 10, 31)
"""From this week on the stations count those from 50 years, as criterion 2b does from November 2021."""
ADULTS, OLDER = 0.72, {65: 0.09, 50: 0.25}
"""Shares of the population."""

# Share of the communes of a district at a weekly rate per 100,000, the most affected first.
HOT = {
    "Thuận Hòa": ((0.15, 230), (0.35, 190), (0.35, 110)),
    "Vĩnh Lạc": ((0.1, 230), (0.25, 190), (0.35, 100)),
    "An Bình": ((0.1, 180), (0.35, 90)),
    "Bình Minh": ((0.4, 90),),
    "Tân Sơn": ((0.3, 80), (0.1, 30)),
}
RISING, FALLING = ("Tân Lộc", "Hòa Xuân"), ("Bến Gỗ",)
"""Communes whose level turns in the last week."""
BEFORE_RISE, BEFORE_FALL = (100.0, 240.0), (200.0, 20.0)
"""Rates of the weeks before the last and of the last one."""


@dataclass(frozen=True)
class Week:
    """One commune's figures of one week."""

    code: str
    ending: date
    cases: int
    population: int
    adults: int
    adults_one_dose: int
    elderly_from: int
    elderly: int
    elderly_full: int
    treatment_plan: bool


def make_weeks(geography: Geography, *, seed: int = SEED) -> list[Week]:
    """The figures of every commune, week by week."""
    rng = stream(seed, "epidemic", "weeks")
    weeks: list[Week] = []
    for district in geography.districts:
        communes = geography.children[district.code]
        for commune, peak in zip(communes, _peaks(district, len(communes)), strict=True):
            older = float(
                rng.uniform(0.66, 0.78) if peak > 200 and commune.bare_name not in RISING else rng.uniform(0.82, 0.95)
            )
            dose1 = float(rng.uniform(0.9, 0.985))
            weeks += _weeks_of(commune, list(_rates(commune, peak)), dose1, older)
    return weeks


def _peaks(district: UnitRow, count: int) -> list[float]:
    """The rate that each commune of a district reaches, seat first."""
    peaks = [0.0] * count
    place = 0
    for share, rate in HOT.get(district.bare_name, ()):
        for _one in range(round(share * count)):
            peaks[place] = float(rate)
            place += 1
    return peaks


def _rates(commune: UnitRow, peak: float) -> Iterator[float]:
    """Rates of the weeks: nothing, a rise, a plateau of three weeks."""
    turning = BEFORE_RISE if commune.bare_name in RISING else BEFORE_FALL if commune.bare_name in FALLING else None
    peak = turning[0] if turning else peak
    ramp = np.clip((np.arange(WEEKS) - 1) / (WEEKS - 4), 0, 1)
    yield from (peak * float(part) for part in ramp[:-1])
    yield turning[1] if turning else peak


def _weeks_of(commune: UnitRow, rates: list[float], dose1: float, older: float) -> Iterator[Week]:
    adults = round(commune.population * ADULTS)
    for place, rate in enumerate(rates):
        ending = LAST_SUNDAY - timedelta(weeks=WEEKS - 1 - place)
        age = 50 if ending >= COUNTED_FROM_50 else 65
        elderly = round(commune.population * OLDER[age])
        yield Week(
            commune.code, ending, round(rate * commune.population / 100_000), commune.population, adults,
            round(adults * dose1), age, elderly, round(elderly * older), treatment_plan=True,
        )  # fmt: skip
