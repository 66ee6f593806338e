"""Writing through a register: what is refused stays typed; what others changed stays theirs."""

from typing import Any

import pytest
from django.urls import reverse

from phaodai.command.models import Document, Task
from phaodai.foundation import clock
from phaodai.foundation.registers import Register
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.actions import amend_organisation
from phaodai.people.models import Organisation
from phaodai.site.registers import REGISTERS
from tests.clients import sign_in
from tests.phaodai.site.examples import Change, example, found
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db

WRITER = "linh"
BODY = {"name": "Trường Tân Lộc", "short_name": "Trường TL", "kind": "school"}
NEW = BODY | {"code": "TR1", "unit": "98001", "parent": "UBTL", "phone": ""}


def changed(register: Register) -> tuple[Any, Change]:
    """The row of the register that the tests change, and how."""
    change = example(register).change
    assert change is not None, f"{register.key} is changed by form: say in examples.py what is changed"
    return found(register), change


def fresh(record: Any) -> Any:
    """The row as the database has it now."""
    with entering(SYSTEM):
        return type(record).objects.get(pk=record.pk)


def kept(record: Any, change: Change) -> str:
    """The changed value as the database has it now."""
    return str(getattr(fresh(record), change.field))


def values_of(record: Any, fields: Any) -> dict[str, str]:
    """What a form shows of a record, as a browser sends it back."""
    return {name: _shown(getattr(record, name)) for name in fields}


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


@pytest.fixture(params=[register for register in REGISTERS if register.edit_fields], ids=lambda register: register.key)
def writable(request: pytest.FixtureRequest) -> Register:
    """The registers that officers change by form; the others are changed by the deeds of their own pages."""
    one: Register = request.param
    return one


class TestForm:
    """The whole record in a form."""

    def test_it_saves_and_says_so(self, writable: Register, world: World, story: Story) -> None:
        record, change = changed(writable)
        url = reverse(f"{writable.key}-edit", kwargs={"pk": record.pk})
        sent = values_of(record, writable.edit_fields) | {change.field: change.good, "version": record.version}
        client = sign_in(change.by)
        assert client.get(url).status_code == 200
        answer = client.post(url, sent, follow=True)
        assert "Đã lưu" in answer.content.decode()
        assert kept(record, change) == change.good
        assert fresh(record).version == record.version + 1

    def test_a_refused_value_stays_typed(self, writable: Register, world: World, story: Story) -> None:
        record, change = changed(writable)
        url = reverse(f"{writable.key}-edit", kwargs={"pk": record.pk})
        sent = values_of(record, writable.edit_fields) | {change.field: change.bad, "version": record.version}
        answer = sign_in(change.by).post(url, sent)
        assert answer.status_code == 422
        assert change.bad in answer.content.decode()
        assert fresh(record).version == record.version

    def test_a_version_that_is_no_number_is_no_error(self, writable: Register, world: World, story: Story) -> None:
        record, change = changed(writable)
        url = reverse(f"{writable.key}-edit", kwargs={"pk": record.pk})
        for version in ("", "abc", "²", "-1", "9" * 30):
            sent = values_of(record, writable.edit_fields) | {"version": version}
            assert sign_in(change.by).post(url, sent).status_code in (302, 409)


class TestCell:
    """One cell in place."""

    def cell(self, register: Register, record: Any, field: str) -> str:
        return reverse(f"{register.key}-cell", kwargs={"pk": record.pk, "field": field})

    def test_it_opens_saves_and_says_so(self, writable: Register, world: World, story: Story) -> None:
        record, change = changed(writable)
        url, client = self.cell(writable, record, change.field), sign_in(change.by)
        assert f'name="{change.field}"' in client.get(url).content.decode()
        answer = client.post(url, {change.field: change.good, "version": record.version})
        assert answer.status_code == 200
        assert change.good in answer.content.decode()
        assert "đã lưu" in answer.content.decode()
        assert kept(record, change) == change.good

    def test_a_refused_value_stays_typed_with_its_reason(self, writable: Register, world: World, story: Story) -> None:
        record, change = changed(writable)
        url = self.cell(writable, record, change.field)
        answer = sign_in(change.by).post(url, {change.field: change.bad, "version": record.version})
        assert answer.status_code == 422
        assert change.bad in answer.content.decode()
        assert 'role="alert"' in answer.content.decode()
        assert f'name="version" value="{record.version}"' in answer.content.decode()

    def test_two_officers_both_values_are_shown(self, writable: Register, world: World, story: Story) -> None:
        record, change = changed(writable)
        url, name = self.cell(writable, record, change.field), world.actor(change.by).name
        assert sign_in(change.by).post(url, {change.field: "111", "version": record.version}).status_code == 200
        second = sign_in(change.by)
        answer = second.post(url, {change.field: change.good, "version": record.version})
        text = answer.content.decode()
        assert answer.status_code == 409
        assert change.good in text
        assert "111" in text
        assert f"{name} đã sửa ô này lúc" in text
        assert kept(record, change) == "111"
        answer = second.post(url, {change.field: change.good, "version": record.version + 1})
        assert answer.status_code == 200
        assert kept(record, change) == change.good

    def test_a_field_that_is_not_edited_in_place_is_not_found(
        self, writable: Register, world: World, story: Story
    ) -> None:
        record, change = changed(writable)
        for field in ("id", "version", "state", "la-gi"):
            assert sign_in(change.by).get(self.cell(writable, record, field)).status_code == 404


class TestTwoOfficers:
    """Two officers have the same record open in the whole form."""

    def amend(self, **changes: Any) -> None:
        """The first officer saves."""
        with entering(SYSTEM):
            body = Organisation.objects.get(code="UBTL")
        amend_organisation(actor=SYSTEM, moment=clock.now(), pk=body.pk, version=body.version, **changes)

    def save(self, body: Organisation, **changes: str) -> Any:
        """The second officer saves what they had on the screen, with their own changes."""
        url = reverse("co-quan-edit", kwargs={"pk": body.pk})
        fields = ("name", "short_name", "kind", "phone", "closed_on")
        return sign_in(WRITER).post(url, values_of(body, fields) | {"version": str(body.version)} | changes)

    def test_different_fields_both_stay(self, world: World) -> None:
        body = world.bodies["UBTL"]
        self.amend(phone="111")
        assert self.save(body, short_name="UBND Tân Lộc").status_code == 302
        assert (fresh(body).phone, fresh(body).short_name) == ("111", "UBND Tân Lộc")

    def test_the_same_field_shows_both_and_overwrites_nothing(self, world: World) -> None:
        body = world.bodies["UBTL"]
        self.amend(phone="111", short_name="UB Tân Lộc")
        answer = self.save(body, phone="222")
        text = answer.content.decode()
        assert answer.status_code == 409
        assert 'value="222"' in text
        assert "Của người kia: 111" in text
        assert 'value="UB Tân Lộc"' in text, "what the second officer had not touched follows the first"
        assert f'name="version" value="{body.version + 1}"' in text
        assert fresh(body).phone == "111"

    def test_saving_again_keeps_mine_and_leaves_theirs_elsewhere(self, world: World) -> None:
        body = world.bodies["UBTL"]
        self.amend(phone="111", short_name="UB Tân Lộc")
        form = self.save(body, phone="222").context["form"]
        shown = {name: form[name].value() or "" for name in form.fields}
        url = reverse("co-quan-edit", kwargs={"pk": body.pk})
        assert sign_in(WRITER).post(url, shown | {"version": body.version + 1}).status_code == 302
        assert (fresh(body).phone, fresh(body).short_name) == ("222", "UB Tân Lộc")

    def test_the_same_value_twice_is_no_quarrel(self, world: World) -> None:
        body = world.bodies["UBTL"]
        self.amend(phone="111")
        assert self.save(body, phone="111").status_code == 302

    def test_a_form_refused_for_another_reason_keeps_the_version_that_was_seen(self, world: World) -> None:
        body = world.bodies["UBTL"]
        self.amend(phone="111")
        answer = self.save(body, phone="0" * 60)
        assert answer.status_code == 422
        assert f'name="version" value="{body.version}"' in answer.content.decode()

    def test_a_document_s_metadata(self, world: World, story: Story) -> None:
        document = story.documents["Mốc giấy Hai"]
        url = reverse("command-metadata", kwargs={"pk": document.pk})
        first, second = sign_in("linh"), sign_in("linh")
        shown = {name: bound.value() or "" for name, bound in _bound(first.get(url).context["form"])}
        assert (
            first.post(url, shown | {"version": 1, "subject": "Trích yếu A", "place": "Bình Minh A"}).status_code == 302
        )
        answer = second.post(url, shown | {"version": 1, "subject": "Trích yếu B", "number": "62B"})
        assert answer.status_code == 409
        text = answer.content.decode()
        assert "Trích yếu B" in text
        assert "Của người kia: Trích yếu A" in text
        assert "Bình Minh A" in text
        assert fresh(document).subject == "Trích yếu A"

    def test_a_report_s_words(self, world: World, story: Story) -> None:
        report = story.reports["UBTH 23"]
        url = reverse("command-report", kwargs={"pk": report.pk})
        kept = {"version": report.version, "assessment": "", "difficulties": "", "next_steps": ""}
        first, second = sign_in("dat"), sign_in("dat")
        assert first.post(url, kept | {"assessment": "Đánh giá A"}).status_code == 302
        answer = second.post(url, kept | {"assessment": "Đánh giá B"})
        assert answer.status_code == 409
        assert "Đánh giá B" in answer.content.decode()
        assert "Của người kia: Đánh giá A" in answer.content.decode()
        assert fresh(report).assessment == "Đánh giá A"

    def test_a_task_in_the_making(self, world: World, story: Story) -> None:
        document = story.documents["Mốc giấy Hai"]
        with entering(SYSTEM):
            proposal = document.proposals.order_by("id")[0]
        url = reverse("command-proposal", kwargs={"pk": proposal.pk})
        sent = {
            "version": 1,
            "deadline": "2021-11-28T17:00",
            "recurrence": "once",
            "addressees": [world.bodies["UBTH"].pk],
        }
        assert sign_in("linh").post(url, sent | {"title": "Việc A"}).status_code == 302
        answer = sign_in("linh").post(url, sent | {"title": "Việc B"})
        assert answer.status_code == 409
        assert "Việc B" in answer.content.decode()
        assert "Của người kia: Việc A" in answer.content.decode()
        assert fresh(proposal).title == "Việc A"

    def test_the_units_of_a_task_in_the_making(self, world: World, story: Story) -> None:
        with entering(SYSTEM):
            proposal = story.documents["Mốc giấy Hai"].proposals.order_by("id")[0]
        url = reverse("command-proposal", kwargs={"pk": proposal.pk})
        sent = {"version": 1, "title": proposal.title, "deadline": "2021-11-28T17:00", "recurrence": "once"}
        assert sign_in("linh").post(url, sent | {"addressees": [world.bodies["UBTH"].pk]}).status_code == 302
        answer = sign_in("linh").post(url, sent | {"addressees": [world.bodies["UBPK"].pk]})
        assert answer.status_code == 409
        assert "Của người kia: UBND huyện Thuận Hòa" in answer.content.decode()
        with entering(SYSTEM):
            assert [body.code for body in proposal.addressees.all()] == ["UBTH"]

    def test_two_deeds_on_one_task_are_both_kept(self, world: World, story: Story) -> None:
        """Deeds lock the row and write lines of a log, so that neither hides the other."""
        task = story.tasks["Mốc Công ty"]
        for text in ("Xong 1/3", "Xong 2/3"):
            url = reverse("command-progress", kwargs={"pk": task.pk})
            assert sign_in("may").post(url, {"text": text}).status_code == 302
        answer = sign_in("khoa").post(reverse("command-remind", kwargs={"pk": task.pk}))
        assert answer.status_code == 302
        text = sign_in("khoa").get(reverse("command-task", kwargs={"pk": task.pk})).content.decode()
        assert "Xong 1/3" in text
        assert "Xong 2/3" in text
        assert fresh(task).reminders == 1


def _bound(form: Any) -> list[tuple[str, Any]]:
    return [(name, form[name]) for name in form.fields]


class TestCreate:
    """A new record."""

    def test_it_is_added_and_shown(self, world: World) -> None:
        answer = sign_in(WRITER).post(reverse("co-quan-create"), NEW, follow=True)
        assert "Đã thêm: Trường Tân Lộc" in answer.content.decode()
        made = fresh(Organisation.objects.get(code="TR1"))
        assert (made.tier, made.reach, made.commune_id) == (3, "own", world.units["98001"].pk)

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"code": "UBTL"}, "trùng với một dòng đã có"),
            ({"unit": "00000"}, "Không có đơn vị nào mang mã này"),
            ({"name": ""}, "Ô này còn trống"),
            ({"unit": "97001"}, "ở ngoài địa bàn của đồng chí"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
        self, wrong: dict[str, str], words: str, world: World
    ) -> None:
        answer = sign_in(WRITER).post(reverse("co-quan-create"), NEW | wrong)
        text = answer.content.decode()
        assert answer.status_code == 422
        assert words in text
        assert 'value="Trường TL"' in text
        assert not Organisation.objects.filter(name="Trường Tân Lộc").exists()


class TestManyRows:
    """One verb for many rows."""

    url = "/chi-huy/nhiem-vu/nhieu/{verb}/"

    def chosen(self, story: Story, *marks: str) -> list[int]:
        return [story.tasks[mark].pk for mark in marks]

    def test_it_says_what_it_will_do_and_skip_before_it_runs(self, world: World, story: Story) -> None:
        rows = self.chosen(story, "Mốc Thuận Hòa", "Mốc Hòa Xuân", "Mốc Thường vụ", "Mốc Sơn Giang")
        answer = sign_in("linh").post(self.url.format(verb="don-doc"), {"row": rows})
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "Đôn đốc: 1 dòng" in text
        assert "do đơn vị khác giao" in text
        assert fresh(story.tasks["Mốc Thuận Hòa"]).reminders == 0

    def test_confirmed_it_runs_and_skips(self, world: World, story: Story) -> None:
        rows = self.chosen(story, "Mốc Thuận Hòa", "Mốc Phú Khê", "Mốc Hòa Xuân", "Mốc Sơn Giang")
        answer = sign_in("linh").post(self.url.format(verb="don-doc"), {"row": rows, "confirmed": "1"}, follow=True)
        assert "Đôn đốc: đã làm 2 dòng" in answer.content.decode()
        assert "Bỏ qua 1: do đơn vị khác giao" in answer.content.decode()
        with entering(SYSTEM):
            assert set(Task.objects.filter(reminders=1).values_list("title", flat=True)) == {
                "Mốc Thuận Hòa",
                "Mốc Phú Khê",
            }

    def test_all_that_fit_are_all_that_one_sees(self, world: World, story: Story) -> None:
        answer = sign_in("khoa").post(self.url.format(verb="don-doc") + "?q=moc", {"all": "1"})
        assert "Đôn đốc: 2 dòng" in answer.content.decode(), "what the unit gave: the company's task and the commune's"

    def test_a_value_that_is_missing_is_asked_for(self, world: World, story: Story) -> None:
        rows = self.chosen(story, "Mốc Thuận Hòa")
        for sent in ({}, {"deadline": "2021-01-01T07:00", "text": ""}):
            answer = sign_in("linh").post(self.url.format(verb="gia-han"), {"row": rows, "confirmed": "1"} | sent)
            assert answer.status_code == 422
        sent = {"row": rows, "confirmed": "1", "deadline": "2021-12-01T07:00", "text": "Mưa lũ"}
        assert sign_in("linh").post(self.url.format(verb="gia-han"), sent).status_code == 302
        assert fresh(story.tasks["Mốc Thuận Hòa"]).deadline.day == 1

    def test_a_deadline_gone_by_is_refused_row_by_row(self, world: World, story: Story) -> None:
        sent = {
            "row": self.chosen(story, "Mốc Thuận Hòa"),
            "confirmed": "1",
            "deadline": "2021-01-01T07:00",
            "text": "x",
        }
        answer = sign_in("linh").post(self.url.format(verb="gia-han"), sent, follow=True)
        assert "Thời hạn này đã qua" in answer.content.decode()

    def test_an_unknown_verb_is_not_found(self, world: World) -> None:
        assert sign_in("linh").post(self.url.format(verb="xoa-het")).status_code == 404

    def test_nonsense_among_the_rows_is_left_out(self, world: World, story: Story) -> None:
        rows = ["²", "abc", "-1", "9" * 40, str(2**63 - 1), *self.chosen(story, "Mốc Thuận Hòa")]
        assert (
            "Đôn đốc: 1 dòng" in sign_in("linh").post(self.url.format(verb="don-doc"), {"row": rows}).content.decode()
        )


def test_a_document_is_not_changed_by_another_unit(world: World, story: Story) -> None:
    document = story.documents["Mốc giấy Hai"]
    url = reverse("van-ban-den-cell", kwargs={"pk": document.pk, "field": "note"})
    answer = sign_in("thuy").post(url, {"note": "x", "version": 1})
    assert answer.status_code == 404
    with entering(SYSTEM):
        assert Document.objects.get(pk=document.pk).note == ""
