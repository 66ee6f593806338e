"""The grid, the doors, the sheet, the landing page: what is shown, filtered, counted and answered over the wire."""

import gzip
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from phaodai.foundation.models import Fact
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.playbook.actions import follow_facts
from phaodai.surveillance.actions import clock
from phaodai.surveillance.models import Contact, FollowUpDay, LabTest
from phaodai.surveillance.models.contact_figures import contact_figures
from phaodai.surveillance.pages.queue import people_waiting, surveillance_queue
from phaodai.surveillance.rules.indicators import Share
from tests.clients import sign_in
from tests.phaodai.surveillance.contacts import TODAY, fill_contacts
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db

GRID, CELL, HOUSEHOLD = "surveillance-follow-up", "surveillance-follow-up-cell", "surveillance-follow-up-household"
STATEMENTS = 17
"""Of the grid, whatever the number of its rows: session, account, post, scope, rail, contacts and what they need."""


def grid(who: str = "phuc", **wish: Any) -> str:
    answer = sign_in(who).get(reverse(GRID), wish)
    assert answer.status_code == 200
    return answer.content.decode()


def rows_in(page: str) -> list[int]:
    """The contacts of a grid in their order."""
    return [int(found) for found in re.findall(r'<tr data-contact="(\d+)"', page)]


def write(contact: int, state: str, version: int = 0, who: str = "phuc", **more: Any) -> Any:
    sent = {"contact": contact, "day": more.pop("day", TODAY), "state": state, "version": version, **more}
    return sign_in(who).post(reverse(CELL), sent)


class TestGrid:
    """/giam-sat/theo-doi."""

    def test_the_pressing_stand_on_top(self, world: World, story: Story) -> None:
        ids = fill_contacts(world, 21)
        shown = rows_in(grid())
        ill = {pk for number, pk in enumerate(ids) if number % 7 == 3}
        homes = {
            pk for number, pk in enumerate(ids) if any((number // 3) * 3 + one in range(3, 21, 7) for one in range(3))
        }
        assert set(shown) >= set(ids)
        assert shown[0] in ill
        assert set(shown[: len(homes)]) == homes

    def test_each_chip_leaves_as_many_rows_as_it_counts(self, world: World, story: Story) -> None:
        fill_contacts(world, 21)
        page = grid()
        chips = re.findall(r'href="[^"]*xem=([\w-]+)"[^>]*>[^<]*<b>(\d+)</b>', page)
        assert {name for name, _count in chips} == {"chua-gap", "trieu-chung", "vang", "lay-mau", "sap-het", "qua-han"}
        for name, count in chips:
            assert len(rows_in(grid(xem=name))) == int(count), name

    def test_another_commune_is_not_in_it(self, world: World, story: Story) -> None:
        fill_contacts(world, 3)
        assert rows_in(grid("ngoc")) == []
        assert len(rows_in(grid("viet"))) == 4
        assert len(rows_in(grid("viet", xa=world.units["98001"].pk))) == 0

    def test_who_only_reads_cannot_write(self, world: World, story: Story) -> None:
        ids = fill_contacts(world, 3)
        assert "data-v=" not in grid("viet")
        assert write(ids[0], "well", who="viet").status_code == 403

    def test_names_are_masked(self, world: World, story: Story) -> None:
        page = grid()
        assert "G.T.X." in page
        assert "Giàng Thị Xuân" not in page

    @pytest.mark.parametrize(
        "wish", [{"xem": "gi-do"}, {"tu": "2021-13-99"}, {"to": "x"}, {"xa": "-1"}, {"tu": "hôm nay"}]
    )
    def test_nonsense_is_left_out(self, wish: dict[str, str], world: World, story: Story) -> None:
        assert grid(**wish)

    def test_its_statements_do_not_grow_with_its_rows(self, world: World, story: Story) -> None:
        assert self._statements() == STATEMENTS
        fill_contacts(world, 60)
        assert self._statements() == STATEMENTS

    def _statements(self) -> int:
        client = sign_in("phuc")
        client.get(reverse(GRID))
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse(GRID))
        return sum(1 for query in caught.captured_queries if "SAVEPOINT" not in query["sql"])

    def test_a_negative_sample_shows_in_its_cell(self, world: World, story: Story, moment: Any) -> None:
        ids = fill_contacts(world, 3)
        with entering(SYSTEM):
            contact = Contact.objects.get(pk=ids[0])
            LabTest.objects.create(
                person_id=contact.person_id, sampled_at=moment - timedelta(days=4), result="negative", result_at=moment,
                province_id=contact.province_id, district_id=contact.district_id, commune_id=contact.commune_id,
            )  # fmt: skip
        assert '<i class="ok t" title="khỏe">−</i>' in grid()


class TestCell:
    """One cell over the wire."""

    def test_it_answers_with_the_cell_as_it_stands(self, world: World, story: Story) -> None:
        (pk,) = fill_contacts(world, 1)
        told = write(pk, "symptoms", symptoms=["cough"], temperature="38,4").json()
        assert 'data-s="symptoms"' in told["cell"]
        assert 'data-symptoms="cough, fever"' in told["cell"]
        assert 'data-t="38.4"' in told["cell"]
        assert "Mở ca nghi ngờ" in told["note"]
        assert "đồng chí quyết định" in told["note"]

    def test_one_symptom_proposes_nothing(self, world: World, story: Story) -> None:
        (pk,) = fill_contacts(world, 1)
        assert write(pk, "symptoms", symptoms=["cough"]).json()["note"] == ""

    def test_the_second_editor_sees_both_values(self, world: World, story: Story) -> None:
        (pk,) = fill_contacts(world, 1)
        assert write(pk, "well").status_code == 200
        second = write(pk, "not_seen")
        assert second.status_code == 409
        assert "Lý Văn Phúc" in second.json()["message"]
        assert second.json()["theirs"] == "Trạng thái: Khỏe"
        assert 'data-v="1"' in second.json()["cell"]
        assert write(pk, "not_seen", version=1).status_code == 200

    @pytest.mark.parametrize(
        "sent", [{"day": TODAY + timedelta(days=1)}, {"day": "x"}, {"state": "asleep"}, {"temperature": "nóng"}]
    )
    def test_what_cannot_be_is_said_in_words(self, sent: dict[str, Any], world: World, story: Story) -> None:
        (pk,) = fill_contacts(world, 1)
        answer = write(pk, sent.pop("state", "well"), **sent)
        assert answer.status_code == 422
        assert len(answer.json()["message"].split()) > 2

    def test_a_household_answers_at_once(self, world: World, story: Story) -> None:
        ids = fill_contacts(world, 3)
        sent = {"home": ",".join(map(str, ids)), "day": TODAY, "by": ids[0]}
        answer = sign_in("phuc").post(reverse(HOUSEHOLD), sent, headers={"X-Requested-With": "fetch"})
        assert set(answer.json()["cells"]) == set(map(str, ids))
        with entering(SYSTEM):
            seen = FollowUpDay.objects.filter(day=TODAY, contact__in=ids)
            assert {one.answered_by_id for one in seen} == {Contact.objects.get(pk=ids[0]).person_id}
            assert seen.count() == 3


class TestDoors:
    """The phone's list and the paper."""

    def test_doors_stand_in_the_order_of_houses(self, world: World, story: Story) -> None:
        fill_contacts(world, 36)
        page = sign_in("phuc").get(reverse("surveillance-doors")).content.decode()
        houses = [int(number) for number in re.findall(r"<small>Số (\d+)</small>", page)]
        assert houses == sorted(houses)
        assert len(gzip.compress(page.encode())) < 30_000

    def test_an_answer_goes_on_to_the_next_door(self, world: World, story: Story) -> None:
        ids = fill_contacts(world, 6)
        here = reverse("surveillance-doors")
        sent = {"contact": ids[0], "day": TODAY, "state": "well", "version": 0, "here": here}
        assert sign_in("phuc").post(reverse("surveillance-door-answer"), sent)["Location"] == here

    def test_two_symptoms_lead_to_the_contact(self, world: World, story: Story) -> None:
        (pk,) = fill_contacts(world, 1)
        sent = {"contact": pk, "day": TODAY, "state": "symptoms", "symptoms": ["fever", "cough"]}
        answer = sign_in("phuc").post(reverse("surveillance-door-answer"), sent)
        assert answer["Location"] == reverse("surveillance-contact", args=[pk])
        page = sign_in("phuc").get(answer["Location"]).content.decode()
        assert "Mở ca nghi ngờ" in page

    def test_nobody_is_sent_to_another_site(self, world: World, story: Story) -> None:
        (pk,) = fill_contacts(world, 1)
        sent = {"contact": pk, "day": TODAY, "state": "well", "here": "//example.org/"}
        assert sign_in("phuc").post(reverse("surveillance-door-answer"), sent)["Location"] == reverse(
            "surveillance-doors"
        )

    def test_the_sheet_has_a_page_for_each_team(self, world: World, story: Story) -> None:
        fill_contacts(world, 6)
        page = sign_in("phuc").get(reverse("surveillance-team-sheet")).content.decode()
        assert page.count('class="panel team-sheet"') == 2
        assert "Giàng Thị" not in page


class TestFigures:
    """The five figures of WHO over hand-made rows."""

    def test_they_are_counted_as_defined(self, world: World, story: Story, moment: Any) -> None:
        ids = fill_contacts(world, 6)
        write(ids[0], "well")
        write(ids[1], "not_seen")
        with entering(SYSTEM):
            Contact.objects.filter(pk=ids[2]).update(state="lost")
            Contact.objects.filter(pk=ids[3]).update(follow_until=TODAY - timedelta(days=1))
            FollowUpDay.objects.filter(contact=ids[3]).update(state="well")
        with world.as_("phuc") as phuc:
            found = contact_figures(phuc, moment)
        assert found.seen_today == Share(1, 5)
        assert found.all_days == Share(1, 1)
        assert found.lost == Share(1, 7)

    def test_told_within_a_day_and_known_before(self, world: World, story: Story, moment: Any) -> None:
        with world.as_("viet") as viet:
            found = contact_figures(viet, moment)
        assert found.traced == Share(2, 2)
        assert found.known_before == Share(0, 2)

    def test_what_waits_is_counted_for_who_follows(self, world: World, story: Story, moment: Any) -> None:
        fill_contacts(world, 6)
        with world.as_("phuc") as phuc:
            assert people_waiting(phuc, moment) == 7
            words = [str(item.verb) for item in surveillance_queue(phuc, moment)]
        assert any(one.startswith("7 ") for one in words)
        with world.as_("viet") as viet:
            assert people_waiting(viet, moment) == 0
            assert surveillance_queue(viet, moment) == []


class TestClockTask:
    """A target missed becomes a task of the health centre."""

    def test_one_task_a_case_with_what_is_owed(self, story: Story, moment: Any) -> None:
        from phaodai.command.models import Task

        late = moment + timedelta(days=2)
        with entering(SYSTEM):
            breaches = clock.watch_clocks(actor=SYSTEM, moment=late)
            follow_facts(actor=SYSTEM, moment=late)
            tasks = Task.objects.filter(title__startswith="Truy vết ca Mốc ca 1")
            assert len({one.case.pk for one in breaches}) >= 1
            assert [task.organisation.code for task in tasks] == ["TTTH"]
            assert "đề xuất khoanh vùng" in tasks[0].title
            assert tasks[0].giver.code == "SYT"
            clock.watch_clocks(actor=SYSTEM, moment=late + timedelta(hours=2))
            follow_facts(actor=SYSTEM, moment=late + timedelta(hours=2))
            assert tasks.count() == 1
            assert not Fact.objects.filter(kind="surveillance:clock:breached", payload__has_key="refused").exists()


def test_the_case_page_shows_the_strip(world: World, story: Story) -> None:
    page = sign_in("ngoc").get(reverse("surveillance-case", args=[story.cases["Mốc ca 1"].pk])).content.decode()
    assert page.count("<li") >= 6
    assert "Cách ly F1" in page
    assert "chưa có văn bản đã đối chiếu nào quy định" in page


def test_a_person_is_found_and_listed(world: World, story: Story) -> None:
    case = story.cases["Mốc ca 1"]
    address = reverse("surveillance-contact-new", args=[case.pk])
    client = sign_in("ngoc")
    assert "Gõ tên vào ô trên" in client.get(address).content.decode()
    with entering(SYSTEM):
        from phaodai.people.models import Person

        person = Person.objects.create(
            full_name="Tráng Thị Mới", sort_key="moi", search_key="trang thi moi", birth_year=1980,
            province_id=case.province_id, district_id=case.district_id, commune_id=case.commune_id,
        )  # fmt: skip
    assert "T.T.M. 1980" in client.get(address, {"search": "tráng mới"}).content.decode()
    sent = {"search": "trang moi", "person": person.pk, "minutes": "30", "place_words": "Đám cưới"}
    assert client.post(address, sent).status_code == 302
    with entering(SYSTEM):
        assert Contact.objects.get(person=person).place_words == "Đám cưới"
