"""Sheets of doses: read in the platform's form and ours, each dose once, bad rows parked, killed and gone on with."""

from datetime import date, datetime

import pytest

from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.vaccination.actions.doses_sheets import Step, receive_dose_sheet, write_doses, write_mended
from phaodai.vaccination.actions.doses_staging import STAGED
from phaodai.vaccination.models import Dose, DoseDoubt, DoseSheet, IdentityQuestion, ParkedDose
from phaodai.vaccination.rules.doses_rows import Unreadable
from phaodai.vaccination.sheets.doses_intake import read_doses, reader_of, table_of
from tests.clients import sign_in
from tests.phaodai.vaccination.table import card, resident
from tests.world import World

pytestmark = pytest.mark.django_db

OURS = "Họ và tên,Ngày sinh,Giới tính,CCCD,Số điện thoại,Vắc xin,Số lô,Mũi thứ,Ngày tiêm,Điểm tiêm,Mã xã\n"
WIDE = (
    "STT,Họ và tên,Năm sinh,Giới tính,CMND/CCCD,Tên vắc xin mũi 1,Ngày tiêm mũi 1,Số lô mũi 1,"
    "Tên vắc xin mũi 2,Ngày tiêm mũi 2,Số lô mũi 2\n"
)


def take(world: World, text: str, moment: datetime, step: int = 2) -> DoseSheet:
    with world.as_("ngoc") as actor:
        return read_doses(actor=actor, moment=moment, name="mui.csv", content=text.encode(), step=step)


def line(
    name: str, number: int, day: str, *, born: str = "04/03/1980", identity: str = "", product: str = "AstraZeneca"
) -> str:
    return f"{name},{born},Nữ,{identity},0912345678,{product},MOC-98001,{number},{day},Trạm,98001\n"


def test_rows_are_written_once_matched_doubted_and_parked(world: World, moment: datetime) -> None:
    known = resident(world, "Giàng Thị Thẻ", identity_number=card(1))
    alike = resident(world, "Lò Thị Tên")
    text = OURS + "".join(
        [
            line("Giàng Thị Thẻ", 1, "01/08/2021", identity=card(1)),
            line("Giàng Thị Thẻ", 2, "20/08/2021", identity=card(1)),
            line("Lo Thi Ten", 1, "01/09/2021 07:30"),
            line("Lo Thi Ten", 1, "01/09/2021 07:30"),
            line("Lo Thi Ten", 1, "02/10/2021"),
            line("Vắng Tên Ai", 3, "02/10/2021", born="1999", product="Pfizer"),
            line("", 1, "02/10/2021"),
            line("A", 1, "31/02/2021"),
            line("B", 1, "02/10/2021", product="Nước cất"),
            line("C", 0, "02/10/2021"),
            line("D", 1, "02/10/1970"),
            line("E", 1, "02/10/2031"),
            line("F", 1, "02/10/2021", identity="12345"),
            line("G", 1, "02/10/2021").replace("98001\n", "97001\n"),
        ]
    )
    sheet = take(world, text, moment)
    assert (sheet.rows, sheet.inserted, sheet.had, sheet.parked, sheet.matched) == (14, 5, 1, 8, 4)
    with entering(SYSTEM):
        reasons = dict(ParkedDose.objects.filter(sheet=sheet).values_list("row_number", "code"))
        doubts = set(DoseDoubt.objects.exclude(dose__lot_number="X").values_list("dose__full_name", "code"))
        assert Dose.objects.filter(person__in=(known, alike)).count() == 4
        assert IdentityQuestion.objects.filter(dose__full_name="Vắng Tên Ai").count() == 1
        first = Dose.objects.get(full_name="Lo Thi Ten", given_on=date(2021, 9, 1))
    assert list(reasons.values()) == [
        "full_name", "given", "product", "number", "before-birth", "future", "identity_number", "commune",
    ]  # fmt: skip
    assert doubts == {("Giàng Thị Thẻ", "too-soon"), ("Lo Thi Ten", "twice"), ("Vắng Tên Ai", "order")} | {
        ("Lo Thi Ten", "too-soon")
    }
    assert (first.joined, first.lot_id is not None, first.age) == ("name", True, 41)
    again = take(world, text, moment)
    assert (again.pk != sheet.pk, again.inserted, again.had) == (True, 0, 6)


def test_the_platforms_wide_form_and_going_on_after_a_kill(world: World, moment: datetime) -> None:
    rows = [f"{n},Người Thứ {n},1980,Nữ,,Vero Cell,01/08/2021,L1,Vero Cell,25/08/2021,L2\n" for n in range(5)]
    content = (WIDE + "".join(rows)).encode()
    with world.as_("ngoc") as actor:
        reader = reader_of(table_of("a.csv", content), actor.area, moment)
        begun = receive_dose_sheet(actor=actor, moment=moment, name="a.csv", content=content, rows=5)
        write_doses(actor=actor, moment=moment, sheet_id=begun.pk, step=reader.step(0, 2))
        done = read_doses(actor=actor, moment=moment, name="a.csv", content=content, step=2)
    assert (done.pk, done.reached, done.inserted, done.had, done.parked) == (begun.pk, 5, 10, 0, 0)
    with entering(SYSTEM):
        asked = IdentityQuestion.objects.filter(dose__full_name__startswith="Người Thứ")
        assert asked.count() == 5, "what was written before the kill is asked about as well"
        found = list(
            Dose.objects.filter(full_name="Người Thứ 3")
            .order_by("number")
            .values_list("number", "product", "lot_number")
        )
    assert found == [(1, "vero-cell", "L1"), (2, "vero-cell", "L2")]


def test_a_waiting_row_is_mended_on_the_screen(world: World, moment: datetime) -> None:
    rows = [
        line("Lý Thị Sửa", 1, "31/06/2021"),
        line("Tẩn Văn Lẫn", 1, "02/10/1970", identity='"12, \\3"'),
        line("Bỏ Đi Thôi", 1, "02/10/2021", product="Nước cất"),
        line("Đúng Rồi Đấy", 1, "02/10/2021"),
    ]
    sheet = take(world, OURS + "".join(rows), moment)
    assert Unreadable("given").words.vi == "Chưa ghi ngày tiêm."
    page, deed = f"/tiem-chung/bang-mui-tiem/{sheet.pk}", f"/tiem-chung/bang-mui-tiem/{sheet.pk}/sua"
    client = sign_in("ngoc")
    shown = client.get(page, {"vi-sao": "given"}).content.decode()
    assert "“31/06/2021” không đọc được" in shown
    assert ("L.T.S." in shown, "Lý Thị Sửa" in shown) == (True, False)
    unchanged = client.post(deed, {"o-2-8": "31/06/2021"}, follow=True).content.decode()
    assert "Ghi giá trị đúng vào ít nhất một dòng" in unchanged
    client.post(deed, {"o-2-8": "30/06/2021", "o-3-3": "001"})
    client.post(f"/tiem-chung/bang-mui-tiem/{sheet.pk}/bo", {"row": ["4"]})
    still = client.get(page).content.decode()
    assert "Số giấy tờ “001” không phải 9 hoặc 12 số" in still
    assert still.count("data-row") == 1
    client.post(deed, {"o-3-3": ""})
    assert "trước ngày sinh" in client.get(page).content.decode(), (
        "the next thing wrong is said once the first is mended"
    )
    client.post(deed, {"o-3-8": "02/10/2021"})
    with entering(SYSTEM):
        sheet.refresh_from_db()
        assert (sheet.inserted, sheet.parked, sheet.parked_rows.waiting().count()) == (3, 0, 0)
        mended = Dose.objects.get(full_name="Lý Thị Sửa")
        assert (mended.given_on, mended.commune_id) == (date(2021, 6, 30), world.units["98001"].pk)
        assert IdentityQuestion.objects.filter(dose=mended).exists()
        assert not Dose.objects.filter(full_name="Bỏ Đi Thôi").exists()
        told = Fact.objects.filter(kind__startswith="vaccination:dose-sheet:", subject_id=sheet.pk).order_by("id")
        assert [(one.kind.rpartition(":")[2], one.payload.get("rows")) for one in told][1:] == [
            ("mended", [2]), ("given-up", [4]), ("mended", [3]),
        ]  # fmt: skip
    step = Step(0, 0, {name: [] for name in STAGED}, [])
    with world.as_("ngoc") as actor, pytest.raises(Refusal):
        write_mended(actor=actor, moment=moment, sheet_id=sheet.pk, step=step, rows=[2])
