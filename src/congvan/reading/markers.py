"""The marks that number the parts of a document: I., 1., 1.1., a), Điều 1., Phần thứ nhất."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from congvan.language import UPPER

LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_ORDINALS = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám"]
_STYLES = [
    ("part", re.compile(
    r"^(?P<mark>(?:PHẦN|Phần|CHƯƠNG|Chương)\s+(?P<number>(?:thứ\s+|THỨ\s+)?(?i:nhất|hai|ba|tư|"
    r"năm|sáu|bảy|tám)|[IVX]+|\d{1,2})(?!\w)\s*[.:-]?)\s*"
)),
    ("article", re.compile(r"^(?P<mark>(?:Điều|ĐIỀU)\s+(?P<number>\d{1,3})\s*[.:]?)\s*(?!\s*(?:này|của|Luật|Nghị))")),
    ("roman", re.compile(r"^(?P<mark>(?P<number>[IVXL]{1,6})\s*(?:[.)]|/(?=\s)|\s?-(?=\s)|-(?=\w{2})))\s*(?=\S|$)")),
    ("capital", re.compile(rf"^(?P<mark>(?P<number>[A-HĐ])\s*[.)/-])\s+(?={UPPER})")),
    ("decimal", re.compile(r"^(?P<mark>(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})\s*[.)/]?)\s+(?=[^\W\d])")),
    ("arabic", re.compile(r"^(?P<mark>(?P<number>\d{1,2})\s*(?:[.)]|/(?=\s)|-(?=\s)))\s*(?=[^\W\d]|[\"'(]|$)")),
    ("letter", re.compile(r"^(?P<mark>(?P<number>[a-zđ])\s*(?:[.)]|/(?=\s)))\s*(?=\S|$)")),
]  # fmt: skip
# "(1) UBND các xã ...": numbers a part only where nothing else numbers the body; else it lists things inside one.
_BRACKETED = re.compile(r"^(?P<mark>\((?P<number>\d{1,2})\)\s*[.:]?)\s*(?=[^\W\d])")
# From the outside in; a decimal is as deep as it has parts.
DEPTH = {"part": 0.0, "capital": 0.5, "roman": 1.0, "article": 2.0, "arabic": 3.0, "decimal": 4.0, "letter": 9.0}


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark before a paragraph: `style`, its place in the row (`ordinal`), what the id says of it (`label`)."""

    style: str
    ordinal: int
    label: str
    printed: str
    end: int

    @property
    def depth(self) -> float:
        return DEPTH[self.style] + (0.1 * self.label.count(".") if self.style == "decimal" else 0.0)


def marker_of(form: str) -> Marker | None:
    """The mark that a paragraph begins with, if any."""
    for style, pattern in _STYLES:
        found = pattern.match(form)
        if found:
            marker = _marker(style, found)
            if marker:
                return marker
    return None


def bracketed_marker_of(form: str) -> Marker | None:
    """The mark "(1)" that a paragraph begins with, if any."""
    found = _BRACKETED.match(form)
    return _marker("arabic", found) if found else None


def is_only_marker(form: str) -> bool:
    """Whether a line holds a mark and nothing else: its text was wrapped to the next line."""
    marker = marker_of(form)
    return marker is not None and marker.end >= len(form.rstrip())


def _marker(style: str, found: re.Match[str]) -> Marker | None:
    number = found["number"]
    if style == "letter" and number == "l" and "." in found["mark"]:
        return Marker("arabic", 1, "1", found["mark"].strip(), found.end())  # OCR's reading of "1."
    ordinal, label = _READERS[style](number)
    if not ordinal:
        return None
    return Marker(style, ordinal, label, found["mark"].strip(), found.end())


def _roman(printed: str) -> tuple[int, str]:
    values = [_ROMAN[letter] for letter in printed]
    total = sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
    return (total, printed) if 0 < total <= 40 and to_roman(total) == printed else (0, printed)


def to_roman(number: int) -> str:
    """A number from 1 to 40 in Roman numerals."""
    tens, ones = divmod(number, 10)
    return "X" * tens + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ones]


def _part(printed: str) -> tuple[int, str]:
    word = printed.lower().split()[-1]
    if word in _ORDINALS:
        return _ORDINALS.index(word) + 1, to_roman(_ORDINALS.index(word) + 1)
    return (int(word), word) if word.isdigit() else _roman(printed.upper())


def _decimal(printed: str) -> tuple[int, str]:
    return int(printed.rsplit(".", 1)[1]), ".".join(str(int(part)) for part in printed.split("."))


_READERS: dict[str, Callable[[str], tuple[int, str]]] = {
    "part": _part,
    "roman": _roman,
    "article": lambda printed: (int(printed), f"Đ{int(printed)}"),
    "capital": lambda printed: ("ABCDĐEGH".find(printed) + 1, printed),
    "decimal": _decimal,
    "arabic": lambda printed: (int(printed), str(int(printed))),
    "letter": lambda printed: (LETTERS.find(printed) + 1, printed),
}
