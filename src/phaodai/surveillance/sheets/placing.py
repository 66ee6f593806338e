"""In which unit a case lies: by the words of its columns for commune, district and province."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from phaodai.foundation.formats import fold
from phaodai.foundation.scope import Area
from phaodai.territory.models import Tier, Unit

_MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a row lies; with a doubt and a suggestion where its words name no unit, or one outside the area."""

    area: Area
    doubt: str = ""
    suggestion: str = ""


def home_area(day: date) -> Area:
    """The one province of this installation; nowhere where there is none, or several."""
    provinces = list(Unit.objects.as_of(day).tier(Tier.PROVINCE)[:2])
    return provinces[0].area if len(provinces) == 1 else Area()


class Gazetteer:
    """The communes and districts of an area by name and code."""

    def __init__(self, area: Area, day: date, samples: "list[tuple[str, str]]") -> None:
        """`samples` are words for commune and district: where most name no unit, the sheet is of another country."""
        self.area = area
        self._communes: dict[str, list[Unit]] = defaultdict(list)
        self._districts: dict[str, list[Unit]] = defaultdict(list)
        if area.province:
            whole = Area(area.province)
            for unit in Unit.objects.as_of(day).inside(whole).filter(tier__in=[Tier.DISTRICT, Tier.COMMUNE]):
                names = self._communes if unit.tier == Tier.COMMUNE else self._districts
                for key in {fold(unit.name), fold(unit.bare_name), unit.code}:
                    names[key].append(unit)
        self._counts = self._most_are_known([commune for commune, _district in samples if commune])

    def _most_are_known(self, words: list[str]) -> bool:
        return bool(words) and sum(bool(self._find(word)) for word in words) >= _MOSTLY * len(words)

    def _find(self, word: str) -> list[Unit]:
        return self._communes.get(fold(word), [])

    def place(self, commune: str, district: str) -> Placed:
        """The unit of a row: its commune, else its district, else the area of the sheet."""
        if not self.area.province:
            return Placed(self.area)
        found = self._within(self._find(commune) if commune else [], district)
        if len(found) == 1:
            return self._inside(found[0].area)
        if commune and self._counts:
            return Placed(self.area, "unit", self._suggestion(commune, found))
        districts = self._districts.get(fold(district), []) if district else []
        return self._inside(districts[0].area) if len(districts) == 1 else Placed(self.area)

    def _within(self, communes: list[Unit], district: str) -> list[Unit]:
        """Of communes of one name, that of the district that the row names."""
        if len(communes) < 2 or not district:
            return communes
        wanted = {unit.pk for unit in self._districts.get(fold(district), [])}
        return [unit for unit in communes if unit.district_id in wanted] or communes

    def _inside(self, found: Area) -> Placed:
        if self.area.holds(_Columns(found.province, found.district, found.commune)):
            return Placed(found)
        if found.commune is None and found.district in (self.area.district, None):
            return Placed(self.area)
        return Placed(self.area, "outside")

    def _suggestion(self, word: str, several: list[Unit]) -> str:
        if several:
            return ""
        near = get_close_matches(fold(word), self._communes, n=2, cutoff=0.8)
        units = {unit.pk: unit for name in near for unit in self._communes[name]}
        return next(iter(units.values())).bare_name if len(units) == 1 else ""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Area columns of a unit as a row would carry them."""

    province_id: int | None
    district_id: int | None
    commune_id: int | None
