"""The books of a full-size province: 2,000,000 people on the lists, 3,000,000 doses and what stands beside some of them.

    PHAODAI_DATA=/tmp/books .venv/bin/phaodai demo --people 20000 --build-only

makes the province with its officers; `open_books` then fills it once, set-wise, by the installation itself, and the rows stay
in that data folder, which is used for nothing else. Names are put together from those of the invented people; communes are
of unequal size, and what comes from one list or one sheet lies together, as it does in use. Indexes that are no constraint are
taken away while millions of rows come in and are made again afterwards, as a restore does.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from time import perf_counter
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")

PEOPLE, DOSES = 2_000_000, 3_000_000
LISTS, SHEETS = 400, 1_000
"""Rows of one list of a unit, and of one sheet of doses: they lie in one commune."""

GROUPS = {
    "residents": 50.0, "chronic-elderly": 16.0, "workers": 12.0, "education": 7.0, "essential-services": 4.0, "response": 3.0,
    "health-workers": 2.5, "poor": 2.0, "army": 1.0, "police": 1.0, "others": 0.7, "self-employed": 0.5, "religious": 0.2,
    "customs": 0.08, "diplomats": 0.02,
}  # fmt: skip
STATES = {
    "waiting": 55.0, "vaccinated": 35.0, "invited": 5.0, "declined": 3.0, "deferred": 1.0, "not_found": 0.7, "moved": 0.3,
}  # fmt: skip
PRODUCTS = {
    "astrazeneca": 45.0, "vero-cell": 25.0, "comirnaty": 20.0, "moderna": 7.0, "sputnik-v": 2.0, "abdala": 0.95,
    "janssen": 0.05,
}  # fmt: skip
"""Shares in per cent: common ones, rare ones, and vocabulary of which there is nothing."""


def _one_of(luck: str, shares: dict[str, float]) -> str:
    """SQL that picks a key in its share, by an integer of even distribution."""
    bounds, keys = list(accumulate(shares.values())), ", ".join(f"'{key}'" for key in shares)
    limits = ", ".join(f"{bound / 100:.6f}" for bound in bounds[:-1])
    return f"(array[{keys}])[1 + width_bucket((({luck}) & 65535) / 65536.0, array[{limits}])]"


NAMES = """
create temp table names as
select row_number() over (order by id) - 1 as place, split[2] as given, split[1] as rest,
  split_part(sort_key, ' ', 1) as given_sort, substr(sort_key, position(' ' in sort_key) + 1) as rest_sort,
  regexp_replace(search_key, '^.* ', '') as given_found, regexp_replace(search_key, ' [^ ]*$', '') as rest_found
from (select *, regexp_match(full_name, '^(.*) ([^ ]+)$') as split from people_person where full_name like '% %') named
"""
PLACES = """
create temp table places as
select u.id as commune_id, u.district_id, u.province_id, row_number() over (order by u.id) - 1 as place,
  (select min(o.id) from people_organisation o where o.commune_id = u.id and o.reach = 'area') as station
from territory_unit u join territory_unit p on p.id = u.province_id and p.code = '98' where u.tier = 3
"""
# The power makes communes unequal, as they are.
CHOSEN = """
  join places c on c.place
    = floor(power((hashint8(n / %(lot)s) & 65535) / 65536.0, 1.4) * (select count(*) from places))::bigint
  join names a on a.place = (hashint8(n * 3 + 1) & 1073741823) %% (select count(*) from names)
  join names b on b.place = (hashint8(n * 7 + 2) & 1073741823) %% (select count(*) from names)
"""
ENTRIES = f"""
insert into vaccination_listentry (version, created_at, updated_at, full_name, birth_date, birth_year, sex,
  identity_number, phone, workplace, hamlet_name, "group", rank, state, state_reason, next_number, due_from, last_product,
  same_key, sort_key, search_key, province_id, district_id, commune_id, organisation_id)
select 1, now(), now(), a.rest || ' ' || b.given, born, extract(year from born), case when luck %% 2 = 0 then 'F' else 'M' end,
  case when luck %% 7 = 0 then '' else '5' || lpad(n::text, 11, '0') end, '', '', 'Thôn ' || luck %% 9, wish,
  1 + length(wish), state, case when state = 'deferred' then 'Đang sốt' else '' end, 1 + second::int,
  case when second then date '2021-10-25' + luck %% 60 end, case when second then 'astrazeneca' else '' end,
  n::text, b.given_sort || ' ' || a.rest_sort, a.rest_found || ' ' || b.given_found, c.province_id, c.district_id, c.commune_id,
  c.station
from (select n, luck, date '1930-01-01' + luck %% 29000 as born, luck %% 11 = 0 as second,
    {_one_of("hashint8(n / 50)", GROUPS)} as wish, {_one_of("luck / 13", STATES)} as state
  from (select n, hashint8(n * 5) & 1073741823 as luck from generate_series(%(first)s::bigint, %(last)s) n) rolled) told
{CHOSEN}
"""
ALIKE = """
update vaccination_listentry set lookalike_id = id - 1 where id % 2500 = 0
"""
GIVEN = f"""
insert into vaccination_dose (
  key, digest, joined, full_name, sex, birth_year, age, identity_number, phone, address, search_key, identity_key, fingerprint,
  product, lot_number, number, given_at, given_on, "group", facility, device, source, received_at, doubted, struck_reason,
  struck_at, version, created_at, updated_at, province_id, district_id, commune_id, person_id, organisation_id)
select gen_random_uuid(), '', case when luck %% 20 = 0 then '' else 'number' end, a.rest || ' ' || b.given,
  case when luck %% 2 = 0 then 'F' else 'M' end, 2021 - age, age, '', '', '', a.rest_found || ' ' || b.given_found,
  md5('i' || n / 2)::uuid, md5('f' || n)::uuid, {_one_of("hashint8(n / 9)", PRODUCTS)},
  'L' || n / 9000, 1 + n %% 2, on_day + time '08:00' + make_interval(mins => luck %% 480), on_day, wish, 'Trạm', '', 'sheet',
  now(), luck %% 200 = 0, case when luck %% 4000 = 3 then 'Không tiêm' else '' end,
  case when luck %% 4000 = 3 then now() end, 1, now(), now(), c.province_id, c.district_id, c.commune_id,
  case when luck %% 20 <> 0 then p.id end, c.station
from (select n, luck, 12 + luck %% 80 as age, date '2021-07-26' + (luck / 80) %% 120 as on_day,
    {_one_of("luck / 3", GROUPS)} as wish
  from (select n, hashint8(n * 5) & 1073741823 as luck from generate_series(%(first)s::bigint, %(last)s) n) rolled) told
{CHOSEN}
  join (select id, row_number() over (order by id) - 1 as place from people_person) p
    on p.place = n %% (select count(*) from people_person)
"""
BESIDE = (
    """
insert into vaccination_dosedoubt (dose_id, code, words_vi, words_en, citation, overridden, reason, found_at, settled,
  settled_reason, version, created_at, updated_at, province_id, district_id, commune_id)
select id, 'order', 'Mũi 2 trước mũi 1', 'Dose 2 before dose 1', '', id % 3 = 0, '', given_at, '', '', 1, now(), now(),
  province_id, district_id, commune_id from vaccination_dose where doubted on conflict do nothing
""",
    """
insert into vaccination_identityquestion (identity_key, dose_id, score, evidence, verdict, reason, asked_at, version,
  created_at, updated_at, province_id, district_id, commune_id)
select distinct on (identity_key) identity_key, id, (id % 100) / 100.0, '{}', case when id % 9 = 0 then 'later' else '' end,
  '', now(), 1, now(), now(), province_id, district_id, commune_id from vaccination_dose where person_id is null
on conflict do nothing
""",
    """
insert into vaccination_adversereaction (dose_id, severity, found, symptoms, began_at, reported_at, treatment, outcome,
  conclusion, version, created_at, updated_at, province_id, district_id, commune_id)
select id, case when id % 5000 = 0 then 'serious' else 'mild' end, 'home', 'sốt', given_at, given_at, '', '', '', 1, now(),
  now(), province_id, district_id, commune_id from vaccination_dose where id % 500 = 0
""",
    """
insert into vaccination_coveragemark (province_id, district_id, commune_id, "on")
select distinct province_id, district_id, commune_id, given_on from vaccination_dose
""",
)
FILLED = ("vaccination_listentry", "vaccination_dose", "vaccination_dosedoubt", "vaccination_identityquestion")


def open_books(people: int = PEOPLE, doses: int = DOSES) -> Any:
    """Open the installation of the data folder and see that it holds so many; returns the server, to be left."""
    told = f"{people:,} people on lists and {doses:,} doses"
    return open_filled(told, lambda connection: _fill(connection, people, doses))


def open_filled(told: str, fill: Callable[[Any], bool]) -> Any:
    """Open the installation of the data folder and let `fill` add what is missing; returns the server, to be left."""
    from phaodai.foundation.database.addresses import administrator, endpoints
    from phaodai.foundation.database.roles import connected
    from phaodai.site.installation import open_installation

    server = open_installation(print)
    began = perf_counter()
    with connected(administrator(endpoints("phaodai").owner.database)) as connection:
        if fill(connection):
            print(f"{told}: filled in {perf_counter() - began:.0f} s")
    return server


def _fill(connection: Any, people: int, doses: int) -> bool:
    listed, given = (_count(connection, table) for table in ("vaccination_listentry", "vaccination_dose"))
    if listed >= people and given >= doses:
        return False
    with filling(connection, FILLED):
        for statement in (NAMES, PLACES, "analyze names", "analyze places"):
            connection.execute(statement)
        if listed < people:
            connection.execute(ENTRIES, {"first": listed + 1, "last": people, "lot": LISTS})
            connection.execute(ALIKE)
        if given < doses:
            connection.execute(GIVEN, {"first": given + 1, "last": doses, "lot": SHEETS})
            for statement in BESIDE:
                connection.execute(statement)
    return True


def _count(connection: Any, table: str) -> int:
    return int(connection.execute(f"select count(*) from {table}").fetchone()[0])


@contextmanager
def filling(connection: Any, tables: Sequence[str]) -> Iterator[None]:
    """Tables into which millions of rows come, as a restore does it: neither keys nor history are asked about rows that are
    known to be sound, and the indexes that no constraint needs are made again at the end."""
    for setting in (
        "session_replication_role = replica",
        "maintenance_work_mem = '1GB'",
        "work_mem = '256MB'",
        "jit = off",
    ):
        connection.execute(f"set {setting}")
    taken = connection.execute(
        "select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index"
        " where indrelid = any(%s::regclass[]) and not indisunique and not indisprimary",
        [list(tables)],
    ).fetchall()
    for name, _definition in taken:
        connection.execute(f"drop index {name}")
    yield
    for _name, definition in taken:
        connection.execute(definition)
    connection.execute("vacuum analyze")
