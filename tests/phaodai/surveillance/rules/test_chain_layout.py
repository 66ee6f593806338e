"""Where the dots of a chain stand: in time, on rows of their own, never on one another."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from epidemic.chains import chain_of
from phaodai.surveillance.rules.chain_layout import layout, near, within

FIRST = date(2021, 11, 1)
links = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda link: link[0] != link[1]), max_size=14)
days = st.dictionaries(st.integers(0, 9), st.integers(0, 6).map(lambda day: FIRST + timedelta(days=day)))


@given(links, days)
def test_every_case_has_a_place_of_its_own(links: list[tuple[int, int]], days: dict[int, date]) -> None:
    chain = chain_of(0, links, days)
    placed = layout(chain, {case: days.get(case) for case in chain.nodes})
    if placed is None:
        assert not any(days.get(case) for case in chain.nodes)
        return
    assert set(placed.spots) == set(chain.nodes)
    leaves = [spot.row for spot in placed.spots.values() if float(spot.row).is_integer()]
    assert all(0 <= row < placed.rows for row in leaves)
    for case, spot in placed.spots.items():
        if days.get(case):
            assert int(spot.day) == (days[case] - placed.first).days
        else:
            assert not spot.known


def test_whom_a_case_infected_on_the_same_day_stands_behind_it() -> None:
    placed = layout(chain_of(1, [(1, 2), (2, 3)], {}), dict.fromkeys((1, 2, 3), FIRST))
    assert placed is not None
    assert placed.spots[1].day < placed.spots[2].day <= placed.spots[3].day < 1


def test_a_case_without_a_day_stands_a_day_after_its_source() -> None:
    placed = layout(chain_of(1, [(1, 2)], {}), {1: FIRST, 2: None})
    assert placed is not None
    assert (placed.spots[2].day, placed.spots[2].known) == (1, False)


def test_a_long_chain_is_looked_at_in_parts() -> None:
    line = [(number, number + 1) for number in range(5_000)]
    assert near(100, line) == {98, 99, 100, 101, 102}
    onsets = {number: FIRST + timedelta(days=number // 100) for number in range(5_001)}
    window = within(onsets, onsets, FIRST + timedelta(days=30))
    assert {onsets[case] for case in window} == {FIRST + timedelta(days=day) for day in range(17, 31)}
