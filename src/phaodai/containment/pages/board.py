"""Levels on a board: a small map of what is in force, and how many communes of each district are at which level."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from phaodai.containment.models import LevelDecision
from phaodai.containment.pages.maps import TURNED_WITHIN, turned_unit, units_of_day
from phaodai.containment.showing import map_url
from phaodai.foundation.components import Action, Cell, Column, Row, Table
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.maps import WIDTH, UnitMap
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Tier, Unit
from phaodai.territory.pages.drawing import outlines

COARSE = 1.5 / WIDTH
"""Bends finer than this share of a small map's width cannot be seen."""


@dataclass(frozen=True)
class LevelBoard:
    """The map, the table behind it, and the door to the map of any day."""

    map: UnitMap
    table: Table
    more: Action


def level_board(actor: Actor, day: date) -> LevelBoard | None:
    """The levels in force in the officer's area; None where there is nothing to compare or to draw."""
    units = [unit for unit in units_of_day(actor, day, Tier.COMMUNE) if actor.area.holds(unit)]
    ids = [unit.pk for unit in units]
    drawn = outlines(units, COARSE) if len(units) > 1 else []
    now = LevelDecision.objects.levels_on(day, ids)
    if not drawn or not now:
        return None
    before = LevelDecision.objects.levels_on(day - TURNED_WITHIN, ids)
    mapped = [turned_unit(unit, shape, now.get(unit.pk, 0), before.get(unit.pk, 0), day) for unit, shape in drawn]
    shown = UnitMap(_("Risk levels"), day_words(day, language()), mapped, noun=_("communes"))
    return LevelBoard(shown, _by_district(units, now), Action(_("Map of any day"), map_url(day), kind="text"))


def _by_district(units: Sequence[Unit], levels: Mapping[int, int]) -> Table:
    """A row a district, those with the highest levels first."""
    counts: dict[str, Counter[int]] = {}
    for unit in units:
        above = unit.parent.name if unit.parent else unit.name
        counts.setdefault(above, Counter())[levels.get(unit.pk, 0)] += 1
    ordered = sorted(counts.items(), key=lambda one: [-one[1][level] for level in (4, 3, 2, 1)])
    columns = [Column("unit", _("District"))]
    columns += [Column(str(level), _("level %(number)d") % {"number": level}, numeric=True) for level in (4, 3, 2, 1)]
    return Table(
        _("Communes by level"), columns, [_row(name, found) for name, found in ordered], element="level-counts"
    )


def _row(name: str, found: Counter[int]) -> Row:
    cells = [
        Cell(str(found[level] or "–"), numeric=True, kind="" if found[level] else "quiet") for level in (4, 3, 2, 1)
    ]
    return Row(name, [Cell(name), *cells])
