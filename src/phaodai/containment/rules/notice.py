"""From when a level counts: people and businesses are told ahead of a rise."""

from datetime import datetime, time, timedelta

START_OF_DAY = time(7)
"""Levels begin when the working day begins: a working rule, no document sets the hour."""

NOTICE_WITHOUT_RULE = 48
"""Hours of notice where no document of the day sets them. Decision 2686's procedure was not read; this is what
Resolution 128/NQ-CP set from 11/10/2021."""


def rises(before: int | None, after: int) -> bool:
    """Whether going from one level to another is a rise; a first level is none."""
    return before is not None and after > before


def earliest_start(moment: datetime, before: int | None, after: int, notice_hours: int) -> datetime:
    """The first start of a working day that leaves the notice due; a level that falls needs none."""
    ready = moment + timedelta(hours=notice_hours if rises(before, after) else 0)
    start = ready.replace(hour=START_OF_DAY.hour, minute=START_OF_DAY.minute, second=0, microsecond=0)
    return start if start >= ready else start + timedelta(days=1)
