"""The room of containment: the map at any date, a unit with its reasons, the queue and its answers."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from phaodai.containment.actions.levels import compute_levels
from phaodai.containment.models import Level, LevelDecision
from phaodai.foundation import clock
from phaodai.foundation.components import QueueItem
from phaodai.foundation.scope import SYSTEM, entering
from tests.clients import sign_in
from tests.phaodai.containment.weeks import tell_weeks
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposals(world: World, moment: datetime) -> dict[str, LevelDecision]:
    """Tân Lộc assessed at 3 and Hòa Xuân at 1; a value that nobody verified keeps Phú Khê open."""
    tell_weeks(world, "98001", (14, 10), elderly_full=1_599)
    tell_weeks(world, "98002", (0, 0))
    tell_weeks(world, "98101", (3, 3))
    with entering(SYSTEM):
        compute_levels(actor=SYSTEM, moment=moment, unit=world.units["98"], on=moment.date())
        return {one.unit.code: one for one in LevelDecision.objects.select_related("unit")}


DAYS = ("2021-07-01", "2021-10-11", "2021-10-30", "2021-11-24", "2022-02-01", "2020-01-01", "nonsense")


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_the_room_stands_on_any_date(
    day: str, language: str, world: World, proposals: dict[str, LevelDecision]
) -> None:
    client = sign_in("viet", language)
    unit = reverse("containment-unit", args=[world.units["98001"].pk])
    for url in (reverse("containment"), unit, reverse("containment-feed")):
        assert client.get(url, {"ngay": day}).status_code == 200


def test_the_feed_holds_a_year_as_one_digit_a_unit_and_day(world: World, proposals: dict[str, LevelDecision]) -> None:
    told = sign_in("ngoc").get(reverse("containment-feed"), {"xem": "so-lieu"}).json()
    communes = [world.units[code].pk for code in ("98001", "98002", "98101", "98102")]
    assert len(told["days"]) == 365
    assert date.fromisoformat(told["first"]) == date(2021, 11, 24) - timedelta(days=364)
    levels = dict(zip(map(int, told["units"]), told["days"][-1], strict=True))
    assert [levels[pk] for pk in communes] == ["3", "1", "0", "0"]
    assert [law for _place, law in told["laws"]] == ["", "2686/QĐ-BCĐQG", "128/NQ-CP", "4800/QĐ-BYT"]


def test_the_page_says_why_and_what_would_change_it(world: World, proposals: dict[str, LevelDecision]) -> None:
    """24 cases in two weeks on 10,000: 30 make 150 a week, 9 make less than 50; 1,600 of 2,000 make 80%."""
    page = sign_in("viet").get(reverse("containment-unit", args=[world.units["98001"].pk])).content.decode()
    assert "Thêm 6 ca trong 2 tuần (thành 30 ca)" in page
    assert "Còn 1 ca hoặc ít hơn" not in page
    assert "Tiêm thêm cho 1 người" in page
    assert "4800/QĐ-BYT" in page
    assert "24 ca trong 2 tuần, 10.000 dân" in page


def test_an_unverified_level_says_so_and_names_the_value(world: World, proposals: dict[str, LevelDecision]) -> None:
    page = sign_in("viet").get(reverse("containment-unit", args=[world.units["98101"].pk])).content.decode()
    assert "chưa kết luận được" in page.lower()
    assert "risk-level.matrix/2-covered" in page


def test_the_proposal_waits_for_command_of_the_province_alone(
    world: World, proposals: dict[str, LevelDecision]
) -> None:
    page = reverse("containment-unit", args=[world.units["98001"].pk])
    waits = {who: [item.url for item in _queue(who)] for who in ("viet", "linh", "dat")}
    assert [any(url.startswith(page) for url in urls) for urls in waits.values()] == [True, False, False]
    url = reverse("containment-decide", args=[proposals["98001"].pk])
    for who in ("linh", "dat", "ngoc"):
        assert (
            f'action="{url}"'
            not in sign_in(who).get(reverse("containment-unit", args=[world.units["98001"].pk])).content.decode()
        )
        assert sign_in(who).post(url, {}).status_code == 403


def _queue(username: str) -> list[QueueItem]:
    """Everything that /hom-nay shows as waiting for an officer."""
    shown = sign_in(username).get("/hom-nay").context
    return [*shown["queue"].items, *(shown["later"].items if shown["later"] else [])]


def test_signed_told_and_in_force_after_two_days(
    world: World, moment: datetime, proposals: dict[str, LevelDecision]
) -> None:
    client, decision = sign_in("viet"), proposals["98001"]
    sent = {"level": 3, "takes_effect_at": "2021-11-26T07:00", "reason": ""}
    late = client.post(
        reverse("containment-decide", args=[decision.pk]), sent | {"takes_effect_at": "2021-11-25T07:00"}
    )
    assert late.status_code == 302, "a first level is no rise and needs no notice"
    assert client.post(reverse("containment-announce", args=[decision.pk])).status_code == 302
    with clock.at(moment + timedelta(days=1)):
        told = client.get(reverse("containment-feed")).json()
        assert told["days"][-1][told["units"].index(str(world.units["98001"].pk))] == "3"


def test_a_reason_is_asked_in_place(world: World, proposals: dict[str, LevelDecision]) -> None:
    sent = {"level": 2, "takes_effect_at": "2021-11-26T07:00", "reason": ""}
    answer = sign_in("viet").post(reverse("containment-decide", args=[proposals["98001"].pk]), sent)
    assert answer.status_code == 422
    assert "vì sao" in answer.content.decode()


def test_a_unit_of_another_province_is_not_here(world: World) -> None:
    assert sign_in("viet").get(reverse("containment-unit", args=[world.units["97001"].pk])).status_code == 404


def test_the_map_costs_the_same_for_a_day_and_for_a_year(
    world: World, moment: datetime, proposals: dict[str, LevelDecision]
) -> None:
    few = _statements()
    with entering(SYSTEM):
        level = Level.objects.get(unit=world.units["98001"])
        Level.objects.bulk_create(
            Level(
                unit=level.unit, on=level.on - timedelta(days=back), level=2, status="concluded", record=level.record,
                computed_at=moment, province_id=level.province_id,
            )
            for back in range(1, 200)
        )  # fmt: skip
    assert _statements() == few


def _statements() -> int:
    client = sign_in("viet")
    client.get(reverse("containment"))
    with CaptureQueriesContext(connection) as caught:
        assert client.get(reverse("containment")).status_code == 200
    return len(caught.captured_queries)
