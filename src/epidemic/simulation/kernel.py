"""How the inner loops of the simulator are compiled: with Numba, free of Python's lock, so that threads run side by side.

What is compiled is kept on disk. Numba throws it away when the file of the function changes, not when a function that it calls
does in another file; so the names under which it is kept bear a digest of all sources of this package.
"""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def _digest_of(folder: Path) -> str:
    return sha256(b"".join(path.read_bytes() for path in sorted(folder.glob("*.py")))).hexdigest()[:12]


SOURCES = _digest_of(Path(__file__).parent)


def kernel(function: Function) -> Function:
    """A function that Python calls, compiled; it may make arrays."""
    return _kept(function)


def run_kernel(function: Function) -> Function:
    """A function that Python calls, compiled; it makes no array (see `step_kernel`)."""
    return _kept(function, _nrt=False)


def step_kernel(function: Function) -> Function:
    """A function that kernels call; it makes no array, and so need not count who uses those it is given.

    Counting would cost two locked operations for each of some sixty arrays at every look into a plan or a state: ten times
    a run's time (`_nrt`, Numba's switch for its memory manager).
    """
    return _compiled(function, _nrt=False)


def part_kernel(function: Function) -> Function:
    """A step that is written into its callers: to hand over a world and a state costs more than most steps, to compile too."""
    return _compiled(function, _nrt=False, inline="always")


def _kept(function: Function, **options: bool) -> Function:
    """Compiled and kept on disk where a folder can be written, else compiled in each process (numba issue 5566)."""
    function.__qualname__ = f"{function.__qualname__}_{SOURCES}"
    try:
        return _compiled(function, cache=True, **options)
    except RuntimeError:
        return _compiled(function, **options)


def _compiled(function: Function, **options: bool | str) -> Function:
    njit: Any = numba.njit
    return cast("Function", njit(nogil=True, **options)(function))
