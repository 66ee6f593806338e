"""Vietnamese names of one person as different hands write them. Pure.

A name is family name, names between, given name: "Nguyễn Thị Thúy Lý". Hands differ in accents, in the place of the tone
(Thúy, Thuý), in i and y (Lý, Lí), in sounds that a region does not part (tr and ch, s and x, d, gi and r, l and n), leave
names between out, write Ng. or N. for a word, and put the given name first on Western forms.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

from phaodai.foundation.formats import fold

_WORDS = re.compile(r"[^\W\d_]+")
_SOUNDS = (
    ("tr", "ch"),
    ("s", "x"),
    ("gi", "d"),
    ("r", "d"),
    ("l", "n"),
    ("ngh", "ng"),
    ("gh", "g"),
    ("k", "c"),
    ("qu", "cu"),
)
_SHORT_FORMS = frozenset({"ng", "th", "tr", "ph", "kh"})
_ENDS = (("ng", "n"), ("c", "t"), ("nh", "n"))
SAME, ACCENTS, ORDER, SOUNDS, SHORTENED, LEFT_OUT = 1.0, 0.95, 0.9, 0.85, 0.8, 0.75
UNLIKE = 0.0


def words_of(name: str) -> list[str]:
    """The words of a name without accents, i for y."""
    return [word.replace("y", "i") for word in _WORDS.findall(fold(name))]


def name_key(name: str) -> str:
    """The words of a name in the order of the alphabet: the same for both orders and all accents."""
    return " ".join(sorted(words_of(name)))


@lru_cache(maxsize=1024)  # asked twice of each pair that is weighed
def likeness(one: str, other: str) -> float:
    """How far two names may be of one person: 1 for the same letters, 0 for names that differ in a word."""
    if not one.strip() or not other.strip():
        return UNLIKE
    if " ".join(one.lower().split()) == " ".join(other.lower().split()):
        return SAME
    left, right = words_of(one), words_of(other)
    return next((degree for degree, holds in _DEGREES if holds(left, right)), UNLIKE)


def _sounds_alike(one: str, other: str) -> bool:
    return _sound(one) == _sound(other)


def _sound(word: str) -> str:
    """The word as the least careful ear hears it."""
    for start, heard in _SOUNDS:
        if word.startswith(start) and len(word) > len(start):
            word = heard + word[len(start) :]
            break
    for end, heard in _ENDS:
        if word.endswith(end) and len(word) > len(end) + 1:
            return word[: -len(end)] + heard
    return word


def _shortens(one: str, other: str) -> bool:
    """Ng. is Nguyễn, T. is Thị; given names are never shortened to another whole word."""
    short, long = sorted((one, other), key=len)
    return one == other or ((len(short) == 1 or short in _SHORT_FORMS) and long.startswith(short))


def _leaves_out(long: list[str], short: list[str]) -> bool:
    """Family and given name stand, and some of the names between in their order."""
    if len(short) >= len(long) or len(short) < 2 or (long[0], long[-1]) != (short[0], short[-1]):
        return False
    places = [long.index(word) if word in long else -1 for word in short]
    return all(0 <= before < after for before, after in pairwise(places))


def _word_by_word(alike: Callable[[str, str], bool]) -> Callable[[list[str], list[str]], bool]:
    return lambda left, right: len(left) == len(right) and all(map(alike, left, right))


_DEGREES: tuple[tuple[float, Callable[[list[str], list[str]], bool]], ...] = (
    (ACCENTS, lambda left, right: left == right),
    (ORDER, lambda left, right: sorted(left) == sorted(right)),
    (SOUNDS, _word_by_word(_sounds_alike)),
    (SHORTENED, _word_by_word(_shortens)),
    (LEFT_OUT, lambda left, right: _leaves_out(left, right) or _leaves_out(right, left)),
)
