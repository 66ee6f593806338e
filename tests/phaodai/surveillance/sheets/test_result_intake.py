"""Results by sheet and by machine: heads as laboratories write them, bad rows with their reason, twice the same."""

import io
import json
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from phaodai.foundation.models import ParkedRow
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.surveillance.actions import results, samples
from phaodai.surveillance.models import LabTest, Sample
from phaodai.surveillance.sheets.result_intake import ResultsTaken, columns_of, take_in_results
from tests.clients import sign_in
from tests.phaodai.surveillance.actions.test_testing import send, take
from tests.phaodai.surveillance.testing import labels, laboratory_of, people
from tests.story import Story
from tests.story_testing import BARCODE
from tests.world import World


def book(rows: list[list[Any]]) -> bytes:
    """An Excel file with a title above its header, as laboratories send it."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Kết quả")
        sheet.write_string(0, 0, "PHIẾU TRẢ KẾT QUẢ XÉT NGHIỆM SARS-CoV-2")
        for place, row in enumerate(rows):
            sheet.write_row(place + 2, 0, row)
    return stream.getvalue()


HEAD = ["STT", "Mã mẫu", "Kết quả xét nghiệm", "Giá trị Ct", "Ngày trả kết quả"]


@pytest.mark.django_db
def test_a_sheet_is_taken_once_whatever_breaks_it_off(
    world: World, story: Story, moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = labels(world, moment)
    tubes = [take(world, moment, code, one) for code, one in zip(codes[:3], people(world, 3), strict=True)]
    send(world, moment, *tubes)
    later = moment + timedelta(hours=5)
    day = f"{moment:%d/%m/%Y}"
    rows = [
        HEAD,
        [1, codes[0].lower(), "DƯƠNG TÍNH", "24,5", f"{day} 10:30"],
        [2, codes[1], "Âm tính", "", day],
        [3, codes[2], "chờ", "", day],
        [4, "LA-1", "âm tính", "", day],
        [5, codes[1], "Dương tính", "", day],
        [6, "", "âm tính", "", ""],
    ]

    def sent() -> ResultsTaken:
        with world.as_("may") as actor:
            return take_in_results(
                actor=actor, moment=later, name="kq.xlsx", content=book(rows), laboratory_id=laboratory_of(world).pk
            )

    with monkeypatch.context() as broken:
        broken.setattr(results, "_answer_tests", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sent()
    with entering(SYSTEM):
        assert not Sample.objects.filter(state="resulted").exists(), "broken off, nothing of it is kept"
    first, again = sent(), sent()
    assert (first.rows, first.written, first.unchanged, len(first.parked)) == (6, 2, 0, 4)
    assert (again.written, again.unchanged, len(again.parked)) == (0, 2, 4)
    with entering(SYSTEM):
        found = LabTest.objects.get(barcode=codes[0])
        assert (found.result, str(found.cycle_threshold), found.result_at) == ("positive", "24.5", _at(moment, 10, 30))
        waiting = ParkedRow.objects.filter(cleared_at=None).order_by("row_number")
        assert [(row.row_number, row.cells["STT"]) for row in waiting] == [(6, "3"), (7, "4"), (8, "5"), (9, "6")]
        assert all(len(row.reason.split()) > 4 for row in waiting)


def _at(moment: datetime, hour: int, minute: int) -> datetime:
    return moment.replace(hour=hour, minute=minute, second=0, microsecond=0)


def test_columns_are_known_by_name_or_by_choice() -> None:
    assert columns_of(HEAD) == {"barcode": 1, "result": 2, "cycle_threshold": 3, "result_at": 4}
    with pytest.raises(Refusal, match="A, B"):
        columns_of(["A", "B"])
    assert columns_of(["A", "B"], {"barcode": "B", "result": "A"}) == {"barcode": 1, "result": 0}


@pytest.mark.django_db
def test_a_machine_sends_the_same(world: World, story: Story) -> None:
    laboratory, client = laboratory_of(world), sign_in("may")

    def sent(who: Any, *told: dict[str, Any]) -> Any:
        body = json.dumps({"results": told})
        return who.post(f"/api/v1/ket-qua-xet-nghiem/{laboratory.pk}", body, content_type="application/json")

    first = sent(client, {"barcode": BARCODE, "result": "âm tính"}, {"barcode": "LA-1", "result": "positive"}).json()
    assert (first["written"], [one["place"] for one in first["aside"]]) == (1, [1])
    assert sent(client, {"barcode": BARCODE, "result": "negative"}).json()["unchanged"] == 1
    assert sent(sign_in("ngoc"), {"barcode": BARCODE, "result": "negative"}).status_code == 403
    assert sent(client, {"barcode": BARCODE, "result": "x", "cycle_threshold": 400}).status_code == 422


Step = tuple[str, int, str]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["take", "send", "answer", "reject"]),
        st.integers(0, 5),
        st.sampled_from(["positive", "negative", "unclear"]),
    ),
    min_size=6,
    max_size=16,
)


@pytest.mark.django_db
def test_whatever_is_done_to_tubes_nobody_is_lost(world: World, story: Story, moment: datetime) -> None:
    """Six people, pools of two: tubes are taken, sent, answered and rejected in any order, also twice and too early."""
    from django.db import transaction

    from tests.phaodai.surveillance.testing import campaign_of

    here, codes = people(world, 6), labels(world, moment)
    campaign = campaign_of(world, moment, people_a_tube=2, order_cited="61/UBND-VX")

    @settings(max_examples=5)
    @given(STEPS)
    def walk(steps: list[Step]) -> None:
        with entering(SYSTEM):
            mark = transaction.savepoint()
            for number, step in enumerate(steps):
                _attempt(step, here, codes, campaign.pk, moment + timedelta(minutes=number), world)
                _nobody_is_lost()
            transaction.savepoint_rollback(mark)

    walk()


def _attempt(step: Step, here: list[Any], codes: list[str], campaign: int, moment: datetime, world: World) -> None:
    deed, place, result = step
    common: dict[str, Any] = {"actor": SYSTEM, "moment": moment}
    tubes = list(Sample.objects.filter(barcode__in=codes).order_by("pk"))
    with suppress(Refusal):
        if deed == "take":
            code, table = codes[len(tubes) - (place % 2 and bool(tubes))], samples.Table(campaign)
            samples.take_tube(barcode=code, person_id=here[place].pk, table=table, **common)
        elif tubes:
            tube = tubes[place % len(tubes)]
            if deed == "send":
                samples.send_samples(sample_ids=[tube.pk], laboratory_id=laboratory_of(world).pk, **common)
            elif deed == "reject":
                samples.reject_sample(sample_id=tube.pk, reason="leaked", **common)
            else:
                reading = results.Reading(tube.barcode, result, moment)
                results.write_results(readings=[reading], **common)


def _nobody_is_lost() -> None:
    """A tube has one result or none; who was in an answered pool has an outcome, or a single test that is owed."""
    for tube in Sample.objects.exclude(barcode="").select_related("pool", "test"):
        answered = tube.state == Sample.State.RESULTED
        assert answered == bool(tube.result)
        if tube.pool is None:
            assert tube.test is None or not answered or tube.test.result == tube.result
            continue
        for member in tube.pool.members.select_related("test"):
            owed = Sample.objects.filter(opens=member)
            if answered and tube.result == "negative":
                assert member.test.result == "negative"
            elif answered or tube.state == Sample.State.REJECTED:
                assert (member.test.result, owed.exists()) == ("unclear", True)
                assert not owed.filter(state=Sample.State.DROPPED).exists()
