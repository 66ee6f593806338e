"""Chains against plain walks over the links, real outbreaks against figures computed by hand, and loops that do not hang."""

from collections.abc import Callable
from datetime import date, timedelta
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epidemic.chains import chain_of, closes_a_loop, component_of, components, offspring, serial_intervals

FIRST = date(2021, 11, 1)

Links = list[tuple[int, int]]
worlds = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, 12)).filter(lambda link: link[0] != link[1]), max_size=30
)


def reachable(start: int, links: Links) -> set[int]:
    """Everybody linked with `start`, by widening a set until it stands still."""
    found = {start}
    while True:
        wider = found | {end for link in links if set(link) & found for end in link}
        if wider == found:
            return found
        found = wider


@given(worlds, st.integers(0, 12))
def test_a_component_is_what_widening_finds(links: Links, start: int) -> None:
    assert component_of(start, links) == reachable(start, links)
    assert all(component_of(next(iter(one)), links) == one for one in components(links))


@given(worlds, st.integers(0, 12))
def test_every_case_has_a_generation_one_below_a_source(links: Links, start: int) -> None:
    chain = chain_of(start, links, {})
    assert set(chain.generation) == set(chain.nodes)
    assert chain.index_cases
    sources: dict[int, set[int]] = {case: set() for case in chain.nodes}
    for source, target in chain.links:
        sources[target].add(source)
    for case in chain.nodes:
        if case in chain.index_cases:
            assert chain.generation[case] == 0
        else:
            assert chain.generation[case] == 1 + min(chain.generation[source] for source in sources[case])


@given(worlds)
def test_loops_are_what_a_link_back_says(links: Links) -> None:
    """Two cases are in one loop exactly when each leads to the other."""
    for start in {end for link in links for end in link}:
        chain = chain_of(start, links, {})
        together = {frozenset(loop) for loop in chain.loops}
        for one in chain.nodes:
            for other in chain.nodes:
                if one < other:
                    ring = bool(closes_a_loop(other, one, links)) and bool(closes_a_loop(one, other, links))
                    assert ring == any({one, other} <= loop for loop in together)


def test_generations_index_cases_and_intervals_of_a_small_chain() -> None:
    links = [("a", "b"), ("a", "c"), ("c", "d"), ("x", "d")]
    onsets = {"a": FIRST, "b": FIRST + timedelta(3), "c": FIRST + timedelta(5), "d": None, "x": FIRST + timedelta(1)}
    chain = chain_of("b", links, onsets)
    assert chain.nodes == ("a", "x", "b", "c", "d")
    assert chain.index_cases == ("a", "x")
    assert chain.generation == {"a": 0, "x": 0, "b": 1, "c": 1, "d": 1}
    assert serial_intervals(chain.links, onsets) == type(serial_intervals([], {}))(2, 4.0, stdev([3, 5]))


def test_a_ring_is_named_and_begins_with_its_earliest_case() -> None:
    onsets = {"a": FIRST + timedelta(2), "b": FIRST, "c": FIRST + timedelta(1)}
    chain = chain_of("a", [("a", "b"), ("b", "c"), ("c", "a")], onsets)
    assert chain.loops == (("b", "c", "a"),)
    assert chain.index_cases == ("b",)
    assert chain.generation == {"b": 0, "c": 1, "a": 2}


def test_a_case_alone_is_its_own_chain() -> None:
    chain = chain_of("a", [], {})
    assert (chain.nodes, chain.index_cases, chain.generation) == (("a",), ("a",), {"a": 0})
    none = serial_intervals([], {})
    assert (none.n, none.mean, none.sd) == (0, None, None)


def test_a_line_of_twenty_thousand_cases_is_one_pass() -> None:
    links = [(number, number + 1) for number in range(20_000)]
    chain = chain_of(7, links, {})
    assert chain.generation[20_000] == 20_000
    assert chain.loops == ()


def test_the_most_infectious_fifth_and_the_dispersion() -> None:
    links = [("a", f"b{number}") for number in range(8)] + [("b0", "c"), ("b1", "d")]
    spread = offspring(chain_of("a", links, {}))
    counts = [8, 1, 1, *[0] * 8]
    assert spread.cases == 11
    assert spread.mean == pytest.approx(10 / 11)
    assert spread.top_share == pytest.approx(10 / 10), "three of eleven cases"
    variance = stdev(counts) ** 2
    assert spread.dispersion == pytest.approx(fmean(counts) ** 2 / (variance - fmean(counts)))


def test_two_possible_sources_share_one_infection() -> None:
    spread = offspring(chain_of("a", [("a", "c"), ("b", "c")], {}))
    assert spread.mean == pytest.approx(1 / 3)


def test_mers_in_korea(reference_rows: Callable[[str], list[dict[str, str]]]) -> None:
    """98 pairs in three chains; onsets of 27 cases are missing. Figures by plain arithmetic over the files."""
    onsets = {
        row["id"]: date.fromisoformat(row["dt_onset"]) if row["dt_onset"] not in ("", "NA") else None
        for row in reference_rows("linelists/mers_korea_2015/linelist.csv")
    }
    links = [(row["from"], row["to"]) for row in reference_rows("linelists/mers_korea_2015/contacts.csv")]
    days = [(b - a).days for one, other in links if (a := onsets.get(one)) and (b := onsets.get(other))]
    serial = serial_intervals(links, onsets)
    assert (serial.n, serial.mean, serial.sd) == (len(days), pytest.approx(fmean(days)), pytest.approx(stdev(days)))
    chain = chain_of("SK_14", links, onsets)
    assert "SK_1" in chain.index_cases
    assert chain.generation["SK_14"] == 1
    assert sum(source == "SK_14" for source, _target in chain.links) == sum(row[0] == "SK_14" for row in links)
