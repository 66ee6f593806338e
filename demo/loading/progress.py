"""A progress bar on standard error: one line that is drawn over on a terminal, one line a step elsewhere."""

import sys
from time import monotonic

BAR = 28
START_OF_LINE = "\r\033[K"


class Progress:
    """Steps with their shares of the whole time, as measured on two cores."""

    def __init__(self, steps: dict[str, float]) -> None:
        self._steps = {name: share / sum(steps.values()) for name, share in steps.items()}
        self._done, self._share, self._name = 0.0, 0.0, ""
        self._drawn, self._started = "", monotonic()
        self._terminal = sys.stderr.isatty()

    def step(self, name: str) -> None:
        """The step before is done, this one begins."""
        self._done, self._share, self._name = self._done + self._share, self._steps[name], name
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
