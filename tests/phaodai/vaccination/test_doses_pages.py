"""The table's phone and the desk behind it, by their pages: asking, reading a card, the chairs, doubts and reactions."""

import io
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
import qrcode
from django.core.files.uploadedfile import SimpleUploadedFile

from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import NotAllowed
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.vaccination.actions.doses_settling import settle_doubt
from phaodai.vaccination.models import AdverseReaction, Dose, DoseDoubt, Observation
from tests.clients import sign_in
from tests.phaodai.vaccination.table import card, resident, table_of
from tests.world import World

pytestmark = pytest.mark.django_db


def test_the_phone_asks_sends_reads_cards_and_lets_people_go(world: World, moment: datetime) -> None:
    table = table_of(world, moment)
    resident(world, "Sùng Thị Hỏi", identity_number=card(30))
    client = sign_in("ngoc")
    at = f"/tiem-chung/buoi/{table.session.pk}/tiem/"

    def post(name: str, content: Any) -> Any:
        answer = client.post(f"{at}{name}", json.dumps(content), content_type="application/json")
        assert answer.status_code == 200, answer.content
        return answer.json()

    dose = table.dose("Sùng Thị Hỏi", card=card(30))
    asked = post("hoi", dose)
    assert (asked["joined"], asked["next"], asked["findings"]) == ("number", 1, [])
    sent = {"device": "may", "sent_at": moment.isoformat(), "records": [dose]}
    assert [one["outcome"] for one in post("gui", sent)["answers"]] == ["accepted"]
    asked = post("hoi", dose)
    assert [one["code"] for one in asked["findings"]] == ["same-day"]
    assert asked["findings"][0]["way"] == "refuse"
    assert "Ngày sinh" in post("hoi", table.dose(born="x"))["problem"]
    held = client.get(f"{at}danh-sach").json()
    assert [one["number"] for one in held["lots"]] == ["MOC-98001"]
    assert [one["name"] for one in held["given"]] == ["Sùng Thị Hỏi"]
    text = f"{card(30)}||Sùng Thị Hỏi|04031980|Nữ|Tân Lộc|01012021"
    photo = io.BytesIO()
    qrcode.make(text).save(photo)
    told = client.post(f"{at}anh", {"anh": SimpleUploadedFile("the.png", photo.getvalue(), "image/png")})
    assert told.json() == {"text": text}
    assert client.post(f"{at}anh", {"anh": SimpleUploadedFile("x.png", b"khong", "image/png")}).status_code == 422
    assert post("cho-ve", {}) == {"released": 0}
    with entering(SYSTEM):
        Observation.objects.filter(session=table.session).update(due_at=moment - timedelta(minutes=1))
    assert post("cho-ve", {}) == {"released": 1}
    assert client.post(f"{at}khac").status_code == 404


def test_a_doubt_is_settled_by_somebody_else_and_a_dose_that_never_was_counts_nowhere(
    world: World, moment: datetime
) -> None:
    table = table_of(world, moment)
    dose = table.dose(number=2, overridden=["order"], reason="Mũi 1 tiêm ở nước ngoài")
    table.send(dose)
    with entering(SYSTEM):
        doubt = DoseDoubt.objects.get(dose__key=dose["key"])
    with world.as_("ngoc") as ngoc, pytest.raises(NotAllowed):
        settle_doubt(actor=ngoc, moment=moment, doubt_id=doubt.pk, settled="stands", reason="Đúng")
    with entering(SYSTEM):
        settle_doubt(actor=SYSTEM, moment=moment, doubt_id=doubt.pk, settled="struck", reason="Ghi nhầm người")
        struck = Dose.objects.get(key=dose["key"])
        assert not Dose.objects.counted().filter(pk=struck.pk).exists()
    assert (struck.doubted, struck.struck_reason) == (False, "Ghi nhầm người")
    page = sign_in("ngoc").get(f"/tiem-chung/mui-tiem/{struck.pk}/").content.decode()
    assert "Ghi nhầm người" in page


def test_a_serious_reaction_sets_the_clocks_of_the_law_running(world: World, moment: datetime) -> None:
    table = table_of(world, moment)
    dose = table.dose()
    table.send(dose)
    with entering(SYSTEM):
        pk = Dose.objects.get(key=dose["key"]).pk
    client = sign_in("ngoc")
    told = {
        "mui": pk, "severity": "serious", "found": "site", "symptoms": "khó thở, nổi mề đay",
        "began_at": moment.strftime("%Y-%m-%dT%H:%M"), "treatment": "adrenalin", "outcome": "",
    }  # fmt: skip
    assert client.post("/tiem-chung/phan-ung", told | {"symptoms": ""}).status_code == 422
    assert client.post("/tiem-chung/phan-ung", told).status_code == 302
    with entering(SYSTEM):
        event = AdverseReaction.objects.get(dose=pk)
        fact = Fact.objects.get(kind="vaccination:event:serious", subject_id=event.pk)
    assert event.investigate_by is not None
    assert timedelta(hours=23, minutes=59) < event.investigate_by - event.reported_at <= timedelta(hours=24)
    assert fact.payload["document"].startswith("104/2016/NĐ-CP")
    client.post(f"/tiem-chung/phan-ung/dieu-tra/{event.pk}", {"conclusion": "Phản vệ độ 2"})
    assert "khó thở" in client.get("/tiem-chung/phan-ung").content.decode()
    client.post(f"/tiem-chung/phan-ung/hoi-dong/{event.pk}", {"conclusion": "Không do chất lượng vắc xin"})
    event.refresh_from_db()
    assert event.council_at is not None
    assert event.council_by is not None
    assert (event.council_by - moment.date()).days == 7, "five working days, a week end between"
