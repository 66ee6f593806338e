"""Load what became of units, and join it to their rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.backends.utils import CursorWrapper

from phaodai.foundation.scope import Actor
from phaodai.territory.actions.writing import OWNER, Statement, stage
from phaodai.territory.models import NATIONAL, Succession, Unit
from phaodai.territory.rules.tables import Passage

_STATED = {"old_code": "text", "new_code": "text", "coverage": "text"}


@dataclass(frozen=True, slots=True)
class MapLoaded:
    """What a map said: its lines, those joined to units, and the codes that no known list has on that day."""

    stated: int
    joined: int
    unknown_old: tuple[str, ...]
    unknown_new: tuple[str, ...]


def load_successions(
    *,
    actor: Actor,
    moment: datetime,
    on: date,
    passages: Sequence[Passage],
    source: str,
    gazetteer: str = NATIONAL,
    using: str = OWNER,
) -> MapLoaded:
    """State what the units in force until the day before `on` went into; replaces what was stated of them that day.

    Lists may be loaded before or after: lines whose codes no list names yet wait for one.
    """
    statement = Statement(actor, moment, on, source, gazetteer, using)
    with statement.writing() as cursor:
        stage(cursor, "staged_map", _STATED, ((one.old_code, one.new_code, one.coverage) for one in passages))
        stated: list[Any] = [on, gazetteer]
        cursor.execute(
            "delete from territory_succession where basis = 'map' and \"on\" = %s and gazetteer = %s"
            " and old_code in (select old_code from staged_map)",
            stated,
        )
        cursor.execute(
            'insert into territory_succession ("on", gazetteer, old_code, new_code, coverage, basis)'
            " select %s, %s, old_code, new_code, coverage, 'map' from staged_map",
            stated,
        )
        join_maps(cursor, gazetteer)
        loaded = _outcome(statement, passages)
        statement.tell("territory:map:loaded", 0, stated=loaded.stated, joined=loaded.joined)
    return loaded


def join_maps(cursor: CursorWrapper, gazetteer: str) -> None:
    """Join each stated line to the rows of its codes: the old one in force the day before, the new one on the day.

    Where a map confirms what codes alone had told, the map's word replaces it. A line joins only units of which one
    ends or begins that day: a code is used again by the unit that keeps the seat, so a map given for another day
    would join units that have nothing to do with each other.
    """
    cursor.execute(
        "update territory_succession set old_id = null, new_id = null where basis = 'map' and gazetteer = %s",
        [gazetteer],
    )
    cursor.execute(
        f"""
        create temporary table joined_map on commit drop as
        select found.id, old_id, new_id
        from (
            select s.id, s."on",
                {_unit_of("s.old_code", '(s."on" - 1)')} as old_id,
                {_unit_of("s.new_code", 's."on"')} as new_id
            from territory_succession s where s.basis = 'map' and s.gazetteer = %s
        ) found
        join territory_unit old on old.id = old_id
        join territory_unit new on new.id = new_id
        where upper(old.in_force) = found."on" or lower(new.in_force) = found."on"
        """,  # noqa: S608  (own names)
        [gazetteer],
    )
    cursor.execute(
        "delete from territory_succession s using joined_map j where s.basis = 'code' and s.old_id = j.old_id"
    )
    cursor.execute(
        "update territory_succession s set old_id = j.old_id, new_id = j.new_id from joined_map j where s.id = j.id"
    )
    cursor.execute("drop table joined_map")


def _unit_of(code: str, day: str) -> str:
    """The unit of a code on a day; where two tiers share a code, the lower."""
    return (
        "(select u.id from territory_unit u where u.gazetteer = s.gazetteer"  # noqa: S608  (own names)
        f" and u.code = {code} and u.in_force @> {day} order by u.tier desc limit 1)"
    )


def write_continuations(cursor: CursorWrapper, gazetteer: str, links: Iterable[tuple[int, int, str]]) -> None:
    """Keep what the codes alone tell, for units of which no map says more."""
    cursor.execute("delete from territory_succession where basis = 'code' and gazetteer = %s", [gazetteer])
    stage(cursor, "staged_link", {"old_id": "bigint", "new_id": "bigint", "coverage": "text"}, links)
    cursor.execute(
        """
        insert into territory_succession ("on", gazetteer, old_code, new_code, coverage, basis, old_id, new_id)
        select lower(new.in_force), %s, old.code, new.code, link.coverage, 'code', old.id, new.id
        from staged_link link
        join territory_unit old on old.id = link.old_id
        join territory_unit new on new.id = link.new_id
        where not exists (select 1 from territory_succession s where s.basis = 'map' and s.old_id = link.old_id)
        """,
        [gazetteer],
    )


def _outcome(statement: Statement, passages: Sequence[Passage]) -> MapLoaded:
    units = Unit.objects.using(statement.using).filter(gazetteer=statement.gazetteer)
    before = set(units.filter(in_force__contains=statement.on - date.resolution).values_list("code", flat=True))
    after = set(units.filter(in_force__contains=statement.on).values_list("code", flat=True))
    joined = Succession.objects.using(statement.using).filter(
        gazetteer=statement.gazetteer, on=statement.on, basis="map", old__isnull=False, new__isnull=False
    )
    return MapLoaded(
        stated=len(passages),
        joined=joined.filter(old_code__in={one.old_code for one in passages}).count(),
        unknown_old=tuple(sorted({one.old_code for one in passages} - before)),
        unknown_new=tuple(sorted({one.new_code for one in passages} - after)),
    )
