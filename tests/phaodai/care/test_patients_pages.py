"""Patients through their pages: the door on a case, one press for a transfer, taps that repeat, sheets, a name looked at."""

import io
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from phaodai.care.models import Bed, Patient, PatientLook, Transfer
from phaodai.foundation.scope import SYSTEM, entering
from tests.clients import sign_in
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db


def patient(mark: str) -> Any:
    with entering(SYSTEM):
        return Patient.objects.get(initials=mark)


def test_from_a_case_to_an_ambulance_at_the_door(world: World, story: Story) -> None:
    case = story.cases["Mốc ca 1"]
    with entering(SYSTEM):
        Patient.objects.filter(case=case).update(state="left", ended_at=Patient.objects.get(case=case).registered_at)
        Patient.objects.filter(case=case).update(case=None)
        Bed.objects.filter(facility__name="Mốc bệnh viện Tân Lộc").update(kind="oxygen")
    ngoc, dich = sign_in("ngoc"), sign_in("dich")
    door = f"{reverse('care-patient-new')}?ca={case.pk}"
    assert door in ngoc.get(reverse("surveillance-case", args=[case.pk])).content.decode()
    assert "Đưa ca Mốc ca 1 vào điều trị" in ngoc.get(door).content.decode()
    address = ngoc.post(reverse("care-patient-new"), {"ca": case.pk, "comorbidity": "true"})["Location"]
    deed, page = f"{address}/viec", ngoc.get(address).content.decode()
    assert "Hôm nay chưa có quy định phân loại mức độ nào đã đối chiếu" in page
    refused = ngoc.post(deed, {"viec": "kham", "kham-spo2": "92", "kham-support": "oxygen"})
    assert refused.status_code == 422
    assert "Bác sĩ tự ghi mức độ và nêu lý do" in refused.content.decode()
    told = {
        "viec": "kham",
        "kham-spo2": "92",
        "kham-support": "oxygen",
        "kham-severity": "moderate",
        "kham-reason": "Khám",
    }
    assert ngoc.post(deed, told).status_code == 302
    page = ngoc.get(address).content.decode()
    assert "Mốc bệnh viện Tân Lộc" in page
    assert "1 giường trống" in page
    key = str(uuid4())
    with entering(SYSTEM):
        facility = Bed.objects.filter(facility__name="Mốc bệnh viện Tân Lộc")[0].facility_id
    asked = {"viec": "xin-chuyen", "chuyen-facility": facility, "chuyen-urgency": "b_urgent", "chuyen-key": key}
    for _tap in range(2):
        assert ngoc.post(deed, asked).status_code == 302
    with entering(SYSTEM):
        way = Transfer.objects.live().get(patient__case=case)
    taps = reverse("care-transfer-deed", args=[way.pk])
    assert dich.post(taps, {"viec": "dong-y", "key": str(uuid4())}).status_code == 302
    assert "không thể là" in dich.post(taps, {"viec": "len-duong", "key": str(uuid4())}).content.decode()
    assert "Đã đồng ý" in dich.get(reverse("care-transfers")).content.decode()


def test_a_column_of_the_board_as_a_sheet(world: World, story: Story) -> None:
    dich, board = sign_in("dich"), reverse("care-transfers")
    text = dich.get(f"{board}?cot=requested&tep=csv").content.decode("utf-8-sig")
    assert "Mốc chuyển tuyến Tân Lộc" in text
    assert "Mốc chuyển tuyến Giang Sơn" not in text
    book = CalamineWorkbook.from_filelike(io.BytesIO(dich.get(f"{board}?cot=requested&tep=xlsx").content))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:]] == ["Mốc chuyển tuyến Tân Lộc"]
    assert "Mốc chuyển tuyến" not in dich.get(f"{board}?q=khong+ai").content.decode()
    part = dich.get(f"{board}?moi=1").content.decode()
    assert "<html" not in part
    assert "trễ" in part


def test_a_name_is_shown_on_request_and_the_look_is_kept(world: World, story: Story) -> None:
    dich, lying = sign_in("dich"), patient("Mốc bệnh nhân Tân Lộc")
    address = reverse("care-patient", args=[lying.pk])
    assert lying.full_name not in dich.get(address).content.decode()
    shown = dich.post(f"{address}/viec", {"viec": "ten", "ten-purpose": "relatives"})
    assert lying.full_name in shown.content.decode()
    with entering(SYSTEM):
        assert PatientLook.objects.filter(patient=lying, purpose="relatives").count() == 1
