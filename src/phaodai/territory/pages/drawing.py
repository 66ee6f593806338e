"""Maps of units: the outlines below a unit, made as light as the screen asks."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import shapely
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.foundation.components import Content, Note
from phaodai.foundation.maps import MappedUnit, UnitMap
from phaodai.territory.models import Unit, UnitOutline
from phaodai.territory.pages.asking import list_url, unit_url, written

# Bends finer than these shares of the map's width cannot be seen: on a drawing 386 px wide, on a map to move in.
_DRAWN, _LIVE = 0.4 / 386, 0.3 / 1500

MOST_NAMED = 20
"""Units on a map beyond which their names would cover each other."""

Drawn = tuple[Unit, Mapping[str, Any]]


def below(unit: Unit | None, day: date) -> QuerySet[Unit]:
    """What lies directly below a unit on a day; the provinces below none."""
    if unit is None:
        return Unit.objects.as_of(day).filter(parent=None).order_by("sort_key")
    return Unit.objects.under(unit, day)


def outlines(units: Sequence[Unit], finest: float) -> list[Drawn]:
    """The units that have an outline, each with its GeoJSON geometry without bends below a share of the whole width."""
    kept = dict(UnitOutline.objects.filter(unit__in=units).values_list("unit_id", "geometry"))
    drawn = [unit for unit in units if unit.pk in kept]
    if not drawn:
        return []
    shapes = shapely.from_geojson([json.dumps(kept[unit.pk]) for unit in drawn])
    west, _south, east, _north = shapely.total_bounds(shapes)
    lighter = shapely.simplify(shapes, (east - west) * finest, preserve_topology=True)
    return [
        (unit, json.loads(text)) for unit, text in zip(drawn, shapely.to_geojson(np.atleast_1d(lighter)), strict=True)
    ]


def map_of(title: str, units: Sequence[Unit], day: date, outlines_url: str = "") -> Content:
    """The map of some units of a day, or why there is none; `outlines_url` gives the map to move in."""
    drawn = outlines(units, _DRAWN)
    if not drawn:
        return Note(_("No outlines are known for the units of this day. The list holds all of them."), icon="map")
    subtitle = written(day)
    if missing := len(units) - len(drawn):
        said = ngettext("%(day)s, without %(count)d unit", "%(day)s, without %(count)d units", missing)
        subtitle = said % {"day": written(day), "count": missing}
    mapped = [MappedUnit(one.name, geometry, url=unit_url(one, day)) for one, geometry in drawn]
    return UnitMap(title, subtitle, mapped, places=_places(drawn), outlines_url=outlines_url)


def _places(drawn: Sequence[Drawn]) -> list[tuple[str, tuple[float, float]]]:
    """Names to write on the map, where there is room for all of them."""
    if len(drawn) > MOST_NAMED:
        return []
    places = [(one.bare_name, one.longitude, one.latitude) for one, _geometry in drawn]
    return [(name, (east, north)) for name, east, north in places if east is not None and north is not None]


def features(unit: Unit | None, day: date) -> dict[str, Any]:
    """The outlines below a unit as a GeoJSON FeatureCollection; a click leads to what lies below, else to the page."""
    drawn = outlines(list(below(unit, day)), _LIVE)
    inner = set(
        Unit.objects.as_of(day).filter(parent__in=[one for one, _geometry in drawn]).values_list("parent_id", flat=True)
    )
    found = [
        {
            "type": "Feature",
            "properties": {
                "code": one.code,
                "name": one.name,
                "label": one.name,
                "level": 0,
                "url": list_url(day, one) if one.pk in inner else unit_url(one, day),
            },
            "geometry": geometry,
        }
        for one, geometry in drawn
    ]
    return {"type": "FeatureCollection", "features": found}
