"""The actions that write what comes in by sheets: line lists, visits, meetings, rosters, places."""

from datetime import date, timedelta
from typing import Any

from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, Area, entering
from phaodai.foundation.sheets import SheetRow
from phaodai.surveillance.actions import line_lists, meetings, places, visits
from phaodai.surveillance.models import LineList, Meeting
from phaodai.territory.models import Place
from tests.phaodai.site.action_rows.case import MORNING, Case, Given
from tests.story import Story
from tests.world import World

CASE_IMPORT = Permission.SURVEILLANCE_CASE_IMPORT
VISIT_IMPORT = Permission.SURVEILLANCE_VISIT_IMPORT
NOON = MORNING - timedelta(days=1)
HEADERS = ["Mã ca", "Ngày khởi phát"]
FIELDS = {"Mã ca": {"field": "code"}, "Ngày khởi phát": {"field": "onset_on"}}
WAITING = line_lists.ParkedRow(2, {"Mã ca": "BM-9", "Ngày khởi phát": "32/11/2021"}, "onset_on", "date")
STEP = line_lists.Step(begun=0, reached=1, rows=[], cells={}, parked=[WAITING])


def _upload(world: World, _story: Story) -> dict[str, Any]:
    """A sheet of the station of Tân Lộc."""
    area: Area = world.units["98001"].area
    return {"name": "ca-moi.csv", "content": ",".join(HEADERS).encode(), "area": area}


def _received(**more: Any) -> Given:
    """A sheet whose columns nobody has confirmed yet."""

    def given(world: World, story: Story) -> dict[str, Any]:
        with world.as_("ngoc") as ngoc:
            sheet = line_lists.receive_line_list(actor=ngoc, moment=MORNING, **_upload(world, story))
        return {"line_list_id": sheet.pk, **more}

    return given


def _running(**more: Any) -> Given:
    """A sheet that is being read."""

    def given(world: World, story: Story) -> dict[str, Any]:
        sheet = _received()(world, story)
        with world.as_("ngoc") as ngoc:
            line_lists.confirm_columns(actor=ngoc, moment=MORNING, headers=HEADERS, fields=FIELDS, rows=1, **sheet)
        return sheet | more

    return given


def _parked(**more: Any) -> Given:
    """The sheet of the story, one row of which waits."""

    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {"line_list_id": LineList.objects.get(parked_rows__row_number=2).pk, **more}

    return given


def _market() -> int:
    with entering(SYSTEM):
        return Place.objects.get(code="CHO-TL").pk


def _stay(story: Story, minutes: int) -> visits.Stay:
    return visits.Stay(story.persons["Tráng A Lộc"].pk, _market(), NOON, minutes)


def _visit(world: World, story: Story) -> dict[str, Any]:
    return {"province_id": world.units["98"].pk, "stays": [_stay(story, 30)]}


def _mistaken(world: World, story: Story) -> dict[str, Any]:
    """A visit that stands in the books with the wrong length."""
    with world.as_("ngoc") as ngoc:
        visits.record_visits(actor=ngoc, moment=MORNING, **_visit(world, story))
    return {"province_id": world.units["98"].pk, "wrong": _stay(story, 30), "right": _stay(story, 50)}


def _met(world: World, story: Story) -> dict[str, Any]:
    one, other = story.persons["Tráng A Lộc"].pk, story.persons["Giàng Thị Xuân"].pk
    encounters = [meetings.Encounter(one, other, NOON, 15)]
    return {"province_id": world.units["98"].pk, "origin": Meeting.Origin.DECLARED, "encounters": encounters}


def _roster(_world: World, story: Story) -> dict[str, Any]:
    return {"fellows": [meetings.Fellow(story.persons["Tráng A Lộc"].pk, _market(), "Tổ 5", date(2021, 11, 1), None)]}


CASES = (
    Case(line_lists.receive_line_list, CASE_IMPORT, "ngoc", _upload, "phuc"),
    Case(line_lists.confirm_columns, CASE_IMPORT, "ngoc", _received(headers=HEADERS, fields=FIELDS, rows=1), "phuc"),
    Case(line_lists.tell_apart, CASE_IMPORT, "ngoc", _received(prefix="TL-"), "phuc"),
    Case(line_lists.write_step, CASE_IMPORT, "ngoc", _running(step=STEP), "phuc"),
    Case(line_lists.write_mended, CASE_IMPORT, "ngoc", _parked(step=STEP), "phuc"),
    Case(line_lists.mark_mended, CASE_IMPORT, "ngoc", _parked(rows=[2]), "phuc"),
    Case(line_lists.drop_parked, CASE_IMPORT, "ngoc", _parked(rows=[2]), "phuc"),
    Case(line_lists.finish_line_list, CASE_IMPORT, "ngoc", _running(), "phuc"),
    Case(line_lists.refuse_line_list, CASE_IMPORT, "ngoc", _received(problem="Không có dòng tiêu đề"), "phuc"),
    Case(
        line_lists.link_cases,
        CASE_IMPORT,
        "ngoc",
        lambda w, _s: {"province": w.units["98"].pk, "links": [("Mốc ca 1", "Mốc ca 2", "", "")]},
        "sang",
    ),
    Case(visits.record_visits, VISIT_IMPORT, "ngoc", _visit, "sang"),
    Case(visits.correct_visit, VISIT_IMPORT, "ngoc", _mistaken, "sang"),
    Case(meetings.record_meetings, VISIT_IMPORT, "ngoc", _met, "sang"),
    Case(meetings.record_memberships, VISIT_IMPORT, "ngoc", _roster, "phuc"),
    Case(
        meetings.park_rows,
        VISIT_IMPORT,
        "ngoc",
        lambda _w, _s: {"sheet": "cho.csv", "refused": [(SheetRow(2, {"Mã": "x"}), "Không có người này")]},
        "",
    ),
    Case(
        places.record_places,
        Permission.TERRITORY_PLACE_WRITE,
        "ngoc",
        lambda w, _s: {"province_id": w.units["98"].pk, "names": {"QR-9": "Quán Bà Tư"}},
        "sang",
    ),
)
