"""Load outlines of units, and who borders whom."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.territory.actions.writing import OWNER, Statement, stage
from phaodai.territory.models import NATIONAL, Unit
from phaodai.territory.rules.outlines import Outline

_COLUMNS = {
    "unit_id": "bigint",
    "geometry": "jsonb",
    "longitude": "double precision",
    "latitude": "double precision",
    "area_km2": "double precision",
}


@dataclass(frozen=True, slots=True)
class OutlinesLoaded:
    """How many outlines found their unit, and the codes in force on no unit that day."""

    joined: int
    unknown: tuple[str, ...]


def load_outlines(
    *,
    actor: Actor,
    moment: datetime,
    on: date,
    outlines: Sequence[Outline],
    source: str,
    gazetteer: str = NATIONAL,
    using: str = OWNER,
) -> OutlinesLoaded:
    """Draw the units in force on `on`; a unit drawn before is drawn anew. Raises `Refusal` where no code is known."""
    statement = Statement(actor, moment, on, source, gazetteer, using)
    with statement.writing() as cursor:
        units = _ids(statement)
        doubled = [code for code, count in Counter(one.code for one in outlines).items() if count > 1]
        if doubled:
            raise Refusal(_("Two outlines have the code %(code)s; keep one.") % {"code": doubled[0]})
        known = {units[one.code]: one for one in outlines if one.code in units}
        if not known:
            raise Refusal(
                _(
                    "None of the %(count)d outlines has the code of a unit in force on %(day)s;"
                    " load the list of that day first."
                )
                % {"count": len(outlines), "day": f"{on:%d/%m/%Y}"}
            )
        _draw(cursor, known, source)
        statement.tell("territory:outlines:loaded", 0, outlines=len(known))
    return OutlinesLoaded(len(known), tuple(sorted(one.code for one in outlines if one.code not in units)))


def _draw(cursor: CursorWrapper, known: Mapping[int, Outline], source: str) -> None:
    rows = ((pk, json.dumps(one.geometry), one.longitude, one.latitude, one.area_km2) for pk, one in known.items())
    stage(cursor, "staged_outline", _COLUMNS, rows)
    cursor.execute(
        "insert into territory_unitoutline (unit_id, geometry, source) select unit_id, geometry, %s from staged_outline"
        " on conflict (unit_id) do update set geometry = excluded.geometry, source = excluded.source",
        [source[:120]],
    )
    cursor.execute(
        "update territory_unit u set longitude = coalesce(s.longitude, u.longitude),"
        " latitude = coalesce(s.latitude, u.latitude), area_km2 = coalesce(s.area_km2, u.area_km2)"
        " from staged_outline s where u.id = s.unit_id"
    )


def load_neighbours(
    *,
    actor: Actor,
    moment: datetime,
    on: date,
    pairs: Iterable[tuple[str, str]],
    source: str,
    gazetteer: str = NATIONAL,
    using: str = OWNER,
) -> int:
    """State which units of `on` share a border, by their codes, once or both ways; returns the number of borders.

    For outlines that tile only: those simplified one by one overlap and gape, and tell nothing of borders.
    """
    statement = Statement(actor, moment, on, source, gazetteer, using)
    with statement.writing() as cursor:
        units = _ids(statement)
        borders = {frozenset((units[one], units[other])) for one, other in pairs if one in units and other in units}
        both = [
            pair
            for one, other in (tuple(border) for border in borders if len(border) == 2)
            for pair in ((one, other), (other, one))
        ]
        stage(cursor, "staged_neighbour", {"unit_id": "bigint", "neighbour_id": "bigint"}, both)
        cursor.execute("delete from territory_neighbour where unit_id in (select unit_id from staged_neighbour)")
        cursor.execute(
            "insert into territory_neighbour (unit_id, neighbour_id) select unit_id, neighbour_id from staged_neighbour"
        )
        statement.tell("territory:neighbours:loaded", 0, borders=len(both) // 2)
    return len(both) // 2


def _ids(statement: Statement) -> dict[str, int]:
    """Row ids by code on a day; where two tiers share a code, the lower."""
    units = (
        Unit.objects.using(statement.using).filter(gazetteer=statement.gazetteer).as_of(statement.on).order_by("tier")
    )
    return dict(units.values_list("code", "id"))
