"""The public door: what a stranger may do there, and that the database shows and takes nothing else."""

import pytest
from django import forms
from django.core.cache import cache
from django.db import ProgrammingError, connection, transaction
from django.test import RequestFactory
from django.urls import reverse

from phaodai.containment.models import Declaration
from phaodai.foundation import public
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed
from phaodai.foundation.scope import STRANGER, SYSTEM, entering
from tests.clients import stranger
from tests.phaodai.site.payloads import payload
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db


class NameForm(forms.Form):
    name = forms.CharField()


@pytest.fixture(autouse=True)
def _nobody_was_here() -> None:
    cache.clear()


def visitor(**fields: str) -> tuple[public.Visitor, NameForm]:
    return public.Visitor("203.0.113.7", "page", fields), NameForm(fields)


def test_a_form_is_accepted_once_it_is_right_and_no_program_sent_it() -> None:
    wrong, form = visitor()
    assert not wrong.accepts(form)
    trapped, form = visitor(name="Lò Thị Mới", trang_web="http://example.org")
    assert not trapped.accepts(form)
    assert "để trống" in str(form.non_field_errors())
    right, form = visitor(name="Lò Thị Mới")
    assert right.accepts(form)
    assert len(right.new_reference()) == public.LENGTH
    with pytest.raises(RuntimeError, match="accepts"):
        wrong.new_reference()


def test_a_form_sent_twice_is_kept_once(world: World) -> None:
    form = {**payload("declare-journey", None, world), "csrfmiddlewaretoken": "a" * 64}
    url = reverse("declare-journey")
    ways = [
        stranger().post(url, {**form, **other})["Location"] for other in ({}, {}, {"csrfmiddlewaretoken": "b" * 64})
    ]
    assert ways[0] == ways[1] != ways[2]
    with entering(SYSTEM):
        assert Declaration.objects.filter(full_name=form["full_name"]).count() == 2


def test_the_sixty_first_form_of_a_network_waits_and_keeps_what_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "SENDING", public.Limit("send", 2, 10))
    answers = []
    for _time in range(3):
        one, form = visitor(name="Lò Thị Mới")
        answers.append(one.accepts(form))
    assert answers == [True, True, False]
    assert "10 phút" in str(form.non_field_errors())
    assert form["name"].value() == "Lò Thị Mới"
    other = public.Visitor("203.0.113.8", "page", {})
    assert other.accepts(NameForm({"name": "x"}))


def test_looking_by_reference_is_counted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "LOOKING", public.Limit("look", 1, 10))

    @public.public_page
    def look(request: object, visitor: public.Visitor) -> object:
        visitor.opens("abcde-fghjk")
        visitor.opens("abcde-fghjk")

    answer = look(RequestFactory().get("/"))
    assert answer.status_code == 422
    assert "trạm y tế" in answer.content.decode()


def test_a_reference_is_read_however_it_was_written() -> None:
    assert public.plain_reference(" abcde-fghjk ") == "ABCDEFGHJK"
    assert public.spaced_reference("ABCDEFGHJK") == "ABCDE-FGHJK"


def test_a_stranger_sees_and_writes_nothing(story: Story) -> None:
    with entering(STRANGER):
        for table in ("people_person", "command_task", "foundation_fact", "surveillance_case", "command_document"):
            with connection.cursor() as cursor:
                cursor.execute(f"select count(*) from {table}")
                assert cursor.fetchone() == (0,)
        insert = "insert into foundation_fact (kind, subject_id, moment, payload) values ('x', 1, now(), '{}')"
        refused = pytest.raises(ProgrammingError, match="row-level security")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(insert)
        with pytest.raises(NotAllowed):
            STRANGER.require(Permission.COMMAND_TASK_READ)
