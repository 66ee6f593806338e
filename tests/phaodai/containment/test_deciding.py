"""From a proposal to a level in force: who may, with what notice, and what stays on record."""

from datetime import date, datetime, timedelta

import pytest

from phaodai.command.models import OutgoingNumber
from phaodai.containment.actions.deciding import announce_level, decide_level, decide_together, send_back
from phaodai.containment.actions.levels import compute_levels
from phaodai.containment.models import LevelDecision
from phaodai.containment.rules.notice import earliest_start
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import SYSTEM, entering
from tests.phaodai.containment.weeks import SUNDAY, tell_weeks
from tests.world import World

pytestmark = pytest.mark.django_db

WEEK = timedelta(weeks=1)


def compute(world: World, moment: datetime) -> int:
    with entering(SYSTEM):
        done = compute_levels(actor=SYSTEM, moment=moment, unit=world.units["98"], on=moment.date())
    return done.proposed


def proposal(world: World, code: str = "98001") -> LevelDecision:
    with entering(SYSTEM):
        return LevelDecision.objects.waiting().get(unit=world.units[code])


@pytest.fixture
def rise(world: World, moment: datetime) -> LevelDecision:
    """Tân Lộc at level 2 since the 17th, and figures of the week after that speak for 3."""
    tell_weeks(world, "98001", (10, 10), ending=SUNDAY - WEEK)
    before = moment - WEEK
    compute(world, before)
    with world.as_("viet") as viet:
        first = decide_level(actor=viet, moment=before, decision_id=proposal(world).pk)
        announce_level(actor=viet, moment=before, decision_id=first.pk)
    tell_weeks(world, "98001", (30,), elderly_full=1_900)
    compute(world, moment)
    return proposal(world)


def test_a_rise_is_proposed_with_48_hours_of_notice(rise: LevelDecision) -> None:
    assert (rise.from_level, rise.proposed_level, rise.notice_hours) == (2, 3, 48)
    assert rise.takes_effect_at == datetime(2021, 11, 26, 7, tzinfo=VIETNAM)


def test_too_early_a_start_is_refused_with_the_earliest_one(
    world: World, moment: datetime, rise: LevelDecision
) -> None:
    with world.as_("viet") as viet, pytest.raises(Refusal, match="07:00 26/11/2021") as refused:
        decide_level(actor=viet, moment=moment, decision_id=rise.pk, takes_effect_at=rise.takes_effect_at - WEEK / 7)
    assert refused.value.field == "takes_effect_at"


def test_told_late_it_begins_later(world: World, moment: datetime, rise: LevelDecision) -> None:
    with world.as_("viet") as viet:
        decide_level(actor=viet, moment=moment, decision_id=rise.pk)
        told = announce_level(actor=viet, moment=moment + timedelta(hours=4), decision_id=rise.pk)
    assert told.takes_effect_at == datetime(2021, 11, 27, 7, tzinfo=VIETNAM)
    with entering(SYSTEM):
        levels = [LevelDecision.objects.levels_on(date(2021, 11, day))[rise.unit_id] for day in (24, 26, 27)]
    assert levels == [2, 2, 3]


def test_what_nobody_was_told_is_not_in_force(world: World, moment: datetime, rise: LevelDecision) -> None:
    with world.as_("viet") as viet:
        decide_level(actor=viet, moment=moment, decision_id=rise.pk)
    with entering(SYSTEM):
        assert LevelDecision.objects.levels_on(date(2021, 12, 31))[rise.unit_id] == 2


def test_both_levels_are_kept_when_the_officer_decides_otherwise(
    world: World, moment: datetime, rise: LevelDecision
) -> None:
    with world.as_("viet") as viet:
        with pytest.raises(Refusal):
            decide_level(actor=viet, moment=moment, decision_id=rise.pk, level=4)
        done = decide_level(actor=viet, moment=moment, decision_id=rise.pk, level=4, reason="Giáp vùng đỏ")
    assert (done.proposed_level, done.to_level, done.reason, done.decided_by_id) == (
        3, 4, "Giáp vùng đỏ", world.officers["viet"].pk,
    )  # fmt: skip


def test_what_was_sent_back_returns_with_newer_figures_alone(
    world: World, moment: datetime, rise: LevelDecision
) -> None:
    with world.as_("viet") as viet:
        send_back(actor=viet, moment=moment, decision_id=rise.pk, reason="Chờ một tuần")
    assert compute(world, moment + timedelta(days=1)) == 0
    tell_weeks(world, "98001", (30,), elderly_full=1_900, ending=SUNDAY + WEEK)
    assert compute(world, moment + WEEK) == 1


def test_a_proposal_lapses_when_the_figures_return(world: World, moment: datetime, rise: LevelDecision) -> None:
    with entering(SYSTEM):
        rise.unit.weekly_indicators.filter(week_ending=SUNDAY).update(community_cases=10)
    compute(world, moment)
    with entering(SYSTEM):
        assert LevelDecision.objects.get(pk=rise.pk).state == LevelDecision.State.LAPSED


def test_without_a_treatment_plan_no_level_falls(world: World, moment: datetime, rise: LevelDecision) -> None:
    """Criterion 3 of decision 4800: at 2, with figures that speak for 1, the level stays."""
    with entering(SYSTEM):
        rise.unit.weekly_indicators.filter(week_ending__gt=date(2021, 10, 1)).update(
            community_cases=0, treatment_plan=False
        )
    compute(world, moment)
    with entering(SYSTEM):
        assert rise.unit.levels.get(on=moment.date()).level == 2


def test_signed_together_they_carry_one_number(world: World, moment: datetime) -> None:
    tell_weeks(world, "98001", (0, 0))
    tell_weeks(world, "98002", (20, 20))
    compute(world, moment)
    ids = [proposal(world, code).pk for code in ("98001", "98002")]
    with world.as_("viet") as viet:
        done = decide_together(actor=viet, moment=moment, decision_ids=ids)
        assert OutgoingNumber.objects.get(kind="QĐ", year=2021).last == done[0].number == done[1].number


@pytest.mark.parametrize("who", ["dat", "linh", "ngoc"])
def test_only_command_of_the_province_decides(who: str, world: World, moment: datetime, rise: LevelDecision) -> None:
    with world.as_(who) as actor, pytest.raises(NotAllowed):
        decide_level(actor=actor, moment=moment, decision_id=rise.pk)


def test_a_proposal_of_another_province_is_not_there(world: World, moment: datetime, rise: LevelDecision) -> None:
    from dataclasses import replace

    from phaodai.foundation.permissions import Permission

    with world.as_("sang") as sang, pytest.raises(NotHere):
        decide_level(actor=replace(sang, permissions=frozenset(Permission)), moment=moment, decision_id=rise.pk)


def test_levels_outside_the_area_are_not_computed(world: World, moment: datetime) -> None:
    with world.as_("dat") as dat, pytest.raises(NotAllowed):
        compute_levels(actor=dat, moment=moment, unit=world.units["98"], on=moment.date())


@pytest.mark.parametrize(
    ("at", "before", "after", "start"),
    [
        ("2021-11-24T05:50", 2, 3, "2021-11-26T07:00"),
        ("2021-11-24T07:00", 2, 3, "2021-11-26T07:00"),
        ("2021-11-24T07:01", 2, 3, "2021-11-27T07:00"),
        ("2021-11-24T05:50", 3, 2, "2021-11-24T07:00"),
        ("2021-11-24T08:00", None, 4, "2021-11-25T07:00"),
    ],
)
def test_the_start_leaves_the_notice(at: str, before: int | None, after: int, start: str) -> None:
    moment = datetime.fromisoformat(f"{at}+07:00")
    assert earliest_start(moment, before, after, 48) == datetime.fromisoformat(f"{start}+07:00")
