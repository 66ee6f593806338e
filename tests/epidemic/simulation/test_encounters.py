"""What is written on the agenda comes back on its day, whatever room there is at first."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from epidemic.simulation import Outbreak, Scenario, simulate, state
from epidemic.simulation.encounters import LEAF, NO_LEAF, Agenda, enlarged, give_back, has_room, new_agenda, place_for

DAYS = 4


def write(agenda: Agenda, day: int, number: int) -> Agenda:
    """Note an encounter, with more room where there is none; the kernels as Python, which needs no compiling."""
    if not has_room.py_func(agenda, LEAF):
        agenda = enlarged(agenda)
    leaf, place = place_for.py_func(agenda, day)
    agenda.encounters[leaf, place]["person"] = number
    return agenda


def read(agenda: Agenda, day: int) -> list[int]:
    """The persons of a day's encounters, whose leaves are given back."""
    found, leaf, written = [], agenda.newest[day], agenda.written[day]
    while leaf != NO_LEAF:
        found += agenda.encounters[leaf, :written]["person"].tolist()
        leaf, written = give_back.py_func(agenda, leaf), LEAF
    agenda.newest[day] = NO_LEAF
    return found


@given(counts=st.lists(st.integers(0, 3 * LEAF), min_size=DAYS, max_size=DAYS), seed=st.integers(0, 9))
def test_encounters_come_back_on_their_day_and_leave_room_for_others(counts, seed):
    wanted = np.random.default_rng(seed).permutation(np.repeat(np.arange(DAYS), counts))
    agenda = new_agenda(DAYS, DAYS + 1)
    for number, day in enumerate(wanted):
        agenda = write(agenda, int(day), number)
    for day in range(DAYS):
        assert sorted(read(agenda, day)) == np.flatnonzero(wanted == day).tolist()
    assert agenda.free[1] == len(agenda.following)


def test_a_run_that_must_enlarge_its_agenda_gives_the_same_numbers(population, monkeypatch):
    scenario = Scenario(days=40, orders=(Outbreak(infected=40),), immunity_half_life=30.0)
    wide = simulate(population, scenario, seed=3)
    monkeypatch.setattr(state, "new_agenda", lambda days, leaves: new_agenda(days, 1))
    grown = simulate(population, scenario, seed=3)
    assert (grown.tallies.daily == wide.tallies.daily).all()
    assert (grown.infected_by == wide.infected_by).all()
