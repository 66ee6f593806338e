"""What runs gave: daily series, totals, chains of infection, and bands over seeds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.kinds import PLACE_SERIES, SERIES, STOCKS
from epidemic.simulation.state import Tallies

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
BAND = (0.05, 0.5, 0.95)
UNCOUNTED = -1


@dataclass(frozen=True)
class Run:
    """One run.

    Attributes
    ----------
    infected_on, infected_by
        Last day of infection of each person (-1: never) and by whom (-1: nobody, -2: from outside), shape (people,).
    seconds
        Wall time of the run.
    """

    seed: int
    tallies: Tallies
    infected_on: NDArray[np.int16]
    infected_by: NDArray[np.int32]
    seconds: float

    def series(self, name: str) -> Counts:
        """A daily series of the province, shape (days,). Raises ValueError for an unknown name."""
        return self.tallies.daily[:, SERIES.index(name)]

    def by_commune(self, name: str) -> NDArray[np.int32]:
        """A daily series of `PLACE_SERIES` for each commune, shape (days, communes)."""
        return self.tallies.communes[:, :, PLACE_SERIES.index(name)]

    def by_band(self, name: str) -> NDArray[np.int32]:
        """The same for each age band, shape (days, bands)."""
        return self.tallies.bands[:, :, PLACE_SERIES.index(name)]

    def total(self, name: str) -> int:
        """The sum of what happened, or the highest of what stood."""
        values = self.series(name)
        return int(values.max() if SERIES.index(name) in STOCKS else values.sum())

    def offspring(self) -> Counts:
        """How many people each person infected, shape (people,); -1 for those never infected."""
        infectors = self.infected_by[self.infected_by >= 0]
        counts = np.bincount(infectors, minlength=len(self.infected_by))
        return np.where(self.infected_on >= 0, counts, UNCOUNTED)


@dataclass(frozen=True)
class Ensemble:
    """Runs of one scenario with several seeds."""

    seeds: tuple[int, ...]
    runs: tuple[Run, ...]
    seconds: float

    def band(self, name: str, levels: Sequence[float] = BAND) -> Floats:
        """Quantiles over the seeds of a daily series, shape (levels, days)."""
        return np.quantile(np.stack([run.series(name) for run in self.runs]), levels, axis=0)

    def totals(self, name: str) -> Counts:
        """The total of each run, shape (runs,)."""
        return np.array([run.total(name) for run in self.runs], np.int64)

    def total_band(self, name: str, levels: Sequence[float] = BAND) -> Floats:
        """Quantiles over the seeds of the total, shape (levels,)."""
        return np.asarray(np.quantile(self.totals(name), levels))

    def mean(self, name: str) -> Floats:
        """The mean over the seeds of a daily series, shape (days,)."""
        return np.asarray(np.mean([run.series(name) for run in self.runs], axis=0))

    def mean_by(self, part: str, name: str) -> Floats:
        """The mean of a daily series of each `commune` or `age` band, shape (days, parts)."""
        of_run = Run.by_commune if part == "commune" else Run.by_band
        return np.asarray(np.mean([of_run(run, name) for run in self.runs], axis=0))
