"""Whose doses those are that found nobody at once: the SQL of exact matches, and of the people who are like an identity.

Exact: the card's number, with the name or the year of birth; else name, birth, sex and commune of one person alone. Whatever
is only close is weighed as people weighs duplicates, and asked.
"""

# ruff: noqa: S608  (statements are put together from our own words)
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

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
WAYS = (("number", BY_NUMBER), ("name", BY_NAME))
MANY = 500
_DOSE = "d.id, d.full_name, d.sex, d.birth_year, d.birth_date, d.phone, d.identity_number, d.commune_id"
_PERSON = "p.id, p.full_name, p.sex, p.birth_year, p.birth_date, p.phone, p.identity_number, p.commune_id"
_NEAR = (
    "p.identity_number = d.identity_number and d.identity_number <> '' and p.identity_number <> ''",
    "p.search_key = d.search_key and p.birth_year = d.birth_year and {where}",
    (
        "p.birth_date = d.birth_date and p.commune_id = d.commune_id"
        " and split_part(p.search_key, ' ', 1) = split_part(d.search_key, ' ', 1)"
    ),
)
_MOST = 20


@dataclass(frozen=True)
class Candidate:
    """The person who is most like an identity as written; None where nobody is like it."""

    dose: int
    person: int | None
    likeness: Likeness


def walk_no_books(cursor: CursorWrapper, rows: int) -> None:
    """The planner knows nothing of rows that were written just now, and would walk the books once for each of them."""
    if rows > MANY:
        cursor.execute("select set_config('enable_nestloop', 'off', true)")


def match_incoming(cursor: CursorWrapper) -> None:
    """Give the rows that are coming in the one person that is exactly theirs."""
    for joined, same in WAYS:
        cursor.execute(
            "update vaccination_incoming incoming set person_id = one.person, joined = %s,"
            " province_id = one.province_id, district_id = one.district_id, commune_id = one.commune_id"
            " from (select i.row, min(p.id) as person, min(p.province_id) as province_id,"
            "   min(p.district_id) as district_id, min(p.commune_id) as commune_id"
            f"  from vaccination_incoming i join people_person p on {same} and p.merged_into_id is null"
            "  where i.person_id is null and not i.had group by i.row having count(*) = 1) one where one.row = incoming.row",
            [joined],
        )


def match_doses(doses: Sequence[int], moment: datetime) -> int:
    """The same for doses in the books; those who see both dose and person may join them."""
    found = 0
    with connection.cursor() as cursor:
        walk_no_books(cursor, len(doses))
        for joined, same in WAYS:
            cursor.execute(
                "update vaccination_dose dose set person_id = one.person, joined = %s, version = dose.version + 1,"
                " updated_at = %s, province_id = one.province_id, district_id = one.district_id, commune_id = one.commune_id"
                " from (select i.id, min(p.id) as person, min(p.province_id) as province_id,"
                "   min(p.district_id) as district_id, min(p.commune_id) as commune_id"
                f"  from vaccination_dose i join people_person p on {same} and p.merged_into_id is null"
                "  where i.id = any(%s) and i.person_id is null and i.struck_at is null"
                "  group by i.id having count(*) = 1) one where one.id = dose.id",
                [joined, moment, list(doses)],
            )
            found += cursor.rowcount
        cursor.execute("select set_config('enable_nestloop', 'on', true)")
    return found


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
        walk_no_books(cursor, len(doses))
        cursor.execute(
            "select distinct on (d.identity_key) d.id from vaccination_dose d"
            " where d.id = any(%s) and d.person_id is null and d.struck_at is null and not exists"
            " (select 1 from vaccination_identityquestion q where q.province_id = d.province_id"
            "   and q.identity_key = d.identity_key) order by d.identity_key, d.id",
            [list(doses)],
        )
        found = [row[0] for row in cursor.fetchall()]
        cursor.execute("select set_config('enable_nestloop', 'on', true)")
    return found


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
    place = "p.commune_id in (select distinct commune_id from asked)" if nearby else "true"
    blocks = " union ".join(
        f"select d.id as dose, p.id as person from asked d join people_person p on p.merged_into_id is null and"
        f" {block.format(where=place)}"
        for block in _NEAR
    )
    asked = "with asked as materialized (select * from vaccination_dose where id = any(%s))"
    pairs: Pairs = defaultdict(list)
    with connection.cursor() as cursor:
        walk_no_books(cursor, len(doses))
        cursor.execute(
            f"{asked}, near as materialized ({blocks}) select d.search_key, {_DOSE}, {_PERSON} from near"
            " join asked d on d.id = near.dose join people_person p on p.id = near.person",
            [list(doses)],
        )
        for key, dose, *told in cursor.fetchall():
            pairs[dose].append((Record(*told[:7]), key, told[7], Record(*told[8:])))
        cursor.execute(
            f"{asked} select p.search_key, count(*) from people_person p where p.merged_into_id is null and {place}"
            " and p.search_key in (select search_key from asked) group by 1",
            [list(doses)],
        )
        bearers = dict(cursor.fetchall())
        cursor.execute(
            f"{asked} select count(*) from people_person p where p.merged_into_id is null and {place}", [list(doses)]
        )
        persons = int(cursor.fetchall()[0][0])
        cursor.execute("select set_config('enable_nestloop', 'on', true)")
    return pairs, bearers, persons
