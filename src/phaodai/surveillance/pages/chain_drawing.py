"""A chain as a drawing: dots by day, hollow where suspected, dashed lines where unproven. Server-made SVG, no script."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from epidemic.chains import Chain
from phaodai.foundation.formats import short_day
from phaodai.foundation.registers.showing import language
from phaodai.surveillance.models import Case
from phaodai.surveillance.models.chains import CaseMark, ChainLink
from phaodai.surveillance.models.transmissions import Transmission
from phaodai.surveillance.rules.chain_layout import Layout, Spot, layout

LEFT, TOP, BELOW, RADIUS = 34, 26, 26, 6
MOST_TICKS = 8
UNPROVEN = (Transmission.Certainty.LIKELY, Transmission.Certainty.POSSIBLE)


@dataclass(frozen=True)
class Dot:
    """One case."""

    x: float
    y: float
    label: str
    url: str
    title: str
    hollow: bool
    current: bool
    guessed: bool


@dataclass(frozen=True)
class Line:
    """One transmission, as the path of an SVG."""

    path: str
    dashed: bool


@dataclass(frozen=True)
class Tick:
    """A day of the axis."""

    x: float
    label: str


@dataclass(frozen=True)
class Drawing:
    """Everything an SVG needs, in its own units."""

    width: int
    height: int
    dots: Sequence[Dot]
    lines: Sequence[Line]
    ticks: Sequence[Tick]

    @property
    def floor(self) -> int:
        """Where the axis stands."""
        return self.height - BELOW + 6


@dataclass(frozen=True)
class Scale:
    """Units of the drawing for a day and for a row."""

    day: float
    row: float

    def x(self, spot: Spot) -> float:
        """From the left."""
        return round(LEFT + spot.day * self.day, 1)

    def y(self, spot: Spot) -> float:
        """From the top."""
        return round(TOP + spot.row * self.row, 1)


def draw(
    chain: Chain[int],
    marks: Mapping[int, CaseMark],
    links: Sequence[ChainLink],
    *,
    current: int = 0,
    width: int = 0,
    least: int = 640,
    row: float = 30,
) -> Drawing | None:
    """The drawing of a chain, `width` units wide or as wide as its days ask for and at `least`; None where no day is known."""
    placed = layout(chain, {case: mark.day for case, mark in marks.items()})
    if placed is None:
        return None
    days = max((placed.last - placed.first).days, 1)
    room = width or max(least, LEFT * 2 + days * 44)
    scale = Scale((room - 2 * LEFT) / days, row)
    return Drawing(
        room,
        int(TOP + placed.rows * row + BELOW),
        [_dot(spot, scale, marks[case], current) for case, spot in placed.spots.items()],
        list(_lines(chain, placed, scale, links)),
        list(_ticks(placed, scale)),
    )


def _dot(spot: Spot, scale: Scale, mark: CaseMark, current: int) -> Dot:
    day = short_day(mark.day, language()) if mark.day else "?"
    return Dot(
        scale.x(spot),
        scale.y(spot),
        mark.code.rpartition("-")[2] if "-" in mark.code else mark.code,
        reverse("surveillance-case-brief", args=[mark.id]),
        f"{mark.code}, {day}",
        hollow=mark.classification in (Case.Classification.SUSPECTED, Case.Classification.PROBABLE),
        current=mark.id == current,
        guessed=not spot.known,
    )


def _lines(chain: Chain[int], placed: Layout, scale: Scale, links: Sequence[ChainLink]) -> Iterator[Line]:
    certain = {(link.source, link.target): link.certainty for link in links}
    for source, target in chain.links:
        one, other = placed.spots[source], placed.spots[target]
        (x, y), (to_x, to_y) = (scale.x(one), scale.y(one)), (scale.x(other), scale.y(other))
        bend = round((x + to_x) / 2, 1)
        path = f"M{x} {y}C{bend} {y} {bend} {to_y} {to_x} {to_y}"
        yield Line(path, certain.get((source, target)) in UNPROVEN)


def _ticks(placed: Layout, scale: Scale) -> Iterator[Tick]:
    days = (placed.last - placed.first).days
    step = max(1, -(-days // max(MOST_TICKS, int(days * scale.day // 90))))
    for day in range(0, days + 1, step):
        yield Tick(round(LEFT + day * scale.day, 1), _day(placed.first, day))


def _day(first: date, days: int) -> str:
    return short_day(first + timedelta(days=days), language())
