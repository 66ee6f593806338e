from datetime import UTC, datetime

import numpy as np
import pytest

from epidemic.tracing import LateVisits, Meetings, Rosters, Via, VisitError, Visits, build_segment, minute_of

GOOD = {"person": 1, "place": 2, "day": 18_800, "start": 600, "duration": 30}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"start": [3, 1440]}, "row 1: start is 1440, it must lie from 0 to 1439"),
        ({"duration": -1}, "row 0: duration is -1"),
        ({"duration": 70_000}, "row 0: duration is 70000"),
        ({"person": 2**31}, "person is 2147483648"),
        ({"place": [1.5]}, "place holds float64: give whole numbers"),
        ({"person": [1, 2], "place": [1, 2, 3]}, "must be equally long"),
    ],
)
def test_wrong_columns_are_refused_with_their_row(wrong, message: str) -> None:
    with pytest.raises(VisitError, match=message):
        Visits.of(**{**GOOD, **wrong})


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: build_segment(Visits.of(**{**GOOD, "day": [1, 60]})), "within 45 days"),
        (
            lambda: build_segment(Visits.of(**GOOD), persons=1, places=3),
            "names 1, but identifiers were said to lie below 1",
        ),
        (lambda: minute_of(datetime(2021, 7, 9, tzinfo=UTC)), "has a time zone"),
        (lambda: LateVisits(np.array([2, 1]), np.zeros(2, bool), Visits.of(**{**GOOD, "day": [1, 2]})), "sort them"),
        (lambda: LateVisits(np.array([2]), np.zeros(2, bool), Visits.none()), "for each row"),
        (lambda: Rosters.of(Via.WORKPLACE, person=[1], group=[1], place=[0]), "group 1 has no place"),
        (lambda: Rosters.of(Via.WORKPLACE, person=[-1], group=[1]), "from 0 up"),
        (lambda: Meetings.of(Via.DECLARED, person=[1], other=[1, 2], start=0, minutes=1), "two persons each"),
        (lambda: Meetings.of(Via.DECLARED, person=[1], other=[2], start=0, minutes=-2), "-1 where nobody knows"),
    ],
)
def test_what_cannot_be_indexed_is_refused(make, message: str) -> None:
    with pytest.raises(VisitError, match=message):
        make()


@pytest.mark.usefixtures("every_engine")
def test_a_segment_holds_each_visit_on_both_sides_in_order_of_start() -> None:
    generator = np.random.default_rng(3)
    person, place = generator.integers(0, 50, 900), generator.integers(0, 9, 900)
    start, duration = generator.integers(0, 1440, 900), generator.integers(0, 300, 900)
    segment = build_segment(Visits.of(person=person, place=place, day=7, start=start, duration=duration), persons=60)
    expected = sorted(zip(place, start, person, duration, strict=True))
    side = segment.by_place
    places = np.repeat(side.keys, np.diff(side.pointers))
    assert sorted(zip(places, side.start, side.other, side.duration, strict=True)) == expected
    assert sorted(zip(places, side.start, strict=True)) == list(zip(places, side.start, strict=True))
    side = segment.by_person
    persons = np.repeat(np.arange(60), np.diff(side.pointers))
    assert sorted(zip(side.other, side.start, persons, side.duration, strict=True)) == expected
    assert segment.by_place.longest.tolist() == [duration[place == one].max() for one in range(9)]
