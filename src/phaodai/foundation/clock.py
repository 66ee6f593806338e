"""The one source of "now": replays and drills move it, tests pin it, nothing else reads the machine's clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from time import monotonic

from django.utils import timezone

from phaodai.foundation.formats import VIETNAM

__all__ = ["VIETNAM", "at", "forget_shift", "inside", "now", "today"]

_SHIFT_KEPT_SECONDS = 5.0

_pinned: ContextVar[datetime | None] = ContextVar("phaodai_pinned_moment", default=None)


class _StoredShift:
    """The installation's shift, read from the database at most every few seconds."""

    value = timedelta(0)
    read_at: float | None = None

    @classmethod
    def current(cls) -> timedelta:
        if cls.read_at is None or monotonic() - cls.read_at > _SHIFT_KEPT_SECONDS:
            from phaodai.foundation.models import ClockShift

            cls.value = ClockShift.stored()
            cls.read_at = monotonic()
        return cls.value

    @classmethod
    def forget(cls) -> None:
        cls.read_at = None


def now() -> datetime:
    """The present moment of this installation, aware, in Vietnam's time."""
    pinned = _pinned.get()
    if pinned is not None:
        return pinned
    return (timezone.now() + _StoredShift.current()).astimezone(VIETNAM)


def today() -> date:
    """The present day in Vietnam."""
    return now().date()


def inside(moment: datetime) -> datetime:
    """A moment told by a clock outside, such as a telephone's, as this installation counts it: shifted as far as its own."""
    return moment if _pinned.get() is not None else moment + _StoredShift.current()


def forget_shift() -> None:
    """Read the stored shift again at the next call, after it was changed."""
    _StoredShift.forget()


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Pin the clock to one moment inside the block: replays, drills, nightly work for a past day, tests."""
    token = _pinned.set(moment.astimezone(VIETNAM))
    try:
        yield moment
    finally:
        _pinned.reset(token)


def local_day(moment: datetime) -> date:
    """The day of a moment in Vietnam."""
    return moment.astimezone(VIETNAM).date()
