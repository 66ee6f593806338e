"""The sheet of weekly indicators: in, out, in again; bad rows wait; the database keeps areas apart."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from phaodai.containment.models import WeeklyIndicator
from phaodai.foundation.models import ParkedRow
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.foundation.sheets import read_rows, write_sheet
from tests.clients import sign_in
from tests.world import World

pytestmark = pytest.mark.django_db

HEAD = (
    "Mã đơn vị", "Tuần đến hết", "Ca mới cộng đồng trong tuần", "Dân số", "Số người từ 18 tuổi",
    "Trong đó đã tiêm ít nhất một mũi", "Người cao tuổi tính", "Có phương án thu dung, điều trị",
)  # fmt: skip
GOOD = ("98001", "21/11/2021", "14", "11482", "8259", "7714", "từ 50 tuổi", "có")


def send(username: str, *rows: tuple[str, ...]) -> int:
    content = write_sheet("Chỉ báo tuần", HEAD, rows)
    return (
        sign_in(username)
        .post(reverse("chi-bao-tuan-import"), {"file": SimpleUploadedFile("chi-bao.xlsx", content)})
        .status_code
    )


def kept() -> list[WeeklyIndicator]:
    with entering(SYSTEM):
        return list(WeeklyIndicator.objects.filter(week_ending="2021-11-21").select_related("unit"))


def test_a_row_comes_in_with_the_words_that_people_write(world: World) -> None:
    assert send("ngoc", GOOD) == 200
    (row,) = kept()
    assert (row.unit, row.community_cases, row.elderly_from, row.treatment_plan) == (world.units["98001"], 14, 50, True)
    assert (row.province_id, row.commune_id) == (world.units["98"].pk, world.units["98001"].pk)


def test_the_same_week_again_changes_the_row(world: World) -> None:
    send("ngoc", GOOD)
    send("ngoc", (*GOOD[:2], "17", *GOOD[3:]))
    (row,) = kept()
    assert (row.community_cases, row.version) == (17, 2)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("99999", *GOOD[1:]), "không có đơn vị nào mang mã 99999"),
        (("98101", *GOOD[1:]), "ở ngoài địa bàn"),
        ((GOOD[0], "28/11/2021", *GOOD[2:]), "chưa kết thúc"),
        ((*GOOD[:5], "9000", *GOOD[6:]), "nhiều hơn số người từ 18 tuổi"),
        ((*GOOD[:2], "mười bốn", *GOOD[3:]), "Ca mới cộng đồng trong tuần"),
    ],
)
def test_a_bad_row_waits_with_its_reason(row: tuple[str, ...], words: str, world: World) -> None:
    assert send("ngoc", row) == 200
    assert kept() == []
    with entering(SYSTEM):
        (parked,) = ParkedRow.objects.filter(register="chi-bao-tuan")
        assert words in parked.reason


def test_the_list_goes_out_as_a_sheet(world: World) -> None:
    send("ngoc", GOOD)
    answer = sign_in("viet").get(reverse("chi-bao-tuan-sheet"), {"xem": "tuan-nay"})
    (row,) = read_rows("x.xlsx", answer.content)
    assert (row.cells["Mã đơn vị"], row.cells["Tuần đến hết"], row.cells["Ca cộng đồng"]) == (
        "98001",
        "21/11/2021",
        "14",
    )
    assert "93,4%" in " ".join(row.cells.values())


def _rows(sql: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.rowcount)


def test_the_database_shows_the_province_and_lets_the_own_area_write(world: World) -> None:
    """Story rows: figures of 98001, 98101 and of another province's 97001; levels to decide at 98102 and 97001."""
    for table in ("containment_weeklyindicator", "containment_leveldecision"):
        with world.as_("sang"):
            assert _rows(f"select 1 from {table}") == 1
    with world.as_("dich"):
        assert _rows("select 1 from containment_weeklyindicator") == 2
        assert _rows("update containment_weeklyindicator set community_cases = 9") == 1, "of its own district"
        assert _rows("delete from containment_weeklyindicator") == 0
    with world.as_("ngoc"):
        assert _rows("update containment_leveldecision set to_level = 4") == 0
    insert = (
        'insert into containment_level (unit_id, "on", level, status, record, computed_at, province_id)'
        f" values ({world.units['97001'].pk}, '2021-11-24', 1, 'concluded', '{{}}', now(), {world.units['97'].pk})"
    )
    with world.as_("viet"), pytest.raises(ProgrammingError, match="row-level security"):
        _rows(insert)
