"""Whose doses those are that found nobody at once: the SQL of exact matches, and of the people who are like an identity.

Exact: the card's number, with the name or the year of birth; else name, birth, sex and commune of one person alone. Whatever
is only close is weighed as people weighs duplicates, and asked.
"""

# ruff: noqa: S608  (statements are put together from our own words)
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from phaodai.people.rules.likeness import Likeness, Record
from phaodai.vaccination.rules.identities import CLOSE, weigh

BY_NUMBER = (
    "p.identity_number = i.identity_number and i.identity_number <> '' and p.identity_number <> ''"
    " and (p.search_key = i.search_key or p.birth_year = i.birth_year)"
)
BY_NAME = (
    "p.search_key = i.search_key and p.birth_date = i.birth_date and p.sex = i.sex and p.commune_id = i.commune_id"
    " and (p.identity_number = '' or i.identity_number = '')"
)
# The one person `found` that an identity `i` is exactly, and the way `joined`. A number is that of one person alone, by a
# constraint of people. Each identity is looked up by itself: behind row-level security the planner takes a province's
# people for a few, and would read all of them for every step of a sheet.
EXACTLY = f"""
  left join lateral (
    select p.id, p.province_id, p.district_id, p.commune_id from people_person p
    where {BY_NUMBER} and p.merged_into_id is null limit 1
  ) numbered on true
  left join lateral (
    select min(p.id) as id, min(p.province_id) as province_id, min(p.district_id) as district_id,
      min(p.commune_id) as commune_id
    from people_person p where {BY_NAME} and p.merged_into_id is null and numbered.id is null having count(*) = 1
  ) named on true
  cross join lateral (
    select coalesce(numbered.id, named.id) as id,
      case when numbered.id is not null then 'number' when named.id is not null then 'name' else '' end as joined,
      coalesce(numbered.province_id, named.province_id, i.province_id) as province_id,
      case when numbered.id is not null then numbered.district_id when named.id is not null then named.district_id
        else i.district_id end as district_id,
      case when numbered.id is not null then numbered.commune_id when named.id is not null then named.commune_id
        else i.commune_id end as commune_id
  ) found
"""
_ASKED = {
    "dose": "bigint", "search_key": "text", "identity_number": "text", "birth_year": "smallint", "birth_date": "date",
    "commune_id": "integer",
}  # fmt: skip
_WRITTEN = "d.full_name, d.sex, d.birth_year, d.birth_date, d.phone, d.identity_number, d.commune_id"
_NEAR = (
    "p.identity_number = i.identity_number and i.identity_number <> '' and p.identity_number <> ''",
    "p.search_key = i.search_key and p.birth_year = i.birth_year",
    (
        "p.birth_date = i.birth_date and p.commune_id = i.commune_id"
        " and split_part(p.search_key, ' ', 1) = split_part(i.search_key, ' ', 1)"
    ),
)
_MOST = 20


@dataclass(frozen=True)
class Candidate:
    """The person who is most like an identity as written; None where nobody is like it."""

    dose: int
    person: int | None
    likeness: Likeness


def unfolded(kinds: Mapping[str, str]) -> str:
    """Rows `i` out of one array for each column, with the kind of each.

    The planner reads the length of an array that stands in the statement: of rows written just now it knows nothing, and
    would walk the books once for each of them.
    """
    return f"unnest({', '.join(f'%s::{kind}[]' for kind in kinds.values())}) as i ({', '.join(kinds)})"


def arrays(rows: Sequence[Sequence[Any]], kinds: Mapping[str, str]) -> list[str]:
    """Rows as the arrays of `unfolded`; there is at least one."""
    return [array(column, kind) for column, kind in zip(zip(*rows, strict=True), kinds.values(), strict=True)]


def array(column: Collection[Any], kind: str) -> str:
    """A column as PostgreSQL writes an array; None as null. Text holds no null."""
    if kind != "text":
        return "{" + ",".join(["null" if value is None else str(value) for value in column]) + "}"
    quoted = '","'.join(column)
    if "\\" in quoted or quoted.count('"') != 2 * (len(column) - 1):
        quoted = '","'.join(value.replace("\\", "\\\\").replace('"', '\\"') for value in column)
    return '{"' + quoted + '"}'


def match_doses(doses: Sequence[int], moment: datetime) -> int:
    """Join doses in the books with the one person that each is exactly of; those who see both may. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update vaccination_dose dose set person_id = found.id, joined = found.joined, version = dose.version + 1,"
            " updated_at = %s, province_id = found.province_id, district_id = found.district_id,"
            f" commune_id = found.commune_id from (select found.*, i.id as dose from vaccination_dose i {EXACTLY}"
            " where i.id = any(%s::bigint[]) and i.person_id is null and i.struck_at is null) as found"
            " where found.dose = dose.id and found.id is not null",
            [moment, array(doses, "bigint")],
        )
        return int(cursor.rowcount)


def ask_whose(doses: Sequence[int], moment: datetime, *, nearby: bool) -> int:
    """Put the identities of unmatched doses into the queue, each once, with the person most like it.

    `nearby` looks in the dose's commune alone, which takes no time at a table; else in all that the officer sees.
    """
    asked = _unasked(doses)
    if not asked:
        return 0
    found = _weighed(asked, nearby=nearby)
    rows = [
        {
            "dose": one.dose, "candidate": one.person, "score": round(one.likeness.score, 4),
            "evidence": dict(one.likeness.evidence),
        }
        for one in found.values()
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(ASK, {"rows": json.dumps(rows), "moment": moment})
        return int(cursor.rowcount)


ASK = """
insert into vaccination_identityquestion (identity_key, dose_id, organisation_id, candidate_id, score, evidence, verdict,
  reason, asked_at, version, created_at, updated_at, province_id, district_id, commune_id)
select d.identity_key, d.id, d.organisation_id, q.candidate, q.score, q.evidence, '', '', %(moment)s, 1, %(moment)s,
  %(moment)s, d.province_id, d.district_id, d.commune_id
from json_to_recordset(%(rows)s) as q (dose bigint, candidate bigint, score float, evidence jsonb)
join vaccination_dose d on d.id = q.dose
on conflict do nothing
"""


def _unasked(doses: Sequence[int]) -> list[int]:
    """One dose of each identity that found nobody and was never asked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct on (d.identity_key) d.id from vaccination_dose d"
            " where d.id = any(%s::bigint[]) and d.person_id is null and d.struck_at is null and not exists"
            " (select 1 from vaccination_identityquestion q where q.province_id = d.province_id"
            "   and q.identity_key = d.identity_key) order by d.identity_key, d.id",
            [array(doses, "bigint")],
        )
        return [row[0] for row in cursor.fetchall()]


def _weighed(asked: Sequence[int], *, nearby: bool) -> dict[int, Candidate]:
    pairs, bearers, persons = _near(asked, nearby=nearby)
    best = {dose: Candidate(dose, None, Likeness(0.0, {})) for dose in asked}
    for dose, told in pairs.items():
        for written, key, person, record in told[:_MOST]:
            likeness = weigh(written, record, name_share=bearers.get(key, 1) / max(persons, 1), persons=persons)
            if likeness.score >= CLOSE and likeness.score > best[dose].likeness.score:
                best[dose] = Candidate(dose, person, likeness)
    return best


Pairs = dict[int, list[tuple[Record, str, int, Record]]]


def _near(doses: Sequence[int], *, nearby: bool) -> tuple[Pairs, dict[str, int], int]:
    """Doses and the people who share something with them, how many bear each name, and among how many people."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select d.id, d.search_key, {_WRITTEN} from vaccination_dose d where d.id = any(%s::bigint[])",
            [array(doses, "bigint")],
        )
        written = {dose: (key, Record(*told)) for dose, key, *told in cursor.fetchall()}
        place = _communes(written.values()) if nearby else "true"
        near = _sharing(cursor, written, place)
        people = {person for _dose, person in near}
        cursor.execute(
            f"select d.id, {_WRITTEN} from people_person d where d.id = any(%s::bigint[])", [array(people, "bigint")]
        )
        records = {person: Record(*told) for person, *told in cursor.fetchall()}
        bearers = _bearers(cursor, {key for key, _record in written.values()}, place)
    pairs: Pairs = defaultdict(list)
    for dose, person in near:
        if person in records:
            pairs[dose].append((written[dose][1], written[dose][0], person, records[person]))
    return pairs, bearers, sum(bearers.values())


def _communes(written: Iterable[tuple[str, Record]]) -> str:
    """The condition of people of the communes of some doses."""
    communes = sorted({record.commune for _key, record in written if record.commune is not None})
    return f"p.commune_id = any('{array(communes, 'integer')}'::integer[])"


def _sharing(cursor: CursorWrapper, written: Mapping[int, tuple[str, Record]], place: str) -> list[tuple[int, int]]:
    """Doses and people of one number, of one name and year of birth, or of one family name, day of birth and commune."""
    rows = [
        (dose, key, one.identity_number, one.birth_year, one.birth_date, one.commune)
        for dose, (key, one) in written.items()
    ]
    columns = arrays(rows, _ASKED)
    blocks = " union ".join(
        f"select i.dose, p.id from {unfolded(_ASKED)} join people_person p"
        f" on p.merged_into_id is null and {block} and {place}"
        for block in _NEAR
    )
    cursor.execute(blocks, columns * len(_NEAR))
    return list(cursor.fetchall())


def _bearers(cursor: CursorWrapper, names: Collection[str], place: str) -> dict[str, int]:
    """How many people bear each of some names; under None, all others."""
    cursor.execute(
        f"select named.key, count(*) from people_person p left join unnest(%s::text[]) as named (key)"
        f" on named.key = p.search_key where p.merged_into_id is null and {place} group by 1",
        [array(list(names), "text")],
    )
    return dict(cursor.fetchall())
