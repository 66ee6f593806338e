"""The way in: for officers alone, and not for who guesses."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.clients import sign_in, stranger
from tests.world import PASSWORD, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_guesses_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_the_right_password_leads_to_the_day(world: World) -> None:
    answer = stranger().post(reverse("account_login"), {"login": "dat", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/hom-nay")


def test_the_way_in_leads_back_to_where_one_was_going(world: World) -> None:
    client = stranger()
    url = client.get(reverse("nhiem-vu-list"))["Location"]
    answer = client.post(url, {"login": "dat", "password": PASSWORD})
    assert answer["Location"] == reverse("nhiem-vu-list")


@pytest.mark.parametrize("elsewhere", ["https://xau.example/", "//xau.example/", "javascript:alert(1)"])
def test_it_never_leads_out_of_the_site(elsewhere: str, world: World) -> None:
    url = f"{reverse('account_login')}?next={elsewhere}"
    answer = stranger().post(url, {"login": "dat", "password": PASSWORD, "next": elsewhere})
    assert answer["Location"] == "/hom-nay"


def test_a_wrong_password_and_an_unknown_name_get_the_same_words(world: World) -> None:
    texts = []
    for login in ("dat", "khong-co-ai"):
        answer = stranger().post(reverse("account_login"), {"login": login, "password": "sai-mat-khau-1"})
        assert answer.status_code == 200
        texts.append(str(answer.context["form"].non_field_errors()))
    assert texts[0] == texts[1] != ""


def test_who_guesses_waits(world: World) -> None:
    for _guess in range(5):
        stranger().post(reverse("account_login"), {"login": "dat", "password": "sai-mat-khau-1"})
    answer = stranger().post(reverse("account_login"), {"login": "dat", "password": PASSWORD})
    assert answer.status_code in (200, 429)
    other = stranger().post(reverse("account_login"), {"login": "khoa", "password": PASSWORD})
    assert other.status_code == 302, "another officer's door stays open"


def test_nobody_opens_an_account_for_themselves(world: World) -> None:
    sent = {"username": "moi", "password1": "mot-mat-khau-dai-1", "password2": "mot-mat-khau-dai-1"}
    answer = stranger().post(reverse("account_signup"), sent)
    from django.contrib.auth.models import User

    assert answer.status_code == 200
    assert not User.objects.filter(username="moi").exists()


def test_no_link_signs_an_officer_out(world: World) -> None:
    client = sign_in("dat")
    client.get(reverse("account_logout"))
    assert client.get(reverse("today")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("today")).status_code == 302


def test_cookies_are_closed_to_scripts_and_other_sites(world: World) -> None:
    client = stranger()
    client.post(reverse("account_login"), {"login": "dat", "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_every_page_carries_the_strict_policy(world: World) -> None:
    for client, url in ((stranger(), reverse("account_login")), (sign_in("dat"), reverse("today"))):
        policy = client.get(url)["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy.replace("style-src-attr 'unsafe-inline'", "")
