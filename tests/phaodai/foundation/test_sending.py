"""A form that comes twice is taken once; whoever was signed out while writing is led back to the form."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from phaodai.command.models import Task
from phaodai.foundation.scope import SYSTEM, entering
from tests.clients import sign_in, stranger
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db


def _split(client: Client, story: Story, world: World, token: str, **changes: Any) -> Any:
    """The district passes a part of its task on, from the page that carried this token."""
    sent = {"title": "Rà soát hai lần", "deadline": "2021-11-25T17:00", "organisations": [world.bodies["UBHX"].pk]}
    url = reverse("command-split", kwargs={"pk": story.tasks["Mốc Thuận Hòa"].pk})
    return client.post(url, {**sent, **changes, "csrfmiddlewaretoken": token})


def _made() -> int:
    with entering(SYSTEM):
        return Task.objects.filter(title__startswith="Rà soát hai lần").count()


def test_a_form_that_comes_twice_is_taken_once(world: World, story: Story) -> None:
    client = sign_in("dat")
    first, second = (_split(client, story, world, "a" * 64) for _tap in range(2))
    assert _made() == 1
    assert first["Location"] == second["Location"]
    assert "Mẫu này đã gửi đến từ trước" in client.get(second["Location"]).content.decode()
    _split(client, story, world, "a" * 64, title="Rà soát hai lần nữa")
    assert _made() == 2, "other words from the same page are another form"
    _split(client, story, world, "b" * 64)
    assert _made() == 3, "the same words from a page that was opened anew are meant"


def test_a_refused_form_may_be_sent_again_as_it_is(world: World, story: Story) -> None:
    client = sign_in("dat")
    statuses = [_split(client, story, world, "a" * 64, deadline="hôm qua").status_code for _time in range(2)]
    assert statuses == [422, 422]


def test_whoever_was_signed_out_while_writing_is_led_back_to_the_form(world: World, story: Story) -> None:
    page = reverse("command-task", kwargs={"pk": story.tasks["Mốc Thuận Hòa"].pk})
    answer = stranger().post(f"{page}/chia", {"title": "x"}, headers={"referer": f"http://testserver{page}"})
    assert answer["Location"].endswith(f"{page}%23lai")
