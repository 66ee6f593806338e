"""Maps of lockdown zones, drawn by the server: the ground, what is closed off, what is proposed. Never a house."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from phaodai.containment.models import Zone, ZonePart
from phaodai.foundation.maps import WIDTH, Projection, rings
from phaodai.territory.models import Tier, Unit, UnitOutline
from phaodai.territory.pages.drawing import outlines

FINEST = 0.4 / WIDTH
SMALL = 9.0
"""Pixels; a zone drawn smaller than this gets a ring around it, or nobody would find it."""


@dataclass(frozen=True)
class ZoneShape:
    """One zone, or one part of it, as it is drawn."""

    kind: str
    path: str
    title: str
    url: str
    middle: tuple[float, float]
    small: bool


@dataclass(frozen=True)
class ZoneMap:
    """The drawing: the ground below, zones above."""

    width: int
    height: float
    ground: list[tuple[str, str]]
    shapes: list[ZoneShape]


def zones_map(zones: Sequence[Zone], units: Sequence[Unit], day: date) -> ZoneMap | None:
    """Zones over the outlines of some units; None where no outlines are known."""
    drawn = outlines(units, FINEST)
    if not drawn:
        return None
    projection = Projection.around(ring for _unit, geometry in drawn for ring in rings(geometry))
    ground = [(unit.name, projection.path(geometry)) for unit, geometry in drawn]
    shapes = [
        _shape(projection, zone, geometry) for zone, geometries in _geometries(zones, day) for geometry in geometries
    ]
    return ZoneMap(WIDTH, projection.height, ground, shapes)


def _geometries(zones: Sequence[Zone], day: date) -> Iterable[tuple[Zone, list[Mapping[str, Any]]]]:
    """What each zone's parts look like; streets and lists of households have no outline."""
    parts = list(ZonePart.objects.filter(zone__in=zones).on(day))
    kept = dict(
        UnitOutline.objects.filter(unit__in={part.hamlet_id for part in parts}).values_list("unit_id", "geometry")
    )
    found: dict[int, list[Mapping[str, Any]]] = {}
    for part in parts:
        geometry = part.shape or kept.get(part.hamlet_id or 0)
        if geometry is not None:
            found.setdefault(part.zone_id, []).append(geometry)
    return [(zone, found.get(zone.pk, [])) for zone in zones]


def _shape(projection: Projection, zone: Zone, geometry: Mapping[str, Any]) -> ZoneShape:
    points = [projection.place(point) for ring in rings(geometry) for point in ring]
    across, down = ([point[axis] for point in points] for axis in (0, 1))
    small = max(max(across) - min(across), max(down) - min(down)) < SMALL
    kind = zone.state if zone.is_closed_off else "proposed"
    url = reverse("containment-zone", args=[zone.pk])
    return ZoneShape(kind, projection.path(geometry), zone.name, url, projection.middle(geometry), small)


def ground_of(zone: Zone) -> list[Unit]:
    """The hamlets of a zone's commune, or the communes of its district."""
    if zone.commune_id:
        return list(Unit.objects.filter(commune_id=zone.commune_id, tier=Tier.HAMLET).order_by("sort_key"))
    inside = {"district_id": zone.district_id} if zone.district_id else {"province_id": zone.province_id}
    return list(Unit.objects.filter(**inside, tier=Tier.COMMUNE).order_by("sort_key"))
