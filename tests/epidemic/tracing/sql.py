"""The meaning of a trace in SQL, for SQLite."""

import sqlite3
from collections import Counter
from math import inf

from epidemic.tracing import Via
from tests.epidemic.tracing.plain import GROUP_PLACES
from tests.epidemic.tracing.worlds import Question, Row, World

TABLES = """
create table log (sequence, recorded, retracted, person, place, start, duration);
create table membership (via, person, class, place);
create table meeting (via, person, other, start, minutes, distance, place);
create table asked (person, start, until);
create table contact (person, degree, via, through, place, start, until, minutes);
create table way (degree, via);
create view visit as
select person, place, start, start + duration as until from log as kept, time
where not retracted and recorded <= as_of and not exists (
    select 1 from log where retracted and recorded <= as_of and sequence > kept.sequence
    and (person, place, start, duration) = (kept.person, kept.place, kept.start, kept.duration));
create table time (as_of);
"""
MEET = """
with exposure as (
    select other.person, :visit as via, asked.person as through, own.place,
        max(own.start, other.start, asked.start) as start, min(own.until, other.until, asked.until) as until, 1 as timed
    from asked join visit as own using (person) join visit as other using (place)
    where other.person <> asked.person
    union all
    select other.person, other.via, asked.person, other.place, asked.start, asked.until, 0
    from asked join membership as own using (person) join membership as other using (via, class)
    where other.person <> asked.person and asked.start < asked.until
    union all
    select meeting.other, via, asked.person, place, max(asked.start, meeting.start),
        min(asked.until, meeting.start + max(minutes, 0)), minutes <> -1
    from asked join meeting using (person)
    where meeting.other <> asked.person and distance <= :distance
    and (minutes <> -1 or meeting.start >= asked.start and meeting.start < asked.until))
insert into contact
select exposure.person, :degree, via, through, place, start, until, iif(timed, until - start, -1)
from exposure join way using (via)
where way.degree = :degree and (not timed or until - start >= :minimum)
and (:degree = 1 or exposure.person not in (select person from contact where degree = 1) and exposure.person <> :case)
"""


def trace_by_sql(world: World, question: Question) -> Counter[Row]:
    with sqlite3.connect(":memory:") as base:
        base.executescript(TABLES)
        fill(base, world)
        ask(base, question)
        return Counter(base.execute("select * from contact").fetchall())


def fill(base: sqlite3.Connection, world: World) -> None:
    first = [
        (-1, -1, 0, person, place, day * 1440 + start, lasting) for person, place, day, start, lasting in world.visits
    ]
    late = [
        (sequence, recorded, retracted, person, place, day * 1440 + start, lasting)
        for sequence, (recorded, retracted, person, place, day, start, lasting) in enumerate(world.late)
    ]
    base.executemany("insert into log values (?, ?, ?, ?, ?, ?, ?)", first + late)
    for via, rows in world.memberships.items():
        members = [(via, person, group, GROUP_PLACES[via][group]) for person, group in rows]
        base.executemany("insert into membership values (?, ?, ?, ?)", members)
    for via, rows in world.meetings.items():
        for person, other, *rest, place in rows:
            for pair in ((person, other), (other, person)):
                base.execute("insert into meeting values (?, ?, ?, ?, ?, ?, ?)", (via, *pair, *rest, place))


def ask(base: sqlite3.Connection, question: Question) -> None:
    criteria, (start, end) = question.criteria, question.window
    end = end if criteria.as_of is None else min(end, criteria.as_of + 1)
    base.execute("insert into time values (?)", (2**40 if criteria.as_of is None else criteria.as_of,))
    ways = [(degree, via) for degree, chosen in ((1, criteria.first), (2, criteria.second)) for via in chosen]
    base.executemany("insert into way values (?, ?)", ways)
    base.execute("insert into asked values (?, ?, ?)", (question.case, start, end))
    facts = {
        "case": question.case,
        "visit": Via.VISIT,
        "minimum": criteria.minimum_minutes,
        "distance": min(criteria.maximum_distance * 100, 2.0**40) if criteria.maximum_distance < inf else 2.0**40,
    }
    base.execute(MEET, {**facts, "degree": 1})
    if criteria.degree == 2:
        base.execute("delete from asked")
        base.execute("insert into asked select person, min(start), ? from contact group by person", (end,))
        base.execute(MEET, {**facts, "degree": 2})
