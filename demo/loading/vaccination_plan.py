"""The plan of vaccination of one district: groups open by decision, who still waits, lots, a fridge too warm, three sessions.

The people are those of the doses of `demo.loading.doses`: whoever had no dose, or one, waits on the lists.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connections

from demo import SEED
from demo.directives import at
from demo.loading.bodies import head_of_station
from demo.loading.door import OWNER, writing
from demo.outbreak import TAN_LOC
from demo.streams import stream
from phaodai.foundation import clock
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.scope import SYSTEM, Actor, entering
from phaodai.people.models import Organisation
from phaodai.supply.models import Item, Store
from phaodai.territory.models import Tier, Unit
from phaodai.vaccination.actions.cold_chain import add_cold_place, take_log
from phaodai.vaccination.actions.groups import open_group
from phaodai.vaccination.actions.invitations import choose_invitations, whose_turn
from phaodai.vaccination.actions.lots import receive_lot
from phaodai.vaccination.actions.sessions import Closing, bring_lot, close_session, open_session, plan_session
from phaodai.vaccination.models import ColdPlace, Session, VaccineLot
from phaodai.vaccination.rules.cold_chain import Reading

PLAN = "Kế hoạch 152/KH-UBND ngày 28/7/2021"
OPENED = (
    # group, opened on, people to reach
    ("health-workers", date(2021, 8, 2), 4200),
    ("response", date(2021, 8, 2), 9500),
    ("police", date(2021, 8, 9), 2600),
    ("army", date(2021, 8, 9), 1800),
    ("education", date(2021, 8, 30), 14000),
    ("chronic-elderly", date(2021, 9, 6), 52000),
    ("workers", date(2021, 9, 20), 31000),
    ("residents", date(2021, 10, 4), 210000),
)
AHEAD = "Công văn 3117/UBND-KGVX: tiêm đồng thời các nhóm theo lượng vắc xin được phân bổ"
VACCINES = (
    # product, name, lot, expiry, doses a vial, vials
    ("astrazeneca", "Vắc xin AstraZeneca", "L100", date(2021, 12, 5), 10, 60),
    ("vero-cell", "Vắc xin Vero Cell", "L101", date(2023, 6, 30), 1, 400),
    ("comirnaty", "Vắc xin Comirnaty", "L102", date(2022, 2, 28), 6, 90),
)

# Adults of the district who lack a dose, once each; older people and the chronically ill first.
LISTED = """
insert into vaccination_listentry (version, created_at, updated_at, person_id, full_name, birth_date, birth_year, sex,
  identity_number, phone, workplace, hamlet_id, hamlet_name, "group", rank, state, state_reason, next_number, due_from,
  last_product, last_given_on, same_key, sort_key, search_key, province_id, district_id, commune_id)
select 1, %(now)s, %(now)s, p.id, p.full_name, p.birth_date, p.birth_year, p.sex, p.identity_number, p.phone, '',
  home.hamlet_id, '', told.group_key, told.rank, 'waiting', '', coalesce(given.number, 0) + 1,
  given.given_on + case given.product when 'astrazeneca' then 56 else 21 end, coalesce(given.product, ''), given.given_on,
  p.search_key || '|' || p.sex || '|' || coalesce(p.birth_date::text, p.birth_year::text), p.sort_key, p.search_key,
  p.province_id, p.district_id, p.commune_id
from people_person p
join people_household home on home.id = p.household_id
left join lateral (select number, given_on, product from vaccination_dose d
  where d.person_id = p.id and d.struck_at is null order by number desc limit 1) given on true
cross join lateral (select case when p.birth_year <= 1956 then 'chronic-elderly' when p.id %% 9 = 0 then 'workers'
    else 'residents' end as group_key, case when p.birth_year <= 1956 then 9 when p.id %% 9 = 0 then 13 else 10 end as rank
  ) told
where p.district_id = %(district)s and p.birth_year between 1920 and 2003 and p.merged_into_id is null
  and coalesce(given.number, 0) < 2
"""
SOURCES = """
with list as (
  insert into vaccination_prioritylist (version, created_at, updated_at, name, sender, unit_id, "group", state, sha256,
    content, rows, reached, added, joined, parked, received_at, province_id, district_id, commune_id)
  select 1, %(now)s, %(now)s, 'Danh sách rà soát người từ 18 tuổi, ' || u.name, 'UBND ' || u.name, u.id, 'residents',
    'finished', md5(u.id::text), '', count(*), count(*), count(*), 0, 0, %(sent)s, u.province_id, u.district_id, u.id
  from vaccination_listentry e join territory_unit u on u.id = e.commune_id where e.district_id = %(district)s group by u.id
  returning id, commune_id)
insert into vaccination_listsource (entry_id, priority_list_id, row_number, "group")
select e.id, list.id, row_number() over (partition by list.id order by e.id) + 1, e."group"
from vaccination_listentry e join list on list.commune_id = e.commune_id
"""


def load_vaccination_plan(units: Mapping[str, Unit], now: datetime) -> None:
    """Everything up to the morning of `now`; the station of Tân Lộc runs the sessions."""
    commune = next(unit for unit in units.values() if unit.tier == Tier.COMMUNE and unit.bare_name == TAN_LOC)
    province = next(unit for unit in units.values() if unit.tier == Tier.PROVINCE)
    with writing(), connections[OWNER].cursor() as cursor:
        values = {"district": commune.district_id, "now": now, "sent": at(8, 9, 0)}
        cursor.execute(LISTED, values)
        cursor.execute(SOURCES, values)
    with clock.at(now), entering(SYSTEM, why="demo"):
        for group, on, target in OPENED:
            open_group(
                actor=SYSTEM, moment=now, unit=province, group=group, opens_on=on, document=PLAN, target=target,
                due_on=date(2021, 12, 31), reason=AHEAD,
            )  # fmt: skip
    station = head_of_station(commune)
    with clock.at(now), entering(station, why="demo"):
        store = _store(station)
        fridges = [_fridge(station, store, number) for number in (1, 2)]
        lots = [_receive(station, store, number, fridges) for number in range(len(VACCINES))]
        _sessions(station, commune, store, lots, now)
        _read_log(station, fridges[0], now)


def _store(station: Actor) -> Store:
    """The store of the station; made where the stock of the province was not loaded."""
    found = Store.objects.filter(organisation_id=station.organisation).order_by("pk").first()
    if found is not None:
        return found
    body = Organisation.objects.get(pk=station.organisation)
    name = f"Kho {body.short_name}"
    return Store.objects.create(
        name=name, tier=Store.Tier.COMMUNE, organisation=body, sort_key=sort_key(name), search_key=fold(name),
        **body.area.columns,
    )  # fmt: skip


def _receive(station: Actor, store: Store, number: int, fridges: list[ColdPlace]) -> VaccineLot:
    """What this morning's session gives lies in the second fridge."""
    product, name, lot, expires_on, doses, vials = VACCINES[number]
    fridge = fridges[1] if product == "comirnaty" else fridges[0]
    with entering(SYSTEM):
        item = Item.objects.get_or_create(
            province_id=store.province_id, code=f"VX-{product.upper()}",
            defaults={
                "name": name, "unit": "lọ", "kind": Item.Kind.VACCINE, "sort_key": sort_key(name), "search_key": fold(name),
            },
        )[0]  # fmt: skip
    return receive_lot(
        actor=station, moment=at(12, 8, 0), store_id=store.pk, item_id=item.pk, product=product, number=lot,
        expires_on=expires_on, vials=vials, doses_per_vial=doses, key=UUID(int=SEED * 10**10 + number), paper="PX 97",
        place_id=fridge.pk,
    )  # fmt: skip


def _sessions(station: Actor, commune: Unit, store: Store, lots: list[VaccineLot], now: datetime) -> None:
    """One that is over with its account, one of this morning, one of Friday."""
    team = "Khám sàng lọc: BS trạm\nTiêm: 2 điều dưỡng\nTheo dõi 30 phút: 1 y sĩ\nNhập liệu: 1 cán bộ dân số"
    given: dict[str, Any] = {
        "unit": commune, "starts_at": time(7, 30), "ends_at": time(11, 0), "teams": 2, "per_hour": 20, "team": team,
        "store_id": store.pk,
    }  # fmt: skip
    past = plan_session(actor=station, moment=at(19, 8, 0), name="Trạm Y tế", day=at(22, 7, 0).date(), **given)
    _run(station, past, lots[0])
    today = plan_session(
        actor=station, moment=at(20, 8, 0), name="Nhà văn hóa xã", day=now.date(), product="comirnaty", **given
    )
    bring_lot(actor=station, moment=now, session_id=today.pk, lot_id=lots[2].pk, vials=24)
    _invite(station, today, at(22, 9, 0), 3, reserve=4)
    friday = plan_session(actor=station, moment=at(23, 8, 0), name="Trường Tiểu học", day=at(26, 7, 0).date(), **given)
    _invite(station, friday, at(23, 9, 0), 4)


def _invite(station: Actor, session: Session, moment: datetime, part: int, reserve: int = 0) -> None:
    """A part of those whose turn it is, as many as a morning takes; in a very small province it is nobody's."""
    if waiting := whose_turn(session).count():
        people = max(1, min(120, waiting // part))
        choose_invitations(actor=station, moment=moment, session_id=session.pk, people=people, reserve=reserve)


def _run(station: Actor, session: Session, lot: VaccineLot) -> None:
    morning = at(22, 7, 30)
    bring_lot(actor=station, moment=morning, session_id=session.pk, lot_id=lot.pk, vials=10)
    open_session(actor=station, moment=morning, session_id=session.pk)
    closing = Closing(lot.pk, returned=1, given=86, wasted={"end_of_day": 3, "broken": 1})
    close_session(
        actor=station, moment=at(22, 11, 20), session_id=session.pk, closings=[closing], note="Trời mưa, vắng 9 người"
    )


def _fridge(station: Actor, store: Store, number: int) -> ColdPlace:
    return add_cold_place(
        actor=station, moment=at(12, 8, 0), name=f"Tủ lạnh TCW 3000 số {number}", store=store,
        serial=f"TCW-8812{number + 6}",
    )  # fmt: skip


def _read_log(station: Actor, place: ColdPlace, now: datetime) -> None:
    """A week of readings every ten minutes; in the last night the current of the fridge failed for an hour and a half."""
    chance, since = stream(SEED, "fridge"), now.replace(minute=0, second=0) - timedelta(days=7)
    failed = range(7 * 144 - 30, 7 * 144 - 21)
    readings = [
        Reading(
            since + timedelta(minutes=10 * step),
            Decimal(f"{chance.normal(9.6 if step in failed else 4.8, 0.35):.1f}"),
        )
        for step in range(7 * 144)
    ]
    readings = [one for one in readings if one.at <= now]
    content = "\n".join(f"{one.at:%Y-%m-%d %H:%M},{one.celsius}" for one in readings).encode()
    take_log(
        actor=station, moment=now, place_id=place.pk, name="TCW-88127-2411.csv", content=content, readings=readings
    )
