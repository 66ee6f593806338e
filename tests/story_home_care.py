"""Three people in treatment at home, in two districts and in the other province, each with an alarm that nobody answered."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from tests.story_surveillance import area_of
from tests.world import World

AT_HOME = (
    # mark of the home, case, looked after by, health centre, secret of the family's link
    ("Mốc nhà Tân Lộc", "Mốc ca 1", "TYTL", "TTTH", "NHATANLXC2"),
    ("Mốc nhà Phú Khê", "Mốc ca 2", "UBXPK", None, "NHAPHVKHE3"),
    ("Mốc nhà Sơn Giang", "Mốc ca Sơn Giang", "SYTSG", None, "NHASXNGGN4"),
)
REFERENCE = AT_HOME[0][-1]
CAME = datetime.fromisoformat("2021-11-22T09:00:00+07:00")


def build_home_care(world: World, evening: datetime) -> None:
    """Each with a reading of the evening, an alarm, a pack, oxygen asked for, and the mobile station of the hamlet."""
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        for number, row in enumerate(AT_HOME):
            _at_home(world, number, row, evening)


def _at_home(world: World, number: int, row: tuple[str, ...], evening: datetime) -> None:
    from phaodai.care.models import AlarmStep, HomeAlarm, HomeCare, HomeDoor, Reading
    from phaodai.foundation.formats import fold
    from phaodai.surveillance.models import Case

    mark, code, body, centre, reference = row
    case = Case.objects.select_related("person__household").get(code=code)
    area, station = area_of(case), world.bodies[body]
    care = HomeCare.objects.create(
        case=case, person=case.person, household=case.person.household, initials=case.person.masked,
        organisation=station, centre=world.bodies[centre] if centre else None, address=mark, phone="0912 345 678",
        carer="Lò Thị Chăm", mobile_station=_mobile_station(world, case, station, mark), allowed=True,
        day_zero=CAME.date(), started_at=CAME, search_key=fold(f"{mark} {code}"),
        decision={
            "outcome": True, "status": "concluded", "document": "4038/QĐ-BYT", "version": "home-care/dose@2021-08-21",
            "on": "2021-11-22", "confidence": "A", "why": {"vi": "Đủ điều kiện.", "en": "Conditions met."},
        }, **area,
    )  # fmt: skip
    HomeDoor.objects.create(
        home_care=care, reference=reference, organisation=station, last_reading_at=evening, alarm_at=evening,
        alarm_urgent=True, due_at=evening + timedelta(hours=14), **area,
    )  # fmt: skip
    reading = Reading.objects.create(
        home_care=care, key=UUID(int=500 + number), at=evening, received_at=evening, source="family", spo2=94,
        temperature="38.2", alarm=[
            {"code": "spo2", "urgent": True, "source": "home-care/clinical@2021-08-21", "document": "4038/QĐ-BYT",
             "confidence": "A", "value": 94.0}
        ], **area,
    )  # fmt: skip
    alarm = HomeAlarm.objects.create(
        home_care=care, reading=reading, urgent=True, raised_at=evening, reached_at=evening, told_at=evening, **area
    )
    AlarmStep.objects.create(alarm=alarm, what="passed_on", at=evening, organisation=station)
    _goods(care, station, mark, area, number)


def _mobile_station(world: World, case: Any, station: Any, mark: str) -> Any:
    from phaodai.care.models import MobileStation, MobileStationHamlet
    from phaodai.foundation.formats import fold, sort_key

    name = mark.replace("nhà", "trạm lưu động")
    made = MobileStation.objects.create(
        name=name, organisation=station, phone="0204 3 868 115", opens=time(7), closes=time(21), capacity=50,
        opened_on=date(2021, 11, 20), sort_key=sort_key(name), search_key=fold(name), **area_of(case),
    )  # fmt: skip
    MobileStationHamlet.objects.create(station=made, hamlet=case.person.household.hamlet)
    return made


def _goods(care: Any, station: Any, mark: str, area: dict[str, Any], number: int) -> None:
    """A pack that was handed out, and oxygen that was asked for."""
    from phaodai.care.models import OxygenRequest, PackHandout, Worker
    from phaodai.foundation.formats import fold, sort_key
    from phaodai.supply.models import Batch, Item, Store

    def keys(name: str) -> dict[str, str]:
        return {"sort_key": sort_key(name), "search_key": fold(name)}

    place = mark.removeprefix("Mốc nhà ")
    item = Item.objects.filter(province_id=area["province_id"], code="GOI-A").first() or Item.objects.create(
        province_id=area["province_id"], code="GOI-A", name="Gói thuốc A", unit="gói", kind="medicine",
        **keys("Gói thuốc A"),
    )  # fmt: skip
    store = Store.objects.create(
        name=f"Tủ thuốc {place}", tier="commune", organisation=station, **keys(f"Tủ thuốc {place}"), **area
    )
    doctor = Worker.objects.create(
        code=f"BS-NHA-{number}", name=f"Bác sĩ {place}", skills=["doctor"], organisation=station,
        **keys(f"Bác sĩ {place}"), **area,
    )  # fmt: skip
    batch = Batch.objects.create(
        province_id=area["province_id"], item=item, number=f"A-{number}", expires_on=date(2022, 6, 30)
    )
    PackHandout.objects.create(
        home_care=care, pack="A", key=UUID(int=600 + number), item=item, batch=batch, store=store, handed_at=CAME,
        prescriber=doctor, **area,
    )  # fmt: skip
    OxygenRequest.objects.create(
        home_care=care, asked_at=CAME, due_at=CAME + timedelta(hours=1), key=UUID(int=700 + number), **area
    )
