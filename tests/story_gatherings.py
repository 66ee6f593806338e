"""Gatherings of three communes, one of them visited, and a check of the market of Tân Lộc that found something."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.world import World

PHOTO = b"\xff\xd8\xff\xe0 mot tam anh"
ITEM = {"item": "masks", "vi": "Mốc khẩu trang", "en": "Masks", "answer": "not", "note": "Ba quầy cá"}


def build_gatherings(world: World, evening: datetime) -> None:
    """A wedding in each commune; the one of Tân Lộc waits for its committee."""
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        for code, name in (("98001", "Tân Lộc"), ("98101", "Phú Khê"), ("97001", "Sơn Giang")):
            _gathering(world, code, name, evening)
        _check(evening)


def _gathering(world: World, code: str, name: str, evening: datetime) -> None:
    from phaodai.containment.models import Gathering, GatheringAnswer, GatheringPhoto, GatheringVisit
    from phaodai.foundation.formats import fold

    area = {f"{tier}_id": value for tier, value in vars(world.units[code].area).items()}
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


def _check(evening: datetime) -> None:
    from phaodai.containment.models import Check, CheckFinding, CheckPhoto
    from phaodai.territory.models import Place

    market = Place.objects.get(code="CHO-TL")
    area: dict[str, Any] = {f"{tier}_id": getattr(market, f"{tier}_id") for tier in ("province", "district", "commune")}
    check = Check.objects.create(
        place=market, checklist="market", checklist_version=1, visited_at=evening, received_at=evening, answers=[ITEM],
        asked=1, failed=1, complies=False, key=UUID(int=5), **area,
    )  # fmt: skip
    CheckFinding.objects.create(
        check_made=check, place=market, item="masks", words={"vi": "Mốc khẩu trang", "en": "Masks"},
        remedy={"vi": "Nhắc người bán đeo khẩu trang", "en": "Have sellers wear masks"}, deadline=date(2021, 11, 30), **area,
    )  # fmt: skip
    CheckPhoto.objects.create(check_made=check, item="masks", **CheckPhoto.facts_of("Mốc chợ.jpg", "image/jpeg", PHOTO))
