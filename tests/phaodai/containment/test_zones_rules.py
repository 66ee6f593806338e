"""The rules about lockdown zones, as tables: their life, their end, what was drawn, who stands inside, how tight it is."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st
from shapely.geometry import Polygon, box

from phaodai.containment.models import Gate
from phaodai.containment.rules.tightness import Cause, Verdict, ZoneFacts, tightness_of
from phaodai.containment.rules.zones import (
    STATES,
    WITH_ORDER,
    Standing,
    ZoneCourse,
    after,
    end_of,
    inside_by_day,
    steps_from,
)
from phaodai.containment.rules.zones_inside import in_street, inside_outlines
from phaodai.containment.rules.zones_moments import seen_at
from phaodai.containment.rules.zones_outline import Fault, Outline, area_km2, read_outline
from phaodai.foundation.clock import VIETNAM
from phaodai.rulebook.provincial import rulebook_for

DAY = date(2021, 11, 20)
GROUND = box(106.0, 21.0, 106.2, 21.2)

# State, step, state after it; every pair that is not here must be refused.
LIFE = (
    ("proposed", "decide", "decided"),
    ("proposed", "decline", "declined"),
    ("decided", "open", "open"),
    ("decided", "decline", "declined"),
    ("open", "tighten", "tightened"),
    ("open", "shrink", "shrunk"),
    ("open", "grow", "open"),
    ("open", "prolong", "open"),
    ("open", "lift", "lifted"),
    ("tightened", "ease", "open"),
    ("tightened", "shrink", "shrunk"),
    ("tightened", "grow", "tightened"),
    ("tightened", "prolong", "tightened"),
    ("tightened", "lift", "lifted"),
    ("shrunk", "tighten", "tightened"),
    ("shrunk", "shrink", "shrunk"),
    ("shrunk", "grow", "open"),
    ("shrunk", "prolong", "shrunk"),
    ("shrunk", "lift", "lifted"),
)
STEPS = {step for _before, step, _after in LIFE}


def test_each_step_follows_its_states_and_no_other() -> None:
    for state in STATES:
        for step in (*STEPS, "anything"):
            expected = next((then for before, asked, then in LIFE if (before, asked) == (state, step)), None)
            assert after(state, step) == expected
    assert steps_from("lifted") == steps_from("declined") == steps_from("nothing") == []
    assert STEPS - {"open", "decline"} == WITH_ORDER


@pytest.mark.parametrize(
    ("course", "ends"),
    [
        (ZoneCourse(DAY), DAY + timedelta(days=14)),
        (ZoneCourse(DAY, date(2021, 11, 23)), date(2021, 12, 7)),
        (ZoneCourse(DAY, date(2021, 11, 10)), DAY + timedelta(days=14)),
        (ZoneCourse(DAY, date(2021, 11, 23), not_isolated=1), None),
    ],
)
def test_a_lockdown_ends_one_incubation_period_after_the_last_case(course: ZoneCourse, ends: date | None) -> None:
    end = end_of(rulebook_for(None), date(2021, 11, 24), course)
    assert (end.on, end.days, end.document) == (ends, 14, "07/2020/QĐ-TTg")
    assert "14" in end.why["vi"]


def test_before_any_rule_there_is_no_end() -> None:
    end = end_of(rulebook_for(None), date(2019, 1, 1), ZoneCourse(date(2018, 12, 1)))
    assert end.on is None


def _drawn(*corners: tuple[float, float]) -> str:
    return json.dumps({"type": "Polygon", "coordinates": [[list(corner) for corner in (*corners, corners[0])]]})


SQUARE = ((106.05, 21.05), (106.06, 21.05), (106.06, 21.06), (106.05, 21.06))
BOW = (SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", Fault.EMPTY),
        ("  ", Fault.EMPTY),
        ("{", Fault.UNREADABLE),
        ("[" * 100_000, Fault.UNREADABLE),
        ("x" * 300_000, Fault.TOO_LONG),
        ("7", Fault.UNREADABLE),
        ('{"type": "Point", "coordinates": [106, 21]}', Fault.UNREADABLE),
        ('{"type": "Polygon"}', Fault.UNREADABLE),
        ('{"type": "MultiPolygon", "coordinates": []}', Fault.EMPTY),
        ('{"type": "Polygon", "coordinates": []}', Fault.EMPTY),
        ('{"type": "Polygon", "coordinates": [[[106, 21], [NaN, 21], [106, 22]]]}', Fault.UNREADABLE),
        ('{"type": "Polygon", "coordinates": [[[true, 21], [106, 21], [106, 22]]]}', Fault.UNREADABLE),
        ('{"type": "Polygon", "coordinates": [[[206, 21], [106, 21], [106, 22]]]}', Fault.UNREADABLE),
        (_drawn(SQUARE[0]), Fault.EMPTY),
        (_drawn(*SQUARE[:2]), Fault.EMPTY),
        (_drawn(*BOW), Fault.CROSSES),
        (_drawn((106.05, 21.05), (106.050001, 21.05), (106.05, 21.050001)), Fault.TINY),
        (_drawn((10.0, 10.0), (10.1, 10.0), (10.1, 10.1)), Fault.OUTSIDE),
        (_drawn((105.9, 21.05), (106.1, 21.05), (106.1, 21.1)), Fault.PARTLY_OUTSIDE),
    ],
)
def test_what_is_no_ground_is_named(text: str, found: Fault) -> None:
    assert read_outline(text, GROUND) == found


def test_a_drawing_becomes_ground() -> None:
    found = read_outline(_drawn(*SQUARE), GROUND)
    assert isinstance(found, Outline)
    assert found.km2 == pytest.approx(1.156, rel=0.01)  # 1.039 km by 1.113 km
    feature = json.dumps({"type": "Feature", "geometry": found.geometry})
    again = read_outline(feature, GROUND)
    assert isinstance(again, Outline)
    assert again.shape.equals(found.shape)
    two = {
        "type": "MultiPolygon",
        "coordinates": [found.geometry["coordinates"], [[[106.1, 21.1], [106.11, 21.1], [106.1, 21.11]]]],
    }
    both = read_outline(json.dumps(two), GROUND)
    assert isinstance(both, Outline)
    assert both.km2 > found.km2


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "coordinates", "geometry"]), inner, max_size=3)
    ),
    max_leaves=12,
)
coordinates = st.lists(
    st.lists(st.lists(st.floats(-200, 200) | st.integers(-99, 200) | st.none(), max_size=3), max_size=6) | json_like,
    max_size=3,
)
drawings = st.one_of(
    st.text(max_size=60),
    json_like.map(json.dumps),
    st.builds(
        lambda kind, found: json.dumps({"type": kind, "coordinates": found}),
        st.sampled_from(["Polygon", "MultiPolygon"]),
        coordinates | st.lists(coordinates, max_size=2),
    ),
)


@given(drawings, st.sampled_from([None, GROUND]))
@example(_drawn(*BOW), None)
def test_whatever_is_sent_is_ground_or_a_named_fault(text: str, ground: Polygon | None) -> None:
    found = read_outline(text, ground)
    assert isinstance(found, Fault | Outline)
    if isinstance(found, Outline):
        assert shapely.is_valid(found.shape)
        assert found.km2 == pytest.approx(area_km2(found.shape))


@given(st.integers(0, 2**32 - 1), st.integers(0, 60), st.integers(0, 4))
def test_houses_are_found_as_one_by_one(seed: int, houses: int, shapes: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.uniform((106.0, 21.0), (106.2, 21.2), (houses, 2))
    drawn = [box(*rng.uniform(106.0, 106.2, 1), *rng.uniform(21.0, 21.2, 1), 106.2, 21.2) for _ in range(shapes)]
    found, owner = inside_outlines(points[:, 0], points[:, 1], drawn)
    expected = {(h, s) for h in range(houses) for s in range(shapes) if drawn[s].intersects(shapely.Point(points[h]))}
    assert set(zip(found.tolist(), owner.tolist(), strict=True)) == expected
    assert len(found) == len(expected)


def test_a_street_is_its_own_words() -> None:
    addresses = ["Số 3, ngõ 5, Thôn Trung", "Số 5, ngõ 51, Thôn Trung", "NGO 5", "Số 5", ""]
    assert in_street(addresses, "Ngõ 5") == [True, False, True, False, False]
    assert in_street(addresses, " ,. ") == [False] * 5


def test_who_was_inside_by_day() -> None:
    standings = [
        Standing(1, DAY, closed_off=True, households=10, people=30),
        Standing(1, DAY + timedelta(days=2), closed_off=True, households=4, people=12),
        Standing(2, DAY + timedelta(days=1), closed_off=True, households=2, people=5),
        Standing(2, DAY + timedelta(days=2), closed_off=False, households=0, people=0),
    ]
    days = inside_by_day(standings, DAY - timedelta(days=1), DAY + timedelta(days=3))
    assert [(day.zones, day.households, day.people) for day in days] == [
        (0, 0, 0), (1, 10, 30), (2, 12, 35), (1, 4, 12), (1, 4, 12),
    ]  # fmt: skip


SOUND: dict[str, Any] = {
    "households": 100,
    "days": 7,
    "gates": 2,
    "passages": 200,
    "checks_due": 700,
    "checks_made": 690,
}


@pytest.mark.parametrize(
    ("changed", "verdict", "causes"),
    [
        ({}, Verdict.TIGHT, []),
        ({"households": 0}, Verdict.NOTHING_INSIDE, []),
        ({"gates": 0}, Verdict.LOOSE_OUTSIDE, [Cause.NO_GATE]),
        ({"passages": 0}, Verdict.LOOSE_OUTSIDE, [Cause.NO_PASSAGE]),
        ({"passages": 0, "days": 1}, Verdict.TIGHT, []),
        ({"without_permit": 10}, Verdict.TIGHT, []),
        ({"without_permit": 11}, Verdict.LOOSE_OUTSIDE, [Cause.WITHOUT_PERMIT]),
        ({"checks_made": 630}, Verdict.TIGHT, []),
        ({"checks_made": 629}, Verdict.LOOSE_INSIDE, [Cause.NOT_CHECKED]),
        ({"unvisited": 5}, Verdict.TIGHT, []),
        ({"unvisited": 6}, Verdict.LOOSE_INSIDE, [Cause.UNVISITED]),
        ({"unvisited": 100, "days": 1}, Verdict.TIGHT, []),
        ({"away": 14}, Verdict.LOOSE_INSIDE, [Cause.AWAY]),
        ({"cases": 3}, Verdict.TIGHT, []),
        ({"cases": 3, "unknown_source": 1}, Verdict.LOOSE_INSIDE, [Cause.UNKNOWN_SOURCE]),
        ({"needs_late": 1}, Verdict.LOOSE_INSIDE, [Cause.NEEDS_LATE]),
        ({"gates": 0, "needs_late": 1}, Verdict.LOOSE, [Cause.NO_GATE, Cause.NEEDS_LATE]),
    ],
)
def test_how_tight_a_zone_is(changed: dict[str, Any], verdict: Verdict, causes: list[Cause]) -> None:
    found = tightness_of(ZoneFacts(**SOUND | changed))
    assert found.verdict == verdict
    assert [one.cause for one in (*found.outside, *found.inside)] == causes


NOW = datetime(2021, 11, 24, 6, 40, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("told", "at", "believed"),
    [
        (None, NOW, True),
        (NOW - timedelta(hours=3), NOW - timedelta(hours=3), True),
        (NOW + timedelta(minutes=4), NOW, True),
        (NOW + timedelta(days=1), NOW, False),
        (NOW - timedelta(days=1, minutes=1), NOW, False),
    ],
)
def test_a_telephone_s_clock_is_believed_within_reason(told: datetime | None, at: datetime, believed: bool) -> None:
    seen = seen_at(told, NOW)
    assert (seen.at, seen.believed) == (at, believed)


def test_a_gate_lets_through_in_its_hours_over_midnight_too() -> None:
    by_day, by_night, always = (
        Gate(opens_at=time(5), shuts_at=time(21)), Gate(opens_at=time(21), shuts_at=time(5)), Gate(),
    )  # fmt: skip
    for hour, day, night in (
        (4, False, True),
        (5, True, False),
        (20, True, False),
        (21, False, True),
        (23, False, True),
    ):
        at = datetime(2021, 11, 24, hour, tzinfo=VIETNAM)
        assert (by_day.lets_through_at(at), by_night.lets_through_at(at)) == (day, night)
        assert always.lets_through_at(at)
