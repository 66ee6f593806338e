"""Sentences and clauses of a passage, as intervals."""

from __future__ import annotations

import re
from functools import lru_cache

from congvan.language import UPPER

# A full stop ends a sentence before a capital letter; not after an abbreviation ("TP. Hà Nội").
_NOT_AFTER = rf"(?<!\bTP.)(?<!\bTT.)(?<!\bTX.)(?<!\b[Tt]p.)(?<!\b{UPPER}.)"
_STOP = re.compile(rf"[.!?…](?:{_NOT_AFTER}[.!?…]*[\"')]*\s+(?=[\"'(]?{UPPER})|(?<=\.)/\.\s*)")
_NEAR = 60
_CLAUSE = re.compile(r";\s+|;$")


@lru_cache(maxsize=512)
def sentences(form: str) -> tuple[tuple[int, int], ...]:
    """The intervals of the sentences."""
    return tuple(_pieces(form, _STOP, 0, len(form)))


def clauses(form: str) -> list[tuple[int, int]]:
    """The intervals of the clauses: sentences parted at semicolons."""
    return [piece for start, end in sentences(form) for piece in _pieces(form, _CLAUSE, start, end)]


def just_before(form: str, place: int, start: int = 0) -> str:
    """The few words before a place: all that a cue which must stand right before it can need."""
    return form[max(start, place - _NEAR) : place]


def _pieces(form: str, at: re.Pattern[str], start: int, end: int) -> list[tuple[int, int]]:
    found = []
    for match in at.finditer(form, start, end):
        found.append((start, match.end()))
        start = match.end()
    found.append((start, end))
    return [(first, last) for first, last in found if form[first:last].strip()]
