"""Where the cases of a chain stand in a drawing: time from left to right, one row for each branch. Pure and iterative."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from epidemic.chains import Chain

DRAWN_WHOLE = 500
"""Above this a drawing shows a window of days and says so: nobody reads five thousand dots, and no browser likes them."""
WINDOW = timedelta(days=14)
STEP_ASIDE = 0.4
"""Of a day, in the drawing, between a source and whom it infected when both fell ill on one day."""
NEAR = 2
"""Links around one case that the small drawing of its own page shows, where the whole chain is too large for it."""
DRAWN_SMALL = 24


@dataclass(frozen=True)
class Spot:
    """A case: days since the first of the drawing, a fraction more behind a source of the same day, and its row."""

    case: int
    day: float
    row: float
    known: bool
    """Whether its day is known; else it stands one day after its source."""


@dataclass(frozen=True)
class Layout:
    """All spots, by case, within [first, last]; `rows` is the height in rows."""

    spots: Mapping[int, Spot]
    first: date
    last: date
    rows: int


def layout(chain: Chain[int], days: Mapping[int, date | None]) -> Layout | None:
    """Place every case of a chain; None where no case of it has a day."""
    above = parents(chain)
    placed = _days(chain, above, days)
    if not placed:
        return None
    first, last = min(placed.values()), max(placed.values())
    rows, height = _rows(chain.nodes, above, placed)
    behind = _behind(chain, above, placed)
    spots = {
        case: Spot(case, (placed[case] - first).days + behind[case], rows[case], days.get(case) is not None)
        for case in chain.nodes
    }
    return Layout(spots, first, last, height)


def parents(chain: Chain[int]) -> dict[int, int]:
    """For each case with a source the one it hangs on: the first reported one of the generation before."""
    above: dict[int, int] = {}
    for source, target in chain.links:
        if target not in above and chain.generation[source] == chain.generation[target] - 1:
            above[target] = source
    return above


def _days(chain: Chain[int], above: Mapping[int, int], days: Mapping[int, date | None]) -> dict[int, date]:
    """Every case's day; one without stands a day after its source, or at the first day known."""
    known = [day for case in chain.nodes if (day := days.get(case)) is not None]
    if not known:
        return {}
    placed: dict[int, date] = {}
    for case in sorted(chain.nodes, key=lambda one: chain.generation[one]):
        source = placed.get(above[case]) if case in above else None
        placed[case] = days.get(case) or (source + timedelta(days=1) if source else min(known))
    return placed


def _behind(chain: Chain[int], above: Mapping[int, int], placed: Mapping[int, date]) -> dict[int, float]:
    """How far a case stands behind a source that fell ill on the same day, so that no dot lies on another."""
    behind: dict[int, float] = {}
    for case in sorted(chain.nodes, key=lambda one: chain.generation[one]):
        source = above.get(case)
        same = source is not None and placed[source] == placed[case]
        behind[case] = min(behind[source] + STEP_ASIDE, 1 - STEP_ASIDE) if same and source is not None else 0.0
    return behind


def _rows(nodes: Sequence[int], above: Mapping[int, int], placed: Mapping[int, date]) -> tuple[dict[int, float], int]:
    """Leaves take the next free row in the order of a walk, everybody else stands amid the own branches."""
    below: dict[int, list[int]] = defaultdict(list)
    for case in sorted(nodes, key=lambda one: placed[one]):
        if case in above:
            below[above[case]].append(case)
    walk, order = [case for case in reversed(nodes) if case not in above], []
    while walk:
        case = walk.pop()
        order.append(case)
        walk.extend(reversed(below[case]))
    rows: dict[int, float] = {}
    free = 0
    for case in order:
        if not below[case]:
            rows[case] = float(free)
            free += 1
    for case in reversed(order):
        if below[case]:
            rows[case] = (rows[below[case][0]] + rows[below[case][-1]]) / 2
    return rows, free


def near(case: int, links: Iterable[tuple[int, int]], steps: int = NEAR) -> set[int]:
    """The cases within some links of one."""
    beside: dict[int, set[int]] = defaultdict(set)
    for source, target in links:
        beside[source].add(target)
        beside[target].add(source)
    found, edge = {case}, {case}
    for _step in range(steps):
        edge = {other for one in edge for other in beside[one]} - found
        found |= edge
    return found


def within(nodes: Iterable[int], days: Mapping[int, date | None], last: date) -> set[int]:
    """The cases whose day lies in the window that ends on `last`."""
    return {one for one in nodes if (day := days.get(one)) is not None and last - WINDOW < day <= last}
