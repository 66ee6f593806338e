"""Tables of the language of Vietnamese official documents, one TOML file per subject, and the patterns built from them.

To teach the reader a word, add it to its table; no code changes. `docs/congvan-reading.md` says which table holds what.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The table `name`.toml of this folder."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def words(name: str, key: str) -> list[str]:
    """One list of words of a table."""
    return list(table(name)[key])


def one_of(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, the longest first; a space stands for any run of spaces."""
    ordered = sorted(set(phrases), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", " +") for phrase in ordered) + ")"


@cache
def pattern(name: str, *keys: str) -> re.Pattern[str]:
    """Whole words of the lists `keys` of a table, in any case."""
    phrases = [phrase for key in keys for phrase in words(name, key)]
    return re.compile(rf"(?<!\w){one_of(phrases)}(?!\w)", re.IGNORECASE)


def _letters(*, upper: bool) -> str:
    """The letters of the Latin script with Vietnamese marks, in one case, for use inside a character class."""
    found = (chr(code) for code in [*range(0x41, 0x250), *range(0x1EA0, 0x1F00)])
    return "".join(letter for letter in found if letter.isalpha() and (letter.isupper() if upper else letter.islower()))


UPPER = f"[{_letters(upper=True)}]"
LOWER = f"[{_letters(upper=False)}]"
