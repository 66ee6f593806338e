from pathlib import Path
from threading import Event

import numpy as np
import pytest

from epidemic.tracing import (
    Criteria,
    EngineError,
    LateVisits,
    SegmentCache,
    Sources,
    VisitIndex,
    build_segment,
    engine,
    place_blocks,
    segment_of_parts,
    trace_many,
    warm_up,
)
from epidemic.tracing.accelerate import accelerate, compiled, environment_engine, using
from epidemic.tracing.degrees import first_exposures, newcomers
from epidemic.tracing.overlaps import overlapping
from epidemic.tracing.sorting import stable_order
from tests.epidemic.tracing.days import DAY, ROWS, kept, visits


@pytest.fixture(autouse=True)
def environment_read_anew():
    environment_engine.cache_clear()
    yield
    environment_engine.cache_clear()


@pytest.fixture
def numba_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("epidemic.tracing.accelerate.numba_is_there", lambda: False)
    monkeypatch.setattr("epidemic.tracing.warming.numba_is_there", lambda: False)


@pytest.mark.usefixtures("numba_missing")
def test_without_numba_numpy_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EPIDEMIC_ENGINE", raising=False)
    monkeypatch.setattr("epidemic.tracing.accelerate.warm", Event())
    assert not warm_up()
    assert engine() == "numpy"


@pytest.mark.usefixtures("numba_missing")
def test_asking_for_numba_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EPIDEMIC_ENGINE", "numba")
    with pytest.raises(EngineError, match=r"phaodai\[analytics\]"):
        engine()


def test_an_unknown_engine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EPIDEMIC_ENGINE", "fortran")
    with pytest.raises(EngineError, match="choose one of auto, numba, numpy, python"):
        engine()


def test_where_no_cache_can_be_written_kernels_are_compiled_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    numba = pytest.importorskip("numba")
    asked = []

    def njit(**options):
        asked.append(options)
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return lambda kernel: kernel

    monkeypatch.setattr(numba, "njit", njit)
    monkeypatch.setenv("EPIDEMIC_ENGINE", "numba")
    assert doubled(4) == 8
    assert asked == [{"cache": True, "nogil": True}, {"nogil": True}]


@accelerate(lambda number: number + number)
def doubled(number: int) -> int:
    return 2 * number


@pytest.fixture
def cold(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a new process, whatever ran before."""
    pytest.importorskip("numba")
    monkeypatch.setattr("epidemic.tracing.accelerate.warm", event := Event())
    monkeypatch.setattr("epidemic.tracing.warming.warm", event)


@pytest.mark.usefixtures("cold")
def test_numpy_answers_until_numba_is_warm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EPIDEMIC_ENGINE", raising=False)
    assert engine() == "numpy"
    assert warm_up()
    assert engine() == "numba"
    with using("numpy"):
        assert not warm_up()


@pytest.mark.usefixtures("cold")
def test_nothing_is_left_to_compile_once_numba_is_warm(tmp_path: Path) -> None:
    """From the cache and from memory, one case and many, with late visits: the first question waits for no compiler."""
    with using("numba"):
        assert warm_up()
        kernels = [compiled(kernel.__wrapped__) for kernel in KERNELS]
        before = [len(kernel.signatures) for kernel in kernels]
        cache = SegmentCache(tmp_path)
        kept(cache)
        mapped = cache.stored(DAY, "seed 1")
        assert mapped is not None
        late = LateVisits(np.arange(ROWS), np.arange(ROWS) % 3 == 0, visits(2))
        for segment in (mapped, build_segment(visits()), segment_of_parts(visits(), visits())):
            index = Sources(VisitIndex((segment,), late))
            for cases in ([3], [3, 4]):
                assert len(trace_many(index, cases, [(mapped.origin, mapped.origin + 3000)] * len(cases), Criteria()))
        assert list(place_blocks(visits()))
        assert [len(kernel.signatures) for kernel in kernels] == before


KERNELS = (stable_order, overlapping, first_exposures, newcomers)
