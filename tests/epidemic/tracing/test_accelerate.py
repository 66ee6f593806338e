import pytest

from epidemic.tracing import EngineError, engine
from epidemic.tracing.accelerate import accelerate


@pytest.fixture
def numba_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("epidemic.tracing.accelerate._numba_is_there", lambda: False)


@pytest.mark.usefixtures("numba_missing")
def test_without_numba_numpy_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EPIDEMIC_ENGINE", raising=False)
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
