"""Gifts and the fund of the invented province, its readiness for a scenario, drills, and help to and from other provinces."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from demo import SEED
from demo.directives import at
from demo.streams import stream
from phaodai.foundation import clock
from phaodai.foundation.formats import fold
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.models import Organisation
from phaodai.supply.actions.funds_publishing import lines_of
from phaodai.supply.models import (
    AidLine,
    AidRequest,
    AidStep,
    AidTeam,
    Donation,
    DrillCall,
    DrillCount,
    Figure,
    Fund,
    FundEntry,
    FundHolding,
    FundStatement,
    Item,
    NeedMapping,
    ReadinessDrill,
    ReadinessFigure,
    ReadinessLine,
    ReadinessPlan,
    StatementGiver,
)
from phaodai.supply.rules.fund_sums import statement_of
from phaodai.territory.models import Tier, Unit

OFFICE = "98-VPTU"
OPENED = date(2021, 5, 10)
# Who gave in how many millions of đồng, on which day of the year's months, and whether they agreed to be named.
GIFTS = """
body      | Công ty cổ phần Gạch ngói Bến Gỗ     | 5000  | 05-28 | named
body      | Ngân hàng Phát triển Thuận Hòa       | 15000 | 06-02 | named
body      | Công ty May xuất khẩu Hoa Cau        | 8000  | 06-11 | named
body      | Hội Doanh nghiệp trẻ tỉnh            | 12000 | 06-24 | named
body      | Công ty Thủy điện Suối Trong         | 10000 | 07-06 | named
body      | Giáo xứ Tân Lộc                      | 300   | 07-15 | named
body      | Trường Trung học phổ thông Phú Khê   | 120   | 07-30 | named
person    | Nguyễn Thị Sương                     | 20    | 08-04 |
person    | Trần Văn Hậu                         | 50    | 08-12 | named
anonymous |                                      | 500   | 08-20 |
body      | Hợp tác xã Chè Đồi Xanh              | 200   | 09-03 | named
body      | Cộng đồng người xa quê               | 9000  | 09-17 | named
person    | Lò Văn Tám                           | 2     | 10-05 |
body      | Công ty Nước sạch tỉnh               | 6000  | 10-19 | named
body      | Công ty Dược Bình An                 | 4000  | 11-08 | named
person    | Phạm Thị Nhài                        | 5     | 11-22 |
anonymous |                                      | 1     | 11-23 |
"""
# On what, in how many millions of đồng, when, for which purpose.
SPENT = """
Mua 40.000 bộ xét nghiệm nhanh kháng nguyên   | 9600  | 06-18 | medicine   | 812/QĐ-UBND
Trang bị 20 máy thở cho khu hồi sức           | 14500 | 07-02 | equipment  | 903/QĐ-UBND
Sửa chữa, trang bị khu cách ly tập trung      | 11200 | 07-21 | quarantine | 961/QĐ-UBND
Bồi dưỡng lực lượng trực chốt, lấy mẫu        | 6400  | 08-15 | frontline  | 1040/QĐ-UBND
Tủ lạnh dương sâu bảo quản vắc xin            | 3800  | 08-28 | vaccine    | 1077/QĐ-UBND
Hỗ trợ hộ khó khăn trong vùng phong tỏa       | 5200  | 09-25 | households | 1188/QĐ-UBND
Mua bộ trang phục phòng, chống dịch cấp 3     | 4900  | 11-12 | medicine   | 1402/QĐ-UBND
"""
GOODS = (
    ("Gạo", "kg", 42000, "Hội Nông dân tỉnh", "06-15"),
    ("Mì ăn liền", "thùng", 3500, "Công ty Thực phẩm Sao Mai", "07-20"),
)
# What a scenario of a higher level asks of the province by week, from 29 November.
NEEDS = {
    "kits": (42000, 68000, 91000, 84000, 60000, 41000),
    "protective_sets": (9000, 13000, 16500, 15000, 11000, 8000),
    "tests": (6500, 9000, 11000, 10400, 8000, 6000),
    "oxygen": (60, 110, 170, 190, 150, 100),
    "beds_tier_1": (700, 1250, 1900, 2100, 1700, 1100),
    "beds_tier_2": (160, 300, 460, 510, 420, 290),
    "beds_tier_3": (24, 46, 72, 81, 66, 44),
    "quarantine_site": (2400, 3600, 4300, 3900, 3000, 2200),
    "staff": (620, 940, 1280, 1350, 1120, 830),
}
FIRST_WEEK = date(2021, 11, 29)
MET = (
    ("kits", "logistics", "TEST-KN", "", 1, Tier.COMMUNE, "Một bộ một xét nghiệm"),
    ("tests", "logistics", "TEST-PCR", "", 1, Tier.DISTRICT, "Một bộ lấy mẫu một xét nghiệm"),
    ("protective_sets", "logistics", "PH-C3", "", 1, Tier.COMMUNE, ""),
    ("oxygen", "logistics", "OXY-40", "", 17, Tier.DISTRICT, "10 lít/phút: 14,4 m³ một ngày, 17 bình 6 m³ một tuần"),
    ("beds_tier_1", "means", "", "beds_tier_1", 1, Tier.DISTRICT, ""),
    ("beds_tier_2", "means", "", "beds_tier_2", 1, Tier.DISTRICT, ""),
    ("beds_tier_3", "means", "", "beds_tier_3", 1, Tier.PROVINCE, ""),
    ("quarantine_site", "means", "", "quarantine_site", 1, Tier.DISTRICT, ""),
    ("staff", "forces", "", "staff", 1, Tier.COMMUNE, ""),
    ("ventilators", "means", "HFNC", "", 1, Tier.DISTRICT, "Máy đang chạy được trong sổ thiết bị"),
    ("oxygen_concentrators", "means", "MTO2-10", "", 1, Tier.DISTRICT, "Máy đang chạy được trong sổ thiết bị"),
)
HAVE = {"staff": 0.9, "beds_tier_1": 0.8, "beds_tier_2": 0.75, "beds_tier_3": 0.6, "quarantine_site": 0.95}
"""The share of the highest week that units say they have, about; each draws its own around it."""


def load_aid(units: Mapping[str, Unit], now: datetime) -> None:
    """Everything of funds, readiness and mutual aid, as it stands on the morning of `now`."""
    with clock.at(now), entering(SYSTEM, why="demo"):
        office = Organisation.objects.get(code=OFFICE)
        fund = _fund(office)
        _publish(fund, date(2021, 10, 31), at(2, 9))
        province = units["98"]
        _readiness(province, units, now)
        _drills(office, units)
        _aid(office)


def _millions(text: str) -> int:
    return int(text) * 1_000_000


def _day(text: str) -> date:
    return date.fromisoformat(f"2021-{text.strip()}")


def _noon(day: date) -> datetime:
    return at(1, 12).replace(month=day.month, day=day.day)


def _fund(office: Organisation) -> Fund:
    area = office.area.columns
    fund = Fund.objects.create(
        organisation=office, name="Quỹ phòng, chống COVID-19 của tỉnh", opened_on=OPENED, decision="655/QĐ-UBND", **area
    )
    money = FundHolding.objects.create(fund=fund, kind="money", name="Tiền", unit="đồng", **area)
    gifts = [[cell.strip() for cell in line.split("|")] for line in GIFTS.strip().splitlines()]
    rows = Donation.objects.bulk_create(
        Donation(
            fund=fund, giver_kind=kind, giver_name=name, money=_millions(much), received_on=_day(day),
            agrees_named=named == "named", recorded_at=_noon(_day(day)), key=UUID(int=0xA1D_000 + place),
            receipt_year=2021, receipt_number=place, receipt_at=_noon(_day(day)), search_key=fold(name), **area,
        )
        for place, (kind, name, much, day, named) in enumerate(gifts[:-2], 1)
    )  # fmt: skip
    rows += Donation.objects.bulk_create(
        Donation(
            fund=fund, giver_kind=kind, giver_name=name, money=_millions(much), received_on=_day(day),
            recorded_at=_noon(_day(day)), key=UUID(int=0xA1E_000 + place), search_key=fold(name), **area,
        )
        for place, (kind, name, much, day, _named) in enumerate(gifts[-2:])
    )  # fmt: skip
    _entries(fund, money, rows)
    for place, goods in enumerate(GOODS):
        _goods(fund, place, *goods)
    return fund


def _entries(fund: Fund, money: FundHolding, gifts: list[Donation]) -> None:
    """Every gift comes in, then what was spent goes out; the balance is their sum."""
    area = fund.organisation.area.columns
    lines = [
        FundEntry(
            holding=money, donation=gift, on=gift.received_on, quantity=gift.money, value=gift.money, purpose="given",
            recorded_at=gift.recorded_at, key=UUID(int=0xA1F_000 + place), search_key="tien", **area,
        )
        for place, gift in enumerate(gifts)
    ]  # fmt: skip
    for place, line in enumerate(SPENT.strip().splitlines()):
        words, much, day, purpose, decision = (cell.strip() for cell in line.split("|"))
        lines.append(
            FundEntry(
                holding=money, on=_day(day), quantity=-_millions(much), value=-_millions(much), purpose=purpose, words=words,
                decision=decision, recorded_at=_noon(_day(day)), key=UUID(int=0xA20_000 + place),
                search_key=fold(f"{words} {decision}"), **area,
            )
        )  # fmt: skip
    FundEntry.objects.bulk_create(lines)
    money.balance = sum(Decimal(line.quantity) for line in lines)
    money.save(update_fields=["balance"])


def _goods(fund: Fund, place: int, name: str, unit: str, much: int, giver: str, day: str) -> None:
    area, on = fund.organisation.area.columns, _day(day)
    gift = Donation.objects.create(
        fund=fund, giver_kind="body", giver_name=giver, agrees_named=True, goods=f"{much:,} {unit} {name}".replace(",", "."),
        received_on=on, recorded_at=_noon(on), key=UUID(int=0xA21_000 + place), search_key=fold(f"{giver} {name}"), **area,
    )  # fmt: skip
    holding = FundHolding.objects.create(fund=fund, kind="goods", name=name, unit=unit, balance=much // 5, **area)
    for part, quantity, purpose in ((0, much, "given"), (1, much // 5 - much, "households")):
        FundEntry.objects.create(
            holding=holding, donation=gift if part == 0 else None, on=on + timedelta(days=20 * part), quantity=quantity,
            purpose=purpose, words="" if part == 0 else "Phát cho hộ trong vùng phong tỏa", recorded_at=_noon(on),
            key=UUID(int=0xA22_000 + 2 * place + part), search_key=fold(name), **area,
        )  # fmt: skip


def _publish(fund: Fund, last: date, moment: datetime) -> None:
    statement = FundStatement.objects.create(
        fund=fund, fund_name=fund.name, organisation_name=fund.organisation.name, first_day=OPENED, last_day=last,
        content=statement_of(lines_of(fund, last), OPENED, last), published_at=moment, officer_name="Đinh Quốc Việt",
        officer_title="Chủ tịch", **fund.organisation.area.columns,
    )  # fmt: skip
    told = Donation.objects.filter(fund=fund, agrees_named=True, received_on__lte=last).order_by("received_on", "pk")
    StatementGiver.objects.bulk_create(
        StatementGiver(
            statement=statement,
            donation=one,
            name=one.giver_name,
            received_on=one.received_on,
            money=one.money,
            goods=one.goods,
        )
        for one in told
    )


def _readiness(province: Unit, units: Mapping[str, Unit], now: datetime) -> None:
    items = {item.code: item for item in Item.objects.filter(province_id=province.pk)}
    for key, pillar, code, figure, factor, down_to, note in MET:
        if not code or code in items:
            NeedMapping.objects.create(
                province_id=province.pk, key=key, pillar=pillar, item=items.get(code), figure=figure, factor=factor,
                down_to=down_to, note=note,
            )  # fmt: skip
    plan = ReadinessPlan.objects.create(
        unit=province, scenario_name="Cấp 4 kéo dài sáu tuần", taken_at=now - timedelta(days=1), **province.area.columns
    )
    ReadinessLine.objects.bulk_create(
        ReadinessLine(plan=plan, week_start=FIRST_WEEK + timedelta(weeks=week), key=key, quantity=much)
        for key, weeks in NEEDS.items()
        for week, much in enumerate(weeks)
    )
    people = sum(unit.population or 0 for unit in units.values() if unit.tier == Tier.COMMUNE) or 1
    ReadinessFigure.objects.bulk_create(
        row for unit in units.values() if unit.tier <= Tier.DISTRICT for row in _figures(unit, units, people, now)
    )


def _figures(unit: Unit, units: Mapping[str, Unit], people: int, now: datetime) -> list[ReadinessFigure]:
    """What one unit said: about what its share of the highest week asks, some of it long ago."""
    dice = stream(SEED, "readiness", unit.code)
    inside = [
        one for one in units.values() if one.tier == Tier.COMMUNE and unit.pk in (one.province_id, one.district_id)
    ]
    share = sum(one.population or 0 for one in inside) / people
    said: dict[str, Any] = {
        key: round(max(NEEDS[key]) * share * much * float(dice.uniform(0.7, 1.15))) for key, much in HAVE.items()
    }
    said |= {"ambulances": int(dice.integers(1, 9)), "teams_tracing": int(dice.integers(3, 30))}
    said |= {
        "command_body": f"Ban Chỉ đạo phòng, chống dịch {unit.name}",
        "on_call": "Trực 24/24: lãnh đạo và 4 cán bộ",
    }
    return [
        ReadinessFigure(
            unit=unit, pillar=Figure(key).pillar, key=key, quantity=None if isinstance(value, str) else value,
            words=value if isinstance(value, str) else "", as_of=now - timedelta(days=int(dice.choice([0, 1, 2, 4, 12]))),
            search_key=fold(f"{unit.name} {key} {Figure(key).label}"), **unit.area.columns,
        )
        for key, value in said.items()
    ]  # fmt: skip


def _drills(office: Organisation, units: Mapping[str, Unit]) -> None:
    """One of two weeks ago, answered by most districts; one that is under way."""
    districts = sorted((one for one in units.values() if one.tier == Tier.DISTRICT), key=lambda one: one.code)
    past = _drill(office, "Đếm giường và xe cứu thương", at(10, 8), closed=True)
    now = _drill(office, "Kiểm tra đột xuất kho và giường", at(23, 15), closed=False)
    DrillCall.objects.bulk_create(DrillCall(drill=now, unit=one, **one.area.columns) for one in districts)
    for place, unit in enumerate(districts):
        answered = None if place == 3 else past.called_at + timedelta(hours=2 + 5 * place)
        call = DrillCall.objects.create(drill=past, unit=unit, answered_at=answered, **unit.area.columns)
        if answered:
            booked = 40 + 15 * place
            for key, label, counted in (("beds_tier_2", "", booked - place % 3), ("ambulances", "", 3)):
                DrillCount.objects.create(
                    call=call, key=key, label=label, booked=3 if key == "ambulances" else booked, counted=counted
                )


def _drill(office: Organisation, title: str, called: datetime, *, closed: bool) -> ReadinessDrill:
    return ReadinessDrill.objects.create(
        organisation=office, title=title, called_at=called, due_at=called + timedelta(hours=24),
        keys=["beds_tier_2", "ambulances"], state="closed" if closed else "open",
        closed_at=called + timedelta(days=2) if closed else None,
        lesson="Ba huyện có giường hỏng chưa gạch sổ; từ nay báo trong ngày." if closed else "", **office.area.columns,
    )  # fmt: skip


# Subject, partner, request or offer, in or out, state, goods, team, paper.
HELP: tuple[tuple[str, str, str, str, str, tuple[str, str, int] | None, tuple[str, int] | None, str], ...] = (
    ("Hỗ trợ máy thở và tổ hồi sức", "UBND tỉnh Lâm Hà", "request", "in", "on_way", ("Máy thở", "chiếc", 15),
     ("Hồi sức tích cực", 12), "1508/UBND-VX"),
    ("Ủng hộ kít xét nghiệm", "Sở Y tế tỉnh Sơn Giang", "offer", "in", "received", ("Kít kháng nguyên", "bộ", 20000), None, ""),
    ("Cử tổ lấy mẫu giúp tỉnh bạn", "UBND tỉnh Hải Ninh", "request", "out", "agreed", None, ("Lấy mẫu", 30), "77/UBND-KGVX"),
    ("Đề nghị chia sẻ oxy hóa lỏng", "UBND tỉnh Đông Sơn", "request", "in", "open", ("Oxy lỏng", "m³", 12000), None, ""),
)  # fmt: skip


def _aid(office: Organisation) -> None:
    area = office.area.columns
    for place, (subject, partner, kind, direction, state, goods, team, paper) in enumerate(HELP):
        moved = {"dispatched_at": at(22, 7), "expected_at": at(23, 20)} if state in ("on_way", "received") else {}
        if state == "received":
            moved |= {"arrived_at": at(23, 16)}
        aid = AidRequest.objects.create(
            organisation=office, kind=kind, direction=direction, partner=partner, subject=subject, state=state,
            paper_number=paper, asked_at=at(18, 9), key=UUID(int=0xA23_000 + place),
            search_key=fold(f"{subject} {partner} {paper}"), **moved, **area,
        )  # fmt: skip
        if goods is not None:
            name, unit, much = goods
            agreed = much if state != "open" else None
            sent = much if "dispatched_at" in moved else None
            received = much - 400 if state == "received" else None
            AidLine.objects.create(
                request=aid, name=name, unit=unit, asked=much, agreed=agreed, sent=sent, received=received
            )
        if team is not None:
            AidTeam.objects.create(
                request=aid, skill=team[0], people=team[1], from_on=date(2021, 11, 25), until_on=date(2021, 12, 24),
                where="Bệnh viện dã chiến", **area,
            )  # fmt: skip
        ways = {"open": ("open",), "agreed": ("open", "agreed"), "on_way": ("open", "agreed", "on_way")}
        for step, one in enumerate(ways.get(state, ("open", "agreed", "on_way", "received"))):
            AidStep.objects.create(request=aid, state=one, at=at(18 + step, 9))
