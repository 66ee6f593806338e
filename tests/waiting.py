"""Waiting for what other processes bring about, by the state that is waited for."""

import time
from collections.abc import Callable


def eventually(holds: Callable[[], object], seconds: float = 30) -> None:
    """Wait until it holds; the figure only bounds a failing test."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)
