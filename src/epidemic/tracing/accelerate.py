"""One way to compile kernels: Numba where it is installed and warm, a NumPy twin with the same answer where it is not.

To import Numba and load what it compiled takes seconds, a trace takes a millisecond: until `warm_up` is done, NumPy answers.
The environment variable `EPIDEMIC_ENGINE` chooses: `auto` (default, as said), `numba`, `numpy`, or `python`, which runs the
kernels uncompiled, so that tests and coverage see their lines.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from importlib import import_module
from importlib.util import find_spec
from threading import Event
from typing import Any, TypeVar, cast

VARIABLE = "EPIDEMIC_ENGINE"
ENGINES = ("auto", "numba", "numpy", "python")
warm = Event()
_chosen_here: ContextVar[str | None] = ContextVar("engine", default=None)

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
    asked = asked_engine()
    if asked == "auto":
        return "numba" if warm.is_set() else "numpy"
    if asked == "numba" and not numba_is_there():
        raise EngineError("Numba is not installed: install the extra with pip install 'phaodai[analytics]'")
    return asked


def asked_engine() -> str:
    """What this context or the environment asks for: one of `ENGINES`."""
    return _chosen_here.get() or environment_engine()


@cache
def environment_engine() -> str:
    """What the environment asks for, read once: kernels ask for it thousands of times a second."""
    asked = os.environ.get(VARIABLE, "auto")
    if asked not in ENGINES:
        raise EngineError(f"{VARIABLE} is '{asked}': choose one of {', '.join(ENGINES)}")
    return asked


@contextmanager
def using(name: str) -> Iterator[None]:
    """Ask for an engine in this thread, whatever the environment says."""
    token = _chosen_here.set(name)
    try:
        yield
    finally:
        _chosen_here.reset(token)


@cache
def numba_is_there() -> bool:
    """Whether the extra `analytics` is installed."""
    return find_spec("numba") is not None


def accelerate(vectorised: Callable[..., Any]) -> Callable[[Function], Function]:
    """Decorate a kernel of plain loops: it is compiled on first use, or `vectorised` answers in its place."""

    def decorate(kernel: Function) -> Function:
        @wraps(kernel)
        def call(*arguments: Any) -> Any:
            return _chosen(kernel, vectorised, engine())(*arguments)

        return cast("Function", call)

    return decorate


def _chosen(kernel: Callable[..., Any], vectorised: Callable[..., Any], name: str) -> Callable[..., Any]:
    return compiled(kernel) if name == "numba" else vectorised if name == "numpy" else kernel


@cache
def compiled(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """The kernel as Numba compiles it for each set of argument types, kept on disk where a folder can be written."""
    numba: Any = import_module("numba")
    try:
        dispatcher: Callable[..., Any] = numba.njit(cache=True, nogil=True)(kernel)
    except RuntimeError:  # no folder for the cache can be written (numba issue 5566): compile in each process
        dispatcher = numba.njit(nogil=True)(kernel)
    return dispatcher
