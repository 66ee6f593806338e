"""A progress bar on standard error: one line that is drawn over on a terminal, one line a step elsewhere."""

import sys
from enum import StrEnum
from time import monotonic
from typing import Protocol

BAR = 28
START_OF_LINE = "\r\033[K"


class Step(StrEnum):
    """What is done one after the other."""

    TABLES = "Preparing the tables"
    LAND = "Drawing the land"
    UNITS = "Loading units and outlines"
    OFFICERS = "Appointing officers"
    RESIDENTS = "Settling the residents"
    STORY = "Telling nine days of work"
    LEVELS = "Computing six weeks of risk levels"
    OUTBREAK = "Tracing an outbreak"
    SERIES = "Counting 120 days and forecasting"


SECONDS = {
    Step.TABLES: 8,
    Step.LAND: 3,
    Step.UNITS: 2,
    Step.OFFICERS: 2,
    Step.RESIDENTS: 8,
    Step.STORY: 17,
    Step.LEVELS: 6,
    Step.OUTBREAK: 3,
    Step.SERIES: 4,
}
"""About how long each takes for 180,000 people on two cores (benchmarks/demo_install.py)."""


class Bar(Protocol):
    """What hears of the progress."""

    def step(self, name: Step) -> None:
        """The step before is done, this one begins."""

    def advance(self, part: float) -> None:
        """How much of the step is done, from 0 to 1."""


class Progress:
    """Draws the steps with their shares of the whole time."""

    def __init__(self) -> None:
        self._done, self._share, self._name = 0.0, 0.0, ""
        self._drawn, self._started = "", monotonic()
        self._terminal = sys.stderr.isatty()

    def step(self, name: Step) -> None:
        """The step before is done, this one begins."""
        self._done, self._share, self._name = self._done + self._share, SECONDS[name] / sum(SECONDS.values()), name
        self.advance(0.0)

    def advance(self, part: float) -> None:
        """How much of the step is done, from 0 to 1."""
        whole = min(self._done + self._share * part, 1.0)
        if self._terminal:
            line = f"{'█' * round(BAR * whole):░<{BAR}} {whole:4.0%}  {self._name}"
            self._draw(START_OF_LINE + line, line)
        elif not part:
            self._draw(f"{whole:4.0%}  {self._name}\n", self._name)

    def finish(self, words: str) -> None:
        """All is done."""
        start = START_OF_LINE if self._terminal else ""
        self._draw(f"{start}{words} ({monotonic() - self._started:.0f} s)\n", words)

    def _draw(self, text: str, line: str) -> None:
        if line != self._drawn:
            self._drawn = line
            sys.stderr.write(text)
            sys.stderr.flush()
