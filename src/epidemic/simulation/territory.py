"""What a simulated province is made of: communes and industrial parks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


class ProvinceError(ValueError):
    """A province that nobody can be settled in; the message says how to mend it."""


@dataclass(frozen=True, kw_only=True)
class Commune:
    """A commune, its district, and how many people live there."""

    code: str
    people: int
    district: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Park:
    """An industrial park: where it stands and how many work there, at lines, drawn mostly from its own district.

    `lodged` is the share of the workers who live in lodgings in the park's commune, among the commune's people.
    """

    name: str
    commune: str
    workers: int
    lodged: float = 0.0

    @property
    def tenants(self) -> int:
        """Workers who live in lodgings."""
        return round(self.workers * self.lodged)


@dataclass(frozen=True)
class Province:
    """Communes in the order of their districts, and parks.

    Raises
    ------
    ProvinceError
        For no commune, one without people, a code used twice, a park in a commune that is not there, or more tenants of
        lodgings than a commune has people.
    """

    communes: tuple[Commune, ...]
    parks: tuple[Park, ...] = ()

    def __post_init__(self) -> None:
        codes = [commune.code for commune in self.communes]
        empty = [commune.code for commune in self.communes if commune.people < 1]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        lost = [park.name for park in self.parks if park.commune not in codes]
        for found, what in (
            (not codes, "a province needs a commune"),
            (empty, f"commune {', '.join(empty)} has no people: give at least 1"),
            (twice, f"commune {', '.join(twice)} is given twice"),
            (lost, f"park {', '.join(lost)} stands in a commune that is not there"),
            (len(self.parks) > 250, "at most 250 parks"),
            (
                self._crowded(),
                f"commune {', '.join(self._crowded())} has fewer people than workers in lodgings: lodge fewer",
            ),
        ):
            if found:
                raise ProvinceError(what)

    def _crowded(self) -> list[str]:
        """Communes whose lodgings hold more than their people."""
        left = {commune.code: commune.people for commune in self.communes}
        for park in self.parks:
            left[park.commune] = left.get(park.commune, park.tenants) - park.tenants
        return [code for code, people in left.items() if people < 0]

    @property
    def people(self) -> int:
        return sum(commune.people for commune in self.communes)

    @property
    def districts(self) -> tuple[str, ...]:
        """Names of districts in the order in which they first stand."""
        return tuple(dict.fromkeys(commune.district for commune in self.communes))


def province_of(communes: Sequence[Commune], parks: Sequence[Park] = ()) -> Province:
    """A province with its communes brought into the order of their districts."""
    order = {name: place for place, name in enumerate(dict.fromkeys(commune.district for commune in communes))}
    return Province(tuple(sorted(communes, key=lambda commune: order[commune.district])), tuple(parks))


def invented_province(people: int, communes: int, *, parks: Sequence[Park] = (), seed: int = 1) -> Province:
    """Communes of unequal size, about 23 to a district, when nothing but the number of people is known.

    Commune `X001` and on, district `H01` and on. Raises ProvinceError when there are fewer people than communes.
    """
    if not 0 < communes <= people:
        raise ProvinceError(f"{people} people cannot live in {communes} communes: give fewer communes")
    weights = np.random.default_rng(seed).lognormal(0.0, 0.4, communes)
    sizes = np.maximum(1, np.floor(weights / weights.sum() * people)).astype(int)
    sizes[0] += people - sizes.sum()
    if sizes[0] < 1:
        raise ProvinceError(f"{people} people are too few for {communes} communes: give fewer communes")
    units = (
        Commune(code=f"X{at + 1:03d}", people=int(size), district=f"H{at // 23 + 1:02d}")
        for at, size in enumerate(sizes)
    )
    return Province(tuple(units), tuple(parks))
