"""Lists in time: whatever the order in which they come, the rows are those of their dates."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.territory.rules import timeline
from phaodai.territory.rules.timeline import Row, Run
from phaodai.territory.rules.units import Entry, Key
from tests.phaodai.territory.lists import DAYS, histories, listed


class Store:
    """Rows as the table keeps them, and the days of the lists that made them."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.days: set[date] = set()
        self._ids = count(1)

    def load(self, day: date, entries: Sequence[Entry]) -> timeline.Plan:
        lists = timeline.states(self.rows, self.days) | {day: timeline.state_of(entries)}
        plan = timeline.match(self.rows, timeline.runs(lists))
        by_key: dict[Key, list[Run]] = defaultdict(list)
        ids: dict[Run, int] = {}
        for run, row in plan.taken.items():
            by_key[run.key].append(run)
            ids[run] = row.id if row else next(self._ids)
        self.rows = []
        for run, own in ids.items():
            above = timeline.parent_of(run, by_key)
            parent = ids[above] if above else None
            self.rows.append(Row(own, run.key, run.standing.name, run.standing.type, parent, run.since, run.until))
        self.days.add(day)
        return plan

    def told(self) -> set[tuple[object, ...]]:
        said = timeline.standings(self.rows)
        return {(row.key, said[row.id], row.since, row.until) for row in self.rows}


def of_dates(history: Mapping[date, Sequence[Entry]]) -> set[tuple[object, ...]]:
    lists = {day: timeline.state_of(entries) for day, entries in history.items()}
    return {(run.key, run.standing, run.since, run.until) for run in timeline.runs(lists)}


@given(histories(), st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_gives_the_rows_of_the_dates(
    history: dict[date, list[Entry]], random: object
) -> None:
    order = [*history, *random.choices(list(history), k=2)]  # type: ignore[attr-defined]
    random.shuffle(order)  # type: ignore[attr-defined]
    store = Store()
    for day in [*order, *history]:
        store.load(day, history[day])
    assert store.told() == of_dates(history)


@given(histories())
def test_what_each_list_said_can_be_read_back(history: dict[date, list[Entry]]) -> None:
    store = Store()
    for day, entries in history.items():
        store.load(day, entries)
    assert timeline.states(store.rows, store.days) == {
        day: timeline.state_of(entries) for day, entries in history.items()
    }


@given(histories())
def test_a_row_lies_inside_its_parents_row_and_no_two_share_a_day(history: dict[date, list[Entry]]) -> None:
    store = Store()
    for day, entries in history.items():
        store.load(day, entries)
    by_id = {row.id: row for row in store.rows}
    assert len(by_id) == len(store.rows)
    for row in store.rows:
        if row.parent_id is not None:
            above = by_id[row.parent_id]
            assert above.since <= row.since
            assert above.until is None or (row.until is not None and row.until <= above.until)
    for day in DAYS:
        keys = [row.key for row in store.rows if row.since <= day and (row.until is None or day < row.until)]
        assert len(keys) == len(set(keys))


@given(histories())
def test_a_list_known_already_changes_nothing(history: dict[date, list[Entry]]) -> None:
    store = Store()
    for day, entries in history.items():
        store.load(day, entries)
    before = sorted(store.rows, key=lambda row: row.id)
    for day, entries in history.items():
        plan = store.load(day, entries)
        assert plan.dropped == ()
    assert sorted(store.rows, key=lambda row: row.id) == before


def load(*lists: tuple[date, str]) -> tuple[Store, list[timeline.Plan]]:
    store = Store()
    return store, [store.load(day, listed(text)) for day, text in lists]


def test_a_renamed_province_reopens_what_lies_in_it() -> None:
    store, _plans = load((DAYS[0], "1 Hà Tây; 10 Huyện A < 1"), (DAYS[2], "1 Hà Đông; 10 Huyện A < 1"))
    assert sorted((row.name, row.since, row.until) for row in store.rows) == [
        ("Huyện A", DAYS[0], DAYS[2]),
        ("Huyện A", DAYS[2], None),
        ("Hà Tây", DAYS[0], DAYS[2]),
        ("Hà Đông", DAYS[2], None),
    ]


def test_a_corrected_list_of_the_same_day_corrects_the_row() -> None:
    store, plans = load((DAYS[0], "1 Hà Taay"), (DAYS[0], "1 Hà Tây"))
    assert [(row.id, row.name) for row in store.rows] == [(1, "Hà Tây")]
    assert plans[-1].dropped == ()


def test_a_list_between_two_cuts_the_row_that_it_does_not_name() -> None:
    store, plans = load((DAYS[0], "1 A; 2 B"), (DAYS[4], "1 A; 2 B"), (DAYS[2], "1 A"))
    assert sorted((row.id, row.since, row.until) for row in store.rows if row.name == "B") == [
        (2, DAYS[0], DAYS[2]),
        (3, DAYS[4], None),
    ]
    assert [row.id for row in plans[-1].twins.values()] == [2]


def test_a_unit_that_a_corrected_list_no_longer_names_is_dropped() -> None:
    store, plans = load((DAYS[0], "1 A; 2 B"), (DAYS[0], "1 A"))
    assert [row.name for row in store.rows] == ["A"]
    assert [row.name for row in plans[-1].dropped] == ["B"]


@pytest.mark.parametrize(("then", "coverage"), [("Phường A", "full"), ("Xã B", "partial")])
def test_a_code_that_goes_on_tells_where_a_unit_went(then: str, coverage: str) -> None:
    lists = {DAYS[0]: listed("1 Hà Tây; 100 Xã A < 1"), DAYS[2]: listed(f"1 Hà Tây; 100 {then} < 1")}
    wanted = timeline.runs({day: timeline.state_of(entries) for day, entries in lists.items()})
    assert [(old.key, new.standing.name, how) for old, new, how in timeline.continuations(wanted)] == [
        ((3, "100"), then, coverage)
    ]


def test_a_code_that_pauses_tells_nothing() -> None:
    wanted = timeline.runs(
        {
            day: timeline.state_of(listed(text))
            for day, text in ((DAYS[0], "1 A; 2 B"), (DAYS[1], "1 A"), (DAYS[2], "1 A; 2 C"))
        }
    )
    assert list(timeline.continuations(wanted)) == []
