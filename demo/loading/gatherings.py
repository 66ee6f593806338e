"""Gatherings that people announced around 24 November, and eight weeks of visits to the places of one district."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from demo import SEED
from demo.directives import at
from demo.outbreak import BEN_GO, HOA_XUAN, TAN_LOC
from demo.streams import stream
from phaodai.containment.actions.gatherings import announce_gathering
from phaodai.containment.models import Check, CheckFinding, Gathering, GatheringVisit
from phaodai.containment.rules.checklists import Checklist, Item, checklist_for
from phaodai.containment.rules.checks import MET, NOT_APPLICABLE, NOT_MET, deadline_of
from phaodai.foundation import clock
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.public import LENGTH, SIGNS
from phaodai.foundation.scope import STRANGER, SYSTEM, Actor, entering
from phaodai.territory.models import Place, Tier, Unit

# Kind, commune, where, begins, hours, people, indoors, organiser, every so many days.
ANNOUNCED: Sequence[tuple[str, str, str, datetime, int, int, bool, str, int | None]] = (
    ("wedding", TAN_LOC, "Nhà văn hóa thôn Đoài", at(27, 10), 4, 120, True, "Hà Thị Mến", None),
    ("funeral", HOA_XUAN, "Nhà tang lễ xã", at(24, 14), 3, 60, False, "Lê Đình Khánh", None),
    ("market", BEN_GO, "Chợ phiên Bến Gỗ", at(24, 5), 6, 400, False, "Ban quản lý chợ", 5),
    ("worship", TAN_LOC, "Nhà thờ họ giáo Tân Lộc", at(28, 7), 2, 90, True, "Vũ Văn Giuse", 7),
    ("meeting", HOA_XUAN, "Hội trường Ủy ban nhân dân xã", at(25, 8), 3, 45, True, "Trần Văn Hợp", None),
    ("festival", BEN_GO, "Sân đình Bến Gỗ", at(30, 8), 9, 300, False, "Ban khánh tiết đình", None),
    ("wedding", BEN_GO, "Nhà riêng, thôn Trại", at(24, 9), 5, 80, False, "Đỗ Quang Hưng", None),
    ("election", HOA_XUAN, "Nhà văn hóa thôn Đông, bầu trưởng thôn", at(28, 7), 4, 180, True, "Phạm Văn Thuận", None),
    ("wedding", BEN_GO, "Nhà hàng Hoa Cau", at(28, 10), 4, 150, True, "Ngô Văn Lành", None),
    ("worship", BEN_GO, "Chùa Linh Sơn", at(26, 8), 3, 70, True, "Sư thầy trụ trì", None),
    ("other", HOA_XUAN, "Trường mầm non, họp phụ huynh", at(26, 16), 2, 35, True, "Nguyễn Thị Oanh", None),
)
PLACES = (
    ("market", "Chợ"), ("school", "Trường Tiểu học"), ("office", "Trụ sở Ủy ban nhân dân"), ("worship", "Chùa"),
    ("shop", "Quán ăn Hương Quê"), ("health", "Phòng khám"), ("workplace", "Xưởng may"), ("transport", "Bến xe"),
)  # fmt: skip
WEEKS, VISITED, FAILS = 8, 0.34, 0.07
"""How long the visits go back, how many places are seen in a week, how often an item is not met at first."""
SECOND, PUT_RIGHT = timedelta(days=3), 0.85
"""When a second visit follows, and how often it does."""


def load_gatherings(units: Mapping[str, Unit], inspector: Actor, now: datetime) -> None:
    """What organisers sent in the days before `now`, and what officers saw at gates and in kitchens."""
    communes = {unit.bare_name: unit for unit in units.values() if unit.tier == Tier.COMMUNE}
    with entering(SYSTEM, why="demo"):
        _announce(communes, inspector, now)
        places = _places([one for one in communes.values() if one.district_id == communes[TAN_LOC].district_id])
        _visit(places, inspector, now)


def _announce(communes: Mapping[str, Unit], inspector: Actor, now: datetime) -> None:
    signs = stream(SEED, "gatherings")
    for kind, commune, venue, begins, hours, people, indoors, name, again in ANNOUNCED:
        sent = min(begins, now) - timedelta(hours=20)
        with clock.at(sent):
            made = announce_gathering(
                actor=STRANGER, moment=sent, reference="".join(signs.choice(list(SIGNS), LENGTH)), kind=kind,
                organiser_name=name, organiser_phone="0912 345 678", unit=communes[commune], venue=venue,
                begins_at=begins, ends_at=begins + timedelta(hours=hours), expected=people, indoors=indoors,
                promises=["masks", "hands", "list"], every_days=again,
                last_day=(begins + timedelta(days=again * 6)).date() if again else None,
            )  # fmt: skip
        if begins <= now:
            _look(made, inspector, begins + timedelta(minutes=50))


def _look(gathering: Gathering, inspector: Actor, moment: datetime) -> None:
    with clock.at(moment):
        GatheringVisit.objects.create(
            gathering=gathering, at=moment, counted=gathering.expected - 60, found="reminded", officer_id=inspector.officer,
            note="Lối vào phía sông chưa có nước rửa tay", key=UUID(int=gathering.pk), province_id=gathering.province_id,
            district_id=gathering.district_id, commune_id=gathering.commune_id,
        )  # fmt: skip


def _places(communes: Sequence[Unit]) -> list[Place]:
    """Some places of each kind; those of the outbreak are there already."""
    rng, known = stream(SEED, "places to check"), set(Place.objects.values_list("name", flat=True))
    rows = [
        Place(
            code=f"{kind[:2].upper()}{place}-{unit.code}", name=f"{name} {unit.bare_name}", kind=kind,
            sort_key=sort_key(f"{name} {unit.bare_name}"), search_key=fold(f"{name} {unit.bare_name}"),
            longitude=(unit.longitude or 0) + rng.normal(0, 0.008), latitude=(unit.latitude or 0) + rng.normal(0, 0.008),
            **_area(unit),
        )
        for unit in sorted(communes, key=lambda one: one.code)
        for place, (kind, name) in enumerate(PLACES)
        if f"{name} {unit.bare_name}" not in known and (place < 4 or rng.random() < 0.4)
    ]  # fmt: skip
    return Place.objects.bulk_create(rows)


def _area(unit: Unit) -> dict[str, Any]:
    return {f"{tier}_id": value for tier, value in vars(unit.area).items()}


def _visit(places: Sequence[Place], inspector: Actor, now: datetime) -> None:
    """Every visit of eight weeks, then what each found: put right at the next visit, open after the last one."""
    rng = stream(SEED, "checks")
    checks: list[Check] = []
    found: list[tuple[Check, Item, Check | None]] = []
    for place in places:
        checklist = checklist_for(place.kind)
        if checklist is not None:
            told = list(_visits(place, checklist, inspector, now, rng))
            checks += [check for check, _failed in told]
            following: list[Check | None] = [*(check for check, _failed in told[1:]), None][: len(told)]
            found += [
                (check, item, then) for (check, failed), then in zip(told, following, strict=True) for item in failed
            ]
    Check.objects.bulk_create(checks)
    CheckFinding.objects.bulk_create(_finding(check, item, then) for check, item, then in found)


def _visits(
    place: Place, checklist: Checklist, inspector: Actor, now: datetime, rng: Any
) -> Iterator[tuple[Check, list[Item]]]:
    """The visits of eight weeks; most of those that found something are followed by a second one."""
    first = now.replace(hour=0, minute=0) - timedelta(days=now.weekday(), weeks=WEEKS - 1)
    for week in range(WEEKS):
        moment = first + timedelta(weeks=week, days=int(rng.integers(0, 4)), hours=int(rng.integers(7, 17)))
        if rng.random() > VISITED or moment >= now:
            continue
        draws = rng.random(len(checklist.items))
        often = FAILS * (1.6 - week / WEEKS)
        failed = [item for item, draw in zip(checklist.items, draws, strict=True) if draw < often]
        yield _check(place, checklist, checklist.items, failed, moment, inspector, rng), failed
        if failed and moment + SECOND < now and rng.random() < PUT_RIGHT:
            yield _check(place, checklist, failed, [], moment + SECOND, inspector, rng), []


def _check(
    place: Place, checklist: Checklist, items: Sequence[Item], failed: Sequence[Item], moment: datetime,
    inspector: Actor, rng: Any,
) -> Check:  # fmt: skip
    answers = [
        {"item": one.id, **one.words._asdict(), "note": "", "answer": _answer(one, failed, rng)} for one in items
    ]
    return Check(
        place=place, checklist=checklist.id, checklist_version=checklist.version, visited_at=moment, received_at=moment,
        officer_id=inspector.officer, organisation_id=inspector.organisation, answers=answers,
        asked=sum(one["answer"] != NOT_APPLICABLE for one in answers), failed=len(failed), complies=not failed,
        key=UUID(bytes=rng.bytes(16)), province_id=place.province_id, district_id=place.district_id,
        commune_id=place.commune_id,
    )  # fmt: skip


def _answer(item: Item, failed: Sequence[Item], rng: Any) -> str:
    """Few factories have buses of their own."""
    if item in failed:
        return NOT_MET
    return NOT_APPLICABLE if item.id == "shuttle" and rng.random() < 0.7 else MET


def _finding(check: Check, item: Item, then: Check | None) -> CheckFinding:
    return CheckFinding(
        check_made=check, place=check.place, item=item.id, words=item.words._asdict(), remedy=item.remedy._asdict(),
        deadline=deadline_of(item, check.visited_at.date()), state="remedied" if then else "open", seen_by=then,
        remedied_at=then.visited_at if then else None, province_id=check.province_id, district_id=check.district_id,
        commune_id=check.commune_id,
    )  # fmt: skip
