"""The main pages of a room stand as tabs above each of them, and each that is shown opens."""

import re

import pytest
from django.urls import reverse

from phaodai.site.desks import _DESKS
from tests.clients import sign_in
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db
TABS = re.compile(r'<nav class="tabs" aria-label="Các trang của phòng này">(.*?)</nav>', re.DOTALL)
# Who, in which room: how many of its pages are open to them.
SHOWN = {
    ("ngoc", "containment"): 7,
    ("ngoc", "surveillance"): 5,
    ("chinh", "foresight"): 3,
    ("linh", "containment"): 6,
}


@pytest.mark.parametrize(("who", "room"), SHOWN)
def test_every_tab_that_is_shown_opens(who: str, room: str, world: World, story: Story) -> None:
    client = sign_in(who)
    found = TABS.search(client.get(reverse(_DESKS[room][0][0])).content.decode())
    shown = re.findall(r'href="([^"]+)"', found.group(1)) if found else []
    assert {client.get(address).status_code for address in shown} <= {200}
    assert len(shown) == SHOWN[who, room]


def test_a_page_below_them_has_none(world: World, story: Story) -> None:
    assert TABS.search(sign_in("ngoc").get(reverse("containment-zone-new")).content.decode()) is None
