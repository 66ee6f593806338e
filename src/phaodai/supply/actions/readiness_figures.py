"""What is known of the figures of units: counted by a higher context where it can, else what the unit says of itself."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.utils.functional import Promise

from phaodai.supply.models import Figure, ReadinessFigure
from phaodai.territory.models import Unit


@dataclass(frozen=True, slots=True)
class Provided:
    """A figure that the program counts itself: how much, as of when (None: its age is not known), and out of what."""

    quantity: Decimal
    as_of: datetime | None
    source: str | Promise


Provider = Callable[[Sequence[Unit], datetime], Mapping[int, Mapping[Figure, Provided]]]
"""Called once with all units of one province that are asked for; by row id, and only what it really knows."""
_PROVIDERS: list[Provider] = []


def provide_figures(provider: Provider) -> Provider:
    """Let a higher context count figures of units; said once, when the program starts."""
    _PROVIDERS.append(provider)
    return provider


@dataclass(frozen=True, slots=True)
class Known:
    """One figure of one unit. What was counted goes before what the unit says; both are kept, so that a page shows both."""

    said: ReadinessFigure | None = None
    counted: Provided | None = None

    @property
    def quantity(self) -> Decimal | None:
        """How much there is; None for what is said in words."""
        if self.counted is not None:
            return self.counted.quantity
        return self.said.quantity if self.said is not None else None

    @property
    def as_of(self) -> datetime | None:
        """The moment of the figure that counts."""
        if self.counted is not None:
            return self.counted.as_of
        return self.said.as_of if self.said is not None else None

    @property
    def source(self) -> str | Promise:
        """Out of what it was counted; empty where the unit says it."""
        return self.counted.source if self.counted is not None else ""


NOTHING = Known()
FiguresOfUnits = Mapping[int, Mapping[str, Known]]


def figures_of(units: Sequence[Unit], moment: datetime) -> FiguresOfUnits:
    """What is known of each figure of units of one province, by row id and key; as many queries for one unit as for all."""
    found: dict[int, dict[str, Known]] = defaultdict(dict)
    for row in ReadinessFigure.objects.filter(unit__in=units):
        found[row.unit_id][row.key] = Known(said=row)
    for provider in _PROVIDERS:
        for unit, figures in provider(units, moment).items():
            for key, counted in figures.items():
                found[unit][key] = replace(found[unit].get(key, NOTHING), counted=counted)
    return found
