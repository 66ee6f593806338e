"""A certificate from its doses to the verifier, and a commune's certificates in one order."""

import io
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from phaodai.foundation import clock
from phaodai.foundation.models import ClockShift
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import STRANGER, SYSTEM, entering
from phaodai.people.models import Reveal
from phaodai.vaccination.actions.certificates import (
    check_certificate,
    draft_certificate,
    revoke_certificate,
    seal_certificate,
    sign_certificate,
)
from phaodai.vaccination.actions.certificates_orders import order_certificates, work_on_orders
from phaodai.vaccination.actions.certificates_words import OBSTACLES
from phaodai.vaccination.actions.keys import FOLDER, keyring
from phaodai.vaccination.actions.verifying import verify
from phaodai.vaccination.models import Certificate, CertificateOrder, Dose
from phaodai.vaccination.rules.certificates_checking import Obstacle
from phaodai.vaccination.rules.certificates_reading import Answer
from tests.clients import sign_in, stranger
from tests.phaodai.vaccination.doses import course, dose, person
from tests.world import World

pytestmark = pytest.mark.django_db
SPRING = datetime.fromisoformat("2022-04-20T08:00:00+07:00")


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key of this test's own."""
    monkeypatch.setenv(FOLDER, str(tmp_path / "keys"))
    keyring().new("Sở Y tế Bình Minh", SPRING - timedelta(days=1), test=False)


def drafted(world: World, moment: datetime = SPRING, **doses: Any) -> Certificate:
    with entering(SYSTEM):
        who = person(world)
        course(world, who, **doses)
    with world.as_("ngoc") as ngoc:
        return draft_certificate(actor=ngoc, moment=moment, person_id=who.pk)


def sealed(world: World) -> Certificate:
    row = drafted(world)
    for step in (check_certificate, sign_certificate, seal_certificate):
        with world.as_("ngoc") as ngoc:
            row = step(actor=ngoc, moment=SPRING, pk=row.pk)
    return row


def asked(text: str, at: datetime) -> Answer:
    with entering(STRANGER):
        return verify(moment=at, text=text).answer


def test_from_doses_to_the_verifier_and_back(world: World) -> None:
    row = sealed(world)
    assert (row.state, row.doses_received, row.dose_number, row.vaccinated_on) == ("sealed", 2, 2, date(2021, 10, 10))
    assert row.expires_on == date(2023, 4, 20)
    later = SPRING + timedelta(days=30)
    assert asked(row.text, later) is Answer.VALID
    with clock.at(later):
        paper = sign_in("ngoc").post(f"/tiem-chung/chung-nhan/{row.pk}/buoc/giay")
        page = pypdfium2.PdfDocument(paper.content)[0].render(scale=3).to_pil()
        assert zxingcpp.read_barcode(page).text == row.text  # type: ignore[union-attr]
        photo = io.BytesIO()
        page.convert("RGB").save(photo, "JPEG", quality=70)
        sent = {"photo": SimpleUploadedFile("ma.jpg", photo.getvalue(), "image/jpeg"), "text": ""}
        seen = stranger().post("/xac-minh-chung-nhan/", sent).content.decode()
        assert "Hợp lệ" in seen
        assert "Hoàng Thị Mận" in seen
        assert "01/03/1969" in seen
        listed = stranger().get("/xac-minh-chung-nhan/khoa").json()
        assert [key["kid"] for key in listed["keys"]] == [row.key_id]
    with entering(SYSTEM):
        assert Reveal.objects.filter(person=row.person, purpose="request").count() == 1
    with world.as_("ngoc") as ngoc:
        revoke_certificate(actor=ngoc, moment=later, pk=row.pk, reason="Nhầm ngày tiêm")
    assert asked(row.text, later) is Answer.REVOKED
    with clock.at(later):
        seen = stranger().post("/xac-minh-chung-nhan/", {"text": row.text}).content.decode()
        assert "Đã thu hồi" in seen
        assert "Hoàng Thị Mận" not in seen
        assert len(stranger().get("/xac-minh-chung-nhan/khoa").json()["revoked"]) >= 1


def test_what_stands_in_the_way_is_said(world: World) -> None:
    with pytest.raises(Refusal, match=gettext("There is an open doubt against a dose. Have it settled first.")):
        drafted(world, doubted=True)
    with pytest.raises(Refusal, match="Chưa ai xác minh"):
        drafted(world, product="abdala")
    with entering(SYSTEM):
        once = person(world, name="Sùng Thị Một")
        dose(world, person=once, number=1).save()
    with world.as_("ngoc") as ngoc, pytest.raises(Refusal, match=str(OBSTACLES[Obstacle.COURSE_OPEN])):
        draft_certificate(actor=ngoc, moment=SPRING, person_id=once.pk)


def test_what_changed_since_the_draft_is_not_sealed(world: World) -> None:
    row = drafted(world)
    with world.as_("ngoc") as ngoc:
        check_certificate(actor=ngoc, moment=SPRING, pk=row.pk)
        sign_certificate(actor=ngoc, moment=SPRING, pk=row.pk)
    with entering(SYSTEM):
        Dose.objects.filter(person=row.person, number=2).update(given_on=date(2021, 10, 11))
    with world.as_("ngoc") as ngoc, pytest.raises(Refusal, match="đã thay đổi"):
        seal_certificate(actor=ngoc, moment=SPRING, pk=row.pk)
    with entering(SYSTEM), pytest.raises(IntegrityError, match="sealed_with_a_key"), transaction.atomic():
        Certificate.objects.filter(pk=row.pk).update(state="sealed")


def test_before_the_decision_nothing_is_sealed(world: World, moment: datetime) -> None:
    """Decision 5772 is of 20 December 2021; the tests' morning is in November."""
    row = drafted(world, moment)
    with entering(SYSTEM):
        Certificate.objects.filter(pk=row.pk).update(state="signed")
        keyring().new("Sở Y tế Bình Minh", moment - timedelta(days=1), test=False)
    with world.as_("ngoc") as ngoc, pytest.raises(Refusal, match="5772/QĐ-BYT"):
        seal_certificate(actor=ngoc, moment=moment, pk=row.pk)


def test_in_a_drill_only_a_key_for_tests_seals_and_nothing_of_it_counts(world: World) -> None:
    row = drafted(world)
    with entering(SYSTEM):
        Certificate.objects.filter(pk=row.pk).update(state="signed")
    _shift(timedelta(days=1))
    try:
        with world.as_("ngoc") as ngoc, pytest.raises(Refusal, match="khóa thử"):
            seal_certificate(actor=ngoc, moment=SPRING, pk=row.pk)
        keyring().new("Diễn tập", SPRING - timedelta(days=1), test=True)
        with world.as_("ngoc") as ngoc:
            row = seal_certificate(actor=ngoc, moment=SPRING, pk=row.pk)
        assert row.is_test
        assert asked(row.text, SPRING) is Answer.VALID, "inside the drill it plays its part"
    finally:
        _shift(None)
    assert asked(row.text, SPRING) is Answer.TEST


def _shift(shift: timedelta | None) -> None:
    with entering(SYSTEM):
        ClockShift.objects.all().delete()
        if shift:
            ClockShift.objects.create(shift=shift, reason="Diễn tập")


def test_a_commune_is_issued_in_one_order_and_who_is_left_out_is_said(world: World) -> None:
    with entering(SYSTEM):
        for number in range(5):
            course(world, person(world, name=f"Lý Thị Số {number}"))
        course(world, person(world, name="Lý Thị Ngờ"), doubted=True)
        course(world, person(world, name="Lý Thị Không Thẻ", identity_number=""))
    with world.as_("ngoc") as ngoc:
        order = order_certificates(actor=ngoc, moment=SPRING, unit_id=world.units["98001"].pk)
        assert order.people == 7
    with clock.at(SPRING):
        assert not work_on_orders()
        assert not work_on_orders(), "nothing is done twice"
    with entering(SYSTEM):
        order = CertificateOrder.objects.get(pk=order.pk)
        assert (order.state, order.issued) == ("finished", 5)
        assert order.left_out == {"doubted": 1, "nationality": 1}
        made = Certificate.objects.filter(state="sealed", full_name__startswith="Lý Thị Số")
        assert {row.signed_by_id for row in made} == {world.officers["ngoc"].pk}
        texts = [row.text for row in made]
    assert {asked(text, SPRING + timedelta(hours=1)) for text in texts} == {Answer.VALID}
