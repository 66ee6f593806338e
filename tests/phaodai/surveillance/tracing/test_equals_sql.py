"""Whatever lies in blocks, in the cache or among late visits: the answer is that of plain SQL over plain rows."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phaodai.foundation.scope import SYSTEM, entering
from phaodai.surveillance.actions.visits import correct_visit, pack_visits
from phaodai.surveillance.tracing import keep_days, minute_at, trace_case
from tests.phaodai.surveillance.tracing.towns import MOMENT, MONDAY, Town, build_town
from tests.world import World

PEOPLE, PLACES = 7, 3
VISIT = st.tuples(
    st.integers(0, PEOPLE - 1),
    st.integers(0, PLACES - 1),
    st.integers(-5, 1),
    st.integers(0, 1439),
    st.integers(1, 2000),
)
MEETING = st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1), st.integers(-5, 1), st.integers(1, 90))
Row = tuple[int, int, str, int | None, int, int, int | None]

PLAIN = """
  with plain_visit as (
    select * from json_to_recordset(%(visits)s) row (person bigint, place bigint, start bigint, until bigint)
  ),
  plain_meeting as (
    select * from json_to_recordset(%(meetings)s) row (one_id bigint, other_id bigint, start bigint, minutes bigint)
  ),
  asked as (select %(case)s::bigint as person, %(begin)s::bigint as begin, %(end)s::bigint as end_),
  direct as (
    select other.person, 'visit' as via, other.place, greatest(own.start, other.start, begin) as start,
      least(own.until, other.until, end_) as until, true as timed
    from asked join plain_visit own using (person) join plain_visit other on other.place = own.place
    where other.person <> own.person
      and least(own.until, other.until, end_) - greatest(own.start, other.start, begin) >= 1
    union all
    select p.id, 'household', null, begin, end_, false from asked join people_person own on own.id = asked.person
      join people_person p on p.household_id = own.household_id and p.id <> own.id where end_ > begin
    union all
    select case when m.one_id = asked.person then m.other_id else m.one_id end, 'proximity', null,
      greatest(m.start, begin), least(m.start + m.minutes, end_), true
    from asked join plain_meeting m on asked.person in (m.one_id, m.other_id)
    where least(m.start + m.minutes, end_) - greatest(m.start, begin) >= 1
  ),
  since as (select person, min(start) as begin from direct group by person),
  indirect as (
    select p.id as person, 'household' as via, null::bigint as place, since.begin as start, end_ as until, false as timed
    from since cross join asked join people_person own on own.id = since.person
      join people_person p on p.household_id = own.household_id and p.id <> own.id
    union all
    select case when m.one_id = since.person then m.other_id else m.one_id end, 'proximity', null,
      greatest(m.start, since.begin), least(m.start + m.minutes, end_), true
    from since cross join asked join plain_meeting m on since.person in (m.one_id, m.other_id)
    where least(m.start + m.minutes, end_) - greatest(m.start, since.begin) >= 1
  )
  select distinct person, 1, via, place, start, until, case when timed then until - start end from direct
  union
  select distinct person, 2, via, place, start, until, case when timed then until - start end from indirect
  where person not in (select person from since) and person <> (select person from asked)
"""


def _pair_and_day(row: tuple[int, ...]) -> tuple[int, ...]:
    return (*sorted(row[:2]), row[2])


@pytest.mark.parametrize("kept", ["late", "blocks", "cache", "mixed"])
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_the_answer_is_that_of_plain_sql(world: World, kept: str, data: st.DataObject) -> None:
    homes = data.draw(st.lists(st.one_of(st.none(), st.integers(0, 2)), min_size=PEOPLE, max_size=PEOPLE))
    visits = data.draw(st.lists(VISIT, max_size=25, unique=True))
    meetings = data.draw(st.lists(MEETING, max_size=6, unique_by=_pair_and_day))
    wrong = data.draw(st.sets(st.integers(0, max(len(visits) - 1, 0)), max_size=3)) if visits else set()
    with entering(SYSTEM), transaction.atomic():
        town = build_town(world, homes, PLACES)
        stays = _record(town, visits, wrong, kept)
        met = _meet(town, meetings)
        case = town.case(0)
        traced = trace_case(case, moment=MOMENT)
        found = {
            (one.person, one.degree, one.via.name.lower(), one.place, one.start, one.end, one.minutes)
            for one in traced.contacts
        }
        assert found == _plain(traced.window, case.person_id, stays, met)
        transaction.set_rollback(True)


def _record(town: Town, visits: list[Any], wrong: set[int], kept: str) -> list[dict[str, int]]:
    """Some rows come before the packing and some after it; the wrong ones are taken away at the end."""
    stays = [
        town.stay(person, place, MONDAY + timedelta(days=day, minutes=minute), length)
        for person, place, day, minute, length in visits
    ]
    stays = [stay for stay in stays if stay.started_at <= MOMENT]
    half = len(stays) // 2 if kept == "mixed" else len(stays)
    town.record(*stays[:half], at=MOMENT - timedelta(hours=1) if kept == "late" else MOMENT)
    if kept != "late":
        pack_visits(actor=SYSTEM, moment=MOMENT + timedelta(days=1), province_id=town.province.pk)
    town.record(*stays[half:])
    if kept in ("cache", "mixed"):
        keep_days(town.province.pk, MONDAY.date() - timedelta(days=20))
    taken = [stay for number, stay in enumerate(stays) if number in wrong]
    for stay in taken:
        correct_visit(actor=SYSTEM, moment=MOMENT, province_id=town.province.pk, wrong=stay, right=None)
    return [
        {
            "person": stay.person_id,
            "place": stay.place_id,
            "start": minute_at(stay.started_at),
            "until": minute_at(stay.started_at) + stay.minutes,
        }
        for stay in stays
        if stay not in taken
    ]


def _meet(town: Town, meetings: list[Any]) -> list[dict[str, int]]:
    from phaodai.surveillance.models import Meeting

    plain = []
    for one, other, day, minutes in meetings:
        if one == other:
            continue
        at = MONDAY + timedelta(days=day, hours=9)
        row = {"one_id": town.persons[one].pk, "other_id": town.persons[other].pk, "minutes": minutes}
        Meeting.objects.create(
            province_id=town.province.pk, origin="proximity", started_at=at, recorded_at=MOMENT, **row
        )
        plain.append(row | {"start": minute_at(at)})
    return plain


def _plain(window: Any, person: int, visits: list[dict[str, int]], meetings: list[dict[str, int]]) -> set[Row]:
    asked = {"case": person, "begin": minute_at(window.begin), "end": minute_at(window.end)}
    with connection.cursor() as cursor:
        cursor.execute(PLAIN, asked | {"visits": json.dumps(visits), "meetings": json.dumps(meetings)})
        return set(cursor.fetchall())
