"""The list of 1,800,000 residents: every chip, order, page and search, as officers of the province, a district, a commune ask.

    PHAODAI_DATA=/tmp/residents .venv/bin/phaodai demo --people 20000 --build-only
    PHAODAI_DATA=/tmp/residents .venv/bin/python benchmarks/person_lists.py [--asks 3] [--explain 40]

The residents are put into the data folder once, set-wise, in households of four that lie in the hamlets of the province, and
stay there. `--explain` prints the plans of statements slower than so many milliseconds instead of the figures.
"""

import argparse
from typing import Any

from vaccination_asking import explain, lists_of, load_of_machine, report, visitors
from vaccination_books import NAMES, filling, open_filled

PERSONS = 1_800_000
FILLED = ("people_household", "people_person")
HAMLETS = """
create temp table hamlets as
select u.id as hamlet_id, u.commune_id, u.district_id, u.province_id, row_number() over (order by u.id) - 1 as place
from territory_unit u join territory_unit p on p.id = u.province_id and p.code = '98' where u.tier = 4
"""
# The power makes hamlets, and so communes, unequal, as they are.
HOUSEHOLDS = """
insert into people_household (hamlet_id, address, province_id, district_id, commune_id)
select h.hamlet_id, 'Số ' || n, h.province_id, h.district_id, h.commune_id
from generate_series(1, %(persons)s::bigint / 4) n
join hamlets h on h.place
  = floor(power((hashint8(n) & 65535) / 65536.0, 1.4) * (select count(*) from hamlets))::bigint
"""
ROOFS = """
create temp table roofs as
select id, province_id, district_id, commune_id, row_number() over (order by id) - 1 as place from people_household
where address like 'Số %'
"""
RESIDENTS = """
insert into people_person (version, created_at, updated_at, full_name, sex, birth_year, birth_date, phone, identity_number,
  address, household_id, sort_key, search_key, province_id, district_id, commune_id)
select 1, now(), now(), a.rest || ' ' || b.given, case when luck % 2 = 0 then 'F' else 'M' end, extract(year from born), born,
  '', '', '', r.id, b.given_sort || ' ' || a.rest_sort, a.rest_found || ' ' || b.given_found, r.province_id, r.district_id,
  r.commune_id
from (select *, date '1930-01-01' + luck % 32000 as born
  from (select place, id, province_id, district_id, commune_id, member, hashint8(place * 5 + member) & 1073741823 as luck
    from roofs, generate_series(0, 3) member) rolled) r
join names a on a.place = (hashint8(r.place * 4 + 1) & 1073741823) % (select count(*) from names)
join names b on b.place = (hashint8(r.place * 31 + member * 7 + 2) & 1073741823) % (select count(*) from names)
"""


def fill(connection: Any, persons: int) -> bool:
    """See that so many residents are there; whether any had to be added."""
    there = int(connection.execute("select count(*) from people_person").fetchone()[0])
    if there >= persons:
        return False
    with filling(connection, FILLED):
        for statement in (NAMES, HAMLETS, "analyze names", "analyze hamlets"):
            connection.execute(statement)
        connection.execute(HOUSEHOLDS, {"persons": persons - there})
        connection.execute(ROOFS)
        connection.execute(RESIDENTS)
    return True


def main() -> None:
    """Print p50 and p95 of every kind of list for the three tiers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=int, default=PERSONS)
    parser.add_argument("--asks", type=int, default=3)
    parser.add_argument("--explain", type=float)
    asked = parser.parse_args()
    server = open_filled(f"{asked.persons:,} residents", lambda connection: fill(connection, asked.persons))
    from django.db import connections

    from phaodai.foundation.permissions import Permission
    from phaodai.people.registers import Persons

    print(f"{asked.persons:,} residents; {load_of_machine()}")
    for tier, visitor in visitors(Permission.PEOPLE_PERSON_READ, "people_person"):
        kinds = lists_of(Persons(), visitor.actor)
        if asked.explain is None:
            report(visitor, tier, kinds, asked.asks, typing="nguoi-dan-table")
        else:
            explain(visitor, [one for addresses in kinds.values() for one in addresses], asked.explain)
    print(load_of_machine())
    connections.close_all()
    server.leave()


if __name__ == "__main__":
    main()
