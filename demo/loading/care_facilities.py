"""Treatment in the invented province: a provincial hospital, a centre in every district, two field hospitals; staff, shifts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from demo.loading.care_beds import OPENED, change_beds, kind_at_first, set_up_at
from phaodai.care.models import (
    Bed,
    BedReport,
    Facility,
    FacilityStep,
    OxygenSource,
    Shift,
    StaffNeed,
    Team,
    TeamLoan,
    TeamMember,
    UpgradePlan,
    Ward,
    Worker,
)
from phaodai.foundation import clock
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.scope import SYSTEM, Area, entering
from phaodai.people.models import Organisation
from phaodai.territory.models import Place, Tier, Unit

ORDER = "2145/QĐ-UBND ngày 30/7/2021"
BY_REPORT = 2
"""The last so many district centres keep no bed book and send six numbers a day."""
REPORTED_DAYS = 10
FAMILY = ("Nguyễn", "Trần", "Lê", "Hoàng", "Nông", "Triệu", "Vi", "Đàm", "Lý", "Hà", "Bế", "Phùng")
GIVEN = (
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hoa",
    "Hùng",
    "Lan",
    "Mạnh",
    "Nga",
    "Phúc",
    "Quyên",
    "Sơn",
    "Thảo",
    "Vân",
    "Yến",
)
SKILLS = (
    ("doctor",),
    ("icu_nurse", "nurse"),
    ("nurse",),
    ("nurse", "sampling"),
    ("nurse", "vaccination"),
    ("logistics",),
)


@dataclass(frozen=True)
class Plan:
    """One facility: wards as (name, cohort, kind of bed, how many), oxygen as (name, kind, count, litres, flow)."""

    name: str
    kind: str
    tier: int
    wards: Sequence[tuple[str, str, str, int]]
    oxygen: Sequence[tuple[str, str, int, int, int]]
    keeps_bed_book: bool = True


PROVINCIAL = Plan(
    "Bệnh viện Đa khoa tỉnh", "hospital", 3,
    (
        ("Hồi sức tích cực", "confirmed", "icu", 40), ("Truyền nhiễm A", "confirmed", "oxygen", 60),
        ("Truyền nhiễm B", "suspected", "plain", 80), ("Phục hồi", "recovering", "plain", 20),
    ),
    (
        ("Bồn ô xy lỏng", "tank", 1, 6_900_000, 0), ("Bình 40 lít", "cylinder", 120, 6000, 0),
        ("Máy tạo ô xy", "line", 2, 0, 250),
    ),
)  # fmt: skip
DISTRICT = Plan(
    "Trung tâm Y tế", "centre", 2,
    (
        ("Nội truyền nhiễm", "confirmed", "oxygen", 30), ("Nội tổng hợp", "confirmed", "plain", 40),
        ("Theo dõi", "suspected", "plain", 15),
    ),
    (("Bình 40 lít", "cylinder", 90, 6000, 0),),
)  # fmt: skip
FIELD = Plan(
    "Bệnh viện dã chiến số", "field", 1,
    (("Nhà 1", "confirmed", "plain", 120), ("Nhà 2", "confirmed", "plain", 120), ("Phòng ô xy", "confirmed", "oxygen", 12)),
    (("Bình 40 lít", "cylinder", 24, 6000, 0),),
)  # fmt: skip


def load_facilities(units: Mapping[str, Unit], now: datetime) -> None:
    """What stood in the bed books, reports and rosters on the morning of `now`."""
    province = next(unit for unit in units.values() if unit.tier == Tier.PROVINCE)
    with clock.at(now), entering(SYSTEM, why="demo"):
        bodies = _bodies(province)
        places = _planned(bodies, units)
        facilities = _open([one[0] for one in places], [one[1:] for one in places], now)
        _equip(facilities, [one[0] for one in places], now)
        _report([one for one in facilities if not one.keeps_bed_book], now)
        _plan(facilities, now)
        _staff(facilities, now)
    with clock.at(now):
        change_beds(facilities, now)


def _bodies(province: Unit) -> list[Organisation]:
    """The provincial hospital first, then the health centre of each district."""
    rows = Organisation.objects.filter(province_id=province.pk)
    hospital = rows.filter(kind=Organisation.Kind.HOSPITAL, tier=Tier.PROVINCE).order_by("code")[:1]
    centres = rows.filter(kind=Organisation.Kind.HEALTH_CENTRE, tier=Tier.DISTRICT).order_by("code")
    return [*hospital, *centres]


def _planned(bodies: Sequence[Organisation], units: Mapping[str, Unit]) -> list[tuple[Plan, Organisation, Unit, str]]:
    """Each facility with who runs it, the commune in which it stands and its name."""
    communes = sorted((one for one in units.values() if one.tier == Tier.COMMUNE), key=lambda one: one.code)
    found: list[tuple[Plan, Organisation, Unit, str]] = []
    for number, body in enumerate(bodies):
        here = next((one for one in communes if body.district_id in (None, one.district_id)), communes[0])
        if body.kind == Organisation.Kind.HOSPITAL:
            found.append((PROVINCIAL, body, here, PROVINCIAL.name))
            continue
        last = number >= len(bodies) - BY_REPORT
        found.append((_with_book(DISTRICT, keeps=not last), body, here, body.name))
    centres = [one for one in bodies if one.kind == Organisation.Kind.HEALTH_CENTRE]
    for number, body in enumerate(centres[:2], start=1):
        here = next(one for one in reversed(communes) if one.district_id == body.district_id)
        found.append((FIELD, body, here, f"{FIELD.name} {number}"))
    return found


def _with_book(plan: Plan, *, keeps: bool) -> Plan:
    return Plan(plan.name, plan.kind, plan.tier, plan.wards, plan.oxygen, keeps)


def _open(plans: Sequence[Plan], where: Sequence[tuple[Organisation, Unit, str]], now: datetime) -> list[Facility]:
    keys = [{"sort_key": sort_key(name), "search_key": fold(name)} for _body, _unit, name in where]
    places = Place.objects.bulk_create(
        Place(
            code=f"CSDT-{number:03}", name=name, kind=Place.Kind.HEALTH, longitude=unit.longitude, latitude=unit.latitude,
            **words, **unit.area.columns,
        )
        for number, ((_body, unit, name), words) in enumerate(zip(where, keys, strict=True), start=1)
    )  # fmt: skip
    facilities = Facility.objects.bulk_create(
        Facility(
            place=place, code=place.code, name=name, kind=plan.kind, tier=plan.tier, organisation=body,
            keeps_bed_book=plan.keeps_bed_book, checked_at=now - timedelta(hours=2 + 13 * (number % 3)),
            contact_name="Trực lãnh đạo", phone=f"0204 3 868 {number:03}", opened_on=OPENED, **words, **unit.area.columns,
        )
        for number, (plan, place, (body, unit, name), words) in enumerate(zip(plans, places, where, keys, strict=True), start=1)
    )  # fmt: skip
    at = datetime.combine(OPENED, time(8), VIETNAM)
    FacilityStep.objects.bulk_create(
        FacilityStep(facility=one, what="opened", order_reference=ORDER, at=at) for one in facilities
    )
    return facilities


def _equip(facilities: Sequence[Facility], plans: Sequence[Plan], now: datetime) -> None:
    """Wards with the beds they were opened with, and oxygen."""
    booked = [(one, plan) for one, plan in zip(facilities, plans, strict=True) if one.keeps_bed_book]
    wards = Ward.objects.bulk_create(
        Ward(facility=one, name=name, cohort=cohort, **Area.of(one).columns)
        for one, plan in booked
        for name, cohort, _kind, _count in plan.wards
    )
    sizes = [(kind, count) for _one, plan in booked for _name, _cohort, kind, count in plan.wards]
    Bed.objects.bulk_create(
        Bed(
            facility=ward.facility, ward=ward, label=f"G{number}", kind=kind_at_first(ward, kind),
            state_since=set_up_at(ward, number, now), sort_key=f"{ward.facility.sort_key} {ward.name} {number:04}"[:120],
            search_key=f"{ward.facility.search_key} g{number}", **Area.of(ward).columns,
        )
        for ward, (kind, count) in zip(wards, sizes, strict=True)
        for number in range(1, count + 1)
    )  # fmt: skip
    OxygenSource.objects.bulk_create(
        OxygenSource(
            facility=one, name=name, kind=kind, count=count, litres=litres, flow=flow,
            counted_at=now - timedelta(hours=1 + 2 * (place % 4)), **Area.of(one).columns,
        )
        for place, (one, plan) in enumerate(zip(facilities, plans, strict=True))
        for name, kind, count, litres, flow in plan.oxygen
    )  # fmt: skip


def _report(facilities: Sequence[Facility], now: datetime) -> None:
    """Ten days of six numbers that grow; the last facility sent nothing yesterday and today."""
    BedReport.objects.bulk_create(
        BedReport(
            facility=one, day=now.date() - timedelta(days=back), counted_at=now - timedelta(days=back, hours=1 + place),
            plain_beds=55, plain_used=30 - back, oxygen_beds=30, oxygen_used=14 - back // 2, icu_beds=0, icu_used=0,
            **Area.of(one).columns,
        )
        for place, one in enumerate(facilities)
        for back in range(2 * place, REPORTED_DAYS)
    )  # fmt: skip


def _plan(facilities: Sequence[Facility], now: datetime) -> None:
    chosen = [facilities[0], facilities[1], facilities[-1]]
    whom: list[dict[str, Any]] = [
        {
            "kind": "icu",
            "from_kind": "oxygen",
            "way": "convert",
            "beds": 10,
            "doctors": 3,
            "nurses": 12,
            "oxygen_flow": 300,
        },
        {"kind": "oxygen", "from_kind": "plain", "way": "convert", "beds": 15, "nurses": 5, "oxygen_flow": 150},
        {"kind": "plain", "beds": 100, "doctors": 4, "nurses": 10},
    ]
    UpgradePlan.objects.bulk_create(
        UpgradePlan(
            facility=one, answers=one.organisation, order_reference="3890/KH-UBND ngày 20/11/2021",
            ready_on=now.date() + timedelta(days=6 * place), state="under_way" if place == 1 else "planned",
            **what, **Area.of(one).columns,
        )
        for place, (one, what) in enumerate(zip(chosen, whom, strict=True), start=1)
    )  # fmt: skip


def _staff(facilities: Sequence[Facility], now: datetime) -> None:
    """Twenty people a facility on two shifts a day; one nurse of the provincial hospital works too much."""
    workers = Worker.objects.bulk_create(
        _worker(one, place, number) for place, one in enumerate(facilities) for number in range(20)
    )
    crews = [workers[place * 20 : place * 20 + 20] for place in range(len(facilities))]
    first = now.date() - timedelta(days=6)
    Shift.objects.bulk_create(
        _shift(worker, one, first + timedelta(days=day), 7 if number % 2 else 19)
        for one, crew in zip(facilities, crews, strict=True)
        for day in range(10)
        for number, worker in enumerate(crew)
        if (day + number // 2) % 3 or (one is facilities[0] and number == 1 and day < 7)
    )
    _needs_and_teams(facilities, crews, now)


def _worker(facility: Facility, place: int, number: int) -> Worker:
    body = facility.organisation
    assert body is not None, "every facility of the demo is run by somebody"
    code = f"NV-{place + 1:02}{number + 1:02}"
    name = f"{FAMILY[(place + number) % len(FAMILY)]} {('Thị', 'Văn')[number % 2]} {GIVEN[(place * 5 + number) % len(GIVEN)]}"
    return Worker(
        code=code, name=name, skills=list(SKILLS[number % len(SKILLS)]), organisation=body,
        kind="volunteer" if number == 19 else "private" if number == 18 else "staff",
        phone=f"0912 {place:03} {number:03}", sort_key=sort_key(name), search_key=fold(f"{name} {code}"),
        **Area.of(body).columns,
    )  # fmt: skip


def _shift(worker: Worker, facility: Facility, day: date, hour: int) -> Shift:
    begin = datetime.combine(day, time(hour), VIETNAM)
    return Shift(
        worker=worker, organisation=worker.organisation, place=facility.place, where=facility.name,
        starts_at=begin, ends_at=begin + timedelta(hours=12), **Area.of(worker).columns,
    )  # fmt: skip


def _needs_and_teams(facilities: Sequence[Facility], crews: Sequence[Sequence[Worker]], now: datetime) -> None:
    wanted = (("doctor", 1, 7), ("doctor", 1, 19), ("nurse", 3, 7), ("nurse", 5, 19))
    StaffNeed.objects.bulk_create(
        StaffNeed(
            place=one.place, skill=skill, people=people, starts=time(hour), hours=12, since=now.date(), **Area.of(one).columns
        )
        for one in facilities
        for skill, people, hour in wanted
    )  # fmt: skip
    teams = Team.objects.bulk_create(
        Team(
            name=f"Tổ cơ động số {number}", organisation=crew[0].organisation, leader=crew[0], sort_key=f"to {number:03}",
            search_key=fold(f"Tổ cơ động số {number}"), **Area.of(crew[0]).columns,
        )
        for number, crew in enumerate(crews[:4], start=1)
    )  # fmt: skip
    TeamMember.objects.bulk_create(
        TeamMember(team=team, worker=worker, since=now.date() - timedelta(days=30))
        for team, crew in zip(teams, crews, strict=False)
        for worker in crew[:6]
    )
    loans: tuple[tuple[int, dict[str, Any]], ...] = (
        (1, {"to_organisation": crews[0][0].organisation, "task": "Trực khoa Truyền nhiễm", "state": "asked"}),
        (2, {"to_province": "Bắc Ninh", "task": "Lấy mẫu toàn dân", "state": "out", "order_reference": "812/SYT-NVY"}),
    )
    TeamLoan.objects.bulk_create(
        TeamLoan(
            team=teams[place], people=6, since=now.date() - timedelta(days=2), until=now.date() + timedelta(days=5),
            **what, **Area.of(teams[place]).columns,
        )
        for place, what in loans
    )  # fmt: skip
