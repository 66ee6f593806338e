"""From what an officer drew, ticked or wrote to the parts of a zone; everything that is wrong with it is said in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely
from django.utils.translation import gettext as _

from phaodai.containment.actions.areas import require_inside
from phaodai.containment.models import ZonePart
from phaodai.containment.rules.zones_outline import Fault, Outline, Shape, read_outline, shape_of
from phaodai.foundation.formats import fold
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.people.models import Household
from phaodai.surveillance.rules.outbreaks import shared_area
from phaodai.territory.models import Tier, Unit, UnitOutline

MOST_LINES = 2000
NAMED_LINES = 3


@dataclass(frozen=True)
class Ground:
    """Which houses a zone holds, as it was asked: any of the four ways, or several together.

    outline: GeoJSON text. streets, households: a line each; a household by its number or its address in `commune`.
    """

    outline: str = ""
    hamlets: Sequence[int] = ()
    commune: int | None = None
    streets: str = ""
    households: str = ""


@dataclass(frozen=True)
class Parts:
    """The parts, not written yet, and the smallest area that holds all of them."""

    parts: list[ZonePart]
    area: dict[str, int | None]
    km2: float | None


def parts_of(actor: Actor, ground: Ground, on: date) -> Parts:
    """The parts that a ground asks for from a day on; `Refusal` where one of them cannot be."""
    outline = _outline(actor, ground.outline)
    hamlets, commune = _hamlets(actor, ground.hamlets, on), _commune(actor, ground, on)
    homes = _homes(ground.households, commune)
    parts = [
        *([ZonePart(kind="outline", geometry=outline.geometry)] if outline else ()),
        *(ZonePart(kind="hamlet", hamlet=hamlet) for hamlet in hamlets),
        *(ZonePart(kind="street", commune=commune, street=street) for street in _lines(ground.streets, "streets")),
        *([ZonePart(kind="households", household_ids=[home.pk for home in homes])] if homes else ()),
    ]
    if not parts:
        words = _("Say which houses: draw on the map, tick hamlets, name a street or list households.")
        raise Refusal(words, field="outline")
    for part in parts:
        part.from_on = on
    places: list[Any] = [*hamlets, *homes, *([commune] if commune and ground.streets.strip() else ())]
    places += _communes_under(outline.shape, actor, on) if outline else ()
    return Parts(parts, _area(places), outline.km2 if outline else None)


def _area(places: Iterable[Any]) -> dict[str, int | None]:
    found = shared_area([(one.province_id, one.district_id, one.commune_id) for one in places])
    return Area(*found).columns


def _outline(actor: Actor, text: str) -> Outline | None:
    """What was drawn, checked against the officer's area; None where nothing was."""
    if not text.strip():
        return None
    unit = _own_unit(actor)
    found = read_outline(text, _shape_of_unit(unit))
    if isinstance(found, Fault):
        raise Refusal(_fault_words(found, unit), field="outline")
    return found


def _own_unit(actor: Actor) -> Unit:
    pk = actor.area.commune or actor.area.district or actor.area.province
    unit = Unit.objects.filter(pk=pk).first() if pk else None
    if unit is None:
        raise Refusal(_("Your post has no area in which a zone could be drawn."), field="outline")
    return unit


def _shape_of_unit(unit: Unit) -> Shape:
    kept = UnitOutline.objects.filter(unit=unit).first()
    if kept is None:
        words = _("No outline of %(unit)s is loaded, so the drawing cannot be checked. Tick hamlets or name a street.")
        raise Refusal(words % {"unit": unit.name}, field="outline")
    return shape_of(kept.geometry)


def _fault_words(fault: Fault, unit: Unit) -> str:
    words = {
        Fault.EMPTY: _("The drawing has fewer than three corners. Tap at least three points around the houses."),
        Fault.UNREADABLE: _("The drawing cannot be read. Delete it and draw again."),
        Fault.TOO_LONG: _("The drawing has too many corners. Draw it with at most 2,000."),
        Fault.CROSSES: _(
            "The line of the drawing crosses itself. Take back the last points and go around the houses once."
        ),
        Fault.TINY: _("The drawing is smaller than one house. Zoom in and tap the corners further apart."),
        Fault.OUTSIDE: _("The drawing lies outside %(unit)s. Move the map to your area and draw there."),
        Fault.PARTLY_OUTSIDE: _(
            "A part of the drawing lies outside %(unit)s. Keep within the border, or ask the tier above."
        ),
    }
    return words[fault] % {"unit": unit.name}


def _communes_under(shape: Shape, actor: Actor, on: date) -> list[Unit]:
    """The communes that a drawing touches; the officer's own unit where no outlines of communes are loaded."""
    inside = Unit.objects.as_of(on).inside(actor.area).filter(tier=Tier.COMMUNE).select_related("outline")
    communes = [one for one in inside if hasattr(one, "outline")]
    shapes = [shape_of(one.outline.geometry) for one in communes]
    shares = [shapely.area(shapely.intersection(one, shape)) / shape.area for one in shapes]
    touched = [one for one, share in zip(communes, shares, strict=True) if share > 0.01]
    return touched or [_own_unit(actor)]


def _hamlets(actor: Actor, ids: Sequence[int], on: date) -> list[Unit]:
    found = list(Unit.objects.as_of(on).filter(pk__in=ids, tier__in=(Tier.HAMLET, Tier.COMMUNE)))
    if len(found) < len(set(ids)):
        raise Refusal(_("One of the hamlets does not exist any more. Tick the hamlets again."), field="hamlets")
    for hamlet in found:
        require_inside(actor, hamlet)
    return found


def _commune(actor: Actor, ground: Ground, on: date) -> Unit | None:
    """Where streets and addresses are looked for."""
    if not ground.streets.strip() and not ground.households.strip():
        return None
    pk = ground.commune or actor.area.commune
    commune = Unit.objects.as_of(on).filter(pk=pk, tier=Tier.COMMUNE).first() if pk else None
    if commune is None:
        raise Refusal(_("Choose the commune in which the street or the households lie."), field="commune")
    require_inside(actor, commune)
    return commune


def _lines(text: str, field: str) -> list[str]:
    lines = list(dict.fromkeys(filter(None, (" ".join(line.split()) for line in text.splitlines()))))
    if len(lines) > MOST_LINES or any(len(line) > 160 for line in lines):
        raise Refusal(_("Write one name on each line, at most 160 letters long and 2,000 lines in all."), field=field)
    return lines


def _homes(text: str, commune: Unit | None) -> list[Household]:
    """The households of a pasted list; one that is not found is named."""
    lines = _lines(text, "households")
    if not lines or commune is None:
        return []
    homes = list(Household.objects.filter(commune_id=commune.pk))
    by_mark = {str(home.pk): home for home in homes} | {fold(home.address): home for home in homes}
    missing = [line for line in lines if fold(line) not in by_mark]
    if missing:
        words = _("No household of %(commune)s is known as: %(lines)s. Correct these lines or leave them out.")
        named = "; ".join([*missing[:NAMED_LINES], *(["…"] if len(missing) > NAMED_LINES else ())])
        raise Refusal(words % {"commune": commune.name, "lines": named}, field="households")
    return list({home.pk: home for home in (by_mark[fold(line)] for line in lines)}.values())
