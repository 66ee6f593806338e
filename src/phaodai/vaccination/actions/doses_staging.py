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

from phaodai.vaccination.actions.doses_matching import EXACTLY, array, unfolded

STAGED = {
    "key": "uuid", "full_name": "text", "sex": "text", "birth_year": "smallint", "birth_date": "date",
    "identity_number": "text", "phone": "text", "address": "text", "search_key": "text", "identity_key": "uuid",
    "fingerprint": "uuid", "product": "text", "lot_number": "text", "number": "smallint", "given_at": "timestamptz",
    "given_on": "date", "age": "smallint", '"group"': "text", "facility": "text", "province_id": "integer",
    "district_id": "integer", "commune_id": "integer",
}  # fmt: skip
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
        columns = (array(doses[name], kind) for name, kind in STAGED.items())
        cursor.execute(WRITE, [officer, *[moment] * 3, *columns])
        rows = cursor.fetchall()
    return Written([pk for pk, _matched in rows], sum(matched for _pk, matched in rows))


# A dose that a phone or another sheet told before stays: the same identity, day, product, number and lot. Its area is where
# the person lives, as far as known, else where the sheet says. Written by day and commune, neighbours in the indexes come
# one after the other, which saves a third of the time that the order of the sheet takes.
_KEPT = [name for name in STAGED if name not in _AREA]
WRITE = (
    f"insert into vaccination_dose ({', '.join((*_KEPT, *_AREA))}, person_id, joined, lot_id, digest, source, device,"
    " officer_id, received_at, doubted, struck_reason, version, created_at, updated_at)"
    f" select {', '.join(f'i.{name}' for name in _KEPT)}, {', '.join(f'found.{name}' for name in _AREA)}, found.id,"
    " found.joined, lot.id, '', 'sheet', '', %s, %s, false, '', 1, %s, %s"
    f" from {unfolded(STAGED)} {EXACTLY}"
    " left join vaccination_vaccinelot lot on lot.number = i.lot_number and lot.product = i.product"
    "  and lot.province_id = found.province_id"
    " where not exists (select 1 from vaccination_dose d"
    "  where d.fingerprint = i.fingerprint and d.province_id = found.province_id offset 0)"
    " order by i.given_at, found.commune_id on conflict (key) do nothing returning id, person_id is not null"
)
