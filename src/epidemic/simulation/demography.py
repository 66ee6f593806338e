"""How old people are and how they live together, for provinces of which nothing better is known.

Ages: rounded shares of five-year bands, Population and Housing Census of Viet Nam, 1 April 2019 (24.3% under 15, 7.7% from 65).
Households: 3.6 people on average, two to four in two of three households (same census). Both can be replaced.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
OLDEST = 94
YOUNGEST_WORKER, OLDEST_PARK_WORKER = 18, 45

FIVE_YEAR_SHARES = (
    8.2, 8.4, 7.7, 6.9, 7.2, 8.6, 8.4, 7.7, 6.9, 6.4, 5.8, 5.5, 4.6, 3.0, 1.8, 1.2, 0.9, 0.5, 0.3,
)  # fmt: skip
HOUSEHOLD_SHARES = (0.10, 0.17, 0.21, 0.27, 0.13, 0.08, 0.04)
SCHOOL_ATTENDANCE = {3: 0.9, 6: 0.98, 15: 0.75, 18: 0.0}
"""From that age on, the share that goes to school; nursery from 3."""


@dataclass(frozen=True, kw_only=True)
class Demography:
    """Shares that a population is built from.

    Attributes
    ----------
    age_shares
        Shares of five-year age bands from 0 on; need not sum to one.
    household_shares
        Shares of households of 1, 2, 3 ... people.
    employment
        Share of people of 18 to 61 that work.
    teachers, health_workers
        Shares of those who work.
    contacts
        Mean contacts of one person a day at school, at work, in the community and at gatherings; those of a household are all
        who live there. The sizes are of Covasim's hybrid population (Kerr et al. 2021, doi:10.1371/journal.pcbi.1009149).
    lodging_size
        Tenants of one lodging, who all live as closely as a household: assumed, no source.
    """

    age_shares: tuple[float, ...] = FIVE_YEAR_SHARES
    household_shares: tuple[float, ...] = HOUSEHOLD_SHARES
    employment: float = 0.76
    teachers: float = 0.025
    health_workers: float = 0.012
    contacts: dict[str, int] = field(
        default_factory=lambda: {"school": 20, "work": 16, "community": 16, "gathering": 4}
    )
    class_size: int = 35
    line_size: int = 40
    hamlet_size: int = 1_000
    lodging_size: int = 8

    def age_probabilities(self) -> Floats:
        """Share of each single year of age, shape (95,)."""
        shares = np.repeat(np.asarray(self.age_shares, float), 5)[: OLDEST + 1]
        return np.asarray(shares / shares.sum())

    def mean_household(self) -> float:
        shares = np.asarray(self.household_shares, float)
        return float(shares @ np.arange(1, len(shares) + 1) / shares.sum())


def cumulative(probabilities: Floats) -> Floats:
    """Running sums that end in exactly one, for looking up by a uniform number."""
    sums = np.cumsum(probabilities) / np.sum(probabilities)
    sums[-1] = 1.0
    return np.asarray(sums)


def head_and_other_ages(demography: Demography) -> tuple[Floats, Floats]:
    """Cumulative ages of the first person of a household, always 20 or more, and of the others.

    Together they give the population's ages: no child lives alone.
    """
    everybody, heads = demography.age_probabilities(), 1 / demography.mean_household()
    first = np.where(np.arange(OLDEST + 1) >= 20, everybody, 0.0)
    first /= first.sum()
    return cumulative(first), cumulative(np.maximum(everybody - heads * first, 0.0))


def worker_ages(demography: Demography) -> Floats:
    """Cumulative ages of workers of parks."""
    ages = np.arange(OLDEST + 1)
    return cumulative(
        np.where((ages >= YOUNGEST_WORKER) & (ages <= OLDEST_PARK_WORKER), demography.age_probabilities(), 0.0)
    )


def school_attendance() -> Floats:
    """Share that goes to school at each age, shape (95,)."""
    ages = np.arange(OLDEST + 1)
    shares = np.zeros(OLDEST + 1)
    for since, share in SCHOOL_ATTENDANCE.items():
        shares[ages >= since] = share
    return shares
