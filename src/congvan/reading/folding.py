"""Words without tone marks and case, letter for letter: how fixed words are found that OCR has bruised."""

from __future__ import annotations

import re
import unicodedata
from functools import cache


@cache
def _bare(letter: str) -> str:
    if letter in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


def fold(text: str) -> str:
    """The text in lower case without diacritics, the same length."""
    return "".join(map(_bare, text))


def squeezed(text: str) -> str:
    """Only the folded letters and digits: equal for two printings of one phrase."""
    return re.sub(r"[\W_]+", "", fold(text))


def mostly_capitals(text: str, share: float = 0.7) -> bool:
    """Whether at least `share` of the letters are capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 2 and sum(letter.isupper() for letter in letters) >= share * len(letters)
