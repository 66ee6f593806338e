import pytest

from epidemic.tracing.accelerate import using


@pytest.fixture(scope="module", params=["numba", "numpy", "python"])
def every_engine(request):
    """Each engine in turn: compiled, vectorised, and the kernels' own lines uncompiled."""
    if request.param == "numba":
        pytest.importorskip("numba")
    with using(request.param):
        yield request.param
