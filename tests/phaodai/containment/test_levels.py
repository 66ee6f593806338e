"""Levels of the small world by the law of three periods, each worked by hand."""

from datetime import date, datetime, timedelta

import pytest

from phaodai.containment.actions.levels import Computed, compute_levels
from phaodai.containment.models import Level, LevelDecision
from phaodai.foundation.scope import SYSTEM, entering
from tests.phaodai.containment.weeks import COMMUNES, SUNDAY, tell_weeks
from tests.world import World

pytestmark = pytest.mark.django_db


def compute(world: World, moment: datetime, on: date | None = None, code: str = "98") -> Computed:
    with entering(SYSTEM):
        return compute_levels(actor=SYSTEM, moment=moment, unit=world.units[code], on=on or moment.date())


def level_of(world: World, code: str, on: date) -> Level:
    with entering(SYSTEM):
        return Level.objects.get(unit=world.units[code], on=on)


def test_the_two_weeks_are_averaged_and_the_elderly_raise_the_level(world: World, moment: datetime) -> None:
    """14 and 10 cases on 10,000 people: 120 a week, transmission 3, covered: 2; short of 80% of the elderly: 3."""
    tell_weeks(world, "98001", (14, 10), elderly_full=1_599)
    compute(world, moment)
    found = level_of(world, "98001", moment.date())
    assert (found.level, found.status, found.week_ending) == (3, "concluded", SUNDAY)
    assert found.record["figures"]["cases_per_100k_week"] == 120
    assert found.record["document"] == "4800/QĐ-BYT"
    assert "tăng một cấp" in found.why("vi")
    assert "raised by one level" in found.why("en")


def test_at_80_per_cent_the_level_is_not_raised(world: World, moment: datetime) -> None:
    tell_weeks(world, "98001", (14, 10), elderly_full=1_600)
    compute(world, moment)
    assert level_of(world, "98001", moment.date()).level == 2


def test_an_unverified_value_concludes_nothing_and_is_named(world: World, moment: datetime) -> None:
    """30 per 100,000 with good coverage: published assessments conflict, nobody has read the annex."""
    tell_weeks(world, "98001", (3, 3))
    compute(world, moment)
    found = level_of(world, "98001", moment.date())
    assert (found.level, found.status) == (None, "unverified")
    assert [one["value"] for one in found.awaiting] == ["risk-level.matrix/2-covered@2021-10-12"]
    assert "Chưa kết luận được" in found.why("vi")
    with entering(SYSTEM):
        waiting = LevelDecision.objects.filter(unit=world.units["98001"])
        assert not waiting.exists(), "nothing is proposed on what nobody verified"


def test_one_week_alone_is_no_mean_of_two(world: World, moment: datetime) -> None:
    tell_weeks(world, "98001", (14,))
    compute(world, moment)
    assert level_of(world, "98001", moment.date()).status == "incomplete"


def test_old_figures_serve_no_more(world: World, moment: datetime) -> None:
    tell_weeks(world, "98001", (14, 10), ending=SUNDAY - timedelta(weeks=2))
    compute(world, moment)
    found = level_of(world, "98001", moment.date())
    assert (found.status, found.week_ending) == ("incomplete", None)


def test_the_elderly_of_another_age_are_no_answer(world: World, moment: datetime) -> None:
    """From November 2021 criterion 2b counts people from 50; a share of those from 65 says nothing of it."""
    tell_weeks(world, "98001", (14, 10), elderly_from=65)
    compute(world, moment)
    assert level_of(world, "98001", moment.date()).status == "incomplete"
    tell_weeks(world, "98002", (14, 10), elderly_from=65, ending=date(2021, 10, 24))
    compute(world, moment, date(2021, 10, 25))
    assert level_of(world, "98002", date(2021, 10, 25)).level == 2


def test_a_district_has_its_own_rate_on_all_its_people(world: World, moment: datetime) -> None:
    """20 cases a week on 20,000 people are 100, though one commune has 200 and the other none."""
    tell_weeks(world, "98001", (20, 20))
    tell_weeks(world, "98002", (0, 0))
    compute(world, moment)
    assert [level_of(world, code, moment.date()).level for code in ("98001", "98002", "980")] == [3, 1, 2]
    district = level_of(world, "980", moment.date())
    assert district.record["figures"]["cases_per_100k_week"] == 100
    assert level_of(world, "98", moment.date()).status == "incomplete", "the other district sent nothing"


def test_a_district_waits_for_every_commune(world: World, moment: datetime) -> None:
    tell_weeks(world, "98001", (20, 20))
    tell_weeks(world, "98002", (0, 0), ending=SUNDAY - timedelta(weeks=1))
    compute(world, moment)
    assert level_of(world, "980", moment.date()).status == "incomplete"


def test_the_colours_of_2021_spread_to_neighbours(world: World, moment: datetime) -> None:
    """A cluster of unknown source is red, its neighbour orange, the neighbour's neighbour yellow; one red makes a district
    orange; what has no factor is green only by memory, so that nothing is concluded."""
    from phaodai.territory.models import Neighbour

    pairs = [("98001", "98002"), ("98002", "98101")]
    with entering(SYSTEM):
        Neighbour.objects.bulk_create(
            Neighbour(unit=world.units[one], neighbour=world.units[other])
            for pair in pairs
            for one, other in (pair, pair[::-1])
        )
    on = date(2021, 8, 10)
    tell_weeks(world, "98001", (4,), ending=date(2021, 8, 8), unknown_source_cases=4, clustered=True)
    for code in COMMUNES[1:]:
        tell_weeks(world, code, (0,), ending=date(2021, 8, 8))
    compute(world, moment, on)
    assert [level_of(world, code, on).level for code in COMMUNES] == [4, 3, 2, None]
    assert [level_of(world, code, on).level for code in ("980", "981")] == [4, 3]
    assert level_of(world, "98001", on).record["document"] == "2686/QĐ-BCĐQG"
    assert level_of(world, "98102", on).awaiting[0]["value"].startswith("risk-level.colours/commune-green")


def test_a_source_that_may_spread_over_half_the_communes_makes_a_district_red(world: World, moment: datetime) -> None:
    """Decision 2686, district: more than 50% of communes is red, more than 20% orange; people count units, not shares."""
    on = date(2021, 8, 10)
    for code, spreading in (("980", 2), ("981", 1)):
        tell_weeks(world, code, (4,), ending=date(2021, 8, 8), spreading_to=spreading)
    compute(world, moment, on)
    assert [level_of(world, code, on).level for code in ("980", "981")] == [4, 3]
    assert level_of(world, "980", on).record["figures"]["spread_share"] == 1


def test_a_hamlet_that_sends_figures_is_assessed_as_a_commune_is(world: World, moment: datetime) -> None:
    """Resolution 128 encourages smaller areas: 12 cases a week on 10,000 people are level 2; other hamlets have none."""
    tell_weeks(world, "98001.1", (12, 12))
    compute(world, moment)
    assert level_of(world, "98001.1", moment.date()).level == 2
    with entering(SYSTEM):
        assert not Level.objects.filter(unit=world.units["98002.1"]).exists()
