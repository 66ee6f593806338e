"""Gatherings of three communes, one of them visited, and checks of two places that found something."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.world import World

PHOTO = b"\xff\xd8\xff\xe0 mot tam anh"


def build_gatherings(world: World, evening: datetime) -> None:
    """A wedding in each commune; the one of Tân Lộc waits for its committee."""
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        for code, name in (("98001", "Tân Lộc"), ("98101", "Phú Khê"), ("97001", "Sơn Giang")):
            _gathering(world, code, name, evening)
        for place, item in zip(_places(world), ("masks", "hands"), strict=True):
            _check(place, item, evening)


def _gathering(world: World, code: str, name: str, evening: datetime) -> None:
    from phaodai.containment.models import Gathering, GatheringAnswer, GatheringPhoto, GatheringVisit
    from phaodai.foundation.formats import fold

    area = world.units[code].area.columns
    begins = evening + timedelta(days=3)
    waits = code == "98001"
    gathering = Gathering.objects.create(
        reference=f"M{code}CWTH4"[:10], kind="wedding", organiser_name=f"Sùng Thị {name}", organiser_phone="0912345678",
        unit=world.units[code], venue=f"Mốc cưới {name}", begins_at=begins, ends_at=begins + timedelta(hours=4),
        last_day=begins.date(), expected=40, promises=["masks"], state="waiting" if waits else "answered",
        outcome="open" if waits else "limited", most=None if waits else 20, answered_for=begins.date(),
        search_key=fold(f"Mốc cưới {name}"), **area,
    )  # fmt: skip
    GatheringAnswer.objects.create(
        gathering=gathering, at=evening, cause="asked", on=begins.date(), outcome=gathering.outcome, most=gathering.most
    )
    visit = GatheringVisit.objects.create(
        gathering=gathering, at=evening, counted=18, found="kept", key=UUID(int=int(code)), **area
    )
    GatheringPhoto.objects.create(visit=visit, **GatheringPhoto.facts_of(f"Mốc {name}.jpg", "image/jpeg", PHOTO))


def _check(place: Any, item: str, evening: datetime) -> None:
    from phaodai.containment.models import Check, CheckFinding, CheckPhoto

    area: dict[str, Any] = {f"{tier}_id": getattr(place, f"{tier}_id") for tier in ("province", "district", "commune")}
    words = {"vi": "Mốc khẩu trang", "en": "Masks"}
    check = Check.objects.create(
        place=place, checklist=place.kind, checklist_version=1, visited_at=evening, received_at=evening,
        answers=[{"item": item, **words, "answer": "not", "note": "Ba quầy cá"}], asked=1, failed=1, complies=False,
        key=UUID(int=900_000 + place.pk), **area,
    )  # fmt: skip
    CheckFinding.objects.create(
        check_made=check, place=place, item=item, words=words, deadline=date(2021, 11, 30),
        remedy={"vi": "Nhắc người bán đeo khẩu trang", "en": "Have sellers wear masks"}, **area,
    )  # fmt: skip
    CheckPhoto.objects.create(
        check_made=check, item=item, **CheckPhoto.facts_of(f"Mốc {place.name}.jpg", "image/jpeg", PHOTO)
    )


def _places(world: World) -> list[Any]:
    """The market of Tân Lộc, and a school of the other district."""
    from phaodai.territory.models import Place

    area = world.units["98101"].area.columns
    school = Place.objects.create(
        code="TRUONG-PK", name="Trường Phú Khê", kind="school", sort_key="phu khe", search_key="truong phu khe", **area
    )
    return [Place.objects.get(code="CHO-TL"), school]
