"""The pages of the plan as a station's nurse walks through them in a morning."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from phaodai.foundation import clock
from phaodai.foundation.models import Fact
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.supply.models import Store
from phaodai.vaccination.models import ListEntry, PriorityList, Session, VaccineLot
from tests.clients import sign_in
from tests.phaodai.vaccination.test_plan import MORNING, ROWS, logged, sheet
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db


def seen(model: Any, **marks: Any) -> Any:
    with entering(SYSTEM):
        return model.objects.get(**marks)


def test_a_morning_at_the_station(world: World, story: Story) -> None:
    nurse, unit = sign_in("ngoc"), world.units["98001"].pk
    store, lot = seen(Store, name="Mốc vắc xin Tân Lộc"), seen(VaccineLot, number="MOC-98001")
    with clock.at(MORNING):
        file = SimpleUploadedFile("ds.xlsx", sheet(ROWS[:5]))
        given = {"unit": unit, "group": "chronic-elderly", "sender": "Hội Người cao tuổi", "file": file}
        assert nurse.post("/tiem-chung/danh-sach", given).status_code == 302
        page = nurse.get("/tiem-chung/danh-sach").content.decode()
        assert "Hội Người cao tuổi" in page
        waiting = nurse.get("/tiem-chung/danh-sach?tai=cho-sua").content
        assert "31/11/1950" in str(CalamineWorkbook.from_filelike(BytesIO(waiting)).get_sheet_by_index(0).to_python())
        assert seen(PriorityList, sender="Hội Người cao tuổi").added == 4

        form = {
            "unit": unit, "name": "Nhà văn hóa", "day": "2021-11-24", "starts_at": "07:30", "ends_at": "10:30",
            "teams": 1, "per_hour": 2, "store": store.pk,
        }  # fmt: skip
        assert nurse.post("/tiem-chung/buoi/them", form).status_code == 302
        session = seen(Session, name="Nhà văn hóa")
        address, deed = f"/tiem-chung/buoi/{session.pk}", f"/tiem-chung/buoi/{session.pk}/viec"
        assert nurse.post(deed, {"viec": "mang-lo", "lot": lot.pk, "vials": 1}).status_code == 302
        assert nurse.post(deed, {"viec": "moi", "people": 2, "reserve": 0}).status_code == 302
        assert nurse.post(deed, {"viec": "mo"}).status_code == 302
        assert "G.A.P. 1950" in nurse.get(address).content.decode()
        assert "Giàng A Páo" not in nurse.get(address).content.decode()
        letters = nurse.get(f"{address}/giay-moi").content
        rows = CalamineWorkbook.from_filelike(BytesIO(letters)).get_sheet_by_index(0).to_python()
        assert rows[1][2] == "Giàng A Páo"
        assert "mũi 1" in str(rows[1][7])
        assert seen(Fact, kind="vaccination:invitation:exported").payload == {"people": 2}

        guest = {
            "viec": "vang-lai",
            "full_name": "Khách Lạ",
            "birth_date": "1990-02-03",
            "group": "workers",
            "number": "",
        }
        refused = nurse.post(deed, guest)
        assert refused.status_code == 422
        assert "Khách Lạ" in refused.content.decode(), "what was typed stays"
        assert nurse.post(deed, guest | {"reason": "Còn liều"}).status_code == 302
        with entering(SYSTEM):
            first = session.invitations.order_by("position")[0]
        assert nurse.post(deed, {"viec": "tra-loi", "row": first.pk, "state": "came"}).status_code == 302
        account = {"viec": "dong", f"returned-{lot.pk}": 0, f"given-{lot.pk}": 2}
        assert nurse.post(deed, account).status_code == 422
        assert nurse.post(deed, account | {f"end_of_day-{lot.pk}": 8}).status_code == 302
        assert seen(Session, pk=session.pk).state == "closed"
        assert seen(ListEntry, full_name="Sùng Thị Mai").state == "waiting"
        for page_of in ("/tiem-chung/", "/tiem-chung/ke-hoach", "/tiem-chung/lich?tuan=2021-11-24", "/hom-nay"):
            assert nurse.get(page_of).status_code == 200


def test_a_log_rings_and_a_head_decides(world: World, story: Story) -> None:
    nurse, head = sign_in("ngoc"), sign_in("dat")
    place = seen(VaccineLot, number="MOC-98001")
    readings, _content = logged(place, [5, 9, 9.5, 11, 10, 6])
    text = "Thời gian;Nhiệt độ\n" + "\n".join(f"{one.at:%d/%m/%Y %H:%M};{one.celsius}" for one in readings)
    with entering(SYSTEM):
        from phaodai.vaccination.models import ColdPlace, Excursion

        fridge = ColdPlace.objects.get(name="Mốc tủ lạnh Tân Lộc")
        address = f"/tiem-chung/tu-lanh/{fridge.pk}"
    with clock.at(MORNING):
        sent = {"viec": "nhat-ky", "nhat-ky-file": SimpleUploadedFile("a.csv", text.encode())}
        assert nurse.post(address, sent).status_code == 302
        alarm = seen(Excursion, place=fridge, decided_at=None, kind="warm")
        page = head.get(address).content.decode()
        assert "Quá nóng" in page
        decision = {"viec": "quyet", "alarm": alarm.pk, "quyet-decision": "use"}
        assert head.post(address, decision).status_code == 422
        assert nurse.post(address, decision | {"quyet-reason": "x"}).status_code == 403
        assert head.post(address, decision | {"quyet-reason": "Nhà sản xuất cho dùng"}).status_code == 302
        held = head.get(f"/tiem-chung/lo/{place.pk}").content.decode()
        assert "Nhà sản xuất cho dùng" in held
        assert head.get("/tiem-chung/").status_code == 200
