"""The units above a unit, province first."""

from collections.abc import Iterable

from phaodai.territory.models import Unit


def paths_of(units: Iterable[Unit]) -> dict[int, list[Unit]]:
    """For each unit by row id, the units above it from the province down; one query for all of them."""
    wanted = list(units)
    columns = {
        unit.pk: [pk for pk in (unit.province_id, unit.district_id, unit.commune_id) if pk and pk != unit.pk]
        for unit in wanted
    }
    above = Unit.objects.in_bulk({pk for row in columns.values() for pk in row}) if any(columns.values()) else {}
    return {pk: [above[one] for one in row] for pk, row in columns.items()}
