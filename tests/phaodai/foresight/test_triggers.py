"""Scenario levels: which one holds, proposed once an episode, answered by the head, thresholds of one's own."""

from datetime import datetime, timedelta

import pytest

from phaodai.care.models import BedReport, Facility
from phaodai.command.models import Task
from phaodai.foresight.actions.triggers import accept_trigger, decline_trigger, set_threshold, watch_province
from phaodai.foresight.models import EarlyWarning, TriggerEpisode
from phaodai.foresight.rules.triggers import highest_met, keys, levels_of, working_levels
from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.models import Organisation
from phaodai.territory.models import Place
from tests.clients import sign_in
from tests.world import World

QUIET = {"warnings": 0, "weekly_cases_per_100k": 1.0, "reproduction_low": 0.8, "high_share": 0.0}


@pytest.mark.parametrize(
    ("known", "level"),
    [
        ({}, None),
        ({"warnings": 1}, 1),
        ({"weekly_cases_per_100k": 5.0}, 1),
        ({"weekly_cases_per_100k": 4.9}, None),
        ({"weekly_cases_per_100k": 30.0}, 1),
        ({"weekly_cases_per_100k": 30.0, "reproduction_low": 1.0}, 1),
        ({"weekly_cases_per_100k": 30.0, "reproduction_low": 1.01}, 2),
        ({"weekly_cases_per_100k": 30.0, "reproduction_low": None}, 1),
        ({"weekly_cases_per_100k": 60.0, "reproduction_low": 1.2}, 3),
        ({"high_share": 0.15}, 3),
        ({"high_share": None, "warnings": None, "weekly_cases_per_100k": None}, None),
        ({"weekly_cases_per_100k": 150.0}, 4),
        ({"oxygen_beds_taken": 0.6}, 3),
        ({"oxygen_beds_taken": 0.59, "places_taken": 0.79, "intensive_beds_taken": 0.79}, None),
        ({"places_taken": 0.8}, 3),
        ({"intensive_beds_taken": 0.8}, 4),
    ],
)
def test_the_highest_level_whose_conditions_hold(known: dict[str, float | None], level: int | None) -> None:
    found = highest_met(working_levels(), QUIET | known)
    assert (found[0].number if found else None) == level


def test_a_threshold_of_ones_own_replaces_the_working_value() -> None:
    assert len(keys()) == 13
    figures = QUIET | {"weekly_cases_per_100k": 8.0}
    found = highest_met(levels_of({"1/1/weekly_cases_per_100k": 8.0}), figures)
    assert found is not None
    assert found[1][0].is_own
    assert highest_met(levels_of({"1/1/weekly_cases_per_100k": 8.1}), figures) is None


def test_every_task_of_the_pack_can_be_given() -> None:
    from phaodai.people.models import Organisation
    from phaodai.rulebook import load

    documents = load("covid-19").documents
    for level in working_levels():
        for task in level.tasks:
            assert task.body in Organisation.Kind.values
            assert task.citation in documents


def warn(world: World, moment: datetime) -> None:
    """A warning of yesterday in a commune of Phú Khê."""
    unit = world.units["98101"]
    EarlyWarning.objects.create(
        unit=unit, day=moment.date() - timedelta(days=1), cases=9, median=2, upper=6, raised_at=moment,
        forecast_on=moment.date() - timedelta(days=8),
        **unit.area.columns,
    )  # fmt: skip


def watch(world: World, moment: datetime) -> list[str]:
    with entering(SYSTEM):
        found = watch_province(actor=SYSTEM, moment=moment, province=world.units["98"])
        return [f"{one.unit.code} {one.level}" for one in found]


@pytest.fixture
def calm(world: World) -> None:
    """No episode of the story."""
    with entering(SYSTEM):
        TriggerEpisode.objects.filter(province_id=world.units["98"].pk).delete()


@pytest.mark.django_db
def test_a_level_is_proposed_once_an_episode(world: World, moment: datetime, calm: None) -> None:
    assert watch(world, moment) == []
    with entering(SYSTEM):
        warn(world, moment)
    assert watch(world, moment) == ["98 1", "981 1"], "the province and the district, not the other district"
    assert watch(world, moment + timedelta(hours=1)) == [], "once"
    with entering(SYSTEM):
        assert Fact.objects.filter(kind="foresight:trigger:met").count() == 2
        EarlyWarning.objects.all().delete()
    assert watch(world, moment + timedelta(hours=2)) == []
    with entering(SYSTEM):
        ended = TriggerEpisode.objects.get(unit=world.units["981"])
        assert (ended.state, ended.ended_at) == ("lapsed", moment + timedelta(hours=2))
        warn(world, moment)
    assert watch(world, moment + timedelta(hours=3)) == [], "a figure that swings about its threshold asks once a week"
    with entering(SYSTEM):
        warn(world, moment + timedelta(days=8))
    assert watch(world, moment + timedelta(days=8, hours=3)) == ["98 1", "981 1"]


@pytest.mark.django_db
def test_the_head_sees_it_today_and_sends_its_tasks(world: World, moment: datetime, calm: None) -> None:
    with entering(SYSTEM):
        warn(world, moment)
    watch(world, moment)
    assert "Huyện Phú Khê đạt ngưỡng kịch bản mức 1" in sign_in("viet").get("/hom-nay").content.decode()
    assert "đạt ngưỡng kịch bản" not in sign_in("dat").get("/hom-nay").content.decode()
    with world.as_("viet") as viet:
        episode = TriggerEpisode.objects.get(unit=world.units["981"])
        done = accept_trigger(actor=viet, moment=moment, pk=episode.pk, version=1)
        task = Task.objects.get(pk=done.tasks[0])
        assert (task.organisation.code, task.deadline) == ("UBPK", moment + timedelta(hours=48))
        assert f"số {episode.pk}/KB, Trần Quốc Việt, 24/11/2021; 128/NQ-CP" in task.measure
        with pytest.raises(Refusal, match="đã được trả lời"):
            decline_trigger(actor=viet, moment=moment, pk=episode.pk, version=2, reason="Nhầm")
        province = TriggerEpisode.objects.get(unit=world.units["98"])
        with pytest.raises(Refusal, match="vì sao"):
            decline_trigger(actor=viet, moment=moment, pk=province.pk, version=1, reason=" ")
        decline_trigger(actor=viet, moment=moment, pk=province.pk, version=1, reason="Đã chỉ đạo từ hôm qua.")
    page = sign_in("tra").get("/du-bao/muc-kich-ban").content.decode()
    assert "Trần Quốc Việt. Đã chỉ đạo từ hôm qua." in page
    assert "đã giao 1 nhiệm vụ" in page


@pytest.mark.django_db
def test_a_threshold_is_set_by_name_and_reason(world: World, moment: datetime) -> None:
    with world.as_("viet") as viet:
        for value in (30.0, 25.0):
            row = set_threshold(actor=viet, moment=moment, key="2/0/weekly_cases_per_100k", value=value, reason="Thử")
        assert (row.value, row.version, row.officer) == (25.0, 2, world.officers["viet"])
        with pytest.raises(Refusal, match="vì sao"):
            set_threshold(actor=viet, moment=moment, key="2/0/weekly_cases_per_100k", value=1, reason="")
    page = sign_in("linh", "en").get("/du-bao/muc-kich-ban").content.decode()
    assert "Cases a week per 100,000: 25.0 or more" in page
    with world.as_("dat") as dat, pytest.raises(NotAllowed):
        set_threshold(actor=dat, moment=moment, key="2/0/weekly_cases_per_100k", value=1, reason="Thử")


@pytest.mark.django_db
def test_beds_that_fill_are_proposed_before_the_cases_are(world: World, moment: datetime, calm: None) -> None:
    with entering(SYSTEM):
        Facility.objects.all().update(closed_on=moment.date())
        place = Place.objects.create(
            code="BVPK", name="Bệnh viện Phú Khê", kind="health", **world.units["98101"].area.columns
        )
        hospital = Facility.objects.create(
            place=place, name=place.name, tier=2, kind="hospital", keeps_bed_book=False,
            organisation=Organisation.objects.get(code="UBPK"),
            opened_on=moment.date() - timedelta(days=9), **world.units["98101"].area.columns,
        )  # fmt: skip
        report = BedReport.objects.create(
            facility=hospital, day=moment.date() - timedelta(days=1), counted_at=moment - timedelta(hours=9),
            plain_beds=30, plain_used=30, oxygen_beds=10, oxygen_used=2, icu_beds=4, icu_used=4,
            **world.units["98101"].area.columns,
        )  # fmt: skip
    assert watch(world, moment) == [], "four beds are too few to speak of a share"
    with entering(SYSTEM):
        BedReport.objects.filter(pk=report.pk).update(icu_beds=10, icu_used=8, oxygen_used=3)
    assert watch(world, moment + timedelta(hours=1)) == ["98 4", "981 4"], "the other district has none"
    assert "Giường hồi sức đã dùng: 80%" in sign_in("viet").get("/du-bao/muc-kich-ban").content.decode()
