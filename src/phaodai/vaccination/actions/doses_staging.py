"""The SQL of a step of a sheet of doses: columns of rows that were read, found their person, and written by one statement.

Tables under row-level security take no COPY, and the application role makes no temporary tables: each column goes over as one
array.
"""

# ruff: noqa: S608  (the names put into statements are our own columns)
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from phaodai.vaccination.actions.doses_matching import Found, array, match_incoming, unfolded

STAGED = {
    "key": "uuid", "full_name": "text", "sex": "text", "birth_year": "smallint", "birth_date": "date",
    "identity_number": "text", "phone": "text", "address": "text", "search_key": "text", "identity_key": "uuid",
    "fingerprint": "uuid", "product": "text", "lot_number": "text", "number": "smallint", "given_at": "timestamptz",
    "given_on": "date", "age": "smallint", '"group"': "text", "facility": "text", "province_id": "integer",
    "district_id": "integer", "commune_id": "integer",
}  # fmt: skip
PLACED = {**STAGED, "person_id": "bigint", "joined": "text"}
_AREA = ("province_id", "district_id", "commune_id")
Columns = Mapping[str, Sequence[Any]]
"""Doses by the names of `STAGED`; each column as long as the others."""


@dataclass(frozen=True)
class Written:
    """Row ids of the new doses, and how many of them found their person."""

    new: list[int]
    matched: int


def write_rows(doses: Columns, *, moment: datetime, officer: int | None) -> Written:
    """Write those doses that are not in the books, each with the one person that is exactly theirs."""
    if not doses["key"]:
        return Written([], 0)
    with connection.cursor() as cursor:
        return _insert(cursor, _placed(doses, match_incoming(cursor, doses)), moment, officer)


def _placed(doses: Columns, found: Sequence[Found | None]) -> Columns:
    """Where the person lives, as far as known, else where the sheet says."""
    told = zip(*(doses[name] for name in _AREA), strict=True)
    areas = list(zip(*(one.area if one else area for one, area in zip(found, told, strict=True)), strict=True))
    return {
        **doses, **dict(zip(_AREA, areas, strict=True)), "person_id": [one and one.person for one in found],
        "joined": [one.joined if one else "" for one in found],
    }  # fmt: skip


def _insert(cursor: CursorWrapper, doses: Columns, moment: datetime, officer: int | None) -> Written:
    """A dose that a phone or another sheet told before stays: the same identity, day, product, number and lot."""
    names = ", ".join(PLACED)
    cursor.execute(
        f"insert into vaccination_dose ({names}, lot_id, digest, source, device, officer_id,"
        " received_at, doubted, struck_reason, version, created_at, updated_at)"
        f" select i.*, lot.id, '', 'sheet', '', %s, %s, false, '', 1, %s, %s"
        f" from {unfolded(PLACED)}"
        " left join vaccination_vaccinelot lot"
        "  on lot.number = i.lot_number and lot.product = i.product and lot.province_id = i.province_id"
        " where not exists (select 1 from vaccination_dose d"
        "  where d.fingerprint = i.fingerprint and d.province_id = i.province_id)"
        " on conflict (key) do nothing returning id, person_id is not null",
        [officer, moment, moment, moment, *(array(doses[name], kind) for name, kind in PLACED.items())],
    )
    rows = cursor.fetchall()
    return Written([pk for pk, _matched in rows], sum(matched for _pk, matched in rows))
