"""The SQL of a step of a sheet of doses: rows stand in a table of their own, and one statement does each deed.

Tables under row-level security take no COPY, and the application role makes no temporary tables: the columns come as one
JSON list each, are unfolded into `vaccination_incoming`, and leave it in the same transaction.
"""

# ruff: noqa: S608  (the names put into statements are our own columns)
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from phaodai.vaccination.actions.doses_matching import match_incoming, walk_no_books

STAGED = {
    "row": "integer", "key": "uuid", "full_name": "text", "sex": "text", "birth_year": "smallint", "birth_date": "date",
    "identity_number": "text", "phone": "text", "address": "text", "search_key": "text", "identity_key": "uuid",
    "fingerprint": "uuid", "product": "text", "lot_number": "text", "number": "smallint", "given_at": "timestamptz",
    "given_on": "date", "age": "smallint", '"group"': "text", "facility": "text", "province_id": "integer",
    "district_id": "integer", "commune_id": "integer",
}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """Row ids of the new doses, and of those of them that found nobody."""

    new: list[int]
    unmatched: list[int]


_KEPT = [name for name in STAGED if name != "row"]


def write_rows(rows: Sequence[Sequence[Any]], *, moment: datetime, officer: int | None) -> Written:
    """Write doses in the order of `STAGED`."""
    if not rows:
        return Written([], [])
    columns = [json.dumps(column, ensure_ascii=False, default=str) for column in zip(*rows, strict=True)]
    lists = ", ".join(["json_array_elements_text(%s)"] * len(columns))
    names = ", ".join(STAGED)
    cells = ", ".join(f"c{place}::{kind}" for place, kind in enumerate(STAGED.values()))
    told = ", ".join(f"c{place}" for place in range(len(columns)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into vaccination_incoming ({names}) select {cells} from rows from ({lists}) as told ({told})",
            columns,
        )
        walk_no_books(cursor, len(rows))
        _mark_known(cursor)
        match_incoming(cursor)
        written = _insert(cursor, moment, officer)
        cursor.execute("delete from vaccination_incoming")
        cursor.execute("select set_config('enable_nestloop', 'on', true)")
    return written


def _mark_known(cursor: Any) -> None:
    """Doses that a phone or another sheet told before: the same identity, day, product, number and lot."""
    cursor.execute(
        "update vaccination_incoming i set had = true where exists (select 1 from vaccination_dose d"
        " where d.fingerprint = i.fingerprint and d.province_id = i.province_id)"
    )


def _insert(cursor: Any, moment: datetime, officer: int | None) -> Written:
    columns = ", ".join(_KEPT)
    cursor.execute(
        f"insert into vaccination_dose ({columns}, person_id, joined, lot_id, digest, source, device, officer_id,"
        " received_at, doubted, struck_reason, version, created_at, updated_at)"
        f" select {', '.join(f'i.{name}' for name in _KEPT)}, i.person_id, i.joined, lot.id, '', 'sheet', '', %s, %s,"
        " false, '', 1, %s, %s from vaccination_incoming i left join vaccination_vaccinelot lot"
        "  on lot.number = i.lot_number and lot.product = i.product and lot.province_id = i.province_id"
        " where not i.had order by i.row on conflict (key) do nothing returning id, person_id is null",
        [officer, moment, moment, moment],
    )
    rows = cursor.fetchall()
    return Written([pk for pk, _nobodys in rows], [pk for pk, nobodys in rows if nobodys])
