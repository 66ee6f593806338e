"""What became of beds when their kind or state changed."""

from enum import StrEnum


class Change(StrEnum):
    """What a change was for those who count beds."""

    ADDED = "added"
    CONVERTED = "converted"
    OPENED = "opened"
    UNFIT = "unfit"
    HELD = "held"
    CLOSED = "closed"


_OF_STATE = {"unfit": Change.UNFIT, "closed": Change.CLOSED, "reserve": Change.HELD}


def change_of(before: tuple[str, str] | None, after: tuple[str, str]) -> Change | None:
    """Which change it was, from kind and state before (None: there was no such bed) to those after.

    A bed that is being cleaned is given as usable: cleaning changes nothing about how many there are. None for no change.
    """
    if before is None:
        return Change.ADDED
    if before[1] != after[1]:
        return _OF_STATE.get(after[1], Change.OPENED)
    return Change.CONVERTED if before[0] != after[0] else None
