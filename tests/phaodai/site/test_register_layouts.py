"""An officer's own view of a list: columns chosen, addresses kept under a name, nobody else's."""

import pytest
from django.test import Client
from django.urls import reverse

from phaodai.foundation.models import SavedView
from phaodai.foundation.registers import Register
from phaodai.foundation.registers.keeping import KEPT_AT_MOST, shown_columns
from phaodai.foundation.scope import SYSTEM, entering
from tests.clients import sign_in
from tests.phaodai.site.examples import example
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db

LIST = "nhiem-vu"


def post(client: Client, page: str, /, key: str = LIST, **values: object) -> int:
    """The answer's status."""
    return client.post(reverse(page, args=[key]), values).status_code


def labels(client: Client, key: str = LIST) -> list[str]:
    """The heads of the list as it is shown."""
    return [column.key for column in client.get(reverse(f"{key}-list")).context["table"].columns]


def test_chosen_columns_stay_for_the_officer_who_chose(register: Register, world: World, story: Story) -> None:
    client = sign_in(example(register).reader)
    names = [column.name for column in register.columns]
    assert labels(client, register.key) == names
    last = names[-1]
    assert post(client, "choose-columns", register.key, column=[last, "khong-co"]) == 302
    opening = [column.name for column in register.columns if column.opens and column.name != last]
    assert labels(client, register.key) == [*opening, last]
    assert post(client, "choose-columns", register.key, column=[]) == 302
    assert labels(client, register.key) == names


def test_another_officer_keeps_all_columns(world: World, story: Story) -> None:
    whole = labels(sign_in("dat"))
    post(sign_in("linh"), "choose-columns", column=["deadline"])
    assert labels(sign_in("dat")) == whole != labels(sign_in("linh"))


def test_no_choice_at_all_means_every_column(register: Register) -> None:
    assert shown_columns(register, set()) == list(register.columns)


def test_a_view_is_kept_opened_and_forgotten(world: World, story: Story) -> None:
    linh = sign_in("linh")
    assert post(linh, "keep-view", name="  Việc   trễ ", query="xem=tre&trang=3") == 302
    page = linh.get(reverse(f"{LIST}-list"))
    (view,) = page.context["layout"].views
    assert (view.name, view.query) == ("Việc trễ", "xem=tre")
    assert f'{reverse(f"{LIST}-list")}?xem=tre"' in page.content.decode()
    assert "Việc trễ" not in sign_in("chinh").get(reverse(f"{LIST}-list")).content.decode()
    assert post(sign_in("chinh"), "drop-view", view=view.pk) == 404
    assert post(linh, "drop-view", view=view.pk) == 302
    assert linh.get(reverse(f"{LIST}-list")).context["layout"].views == []


def test_the_same_name_replaces(world: World, story: Story) -> None:
    linh = sign_in("linh")
    for query in ("xem=tre", "xem=im-lang"):
        post(linh, "keep-view", name="Của tôi", query=query)
    with entering(SYSTEM):
        assert list(SavedView.objects.values_list("query", flat=True)) == ["xem=im-lang"]


def test_too_many_views_and_none_named_are_refused_in_words(world: World, story: Story) -> None:
    linh = sign_in("linh")
    for number in range(KEPT_AT_MOST):
        assert post(linh, "keep-view", name=f"Thứ {number}") == 302
    assert post(linh, "keep-view", name="Một nữa") == 422
    assert post(linh, "keep-view", name="Thứ 3", query="xem=tre") == 302
    assert post(linh, "keep-view", name="   ") == 422


def test_a_list_that_the_post_may_not_read_is_not_there(world: World, story: Story) -> None:
    assert post(sign_in("may"), "keep-view", "nguoi-dan", name="Của tôi") == 404
    assert post(sign_in("may"), "keep-view", "khong-co", name="Của tôi") == 404
