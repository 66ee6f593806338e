"""Sheets of every kind come in, change the next trace, and change nothing the second time."""

from typing import Any

import pytest

from epidemic.tracing import Via
from phaodai.foundation.models import ParkedRow
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.surveillance.actions.places import record_places
from phaodai.surveillance.sheets.visit_intake import TakenIn, take_in_visits
from phaodai.surveillance.sheets.visit_rows import Kind
from phaodai.surveillance.tracing import trace_case
from phaodai.territory.models import Place
from tests.phaodai.surveillance.tracing.towns import MOMENT, Town, build_town
from tests.world import World


@pytest.fixture
def town(world: World) -> Any:
    """Three people with telephones, the last two with one between them."""
    with entering(SYSTEM):
        town = build_town(world, [None, None, None, None])
        for person, phone in zip(town.persons, ("0901000001", "0901000002", "0901000003", "0901000003"), strict=True):
            person.phone = phone
            person.save()
        yield town


def take_in(town: Town, kind: Kind, text: str, actor: Any = SYSTEM, **more: Any) -> TakenIn:
    return take_in_visits(
        actor=actor, moment=MOMENT, province_id=town.province.pk, kind=kind, name="bang.csv", content=text.encode(), **more
    )  # fmt: skip


def ways(town: Town, case: Any) -> dict[int, tuple[str, int | None]]:
    found = trace_case(case, moment=MOMENT, degree=1).contacts
    return {town.numbers([one.person])[0]: (Via(one.via).name.lower(), one.minutes) for one in found}


CHECK_INS = (
    "Số điện thoại,Mã QR,Giờ vào,Giờ ra\n0901000001,P0,22/11/2021 08:00,09:00\n0901000002,P0,2021-11-22T08:20,08:40\n"
)
LOG = 'pseudonym,seen,time,minutes,distance\nx1,x2,22/11/2021 08:00,12,"1,5"\nx1,x9,22/11/2021 08:00,12,1\n'
TOLD = "person,met,from,minutes\n0901000001,0901000002,22/11/2021 19:00,\n"
ROSTER = "người,nơi,lớp,từ ngày\n0901000001,P1,6A,01/09/2021\n0901000002,P1,6A,01/09/2021\n"


@pytest.mark.parametrize(
    ("kind", "text", "met"),
    [
        (Kind.CHECK_IN, CHECK_INS, ("visit", 20)),
        (Kind.JOURNEY, CHECK_INS, ("visit", 20)),
        (Kind.INTERVIEW, TOLD, ("declared", None)),
        (Kind.ROSTER, ROSTER, ("workplace", None)),
    ],
)
def test_a_sheet_changes_the_next_trace_and_comes_in_once(
    town: Town, kind: Kind, text: str, met: tuple[str, int | None]
) -> None:
    case = town.case(0)
    first, again = take_in(town, kind, text), take_in(town, kind, text)
    assert (first.inserted, first.parked) == (first.rows, [])
    assert (again.inserted, again.unchanged) == (0, first.rows)
    assert ways(town, case) == {1: met}


def test_a_proximity_log_is_read_through_its_pseudonyms(town: Town) -> None:
    names = {"x1": "0901000001", "x2": "0901000002"}
    taken = take_in(town, Kind.PROXIMITY, LOG, pseudonyms=names)
    assert (taken.inserted, len(taken.parked)) == (1, 1)
    assert "x9" in taken.parked[0].reason
    assert ways(town, town.case(0)) == {1: ("proximity", 12)}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("0901000001,P0,22/11/2021 08:00,22/11/2021 07:00", "kết thúc trước khi bắt đầu"),
        ("0901000001,P0,25/11/2021 08:00,", "ở tương lai"),
        ("0901000001,P0,01/10/2021 08:00,", "quá thời hạn"),
        ("0901000001,P0,31/02/2021 08:00,", "không phải là thời gian"),
        ("0901000001,P0,,", "không ghi lúc nào"),
        ("0909999999,P0,22/11/2021 08:00,", "không có ai mang mã"),
        ("0901000003,P0,22/11/2021 08:00,", "nhiều người cùng mang"),
        (",P0,22/11/2021 08:00,", "không ghi ai"),
        ("0901000001,P9,22/11/2021 08:00,", "Không có nơi nào"),
    ],
)
def test_a_row_that_cannot_be_waits_with_its_reason(town: Town, row: str, reason: str) -> None:
    taken = take_in(town, Kind.CHECK_IN, f"Số điện thoại,Mã QR,Giờ vào,Giờ ra\n{row}\n")
    assert taken.inserted == 0
    assert [reason in one.reason for one in taken.parked] == [True]
    assert ParkedRow.objects.get(pk=taken.parked[0].pk).cells["Giờ vào"] == row.split(",")[2]


def test_who_met_oneself_waits(town: Town) -> None:
    taken = take_in(town, Kind.INTERVIEW, "person,met,from\n0901000001,0901000001,22/11/2021 19:00\n")
    assert "cùng một người" in taken.parked[0].reason


def test_a_sheet_of_another_kind_is_refused(town: Town) -> None:
    with pytest.raises(Refusal, match="thiếu cột"):
        take_in(town, Kind.ROSTER, "Mã ca,Ngày khởi phát\nBM-1,20/11/2021\n")


@pytest.mark.parametrize(("kind", "text"), [(Kind.CHECK_IN, CHECK_INS), (Kind.INTERVIEW, TOLD), (Kind.ROSTER, ROSTER)])
def test_only_who_may_takes_sheets_in(world: World, town: Town, kind: Kind, text: str) -> None:
    with pytest.raises(NotAllowed):
        take_in(town, kind, text, actor=world.without("ngoc", Permission.SURVEILLANCE_VISIT_IMPORT))


def test_a_station_takes_in_only_whom_it_sees(world: World, town: Town) -> None:
    elsewhere = town.persons[1]
    elsewhere.commune_id = world.units["98002"].pk
    elsewhere.save()
    with world.as_("ngoc") as actor:
        taken = take_in(town, Kind.CHECK_IN, CHECK_INS, actor=actor)
    assert (taken.inserted, len(taken.parked)) == (1, 1)


def test_a_place_named_for_the_first_time_is_registered_in_the_officers_area(world: World, town: Town) -> None:
    sheet = "Số điện thoại,Mã QR,Tên nơi,Giờ vào\n0901000001,QR-7,Quán Bà Tư,22/11/2021 08:00\n"
    with world.as_("ngoc") as actor:
        assert take_in(town, Kind.CHECK_IN, sheet, actor=actor).inserted == 1
        place = Place.objects.get(code="QR-7")
        assert (place.name, place.commune_id) == ("Quán Bà Tư", actor.area.commune)
        assert take_in(town, Kind.CHECK_IN, sheet, actor=actor).unchanged == 1
    refused = world.without("ngoc", Permission.TERRITORY_PLACE_WRITE)
    with pytest.raises(NotAllowed):
        record_places(actor=refused, moment=MOMENT, province_id=town.province.pk, names={"QR-8": "Quán"})
