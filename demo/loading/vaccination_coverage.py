"""How many people each commune has by its lists, the doses counted, and the first certificates on their way.

Decision 5772 on certificates is of 20 December 2021: on the story's morning stations compare data, nothing is sealed yet.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import connections

from demo.loading.bodies import head_of_station
from demo.loading.door import OWNER, writing
from demo.outbreak import TAN_LOC
from phaodai.foundation import clock
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.models import Person
from phaodai.rulebook.provincial import rulebook_for
from phaodai.territory.models import Tier, Unit
from phaodai.vaccination.actions.certificates import check_certificate, draft_certificate
from phaodai.vaccination.actions.certificates_holders import candidates
from phaodai.vaccination.actions.coverage import refresh_coverage
from phaodai.vaccination.actions.keys import keyring
from phaodai.vaccination.rules.certificates import COUNTRY

COUNTED = date(2021, 11, 1)
SOURCE = "Danh sách Công an xã (dân số dựng)"
DRAFTS, CHECKED, MOST = 12, 5, 100

# Populations by the year of birth, as lists count them, of the province too; two communes have not sent theirs.
PEOPLE = """
insert into vaccination_denominator (version, created_at, updated_at, province_id, district_id, commune_id, unit_id, code,
  population, people, counted_on, source, note)
select 1, %(now)s, %(now)s, unit.province_id, unit.district_id, unit.commune_id, unit.id, unit.code, key, count(*), %(on)s,
  %(source)s, ''
from people_person person
join territory_unit unit on unit.id in (person.commune_id, person.province_id)
join (values ('adults', 1900, 2003), ('over-50', 1900, 1971), ('over-65', 1900, 1956), ('grades-9-12', 2004, 2007),
  ('grades-6-8', 2008, 2010), ('aged-12-17', 2004, 2009), ('residents', 1900, 2021)) as told(key, first, last)
  on person.birth_year between first and last
where person.merged_into_id is null and (unit.tier = 1 or unit.id %% 47 <> 5)
group by unit.id, key
"""


def load_coverage(units: Mapping[str, Unit], now: datetime) -> None:
    """Counts of people, counts of doses, drafts of the station of Tân Lộc, and a key for tests to try the last step with."""
    with writing(), connections[OWNER].cursor() as cursor:
        cursor.execute(PEOPLE, {"now": now, "on": COUNTED, "source": SOURCE})
    counting = True
    while counting:
        with entering(SYSTEM, why="demo"):
            counting = bool(refresh_coverage(actor=SYSTEM, moment=now))
    commune = next(unit for unit in units.values() if unit.tier == Tier.COMMUNE and unit.bare_name == TAN_LOC)
    _certificates(commune, now - timedelta(hours=15))
    if keyring().current(now, real=False) is None:
        keyring().new("Tỉnh Bình Minh (chạy thử)", now - timedelta(days=1), test=True)


def _certificates(commune: Unit, evening: datetime) -> None:
    """Drafts of people with a complete course; some were compared with the papers."""
    station = head_of_station(commune)
    with clock.at(evening), entering(station, why="demo"):
        given = Person.objects.filter(commune_id=commune.pk, doses__number=2).order_by("pk")
        found = candidates(rulebook_for(commune.province_id), evening.date(), given[:MOST], COUNTRY)
        drafts = [
            draft_certificate(actor=station, moment=evening, person_id=one.person.pk, nationality=COUNTRY)
            for one in [one for one in found if one.obstacle is None][:DRAFTS]
        ]
        for row in drafts[:CHECKED]:
            check_certificate(actor=station, moment=evening, pk=row.pk)
