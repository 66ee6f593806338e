"""Counts things with a serial number for readiness: what works in each unit, of the items that people set against a need."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from phaodai.supply.actions.readiness_figures import Provided, provide_figures
from phaodai.supply.models import Equipment, Figure, Item, NeedMapping
from phaodai.territory.models import Unit

COUNTED = (Figure.VENTILATORS, Figure.CONCENTRATORS)
"""Figures that are nothing but equipment."""
WORKING, OFF = Equipment.State.WORKING, Equipment.State.WRITTEN_OFF


@dataclass(frozen=True, slots=True)
class Machines:
    """How many work and how many stand broken or in repair; `as_of` is when the body that wrote least lately wrote."""

    working: int = 0
    broken: int = 0
    as_of: datetime | None = None

    def __add__(self, other: "Machines") -> "Machines":
        moments = [one.as_of for one in (self, other) if one.as_of is not None]
        return Machines(self.working + other.working, self.broken + other.broken, min(moments, default=None))

    @property
    def provided(self) -> Provided:
        """As a figure of readiness: what works, and in words what does not."""
        source = _("equipment book")
        if self.broken:
            source = _("equipment book; %(count)d more do not work") % {"count": self.broken}
        return Provided(Decimal(self.working), self.as_of, source)


def machines_of(
    units: Sequence[Unit], items: Collection[int], without: Collection[str] = ()
) -> dict[int, dict[int, Machines]]:
    """Equipment by row id of the unit, of every tier, and of the item, in one query; `without` leaves serial numbers out."""
    asked = {one.pk for one in units}
    rows = Equipment.objects.filter(item__in=items).exclude(state=OFF).exclude(serial__in=without)
    counts = rows.values_list("province_id", "district_id", "commune_id", "item", "organisation").annotate(
        working=Count("pk", filter=Q(state=WORKING), distinct=True),
        all=Count("pk", distinct=True),
        last=Max("steps__at"),
    )
    found: dict[int, dict[int, Machines]] = defaultdict(lambda: defaultdict(Machines))
    for *places, item, _body, working, together, last in counts:
        for unit in asked.intersection(places):
            found[unit][item] += Machines(working, together - working, last)
    return found


def items_of(units: Sequence[Unit]) -> Mapping[str, Collection[int]]:
    """The items of equipment that people of the province set against each need, by its key."""
    rows = NeedMapping.objects.filter(province_id=units[0].province_id or units[0].pk)
    found: dict[str, list[int]] = defaultdict(list)
    for key, item in rows.filter(item__kind=Item.Kind.EQUIPMENT).values_list("key", "item"):
        found[key].append(item)
    return found


@provide_figures
def figures_of_equipment(units: Sequence[Unit], moment: datetime) -> dict[int, dict[Figure, Provided]]:
    """Ventilators and oxygen concentrators that work. Nothing where nobody said which item is one, or none is written."""
    del moment
    items = items_of(units)
    machines = machines_of(units, [item for figure in COUNTED for item in items.get(figure, ())])
    found: dict[int, dict[Figure, Provided]] = defaultdict(dict)
    for unit, by_item in machines.items():
        for figure in COUNTED:
            mine = [by_item[item] for item in items.get(figure, ()) if item in by_item]
            if mine:
                found[unit][figure] = sum(mine, Machines()).provided
    return found
