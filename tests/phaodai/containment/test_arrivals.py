"""Arrivals from the public form to the last day of monitoring, as travellers and officers do it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from phaodai.care.actions import rosters
from phaodai.care.models import Worker
from phaodai.containment.actions import arrivals, arrivals_deciding, arrivals_handing, checkpoints
from phaodai.containment.actions.arrivals import Recorded
from phaodai.containment.actions.arrivals_traveller import Said
from phaodai.containment.models import Arrival, Checkpoint, Declaration, Monitoring, OriginLevel, Stay
from phaodai.foundation import clock
from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import STRANGER, SYSTEM, entering, know_reference
from phaodai.people.models import Person
from tests.clients import sign_in, stranger
from tests.story import Story
from tests.story_arrivals import PLATE, REFERENCE
from tests.world import World

pytestmark = pytest.mark.django_db

JOURNEY = {
    "full_name": "Lò Văn Đi", "birth_year": "1990", "phone": "0912 345 678", "doses": "2", "last_dose_on": "2021-07-01",
    "travelling_on": "2021-11-25", "plate": "97b-777.77", "origin_words": "chợ Giang Sơn", "address": "Số 4, thôn Thượng",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _nobody_was_here() -> None:
    cache.clear()


def gate(code: str) -> Checkpoint:
    with entering(SYSTEM):
        return Checkpoint.objects.get(organisation__code=code)


def journey(world: World, **more: str) -> dict[str, str]:
    return {
        **JOURNEY,
        "origin": str(world.units["97"].pk),
        "destination": str(world.units["98001"].pk),
        **more,
    }


def test_a_stranger_declares_and_comes_back_by_the_code_alone(world: World, story: Story) -> None:
    browser = stranger()
    empty = browser.post(reverse("declare-journey"), {})
    assert empty.status_code == 422
    assert "Chưa gửi được" in empty.content.decode()
    sent = browser.post(reverse("declare-journey"), journey(world))
    assert sent.status_code == 302
    page = stranger().get(sent["Location"])
    text = page.content.decode()
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert "<svg" in text
    assert "L.V.Đ. 1990" in text
    assert "Lò Văn Đi" not in text
    assert "đồng chí" not in text.lower()
    code = sent["Location"].rstrip("/").rpartition("/")[2]
    assert stranger().post(reverse("declaration-find"), {"ma": code.lower()})["Location"].lower().endswith(code.lower())
    assert stranger().get(reverse("declaration", args=["22222-22222"])).status_code == 404
    english = stranger("en").get(sent["Location"]).content.decode()
    assert "Show this code at the gate" in english
    with entering(SYSTEM):
        kept = Declaration.objects.get(full_name="Lò Văn Đi")
        assert (kept.plate, kept.phone, kept.origin) == ("97B77777", "0912345678", world.units["97"])
    with world.as_("ngoc"):
        assert Declaration.objects.filter(pk=kept.pk).exists()
    with world.as_("front"):
        assert not Declaration.objects.filter(pk=kept.pk).exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"travelling_on": "2021-11-01"}, "travelling_on"),
        ({"birth_year": "1790"}, "birth_year"),
        ({"identity_number": "12"}, "identity_number"),
        ({"last_dose_on": "2022-01-01"}, "last_dose_on"),
        ({"full_name": " "}, "full_name"),
        ({"destination": "0"}, "destination"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(
    world: World, story: Story, wrong: dict[str, str], field: str
) -> None:
    answer = stranger().post(reverse("declare-journey"), journey(world, **wrong))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert "97b-777.77" in answer.content.decode()
    with entering(SYSTEM):
        assert not Declaration.objects.filter(plate="97B77777").exists()


def test_the_database_takes_from_a_stranger_one_row_under_the_reference_and_shows_no_other(story: Story) -> None:
    columns = (
        "full_name, identity_number, phone, abroad, origin_words, destination_id, address, plate, symptoms, met_case,"
        " sort_key, search_key, reference, travelling_on, vehicle, sent_at, province_id, district_id, commune_id"
    )
    copy = f"insert into containment_declaration ({columns}) select {columns.replace('reference', '%s')} from was"
    with entering(STRANGER), connection.cursor() as cursor:
        cursor.execute("select count(*) from containment_declaration")
        assert cursor.fetchone() == (0,)
        know_reference(REFERENCE)
        cursor.execute("select count(*) from containment_declaration")
        assert cursor.fetchone() == (1,)
        for table in ("containment_arrival", "containment_monitoring", "containment_checkpoint", "people_person"):
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone() == (0,)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute(f"with was as (select * from containment_declaration) {copy}", ["ANOTHERONE"])
        cursor.execute("update containment_declaration set full_name = 'x'")
        assert cursor.rowcount == 0


def test_a_code_opens_a_declaration_at_any_gate_and_the_second_sending_changes_nothing(
    world: World, story: Story
) -> None:
    with world.as_("front") as stray, pytest.raises(NotAllowed):
        arrivals.declaration_of(stray, REFERENCE)
    with world.as_("ngoc") as ngoc:
        declaration = arrivals.declaration_of(ngoc, f" {REFERENCE.lower()} ")
        assert declaration.destination.code == "98002"
        with pytest.raises(NotHere, match="22222"):
            arrivals.declaration_of(ngoc, "22222-22222")
        key = uuid4()
        said = Said("Sùng A Đi", world.units["98002"], origin=world.units["97"], symptoms=("fever",))
        made = [
            arrivals.log_arrival(
                actor=ngoc, moment=clock.now(), checkpoint_id=gate("TYTL").pk, recorded=Recorded(key), said=said,
                has_papers=False,
            )
            for _time in range(2)
        ]  # fmt: skip
        assert made[0].pk == made[1].pk
        assert made[0].urgent
        assert not made[0].has_papers
        with pytest.raises(NotAllowed):
            arrivals.log_arrival(
                actor=ngoc, moment=clock.now(), checkpoint_id=gate("UBXPK").pk, recorded=Recorded(uuid4()), said=said
            )
    with entering(SYSTEM):
        assert Arrival.objects.filter(key=key).count() == 1
        assert Fact.objects.filter(kind="containment:arrival:registered").count() == 1


def test_the_level_of_the_origin_on_that_day_decides(world: World, story: Story, moment: datetime) -> None:
    """Sơn Giang was red from 1 November; on the day before nobody had published anything of it."""
    place = gate("TYTL").pk
    vaccinated = {"doses": 2, "last_dose_on": date(2021, 7, 1)}
    with entering(SYSTEM):
        OriginLevel.objects.create(
            unit=world.units["970"], level=2, since=date(2021, 11, 20), source="SG", province_id=world.units["98"].pk
        )

    def outcome(unit: str, at: datetime, **more: object) -> tuple[str, int | None]:
        said = Said("Sùng A Đi", world.units["98001"], origin=world.units[unit], **more)  # type: ignore[arg-type]
        with world.as_("ngoc") as ngoc:
            one = arrivals.log_arrival(
                actor=ngoc, moment=at, checkpoint_id=place, recorded=Recorded(uuid4()), said=said
            )  # fmt: skip
        return one.outcome, one.origin_level

    with entering(SYSTEM):
        Checkpoint.objects.update(opened_at=moment - timedelta(days=90))
        OriginLevel.objects.filter(unit=world.units["97"]).update(since=date(2021, 10, 15))
    red_october = datetime(2021, 10, 20, 8, tzinfo=clock.VIETNAM)
    assert outcome("97", red_october, **vaccinated) == ("home", 4)
    assert outcome("97", red_october - timedelta(days=10), **vaccinated) == ("undecided", None)
    assert outcome("97", moment, **vaccinated) == ("undecided", 4), "no provision of November speaks of it"
    assert outcome("97001", moment) == ("free", 2), "the district is the smallest unit of which anything is known"
    assert outcome("98102", moment) == ("undecided", None), "nothing was announced of the commune"


def test_a_telephone_a_day_ahead_is_moved_back_and_says_so(world: World, story: Story, moment: datetime) -> None:
    browser = sign_in("ngoc")
    place = gate("TYTL").pk
    ahead = moment + timedelta(days=1)
    fields = {
        "key": str(uuid4()), "full_name": "Sùng Thị Sai", "origin": "nuoc-ngoai", "destination": world.units["98001"].pk,
        "said_at": (ahead - timedelta(hours=2)).isoformat(), "sent_at": ahead.isoformat(), "without_papers": "on",
    }  # fmt: skip
    url = reverse("containment-checkpoint-record", args=[place])
    for _time in range(2):
        answer = browser.post(url, fields, headers={"X-Outbox": "1"})
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "Cách ly tập trung" in text
        assert "5599/BYT-MT" in text
        assert "nhanh" in text
        assert "không phải để phạt" in text
    refused = browser.post(url, {**fields, "key": str(uuid4()), "birth_year": "1700"}, headers={"X-Outbox": "1"})
    assert refused.status_code == 422
    assert "1700" in refused.content.decode()
    with entering(SYSTEM):
        kept = Arrival.objects.get(key=fields["key"])
        assert kept.at == moment - timedelta(hours=2)
        assert kept.phone_said == ahead - timedelta(hours=2)
        assert kept.clock_off == 86400
        assert kept.step == "to-place"


def test_an_id_card_and_a_declaration_fill_in_the_page(world: World, story: Story) -> None:
    browser, url = sign_in("ngoc"), reverse("containment-checkpoint-phone", args=[gate("TYTL").pk])
    card = "098190000012||Lò Thị Thẻ|05061990|Nữ|Thôn Thượng|01012021"
    assert "không phải của thẻ căn cước" in browser.post(url, {"ma": card}).content.decode(), (
        "no province has the code 098"
    )
    found = browser.post(url, {"ma": "001190000012||Lò Thị Thẻ|05061990|Nữ|Thôn Thượng|01012021"})
    assert found.context["form"]["full_name"].value() == "Lò Thị Thẻ"
    declared = browser.post(url, {"ma": f"PHAODAI:{REFERENCE}"})
    assert declared.context["form"]["plate"].value() == PLATE
    assert browser.post(url, {"ma": "sai"}).status_code == 422


def test_a_coach_is_ticked_off_once_by_the_gate_that_expects_it(world: World, story: Story) -> None:
    browser = sign_in("ngoc")
    with entering(SYSTEM):
        declaration = Declaration.objects.get(reference=REFERENCE)
        group = gate("TYTL").groups.get()
    url = reverse("containment-group", args=[group.pk])
    text = browser.get(url).content.decode()
    assert "M.K." in text
    assert browser.post(url, {}).status_code == 422
    for _time in range(2):
        assert browser.post(url, {"off": declaration.pk}).status_code in (302, 422)
    with entering(SYSTEM):
        made = Arrival.objects.get(declaration=declaration)
    assert (made.group_id, made.commune_id) == (group.pk, world.units["98002"].pk)
    with world.as_("phuc"):
        assert Arrival.objects.filter(pk=made.pk).exists(), "the commune of destination has it in its list"


def test_a_shift_of_the_staff_counts_for_their_hours(world: World, story: Story, moment: datetime) -> None:
    with entering(SYSTEM):
        nurse = Worker.objects.filter(organisation=world.bodies["TYTL"], left_on=None).order_by("pk")[0]
    begin = moment + timedelta(days=40)
    browser, post = sign_in("ngoc"), gate("TYTL")
    url = reverse("containment-checkpoint-duty", args=[post.pk])

    def send(hours: int, **more: str) -> int:
        times = {"starts_at": f"{begin:%Y-%m-%dT%H:%M}", "ends_at": f"{begin + timedelta(hours=hours):%Y-%m-%dT%H:%M}"}
        return browser.post(url, {"staff_code": nurse.code, **times, **more}).status_code

    assert [send(20), send(8, staff_code="không ai"), send(8, staff_code="")] == [422, 422, 422]
    assert send(20, override_reason="Không còn ai khác") == 302
    assert send(20, name="Lò Dân Quân", staff_code="") == 302, "others are written by name"
    with world.as_("ngoc") as ngoc:
        duty = post.duties.at(begin).exclude(shift=None).get()
        assert (duty.name, duty.shift.worker_id, duty.shift.where) == (nurse.name, nurse.pk, post.name)
        assert duty.shift.breaches == ["hours"]
        rosters.call_off_shift(
            actor=replace(ngoc, permissions=SYSTEM.permissions), moment=moment, shift_id=duty.shift_id
        )
        assert [one.name for one in post.duties.at(begin)] == ["Lò Dân Quân"], "who is called off is on duty no more"


def _page(arrival: Arrival) -> str:
    return sign_in("ngoc").get(reverse("containment-arrival", args=[arrival.pk])).content.decode()


def test_from_the_gate_to_the_last_day_of_monitoring(world: World, story: Story, moment: datetime) -> None:
    with world.as_("ngoc") as ngoc:
        said = Said(
            "Sùng A Lâu", world.units["98001"], birth_year=1991, origin=world.units["97"], address="Số 9, thôn Thượng"
        )
        one = arrivals.log_arrival(
            actor=ngoc, moment=moment, checkpoint_id=gate("TYTL").pk, recorded=Recorded(uuid4()), said=said
        )  # fmt: skip
        assert one.step == "to-decide"
        with pytest.raises(Refusal, match=r"\w+ \w+"):
            arrivals_deciding.decide_arrival(
                actor=ngoc, moment=moment, arrival_id=one.pk, outcome="home", days=7, reason=" "
            )  # fmt: skip
        decided = arrivals_deciding.decide_arrival(
            actor=ngoc, moment=moment, arrival_id=one.pk, outcome="home", days=7, monitor_days=2, reason="Công văn 12/SYT"
        )  # fmt: skip
        assert (decided.step, decided.quarantine_until) == ("to-visit", date(2021, 12, 1))
        assert decided.record["why"]["vi"].startswith("Chưa kết luận được")
        assert "Trịnh Thị Bích Ngọc quyết định: Công văn 12/SYT" in _page(decided)
        taken = arrivals_handing.take_over(actor=ngoc, moment=moment, arrival_id=one.pk, own_room=True)
        assert taken.step == "quarantine"
        stay = Stay.objects.get(person=taken.person)
        assert (stay.kind, stay.release_on) == ("arrival", date(2021, 12, 1))
        assert Person.objects.get(pk=taken.person_id).full_name == "Sùng A Lâu"
        with pytest.raises(Refusal, match="01/12/2021"):
            arrivals_handing.end_quarantine(actor=ngoc, moment=moment, arrival_id=one.pk)
        later = moment + timedelta(days=8)
        with pytest.raises(Refusal, match="xét nghiệm"):
            arrivals_handing.end_quarantine(actor=ngoc, moment=later, arrival_id=one.pk)
        Stay.objects.filter(pk=stay.pk).update(state=Stay.State.RELEASED, ended_at=later)
        arrivals_handing.end_quarantine(actor=ngoc, moment=later, arrival_id=one.pk)
        watched = Monitoring.objects.get(arrival=one)
        assert arrivals_handing.note_monitoring(
            actor=ngoc, moment=later, monitoring_id=watched.pk, word="unwell"
        ).state == "running"  # fmt: skip
        done = arrivals_handing.note_monitoring(
            actor=ngoc, moment=later + timedelta(days=3), monitoring_id=watched.pk, word="well"
        )
        assert done.state == "finished"
        assert Fact.objects.filter(kind="containment:monitoring:unwell", subject_id=watched.pk).exists()


def test_a_closed_gate_takes_what_telephones_still_hold_and_no_more(
    world: World, story: Story, moment: datetime
) -> None:
    place = gate("TYTL").pk
    with world.as_("viet") as viet:
        checkpoints.close_checkpoint(actor=viet, moment=moment, checkpoint_id=place)
        with pytest.raises(Refusal, match="đóng"):
            checkpoints.close_checkpoint(actor=viet, moment=moment, checkpoint_id=place)
    with world.as_("ngoc") as ngoc:
        said = Said("Sùng A Muộn", world.units["98001"], abroad=True)
        for after, taken in ((timedelta(hours=1), True), (timedelta(hours=13), False)):
            given = {"actor": ngoc, "checkpoint_id": place, "recorded": Recorded(uuid4()), "said": said}
            if taken:
                assert arrivals.log_arrival(moment=moment + after, **given).pk
            else:
                with pytest.raises(Refusal, match="đóng"):
                    arrivals.log_arrival(moment=moment + after, **given)


def test_the_work_of_the_commune_stands_on_one_page(world: World, story: Story) -> None:
    text = sign_in("ngoc").get(reverse("containment-arrivals-work")).content.decode()
    for initials in ("M.Đ.T.L.", "M.T.T.L.", "M.N.T.L.", "M.D.T.L."):
        assert initials in text
    assert "M.Đ.P.K." not in text
