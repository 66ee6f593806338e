"""Area names of a scenario and the hamlets, parks and people that they mean."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from epidemic.simulation.population import Population

Flags = NDArray[np.bool_]


class AreaError(ValueError):
    """A name that is no area of the province; the message says which names there are."""


class Gazetteer:
    """Looks up communes by code or name, districts, parks, and hamlets as `CODE/2` (the second of the commune)."""

    def __init__(self, population: Population) -> None:
        self.population = population
        self.communes: dict[str, list[int]] = {}
        for at, unit in enumerate(population.province.communes):
            for name in {unit.code, unit.name, unit.district} - {""}:
                self.communes.setdefault(name, []).append(at)
        self.parks = {park.name: at for at, park in enumerate(population.province.parks)}
        places = {unit.code: at for at, unit in enumerate(population.province.communes)}
        self.park_commune = np.array([places[park.commune] for park in population.province.parks], int)

    def hamlets(self, names: Iterable[str]) -> Flags:
        """Hamlets of the areas, shape (hamlets,); those of no area named are none, of the empty list all.

        Raises AreaError for a name that is no area.
        """
        wanted = tuple(names)
        found = np.full(len(self.population.hamlet_commune), not wanted)
        for name in wanted:
            if name not in self.parks:
                found |= self._hamlets_of(name)
        return found

    def _hamlets_of(self, name: str) -> Flags:
        unit, sign, number = name.rpartition("/")
        if sign and unit in self.communes and number.isdigit():
            inside = np.flatnonzero(np.isin(self.population.hamlet_commune, self.communes[unit]))
            if not 1 <= int(number) <= len(inside):
                raise AreaError(f"'{name}': {unit} has hamlets 1 to {len(inside)}")
            return np.asarray(np.arange(len(self.population.hamlet_commune)) == inside[int(number) - 1])
        if name not in self.communes:
            raise AreaError(f"'{name}' is no area: name a commune, district or park, such as {self._examples()}")
        return np.asarray(np.isin(self.population.hamlet_commune, self.communes[name]))

    def _examples(self) -> str:
        names = [*list(self.communes)[:3], *list(self.parks)[:1]]
        return ", ".join(f"'{name}'" for name in names)

    def parks_in(self, names: Iterable[str]) -> Flags:
        """Parks named, or standing in a commune of the areas, shape (parks + 1,); the first stands for no park."""
        wanted = tuple(names)
        found = np.zeros(len(self.parks) + 1, bool)
        inside = self.population.hamlet_commune[self.hamlets(wanted)]
        found[1:] = np.isin(self.park_commune, inside)
        for name in wanted:
            if name in self.parks:
                found[self.parks[name] + 1] = True
        return found

    def people(self, names: Iterable[str]) -> NDArray[np.int32]:
        """Who lives in the areas, or works in the parks named."""
        wanted = tuple(names)
        of = self.population.people
        chosen = self.hamlets(wanted)[of.hamlet]
        named = [self.parks[name] + 1 for name in wanted if name in self.parks]
        return np.flatnonzero(chosen | np.isin(of.park, named)).astype(np.int32)
