"""The words of line lists, from `vocabulary.toml`, and the form in which words are compared."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from phaodai.foundation.formats import fold

_SIGNS = re.compile(r"[^\w]+|_")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SHORT = {"dt": "date"}


def plain(text: str) -> str:
    """A cell or header for comparison: no accents, signs or case, single spaces; `caseID` is two words."""
    return " ".join(_SIGNS.sub(" ", fold(_HUMPS.sub(" ", text))).split())


def header_words(text: str) -> str:
    """A header for comparison: as `plain`, with the usual short forms written out."""
    return " ".join(_SHORT.get(word, word) for word in plain(text).split())


@cache
def vocabulary(name: str) -> dict[str, str]:
    """Word -> what it stands for, of one table of the vocabulary."""
    table = tomllib.loads(files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8"))[name]
    if isinstance(table, list):
        return {plain(word): name for word in table}
    return {plain(word): value for value, words in table.items() for word in words}


def is_missing(text: str) -> bool:
    """Whether a cell says that nothing is known: empty, NA, -, ?, "chưa rõ" and the like."""
    key = plain(text)
    return not key or key in vocabulary("missing")


def word_for(name: str, text: str, more: Iterable[tuple[str, str]] = ()) -> str | None:
    """What a cell stands for in a table of the vocabulary, or by the labels of the screens; None when unknown."""
    key = plain(text)
    found = vocabulary(name).get(key)
    return found if found is not None else next((value for label, value in more if plain(label) == key), None)


def word_in(name: str, text: str) -> str | None:
    """What the longest word of a table that stands in a text stands for."""
    padded = f" {plain(text)} "
    held = [word for word in vocabulary(name) if f" {word} " in padded]
    return vocabulary(name)[max(held, key=len)] if held else None


def word_at_start(name: str, text: str) -> str | None:
    """What the longest word of a table that a text begins with stands for."""
    key = f"{plain(text)} "
    held = [word for word in vocabulary(name) if key.startswith(f"{word} ")]
    return vocabulary(name)[max(held, key=len)] if held else None
