"""Visits from the first row to the last day of their term: packed, corrected, seen at once, purged with the clock moved."""

from datetime import timedelta
from typing import Any

import pytest

from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.surveillance.actions.visits import (
    Stay,
    correct_visit,
    keep_every_cache,
    pack_visits,
    purge_visits,
    record_visits,
    tend_visits,
)
from phaodai.surveillance.models import LateVisit, Meeting, VisitBlock, VisitDay
from phaodai.surveillance.rules.retention import RETENTION
from phaodai.surveillance.tracing import day_number, trace_case
from phaodai.surveillance.tracing.days import days_of
from tests.phaodai.surveillance.tracing.towns import MOMENT, Town, build_town, days_later
from tests.world import World

LATER = MOMENT + timedelta(hours=7)


@pytest.fixture
def town(world: World) -> Any:
    """Three people without a household, two of whom were at the market together."""
    with entering(SYSTEM):
        town = build_town(world, [None, None, None])
        town.record(town.stay(0, 0, days_later(0, 8), 60), town.stay(1, 0, days_later(0, 8.5), 60))
        yield town


def met(town: Town, case: Any) -> dict[int, int | None]:
    """Whom the case met, and for how long."""
    found = trace_case(case, moment=MOMENT).contacts
    return dict(zip(town.numbers(found.person.tolist()), found.minutes.tolist(), strict=True))


def test_a_late_visit_counts_at_once_wherever_the_others_lie(town: Town) -> None:
    case = town.case(0)
    assert met(town, case) == {1: 30}
    pack_visits(actor=SYSTEM, moment=LATER, province_id=town.province.pk)
    assert met(town, case) == {1: 30}
    town.record(town.stay(2, 0, days_later(0, 8), 15))
    assert met(town, case) == {1: 30, 2: 15}
    keep_every_cache(since=days_later(-20).date())
    assert met(town, case) == {1: 30, 2: 15}


def test_a_corrected_time_changes_the_answer_at_once(town: Town) -> None:
    case = town.case(0)
    pack_visits(actor=SYSTEM, moment=LATER, province_id=town.province.pk)
    wrong, right = town.stay(1, 0, days_later(0, 8.5), 60), town.stay(1, 0, days_later(0, 8.75), 60)
    correct_visit(actor=SYSTEM, moment=MOMENT, province_id=town.province.pk, wrong=wrong, right=right)
    assert met(town, case) == {1: 15}
    pack_visits(actor=SYSTEM, moment=LATER, province_id=town.province.pk)
    assert met(town, case) == {1: 15}
    with pytest.raises(Refusal, match="Không có lượt đến này"):
        correct_visit(actor=SYSTEM, moment=MOMENT, province_id=town.province.pk, wrong=wrong, right=None)


def test_a_visit_known_already_is_not_added_again(town: Town) -> None:
    again = town.stay(1, 0, days_later(0, 8.5), 60)
    assert town.record(again) == 0
    pack_visits(actor=SYSTEM, moment=LATER, province_id=town.province.pk)
    assert town.record(again, again, town.stay(1, 0, days_later(0, 12), 5)) == 1


def test_packing_waits_for_the_clock_and_empties_the_late_table(town: Town) -> None:
    assert pack_visits(actor=SYSTEM, moment=MOMENT, province_id=town.province.pk) == [days_later(-1).date()]
    # What the story recorded the evening before was packed; what came this morning waits.
    waiting = LateVisit.objects.filter(province_id=town.province.pk)
    assert waiting.count() == 2
    pack_visits(actor=SYSTEM, moment=LATER, province_id=town.province.pk)
    assert not waiting.exists()
    assert VisitDay.objects.get(province_id=town.province.pk, day=days_later(0).date()).visits >= 2


def test_an_answer_as_of_before_knows_nothing_of_what_came_later(town: Town) -> None:
    case = town.case(0)
    town.record(town.stay(2, 0, days_later(0, 8), 15), at=MOMENT + timedelta(hours=2))
    before = trace_case(case, moment=LATER, as_of=MOMENT + timedelta(hours=1)).contacts
    after = trace_case(case, moment=LATER).contacts
    assert (town.numbers(before.person.tolist()), sorted(town.numbers(after.person.tolist()))) == ([1], [1, 2])


def test_visits_are_purged_when_the_clock_passes_their_term(town: Town) -> None:
    Meeting.objects.create(
        province_id=town.province.pk, origin="proximity", one=town.persons[0], other=town.persons[1],
        started_at=days_later(0, 8), minutes=9, recorded_at=MOMENT,
    )  # fmt: skip
    since = tend_visits(actor=SYSTEM, moment=LATER)
    keep_every_cache(since=since)
    cached = days_of(town.province.pk).cache.days
    monday = day_number(days_later(0).date())
    assert VisitBlock.objects.filter(province_id=town.province.pk).exists()
    assert monday in cached()
    on_the_last_day = purge_visits(actor=SYSTEM, moment=days_later(0) + RETENTION)
    assert on_the_last_day == days_later(0).date()
    assert VisitBlock.objects.filter(province_id=town.province.pk).exists()
    keep_every_cache(since=purge_visits(actor=SYSTEM, moment=days_later(1) + RETENTION))
    for model in (VisitBlock, VisitDay, LateVisit, Meeting):
        assert not model.objects.filter(province_id=town.province.pk).exists()
    assert monday not in cached()
    assert met(town, town.case(0)) == {}


@pytest.mark.parametrize(
    ("stay", "words"),
    [
        ({"minutes": -10}, "kết thúc trước khi bắt đầu"),
        ({"started_at": MOMENT + timedelta(hours=1)}, "ở tương lai"),
        ({"started_at": MOMENT - RETENTION - timedelta(days=1)}, "quá thời hạn"),
        ({"minutes": 8 * 1440}, "một tuần"),
    ],
)
def test_what_cannot_be_is_refused_in_words(town: Town, stay: dict[str, Any], words: str) -> None:
    right = vars(town.stay(0, 0, days_later(0, 8), 10))
    with pytest.raises(Refusal, match=words):
        town.record(Stay(**(right | stay)))


def test_the_reason_is_told_in_english_too(town: Town) -> None:
    from django.utils import translation

    with translation.override("en"), pytest.raises(Refusal, match="The visit ends before it starts"):
        town.record(town.stay(0, 0, days_later(0, 8), -1))


def test_only_who_may_imports_packs_and_purges(world: World, town: Town) -> None:
    actor = world.without("ngoc", Permission.SURVEILLANCE_VISIT_IMPORT)
    with pytest.raises(NotAllowed):
        record_visits(actor=actor, moment=MOMENT, province_id=town.province.pk, stays=[])
    with pytest.raises(NotAllowed):
        pack_visits(actor=actor, moment=MOMENT, province_id=town.province.pk)
    with pytest.raises(NotAllowed):
        purge_visits(actor=actor, moment=MOMENT)


def test_a_new_neighbour_and_a_move_are_seen_without_a_restart(town: Town) -> None:
    """Households are kept in the process: whoever is added is laid over them, whoever moves has them read again."""
    from phaodai.people.models import Household

    case = town.case(0)
    assert met(town, case) == {1: 30}
    home = Household.objects.create(hamlet=town.commune, address="Số 9", **town.area)
    for number in (0, 2):
        town.persons[number].household = home
        town.persons[number].save()
    assert sorted(met(town, case)) == [1, 2]
    elsewhere = Household.objects.create(hamlet=town.commune, address="Số 10", **town.area)
    town.persons[2].household = elsewhere
    town.persons[2].save()
    assert sorted(met(town, case)) == [1]


def test_the_records_of_one_person_count_as_one(town: Town) -> None:
    case = town.case(0)
    town.record(town.stay(2, 1, days_later(0, 12), 60))
    town.record(town.stay(1, 1, days_later(0, 12), 30))
    town.persons[2].merged_into = town.persons[0]
    town.persons[2].save()
    found = trace_case(case, moment=MOMENT).contacts
    assert sorted(zip(town.numbers(found.person.tolist()), found.minutes.tolist(), strict=True)) == [(1, 30), (1, 30)]
