"""Old and broken encodings of Vietnamese: recognised by how many everyday words each reading of the text holds."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
_LEAST_WORDS = 3


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files("congvan.formats").joinpath("legacy.toml").read_text(encoding="utf-8"))


@cache
def _everyday() -> frozenset[str]:
    return frozenset(word for word in _tables()["evidence"]["words"] if not word.isascii())


def evidence(text: str) -> int:
    """How many everyday words with marks the beginning of a text holds."""
    return sum(1 for word in _WORD.findall(text[:_SAMPLE]) if word.lower() in _everyday())


@cache
def _tcvn3() -> dict[int, str]:
    table = _tables()["tcvn3"]
    return {
        ord(sign): letter
        for sign, letter in zip(table["signs"].replace(" ", ""), table["letters"].replace(" ", ""), strict=True)
    }


def from_tcvn3(text: str) -> str:
    """A text of the ABC fonts in Unicode; words in capitals keep their case only where the sign shows it."""
    return text.translate(_tcvn3())


@cache
def _vni() -> tuple[re.Pattern[str], dict[str, str]]:
    table = _tables()["vni"]
    pairs: dict[str, str] = {}
    for base in "aeouyôö":
        letter = {"ô": "ơ", "ö": "ư"}.get(base, base)
        pairs |= {base + mark: letter + tone for mark, tone in zip(table["marks"], table["tones"], strict=True)}
    for base in "aeo":
        pairs |= {
            base + mark: base + "\u0302" + tone
            for mark, tone in zip(table["hat_marks"], ["", *table["tones"]], strict=True)
        }
    pairs |= {
        "a" + mark: "a\u0306" + tone for mark, tone in zip(table["breve_marks"], ["", *table["tones"]], strict=True)
    }
    single = table["single"].split()
    pairs |= dict(zip(single[::2], single[1::2], strict=True))
    pairs = {sign: unicodedata.normalize("NFC", letter) for sign, letter in pairs.items()}
    pairs |= {sign.upper(): letter.upper() for sign, letter in pairs.items()}
    pairs |= {sign[0].upper() + sign[1:]: letter.upper() for sign, letter in pairs.items() if len(sign) == 2}
    return re.compile("|".join(sorted(map(re.escape, pairs), key=len, reverse=True))), pairs


def from_vni(text: str) -> str:
    """A text of the VNI fonts in Unicode."""
    pattern, pairs = _vni()
    return pattern.sub(lambda found: pairs[found.group()], text)


def from_misread_utf8(text: str) -> str:
    """A UTF-8 text that was read as Windows-1252 ("Cá»™ng hÃ²a"), read rightly."""
    try:
        return _bytes_1252(text).decode("utf-8")
    except UnicodeError:
        return text


def _bytes_1252(text: str) -> bytes:
    """The bytes behind a text that was read as Windows-1252 or Latin-1."""
    return b"".join(bytes([ord(letter)]) if ord(letter) < 256 else letter.encode("cp1252") for letter in text)


READINGS: dict[str, Callable[[str], str]] = {
    "TCVN3 (ABC)": from_tcvn3,
    "VNI": from_vni,
    "UTF-8 đọc nhầm thành Windows-1252": from_misread_utf8,
}


def best_reading(text: str) -> tuple[str, str | None]:
    """The text in the reading that holds most everyday words, and the name of the encoding if one had to be undone."""
    as_is = evidence(text)
    best, name = max(((evidence(read(text)), name) for name, read in READINGS.items()), key=lambda scored: scored[0])
    if best >= _LEAST_WORDS and best > 2 * as_is:
        return READINGS[name](text), name
    return text, None
