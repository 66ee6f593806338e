"""The units of the invented province: list, outlines and neighbours, through the actions that load any territory."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import shapely

from demo import GAZETTEER
from demo.geography import Geography, UnitRow
from phaodai.foundation.scope import SYSTEM
from phaodai.territory.actions import load_list, load_neighbours, load_outlines
from phaodai.territory.models import Tier, Unit
from phaodai.territory.rules.outlines import Outline
from phaodai.territory.rules.units import Entry

SOURCE = "demo.geography"
SINCE = date(2020, 1, 1)
TIERS = {"province": Tier.PROVINCE, "district": Tier.DISTRICT, "commune": Tier.COMMUNE, "hamlet": Tier.HAMLET}


def load_land(geography: Geography, moment: datetime) -> dict[str, Unit]:
    """Write every unit with its outline and neighbours; returns the units by code."""
    said: dict[str, Any] = {"actor": SYSTEM, "moment": moment, "on": SINCE, "source": SOURCE, "gazetteer": GAZETTEER}
    load_list(**said, entries=[_entry(geography, row) for row in geography.rows()])
    load_outlines(**said, outlines=[_outline(row) for row in geography.rows()])
    load_neighbours(**said, pairs=_borders(geography))
    return {unit.code: unit for unit in Unit.objects.filter(gazetteer=GAZETTEER)}


def _entry(geography: Geography, row: UnitRow) -> Entry:
    above = geography.by_code[row.parent_code] if row.parent_code else None
    longitude, latitude = row.centroid
    return Entry(
        tier=TIERS[row.tier],
        code=row.code,
        name=row.name,
        type=row.kind,
        parent=(TIERS[above.tier], above.code) if above else None,
        population=row.population,
        area_km2=row.area,
        longitude=longitude,
        latitude=latitude,
    )


def _outline(row: UnitRow) -> Outline:
    outline = shapely.orient_polygons(row.outline)  # outer rings counter-clockwise, as RFC 7946 asks
    return Outline(row.code, shapely.geometry.mapping(outline))


def _borders(geography: Geography) -> Iterator[tuple[str, str]]:
    for code, others in geography.neighbours.items():
        for other in others:
            yield code, other
