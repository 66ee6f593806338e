"""Compile every kernel before it is waited for."""

import numpy as np

from epidemic.tracing.accelerate import asked_engine, numba_is_there, using, warm
from epidemic.tracing.blocks import place_blocks
from epidemic.tracing.contacts import Via
from epidemic.tracing.exposures import Sources
from epidemic.tracing.index import VisitIndex
from epidemic.tracing.questions import Criteria, trace_many
from epidemic.tracing.rosters import Rosters
from epidemic.tracing.segments import build_segment
from epidemic.tracing.visits import MINUTES_A_DAY, Visits


def warm_up() -> bool:
    """Compile the kernels, or load what was compiled, and let Numba answer from now on; whether it does.

    Seconds pass, in which other threads are answered by NumPy: a server calls this in the background, a single command
    not at all.
    """
    if asked_engine() not in ("auto", "numba") or not numba_is_there():
        return False
    with using("numba"):
        _trace_a_little()
    warm.set()
    return True


def _trace_a_little() -> None:
    visits = Visits.of(person=[0, 1, 2], place=0, day=1, start=[0, 5, 5], duration=60)
    list(place_blocks(visits))
    home = Rosters.of(Via.HOUSEHOLD, person=[1, 2], group=[0, 0])
    sources = Sources(VisitIndex((build_segment(visits, persons=3, places=1), build_segment(visits))), (home,))
    windows = np.array([[0, 2 * MINUTES_A_DAY]] * 2)
    trace_many(sources, [0, 1], windows, Criteria())
