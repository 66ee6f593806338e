"""Figures without axes: the strip of key figures, the summary of a tree, the threshold ruler."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from phaodai.foundation.components.base import Component, Content, Text
from phaodai.foundation.components.marks import Stacked

RULER_WIDTH = 330


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure that opens its rows (``url``); ``detail`` stands beside it (yesterday, interval), ``note`` below."""

    label: Text
    value: Text
    url: str = ""
    detail: Text = ""
    note: Content = None
    late: bool = False
    current: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigures(Component):
    """Three to six figures in a strip; ``compact`` sets words rather than numbers."""

    figures: Sequence[KeyFigure]
    compact: bool = False

    template: ClassVar[str] = "foundation/components/key_figures.html"


@dataclass(frozen=True, slots=True)
class SummaryCount:
    count: Text
    label: Text
    url: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Summary(Component):
    """The state of many tasks in one line: a stacked bar with its caption, then counts that open their rows."""

    parts: Sequence[float]
    caption: Text
    counts: Sequence[SummaryCount]

    template: ClassVar[str] = "foundation/components/summary.html"

    @property
    def bar(self) -> Stacked:
        return Stacked(self.parts)


@dataclass(frozen=True, slots=True)
class Ruler(Component):
    """A figure on its scale with the limits of the rule. Bands use the blue ramp, never level colours.

    ``value`` and ``limits`` share a unit and run from ``low`` to ``high``; ``label`` says in words where it lies.
    """

    value: float
    limits: Sequence[tuple[float, Text]]
    low: float
    high: float
    label: Text

    template: ClassVar[str] = "foundation/components/ruler.html"
    width: ClassVar[int] = RULER_WIDTH

    @property
    def at(self) -> str:
        return f"{self._place(self.value):.1f}"

    @property
    def ticks(self) -> list[tuple[str, Text]]:
        return [(f"{self._place(limit):.1f}", text) for limit, text in self.limits]

    @property
    def bands(self) -> list[tuple[int, str, str]]:
        """Shade, start and width of each band between limits; the last band is darkest."""
        edges = [0.0, *(self._place(limit) for limit, _text in self.limits), float(RULER_WIDTH)]
        shades = [0, *range(4 - len(self.limits), 4)] if len(self.limits) > 1 else [0, 2]
        return [
            (shade, f"{start:.1f}", f"{max(end - start - 1, 0):.1f}")
            for shade, start, end in zip(shades, edges, edges[1:], strict=False)
        ]

    def _place(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return min(max(share, 0), 1) * RULER_WIDTH
