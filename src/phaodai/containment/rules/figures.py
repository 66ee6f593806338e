"""From the counts of weeks to the facts that the rule of risk levels asks for, for many units at once.

A column is a float64 array of one length n, NaN where nobody counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phaodai.rulebook.rules.levels import weekly_rate

Column = NDArray[np.float64]
Places = NDArray[np.int64]

COUNTS = (
    *("community_cases", "population", "adults", "adults_one_dose", "elderly", "elderly_full"),
    *("residents_full", "high_risk", "high_risk_full"),
    *("unknown_source_cases", "known_source_cases", "community_contacts"),
)
"""What a district has as the sum of its communes."""

GIVEN = (
    *("treatment_plan", "transmission_level", "unknown_source_cases", "known_source_cases", "community_contacts"),
    *("clustered", "uncontrolled_place", "exposed_to_arrivals", "scattered", "protected_site_exposed"),
)
"""What goes to the rule as it was written."""


@dataclass(frozen=True)
class Criteria:
    """What the law of the day says about the figures themselves.

    weeks: over how many weeks the rate of cases is averaged. elderly_from: the age of criterion 2b, None without one.
    """

    weeks: int
    elderly_from: int | None


def facts_of(latest: Mapping[str, Column], cases: Column, criteria: Criteria) -> dict[str, Column]:
    """The facts of n units from the figures of their last week and the `cases` of all weeks averaged.

    Older people of another age than the law counts are no answer to it: their share stays empty.
    """
    counted = latest["elderly_from"] == criteria.elderly_from if criteria.elderly_from else True
    elderly = np.where(counted, latest["elderly_full"], np.nan)
    return {
        "cases_per_100k_week": weekly_rate(cases, latest["population"], criteria.weeks),
        "dose1_adult_share": share_of(latest["adults_one_dose"], latest["adults"]),
        "full_elderly_share": share_of(elderly, latest["elderly"]),
        "full_population_share": share_of(latest["residents_full"], latest["population"]),
        "full_high_risk_share": share_of(latest["high_risk_full"], latest["high_risk"]),
        **{name: latest[name] for name in GIVEN},
    }


def share_of(part: Column, whole: Column) -> Column:
    """A share of 0 to 1; NaN where nobody is counted."""
    return np.asarray(part / np.where(whole > 0, whole, np.nan))


def summed(values: Column, above: Places, length: int) -> Column:
    """Per unit above the sum over those below it (`above`: its place, -1 for none); NaN where one of them is missing."""
    total = np.zeros(length)
    where = above >= 0
    np.add.at(total, above[where], values[where])
    nobody = np.bincount(above[where], minlength=length) == 0
    return np.where(nobody, np.nan, total)


@dataclass(frozen=True)
class Places2021:
    """What decision 2686 looks at beyond a unit itself: its neighbours and the units below it, as places in the columns."""

    unit: Places
    neighbour: Places
    above: Places

    def touching(self, chosen: NDArray[np.bool_]) -> Column:
        """1 for each unit that shares a border with a chosen one, else 0."""
        found = np.zeros(len(chosen))
        found[self.unit[chosen[self.neighbour]]] = 1.0
        return found

    def share_below(self, chosen: NDArray[np.bool_]) -> Column:
        """Per unit the share of the units directly below it that are chosen; NaN where there are none."""
        below = self.above >= 0
        length = len(chosen)
        whole = np.bincount(self.above[below], minlength=length)
        part = np.bincount(self.above[below], weights=chosen[below].astype(float), minlength=length)
        return np.asarray(part / np.where(whole > 0, whole, np.nan))
