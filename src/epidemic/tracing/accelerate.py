"""One way to compile kernels: Numba where it is installed, a NumPy twin with the same answer where it is not.

The environment variable `EPIDEMIC_ENGINE` chooses: `auto` (default), `numba`, `numpy`, or `python`, which runs the kernels
uncompiled, so that tests and coverage see their lines.
"""

import os
from collections.abc import Callable
from functools import cache, wraps
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeVar, cast

VARIABLE = "EPIDEMIC_ENGINE"
ENGINES = ("auto", "numba", "numpy", "python")

Function = TypeVar("Function", bound=Callable[..., Any])


class EngineError(RuntimeError):
    """The engine asked for is unknown or not installed; the message says what to do."""


def engine() -> str:
    """The engine in use: `numba`, `numpy` or `python`.

    Raises
    ------
    EngineError
        Where the environment asks for an unknown engine, or for Numba and it is not installed.
    """
    asked = os.environ.get(VARIABLE, "auto")
    if asked not in ENGINES:
        raise EngineError(f"{VARIABLE} is '{asked}': choose one of {', '.join(ENGINES)}")
    if asked == "auto":
        return "numba" if _numba_is_there() else "numpy"
    if asked == "numba" and not _numba_is_there():
        raise EngineError("Numba is not installed: install the extra with pip install 'phaodai[analytics]'")
    return asked


def accelerate(vectorised: Callable[..., Any]) -> Callable[[Function], Function]:
    """Decorate a kernel of plain loops: it is compiled on first use, or `vectorised` answers in its place."""

    def decorate(kernel: Function) -> Function:
        @wraps(kernel)
        def call(*arguments: Any) -> Any:
            return _chosen(kernel, vectorised, engine())(*arguments)

        return cast("Function", call)

    return decorate


@cache
def _chosen(kernel: Callable[..., Any], vectorised: Callable[..., Any], name: str) -> Callable[..., Any]:
    return _compiled(kernel) if name == "numba" else vectorised if name == "numpy" else kernel


def _compiled(kernel: Callable[..., Any]) -> Callable[..., Any]:
    numba: Any = import_module("numba")
    try:
        compiled: Callable[..., Any] = numba.njit(cache=True, nogil=True)(kernel)
    except RuntimeError:  # no folder for the cache can be written (numba issue 5566): compile in each process
        compiled = numba.njit(nogil=True)(kernel)
    return compiled


@cache
def _numba_is_there() -> bool:
    return find_spec("numba") is not None
