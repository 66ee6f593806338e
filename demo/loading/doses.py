"""The campaign of the district of Tân Lộc so far: doses of its adults set-wise, and one sheet with what sheets bring.

One district of the invented province, not all of it: loading stays short, and every page has something to show.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.db import connections

from demo.directives import at
from demo.loading.bodies import head_of_station
from demo.loading.door import OWNER, writing
from demo.outbreak import TAN_LOC
from phaodai.foundation import clock
from phaodai.foundation.scope import SYSTEM, Actor, entering
from phaodai.people.models import Person
from phaodai.territory.models import Tier, Unit
from phaodai.vaccination.actions.events import Report, report_event
from phaodai.vaccination.models import Dose
from phaodai.vaccination.sheets.doses_intake import read_doses

SENT = at(23, 16, 40)
FIRST, SECOND = 0.92, 0.63
"""Shares of the adults with one and with two doses, near those that the directives of November 2021 name."""
HEADER = "Họ và tên,Ngày sinh,Giới tính,CCCD,Số điện thoại,Vắc xin,Số lô,Mũi thứ,Ngày tiêm,Điểm tiêm,Mã xã"

# A hash of the row id scatters days and shares the same way each time. First doses from 2 August, second 70 days later.
DOSES = """
insert into vaccination_dose (
  key, digest, person_id, joined, full_name, sex, birth_year, birth_date, identity_number, phone, address, search_key,
  identity_key, fingerprint, product, lot_number, number, given_at, given_on, age, "group", organisation_id, facility,
  device, source, received_at, doubted, struck_reason, version, created_at, updated_at, province_id, district_id, commune_id)
select md5('demo|' || told.id || '|' || number)::uuid, '', told.id,
  case when identity_number = '' then 'name' else 'number' end,
  full_name, sex, birth_year, birth_date, identity_number, phone, '', search_key, identity,
  md5(identity || '|' || day || '|' || product || '|' || number || '|' || lot)::uuid, product, lot, number,
  (day + time '08:00') at time zone 'Asia/Ho_Chi_Minh' + make_interval(secs => luck %% 20000), day, 2021 - birth_year,
  '', station, '', '', 'sheet', %(sent)s, false, '', 1, %(sent)s, %(sent)s, province_id, district_id, commune_id
from (
  select p.*, abs(hashtext(p.id::text)) as luck, number, station.id as station,
    (array['astrazeneca', 'vero-cell', 'comirnaty'])[1 + abs(hashtext('v' || p.id)) %% 3] as product,
    'L' || 100 + abs(hashtext('v' || p.id)) %% 3 as lot,
    date '2021-08-02' + abs(hashtext('d' || p.id)) %% 40 + (number - 1) * 70 as day,
    md5(case when p.identity_number <> '' then 'number|' || p.identity_number
      else 'name|' || p.search_key || '|' || p.sex || '|' || coalesce(p.birth_date::text, p.birth_year::text, '') end
    )::uuid as identity
  from people_person p cross join generate_series(1, 2) number
  left join lateral (select o.id from people_organisation o
    where o.kind = 'health_station' and o.commune_id = p.commune_id limit 1) station on true
  where p.district_id = %(district)s and p.birth_year between 1920 and 2003 and p.merged_into_id is null
) told
where luck %% 1000 < 1000 * case when number = 1 then %(first)s else %(second)s end and day <= %(today)s
"""


def load_doses(units: Mapping[str, Unit]) -> None:
    """Doses of the district, a sheet of the station of Tân Lộc, and two reactions."""
    commune = next(unit for unit in units.values() if unit.tier == Tier.COMMUNE and unit.bare_name == TAN_LOC)
    with writing(), connections[OWNER].cursor() as cursor:
        values = {"district": commune.district_id, "first": FIRST, "second": SECOND, "sent": SENT, "today": SENT.date()}
        cursor.execute(DOSES, values)
    station = head_of_station(commune)
    with clock.at(SENT), entering(station, why="demo"):
        read_doses(actor=station, moment=SENT, name="mui-tiem-23-11.csv", content=_sheet(commune).encode())
        _reactions(station)


def _sheet(commune: Unit) -> str:
    """Rows as stations send them: known people again, too soon, other spellings, strangers, and what cannot be read."""
    with entering(SYSTEM):
        born = Person.objects.filter(commune_id=commune.pk, birth_date__isnull=False, birth_year__lt=2003)
        people = list(born.order_by("id")[:40])
    lines = [HEADER]
    for number, person in enumerate(people):
        name = person.full_name if number % 4 else person.full_name.replace("Thị", "Thi").replace("Văn", "Van")
        day = SENT.date() - timedelta(days=number % 12)
        birth = f"{person.birth_date:%d/%m/%Y}" if number % 3 else str(person.birth_year)
        dose = 2 if number % 5 else 3
        sex = {"M": "Nam", "F": "Nữ"}.get(person.sex, "") if number % 4 else ""
        lines.append(f"{name},{birth},{sex},,{person.phone},AstraZeneca,L100,{dose},{day:%d/%m/%Y},Trạm,{commune.code}")
    lines += [
        f"Vàng A Khách,1988,Nam,,0912000111,Vero Cell,L101,1,20/11/2021,Trạm,{commune.code}",
        f"Lò Thị Xa,12/03/1979,Nữ,,,Pfizer,L102,2,20/11/2021,Trạm,{commune.code}",
        f"Giàng A Nhầm,31/02/1980,Nam,,,AstraZeneca,L100,1,20/11/2021,Trạm,{commune.code}",
        f"Mùa Thị Quên,1990,Nữ,,,AstraZeneca,L100,,20/11/2021,Trạm,{commune.code}",
    ]
    return "\n".join(lines)


def _reactions(station: Actor) -> None:
    doses = (
        Dose.objects.visible_to(station).filter(organisation_id=station.organisation).order_by("-given_at", "-id")[:2]
    )
    told = (("mild", "sốt 38 °C, đau chỗ tiêm"), ("serious", "phản vệ độ 2 sau tiêm 20 phút, đã xử trí, chuyển viện"))
    for dose, (severity, symptoms) in zip(doses, told, strict=True):
        report = Report(severity, "site", symptoms, SENT - timedelta(hours=3))
        report_event(actor=station, moment=SENT, dose_id=dose.pk, report=report)
