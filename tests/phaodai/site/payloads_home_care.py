"""What the forms of care at home send, which records each role finds, and many people at home for a long list."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.story_home_care import REFERENCE
from tests.world import World

EVENING = datetime.fromisoformat("2021-11-23T17:00:00+07:00")
BY_MARK: dict[str, tuple[str, str]] = {
    "at-home": ("care.HomeCare", "address"),
    "mobile-station": ("care.MobileStation", "name"),
}
PARTS: dict[str, dict[str, str]] = {
    "care-home-family": {"reference": REFERENCE},
    "dieu-tri-tai-nha-cell": {"field": "phone"},
}
HERE, NEAR, FAR = ("Mốc nhà Tân Lộc", "Mốc nhà Phú Khê", "Mốc nhà Sơn Giang")
_NOBODYS = dict.fromkeys(("command", "office", "head", "facility", "front", "auditor"), (HERE, "", FAR))


def _stations(mark: str) -> str:
    return mark.replace("nhà", "trạm lưu động")


RECORDS: dict[str, dict[str, tuple[str, str, str]]] = {
    # Looked after by the station, and by the health centre above it.
    "at-home": {**_NOBODYS, **dict.fromkeys(("epidemiologist", "station"), (HERE, "", NEAR))},
    # Known in the whole province; kept by whoever answers for the place.
    "mobile-station": {
        **dict.fromkeys(("command", "office", "auditor"), ("", _stations(HERE), _stations(FAR))),
        **dict.fromkeys(("head", "epidemiologist"), (_stations(HERE), _stations(NEAR), _stations(FAR))),
        **dict.fromkeys(("station", "facility", "front"), ("", _stations(HERE), _stations(FAR))),
    },
}


def sent(version: int) -> dict[str, dict[str, Any]]:
    """The fields by page."""
    key = "00000000-0000-4000-8000-000000000777"
    station = {
        "name": "Trạm lưu động 3",
        "phone": "0204 3 868 117",
        "opens": "07:00",
        "closes": "19:00",
        "capacity": "40",
    }
    return {
        "care-home-deed": {"viec": "doc", "key": key, "spo2": "98", "source": "call"},
        "care-home-family": {"key": key, "spo2": "98"},
        "mobile-station": station | {"version": version},
        "dieu-tri-tai-nha-edit": {"version": version, "phone": "0912 000 222", "address": HERE},
        "dieu-tri-tai-nha-cell": {"version": version, "phone": "0912 000 222"},
    }


def more_people(count: int, world: World) -> None:
    """People in treatment at home in Tân Lộc."""
    from phaodai.care.models import HomeCare, HomeDoor
    from phaodai.people.models import Person
    from phaodai.surveillance.models import Case

    area, station = world.units["98001"].area.columns, world.bodies["TYTL"]
    persons = Person.objects.bulk_create(
        Person(full_name=f"Lò Văn {number}", birth_year=1980, sort_key=f"{number:04}", search_key=f"{number}", **area)
        for number in range(count)
    )
    cases = Case.objects.bulk_create(
        Case(code=f"NHA-{number}", person=person, **area) for number, person in enumerate(persons)
    )
    cares = HomeCare.objects.bulk_create(
        HomeCare(
            case=case, person=case.person, initials=f"L.V.{number} 1980", organisation=station, phone=f"0912 {number:06}",
            centre=world.bodies["TTTH"], day_zero=date(2021, 11, 20), started_at=EVENING - timedelta(minutes=number),
            search_key=f"l v {number}", **area,
        )
        for number, case in enumerate(cases)
    )  # fmt: skip
    HomeDoor.objects.bulk_create(
        HomeDoor(
            home_care=care, reference=f"NHAD{number:06}", organisation=station, due_at=EVENING, last_reading_at=EVENING,
            **area,
        )
        for number, care in enumerate(cares)
    )  # fmt: skip


MAKERS = {"dieu-tri-tai-nha": more_people}
