"""Many rows of one kind, so that pages and counts have something to page and count. Written as the installation writes."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from phaodai.command.models import Document, NameMatch, OutgoingPaper, Report, Task, TaskReach
from phaodai.containment.models import Arrival, Checkpoint, LevelDecision, OriginLevel, WeeklyIndicator
from phaodai.foresight.models import DailyCount, EarlyWarning
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.models import Household, Officer, Organisation, Person, Post
from tests.phaodai.site import (
    filling_facilities,
    filling_gatherings,
    filling_supply,
    payloads_aid,
    payloads_doses,
    payloads_home_care,
    payloads_patients,
    payloads_vaccination_plan,
)
from tests.phaodai.site.payloads_certificates import MAKERS as OF_CERTIFICATES
from tests.phaodai.surveillance.screening.filling import fill_rounds, fill_visits
from tests.world import World

EVENING = datetime.fromisoformat("2021-11-23T17:00:00+07:00")


def fill(kind: str, count: int, world: World) -> None:
    """`count` more rows of a register, inside the area of every officer of the province's office."""
    with entering(SYSTEM):
        _MAKERS[kind](count, world)


def _documents(count: int, world: World) -> None:
    office = world.bodies["VPTU"]
    Document.objects.bulk_create(
        Document(
            organisation=office, province_id=office.province_id, arrival_year=2020, arrival_number=number,
            arrived_at=EVENING - timedelta(hours=number), number=str(number), symbol="UBND-VX", subject=f"Giấy thứ {number}",
            issuer="UBND tỉnh", search_key=fold(f"Giấy thứ {number}"), state=Document.State.FILED,
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def _tasks(count: int, world: World) -> None:
    giver, bodies = world.bodies["TU"], [world.bodies[code] for code in ("UBTH", "UBPK", "SYT", "TTTH")]
    rows = [
        Task(
            title=f"Việc thứ {number}", giver=giver, organisation=bodies[number % 4], head=world.officers["dat"],
            province_id=giver.province_id, deadline=EVENING + timedelta(hours=number - 20), sent_at=EVENING,
            last_word_at=EVENING - timedelta(hours=number), search_key=fold(f"Việc thứ {number}"),
        )
        for number in range(1, count + 1)
    ]  # fmt: skip
    Task.objects.bulk_create(rows)
    for task in rows:
        task.lineage = [task.pk]
    Task.objects.bulk_update(rows, ["lineage"])
    TaskReach.objects.bulk_create(TaskReach(task=task, organisation=giver) for task in rows)


def _names(count: int, world: World) -> None:
    office, who = world.bodies["VPTU"], world.officers["linh"]
    document = Document.objects.filter(organisation=office).order_by("pk")[0]
    NameMatch.objects.bulk_create(
        NameMatch(
            organisation=office, province_id=office.province_id, printed=f"Tổ {number}", folded=f"to {number:03}",
            document=document, remembered_by=who, remembered_at=EVENING - timedelta(hours=number), search_key=f"to {number}",
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def _papers(count: int, world: World) -> None:
    office, who = world.bodies["TU"], world.officers["viet"]
    OutgoingPaper.objects.bulk_create(
        OutgoingPaper(
            organisation=office, province_id=office.province_id, subject=f"Giấy đi {number}", state="signed", number=number,
            symbol="TU", signer=who, signed_at=EVENING - timedelta(hours=number), search_key=f"giay di {number}",
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def _reports(count: int, world: World) -> None:
    office = world.bodies["TU"]
    Report.objects.bulk_create(
        Report(
            organisation=office, province_id=office.province_id, on=date(2020, 1, 1) + timedelta(days=number), as_of=EVENING,
            figures={"totals": {}, "rows": [], "changes": {}},
        )
        for number in range(count)
    )  # fmt: skip


def _organisations(count: int, world: World) -> None:
    unit = world.units["98001"]
    area = unit.area.columns
    Organisation.objects.bulk_create(
        Organisation(
            code=f"TR{number}", name=f"Trường số {number}", short_name=f"TR {number}", kind="school", tier=3, unit=unit,
            parent=world.bodies["UBTL"], search_key=fold(f"Trường số {number}"), sort_key=f"truong {number:04}", **area,
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def _posts(count: int, world: World) -> None:
    names = [f"Nguyễn Văn {number:03}" for number in range(1, count + 1)]
    officers = [Officer(full_name=name, sort_key=sort_key(name), search_key=fold(name)) for name in names]
    Officer.objects.bulk_create(officers)
    held, body = (date(2020, 1, 1), None), world.bodies["UBTL"]
    Post.objects.bulk_create(
        Post(officer=officer, organisation=body, title="Chuyên viên", role="front", held=held) for officer in officers
    )


def _persons(count: int, world: World) -> None:
    hamlet = world.units["98001.1"]
    area = hamlet.area.columns
    household = Household.objects.create(hamlet=hamlet, address="Số 9", **area)
    Person.objects.bulk_create(
        Person(
            full_name=f"Lò Văn {number:03}", sex="M", birth_year=1950 + number % 60, household=household,
            sort_key=sort_key(f"Lò Văn {number:03}"), search_key=fold(f"Lò Văn {number:03}"), **area,
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def _figures(count: int, world: World) -> None:
    unit = world.units["98001"]
    area = unit.area.columns
    WeeklyIndicator.objects.bulk_create(
        WeeklyIndicator(
            unit=unit, code=unit.code, week_ending=date(2020, 1, 5) + timedelta(weeks=number), community_cases=number,
            population=9000 + number, **area,
        )
        for number in range(count)
    )  # fmt: skip


def _counts(count: int, world: World) -> None:
    unit = world.units["98001"]
    area = unit.area.columns
    days = [date(2020, 1, 5) + timedelta(days=number) for number in range(count)]
    DailyCount.objects.bulk_create(
        DailyCount(unit=unit, code=unit.code, day=day, reported_on=day, cases=number, **area)
        for number, day in enumerate(days)
    )


def _signals(count: int, world: World) -> None:
    from phaodai.surveillance.models import SignalCount

    unit = world.units["98001"]
    area = unit.area.columns
    days = [date(2020, 1, 5) + timedelta(days=number) for number in range(count)]
    SignalCount.objects.bulk_create(
        SignalCount(unit=unit, code=unit.code, day=day, source="schools", count=4, denominator=400, **area)
        for day in days
    )


def _warnings(count: int, world: World) -> None:
    unit = world.units["98001"]
    area = unit.area.columns
    days = [date(2020, 1, 5) + timedelta(days=number) for number in range(count)]
    EarlyWarning.objects.bulk_create(
        EarlyWarning(unit=unit, day=day, cases=9, median=2, upper=6, forecast_on=day, raised_at=EVENING, **area)
        for day in days
    )


def _level_decisions(count: int, world: World) -> None:
    unit, who = world.units["98001"], world.officers["viet"]
    area = unit.area.columns
    LevelDecision.objects.bulk_create(
        LevelDecision(
            unit=unit, state="decided", proposed_level=2, to_level=2, assessed_on=date(2020, 1, 5), number=number,
            proposed_at=EVENING - timedelta(days=number), takes_effect_at=EVENING - timedelta(days=number),
            notice_hours=48, organisation=world.bodies["TU"], decided_by=who, decided_at=EVENING, **area,
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def _cases(count: int, world: World) -> None:
    from phaodai.surveillance.models import Case

    _persons(count, world)
    persons = Person.objects.filter(full_name__startswith="Lò Văn").order_by("id")[:count]
    Case.objects.bulk_create(
        Case(
            code=f"BM-{number:05}", person=person, reported_on=EVENING.date() - timedelta(days=number),
            province_id=person.province_id, district_id=person.district_id, commune_id=person.commune_id,
        )
        for number, person in enumerate(persons, start=1)
    )  # fmt: skip


def _outbreaks(count: int, world: World) -> None:
    from phaodai.surveillance.models import Outbreak

    unit = world.units["98001"]
    Outbreak.objects.bulk_create(
        Outbreak(
            name=f"Ổ dịch {number}", state="open", opened_on=EVENING.date() - timedelta(days=number),
            sort_key=f"o dich {number:04}", search_key=f"o dich {number}", province_id=unit.province_id,
            district_id=unit.district_id, commune_id=unit.commune_id,
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def _contacts(count: int, world: World) -> None:
    from tests.phaodai.surveillance.contacts import fill_contacts

    fill_contacts(world, count)


def _teams(count: int, world: World) -> None:
    from phaodai.surveillance.models import Team

    unit = world.units["98001"]
    area = unit.area.columns
    Team.objects.bulk_create(Team(name=f"Tổ {number:03}", **area) for number in range(10, count + 10))


def _arrivals(count: int, world: World) -> None:
    gate = Checkpoint.objects.get(organisation__code="TYTL")
    area = {"province_id": gate.province_id, "district_id": gate.district_id, "commune_id": gate.commune_id}
    Arrival.objects.bulk_create(
        Arrival(
            key=UUID(int=9000 + number), checkpoint=gate, organisation=gate.organisation, full_name=f"Khách {number}",
            origin=world.units["97"], destination=world.units["98001"], at=EVENING - timedelta(hours=number),
            received_at=EVENING, outcome="free", step="done", record={}, sort_key=f"khach {number:03}",
            search_key=f"khach {number}", **area,
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def _checkpoints(count: int, world: World) -> None:
    body = world.bodies["UBTL"]
    Checkpoint.objects.bulk_create(
        Checkpoint(
            name=f"Chốt {number}", organisation=body, opened_at=EVENING - timedelta(hours=number),
            sort_key=f"chot {number:03}", search_key=f"chot {number}", province_id=body.province_id,
            district_id=body.district_id, commune_id=body.commune_id,
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def _origin_levels(count: int, world: World) -> None:
    OriginLevel.objects.bulk_create(
        OriginLevel(
            unit=world.units["97"], level=2, since=date(2020, 1, 1) + timedelta(days=number), source=f"Trang {number}",
            province_id=world.units["98"].pk,
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def _sites(count: int, world: World) -> None:
    from tests.story_quarantine import more_sites

    more_sites(world, count)


def _stays(count: int, world: World) -> None:
    from tests.story_quarantine import more_stays

    more_stays(world, count, EVENING)


_MAKERS: dict[str, Callable[[int, World], Any]] = {
    **filling_gatherings.MAKERS,
    **payloads_aid.MAKERS,
    **filling_facilities.MAKERS,
    **payloads_patients.MAKERS,
    **payloads_doses.MAKERS,
    **payloads_home_care.MAKERS,
    **filling_supply.MAKERS,
    **payloads_vaccination_plan.MAKERS,
    "nguoi-den": _arrivals,
    "chot": _checkpoints,
    "cap-do-noi-di": _origin_levels,
    "van-ban-den": _documents,
    "nhiem-vu": _tasks,
    "bao-cao": _reports,
    "van-ban-di": _papers,
    "ten-goi": _names,
    "co-quan": _organisations,
    "can-bo": _posts,
    "nguoi-dan": _persons,
    "ca-benh": _cases,
    "o-dich": _outbreaks,
    "khu-cach-ly": _sites,
    "nguoi-cach-ly": _stays,
    "tiep-xuc": _contacts,
    "to-theo-doi": _teams,
    "chi-bao-tuan": _figures,
    "so-ca-ngay": _counts,
    "so-dau-hieu": _signals,
    "dot-ra-soat": fill_rounds,
    "luot-ra-soat": fill_visits,
    "canh-bao-som": _warnings,
    "quyet-dinh-cap-do": _level_decisions,
    **OF_CERTIFICATES,
}
