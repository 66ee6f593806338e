"""Which team knocks at which doors: households in walking order, cut into ways of 30 to 50. Pure.

Bắc Giang gave each community team of 3 to 5 people 30 to 50 households in 2021; the decision that set it has not been read,
so these are working values.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from re import findall

FEWEST, MOST = 30, 50
BEND = 8
"""A cut moves so many doors at most to fall on a hamlet's border."""


@dataclass(frozen=True)
class Home:
    """A household: the row id of its hamlet, a key that puts hamlets in order, and the address as it is written."""

    household: int
    hamlet: str
    address: str


@dataclass(frozen=True)
class Ways:
    """Households by team, each in walking order; `missing` teams would be needed to keep every way at 50."""

    by_team: dict[int, tuple[int, ...]]
    missing: int


def walking(homes: Sequence[Home]) -> list[Home]:
    """Hamlet by hamlet and lane by lane; "Số 9" stands before "Số 12"."""
    return sorted(homes, key=lambda home: (home.hamlet, _lane(home.address), home.household))


def _lane(address: str) -> tuple[str, list[tuple[int, str]]]:
    """Lanes by name first ("ngõ 4"), then the house number that the address begins with."""
    house, _comma, lane = address.partition(",")
    return lane.strip(), [(int(part), "") if part.isdigit() else (0, part) for part in findall(r"\d+|[^\d\s]+", house)]


def share_ways(homes: Sequence[Home], teams: Sequence[int]) -> Ways:
    """Cut the walk into one stretch a team, of about equal length; with too few teams the stretches are longer.

    Teams beyond what 30 households each would keep busy get none.
    """
    walk, needed = walking(homes), -(-len(homes) // MOST)
    used = min(len(teams), max(needed, len(homes) // FEWEST))
    if not used:
        return Ways({}, needed)
    cuts = [0, *(_cut(walk, len(walk) * turn // used) for turn in range(1, used)), len(walk)]
    stretches = zip(teams, cuts, cuts[1:], strict=False)
    by_team = {team: tuple(home.household for home in walk[begin:end]) for team, begin, end in stretches}
    return Ways(by_team, max(0, needed - len(teams)))


def _cut(walk: Sequence[Home], at: int) -> int:
    """The border of two hamlets nearest to `at`, where one is near."""
    near = [place for place in range(at - BEND, at + BEND + 1) if 0 < place < len(walk)]
    borders = [place for place in near if walk[place - 1].hamlet != walk[place].hamlet]
    return min(borders, key=lambda place: (abs(place - at), place), default=at)
