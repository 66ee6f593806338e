"""Records that may be of one person: found among all of an area at once, or beside what somebody is typing.

Pairs are found by what both records share (blocking), then weighed one by one. Blocks: the same words in the name and the
same day of birth; the same words, year of birth and commune; the same telephone and given name; the same day of birth and
commune with a name that is like enough. Two million persons make some hundred thousand pairs.
"""

# ruff: noqa: S608  (statements are put together from our own words; figures come from row ids)
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q

from phaodai.foundation.formats import fold
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person
from phaodai.people.rules.likeness import PROPOSED, Likeness, Record, compare
from phaodai.people.rules.names import likeness, words_of

_FIELDS = (
    "id",
    "full_name",
    "sex",
    "birth_year",
    "birth_date",
    "phone",
    "identity_number",
    "commune_id",
    "household_id",
    "key",
)
_KEY = (
    "(select string_agg(word, ' ' order by word collate \"C\")"
    " from unnest(string_to_array(translate(p.search_key, 'y', 'i'), ' ')) word)"
)
_GIVEN = "reverse(split_part(reverse(translate(p.search_key, 'y', 'i')), ' ', 1))"
_BLOCKS = (
    "a.key = b.key and a.birth_date = b.birth_date",
    "a.key = b.key and a.birth_year = b.birth_year and a.commune_id = b.commune_id",
    "a.phone = b.phone and a.phone <> '' and a.given = b.given",
    "a.birth_date = b.birth_date and a.commune_id = b.commune_id and a.family = b.family",
)
_LONGEST = "10min"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records by row id, the smaller first, and what speaks for one person."""

    one: int
    other: int
    likeness: Likeness


def pairs_in_area(province: int | None, commune: int | None = None) -> Iterator[Pair]:
    """Pairs of the persons of an area that the database shows, from the score on at which a person is asked.

    Takes the sorting memory and the time of a long job: call it inside a transaction of its own.
    """
    where = [f"p.{tier}_id = {int(value)}" for tier, value in (("province", province), ("commune", commune)) if value]
    area = " and ".join(["p.merged_into_id is null", "p.search_key <> ''", *where])
    with connection.cursor() as cursor:
        # The planner cannot know how many persons an area has, and would walk all of them for each of them.
        cursor.execute(
            f"set local statement_timeout = '{_LONGEST}'; set local work_mem = '256MB'; set local enable_nestloop = off"
        )
        cursor.execute(f"select count(*) from people_person p where {area}")
        persons = int(cursor.fetchone()[0])
        cursor.execute(_query(area))
        while rows := cursor.fetchmany(20_000):
            yield from _weighed(rows, persons)


def _query(area: str) -> str:
    """Pairs with both records side by side, and how many bear the first one's name."""
    blocks = " union ".join(
        f"select a.id as one, b.id as other from person a join person b on a.id < b.id and {block}" for block in _BLOCKS
    )
    sides = ", ".join(f"{side}.{name}" for side in ("a", "b") for name in _FIELDS)
    return (
        "with person as materialized (select p.id, p.full_name, p.sex, p.birth_year, p.birth_date, p.phone, p.identity_number,"
        f" p.commune_id, p.household_id, {_KEY} as key, {_GIVEN} as given, split_part(p.search_key, ' ', 1) as family"
        f" from people_person p where {area}),"
        " bearer as materialized (select key, count(*) as bearers from person group by key),"
        f" pair as materialized ({blocks})"
        f" select {sides}, coalesce(bearer.bearers, 1) from pair join person a on a.id = pair.one"
        " join person b on b.id = pair.other left join bearer on bearer.key = a.key"
        " where not exists (select 1 from people_duplicate d where d.one_id = pair.one and d.other_id = pair.other)"
    )


def _weighed(rows: list[tuple[Any, ...]], persons: int) -> Iterator[Pair]:
    width = len(_FIELDS)
    for row in rows:
        one, other = row[:width], row[width : 2 * width]
        found = compare(_record(one), _record(other), name_share=row[-1] / max(persons, 1), persons=persons)
        if found.score >= PROPOSED:
            yield Pair(one[0], other[0], found)


def _record(row: tuple[Any, ...]) -> Record:
    _pk, *told, _key = row
    return Record(*told)


def like_typed(actor: Actor, name: str, *, birth_year: int | None, phone: str = "", most: int = 5) -> list[Person]:
    """Persons of the officer's area whom somebody may be typing again, the likeliest first."""
    words = words_of(name)
    if len(words) < 2:
        return []
    people = Person.objects.visible_to(actor).current()
    given = fold(name).split()[-1]
    written = Q(search_key__endswith=f" {given}") | Q(search_key__endswith=f" {given.replace('y', 'i')}")
    written |= Q(search_key__endswith=f" {given.replace('i', 'y')}")
    near = people.filter(written).select_related("household__hamlet")
    if birth_year:
        near = near.filter(Q(birth_year__range=(birth_year - 1, birth_year + 1)) | Q(birth_year=None))
    alike = [(likeness(name, person.full_name), person) for person in near[:2000]]
    found = [(score + _sure(person, birth_year, phone), person) for score, person in alike if score]
    return [person for _score, person in sorted(found, key=lambda pair: -pair[0])[:most]]


def _sure(person: Person, birth_year: int | None, phone: str) -> float:
    return float(bool(birth_year and person.birth_year == birth_year)) + float(bool(phone and person.phone == phone))
