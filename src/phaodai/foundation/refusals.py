"""What an action says when it will not do a thing: always a sentence for the person, never a code."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DataError
from django.utils.translation import gettext as _


class Refusal(Exception):
    """An action's polite no. `field` names the value to mend, when there is one."""

    def __init__(self, message: Any, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(Refusal):
    """The officer's role or area does not cover this deed."""


class NotHere(Refusal):
    """The record does not exist, or not for this officer; the two are never told apart."""


@dataclass(frozen=True)
class Difference:
    """One field that somebody else changed meanwhile."""

    field: str
    label: str
    theirs: str
    mine: str


BEYOND_KEEPING = (DataError, OverflowError)
"""What a number of twenty digits or a day of the year 9999 raises where no form had a limit for it."""


def beyond_keeping() -> Refusal:
    """For what no column and no calendar holds."""
    return Refusal(_("A number or a day in this form is larger than can be kept. Nothing was changed: correct it."))


class Clash(Refusal):
    """Two officers edited one record. Carries who, when and what, so that nothing typed is lost.

    `mine` names the values that the second officer really changed; the others had only been shown.
    """

    def __init__(
        self, message: Any, *, by: str, when: datetime, differences: tuple[Difference, ...], mine: frozenset[str]
    ) -> None:
        super().__init__(message)
        self.mine = mine
        self.by = by
        self.when = when
        self.differences = differences


def not_to_come(moment: datetime, at: datetime, field: str) -> None:
    """Refuse a time that has not come: a telephone's clock may be wrong by a day."""
    if at > moment:
        raise Refusal(_("This time has not come yet. Look at the date of your device and correct it."), field=field)
