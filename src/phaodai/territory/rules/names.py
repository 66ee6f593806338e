"""One spelling for each name, so that two lists that mean one unit say one name."""

import re
import unicodedata

from phaodai.foundation.formats import fold, sort_key

# The lists of the General Statistics Office call the centrally run cities so; their names say "Thành phố".
_TYPES = {"thành phố trung ương": "Thành phố", "thành phố trực thuộc trung ương": "Thành phố"}
_LATE_TONE = re.compile(r"([oO])([àáảãạèéẻẽẹ])(?!\w)|(?<![qQ])([uU])([ỳýỷỹỵ])(?!\w)")
_DIGITS = re.compile(r"\d+")


def tidy(text: str) -> str:
    """Composed signs and single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def settle(name: str, kind: str) -> tuple[str, str]:
    """Name and type in one spelling: `("Thành Phố  Bắc Kạn", "Thành phố")` gives "Thành phố Bắc Kạn".

    Sources differ in capitals of the type and in where the tone of oa, oe and uy stands (Hoà, Hòa); the earlier place
    is taken, which official names of places keep. Anything else that differs is another name.
    """
    kind = tidy(kind)
    kind = _TYPES.get(kind.lower(), kind[:1].upper() + kind[1:])
    name = _LATE_TONE.sub(_tone_first, tidy(name))
    if name.lower().startswith(f"{kind.lower()} "):
        name = kind + name[len(kind) :]
    return name, kind


def _tone_first(match: re.Match[str]) -> str:
    first, second = (part for part in match.groups() if part)
    marks = unicodedata.normalize("NFD", second)
    return unicodedata.normalize("NFC", first + marks[1]) + marks[0]


def bare(name: str, kind: str) -> str:
    """The name without its type: Tân Lộc."""
    return name.removeprefix(kind).strip() or name


def place_order(name: str, kind: str) -> str:
    """The key by which lists of places run: word by word from the first, numbers by size (Phường 2, Phường 10)."""
    words = _DIGITS.sub(lambda digits: digits[0].zfill(4), bare(name, kind)).split()
    # `sort_key` starts with the last word, the given name of a person.
    return sort_key(" ".join(words[1:] + words[:1]))[:200]


def search_text(name: str, name_en: str) -> str:
    """The folded text in which units are searched."""
    return fold(f"{name} {name_en}")[:250]
