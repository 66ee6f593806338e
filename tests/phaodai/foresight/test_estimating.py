"""From sheets to kept estimates and warnings: once, with what was known, by the clock alone."""

from datetime import date, datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction

from phaodai.foresight.actions.counts import amend_count, record_count
from phaodai.foresight.actions.estimating import estimate_province, estimate_what_changed
from phaodai.foresight.models import DailyCount, EarlyWarning, Estimate
from phaodai.foundation import clock
from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.surveillance.models import Case
from tests.phaodai.foresight.days import YESTERDAY, growing, tell_days
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db

WEEK = timedelta(weeks=1)


def run(world: World, moment: datetime) -> list[Estimate]:
    with entering(SYSTEM):
        return estimate_province(actor=SYSTEM, moment=moment, province=world.units["98"])


def of(world: World, code: str) -> Estimate:
    with entering(SYSTEM):
        return Estimate.objects.get(unit=world.units[code], on=date(2021, 11, 24))


def test_estimates_are_kept_for_today_and_for_a_week_ago(world: World, moment: datetime) -> None:
    tell_days(world, "980", growing(90), late=True)
    run(world, moment)
    with entering(SYSTEM):
        kept = {one.on: one for one in Estimate.objects.filter(unit=world.units["980"])}
    assert set(kept) == {moment.date(), moment.date() - WEEK}
    now, before = kept[moment.date()], kept[moment.date() - WEEK]
    assert (now.last, before.last) == (YESTERDAY, YESTERDAY - WEEK)
    assert now.figures["nowcast"][-1][1] > now.figures["counts"][-1], "a fifth of yesterday's cases comes tomorrow"
    assert now.figures["counts"][-8] >= before.figures["counts"][-1], "a week ago less was known of that day"
    assert now.lacks == []


def test_running_again_changes_nothing_but_the_moment(world: World, moment: datetime) -> None:
    tell_days(world, "980", growing(60))
    run(world, moment)
    first = of(world, "980")
    run(world, moment + timedelta(minutes=10))
    again = of(world, "980")
    assert (again.pk, again.figures) == (first.pk, first.figures)
    assert again.as_of > first.as_of


def test_a_jump_above_the_band_is_told_once(world: World, moment: datetime) -> None:
    tell_days(world, "980", [4, 5, 3, 4, 6, 5, 4] * 8 + [4, 5, 4, 4, 5, 6, 40])
    tell_days(world, "981", [4, 5, 3, 4, 6, 5, 4] * 9)
    for _again in range(2):
        run(world, moment)
    with entering(SYSTEM):
        (warning,) = EarlyWarning.objects.filter(day=YESTERDAY)
        (told,) = Fact.objects.filter(kind="foresight:warning:raised")
    assert (warning.unit_id, warning.cases, warning.forecast_on) == (
        world.units["980"].pk, 40, moment.date() - WEEK,
    )  # fmt: skip
    assert warning.upper < 40
    assert told.subject_id == warning.pk
    tell_days(world, "980", [50], ending=moment.date())
    run(world, moment + timedelta(days=1))
    with entering(SYSTEM):
        assert EarlyWarning.objects.filter(unit=world.units["980"]).count() == 1, "quiet for a week"


def test_only_what_changed_is_estimated(world: World, moment: datetime) -> None:
    with entering(SYSTEM):
        tell_days(world, "980", growing(40))
        for rows in (DailyCount.objects, Case.objects):
            rows.update(updated_at=moment)
        first = estimate_what_changed(actor=SYSTEM, moment=moment)
        assert "98" in [unit.code for unit in first]
        with clock.at(moment + timedelta(minutes=10)):
            assert "98" not in _due(moment + timedelta(minutes=10))
        with clock.at(moment + timedelta(minutes=20)):
            row = DailyCount.objects.filter(unit=world.units["980"]).latest("day")
            row.cases += 1
            row.save()
        assert "98" in _due(moment + timedelta(minutes=30))


def _due(moment: datetime) -> list[str]:
    return [unit.code for unit in estimate_what_changed(actor=SYSTEM, moment=moment)]


def test_the_line_list_speaks_where_no_sheet_does(world: World, moment: datetime, story: Story) -> None:
    run(world, moment)
    estimate = of(world, "98")
    assert estimate.source == Estimate.Source.LINE_LIST
    assert sum(estimate.figures["counts"]) == 2, "the story's two cases of this province"
    assert {"reproduction", "forecast"} <= set(estimate.lacks)


def test_officers_make_no_estimates(world: World, moment: datetime) -> None:
    tell_days(world, "980", growing(40))
    run(world, moment)
    with world.as_("dich"), transaction.atomic():
        assert Estimate.objects.filter(unit=world.units["980"]).update(engine="x") == 0
    with world.as_("dich"), pytest.raises(ProgrammingError), transaction.atomic():
        EarlyWarning.objects.create(
            unit=world.units["980"], day=YESTERDAY, cases=9, median=1, upper=2, forecast_on=YESTERDAY,
            raised_at=moment, province_id=world.units["98"].pk, district_id=world.units["980"].pk,
        )  # fmt: skip


def test_another_province_sees_nothing_of_it(world: World, moment: datetime) -> None:
    tell_days(world, "980", growing(40))
    run(world, moment)
    with world.as_("sang"):
        assert not Estimate.objects.exists()
        assert not DailyCount.objects.filter(unit=world.units["980"]).exists()


def test_a_report_dated_tomorrow_or_before_its_day_is_refused(world: World, moment: datetime) -> None:
    with world.as_("dich") as dich:
        given = {"actor": dich, "moment": moment, "code": "98001", "cases": 3}
        with pytest.raises(Refusal) as refused:
            record_count(day=YESTERDAY, reported_on=moment.date() + timedelta(days=1), **given)
        assert refused.value.field == "reported_on"
        with pytest.raises(Refusal, match="ngày được đếm"):
            record_count(day=YESTERDAY, reported_on=YESTERDAY - timedelta(days=1), **given)
        with pytest.raises(Refusal) as unknown:
            record_count(day=YESTERDAY, reported_on=YESTERDAY, **(given | {"code": "nowhere"}))
        assert unknown.value.field == "code"


def test_a_second_report_of_a_day_is_a_row_of_its_own(world: World, moment: datetime) -> None:
    with world.as_("dich") as dich:
        given = {"actor": dich, "moment": moment, "code": "98001", "day": YESTERDAY - timedelta(days=1)}
        first = record_count(reported_on=YESTERDAY - timedelta(days=1), cases=3, **given)
        record_count(reported_on=YESTERDAY, cases=5, **given)
        with pytest.raises(Refusal):
            record_count(reported_on=YESTERDAY, cases=6, **given)
        mended = amend_count(actor=dich, moment=moment, pk=first.pk, version=1, cases=4)
        assert (mended.cases, mended.version) == (4, 2)
        with pytest.raises(Refusal):
            amend_count(actor=dich, moment=moment, pk=first.pk, version=2, day=YESTERDAY)


def test_counts_of_another_district_are_not_theirs_to_write(world: World, moment: datetime) -> None:
    with world.as_("dich") as dich, pytest.raises(NotAllowed):
        record_count(actor=dich, moment=moment, code="98101", day=YESTERDAY, reported_on=YESTERDAY, cases=1)
