"""Text that remembers where in the source each of its characters stood.

Cleaning deletes characters and joins lines; nothing is ever inserted but a space for a line end. So whatever a reader
takes out of a passage can be shown in the source, and can never be text that the source does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from congvan.model import Span

# Two spellings of one syllable (hoà, hòa; uỷ, ủy) are equally right and equally long: matching uses the newer.
_OLDER = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_OLDER |= {older.upper(): newer.upper() for older, newer in _OLDER.items()} | {
    older.capitalize(): newer.capitalize() for older, newer in _OLDER.items()
}
_OLDER_SPELLING = re.compile(rf"(?<!q)(?<!Q)(?:{'|'.join(_OLDER)})(?![a-zà-ỹA-ZÀ-Ỹ])")
_SIGNS = str.maketrans("–—−‑“”’‘\u00a0\u2009\n\t", "----\"\"''    ")


def matching_form(text: str) -> str:
    """The text as patterns see it: same length, plain dashes, quotes and spaces, newer tone placement."""
    return _OLDER_SPELLING.sub(lambda found: _OLDER[found.group()], text.translate(_SIGNS))


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` as printed, `form` for matching (same length), `places` the source offset of each character."""

    text: str
    places: tuple[int, ...]
    form: str = field(default="", compare=False)

    @classmethod
    def of(cls, text: str, places: Iterable[int]) -> Passage:
        return cls(text, tuple(places), matching_form(text))

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def cut(self, start: int, end: int | None = None) -> Passage:
        """The part from `start` to `end`."""
        return Passage(self.text[start:end], self.places[start:end], self.form[start:end])

    def strip(self, signs: str = " \t\n\u00a0") -> Passage:
        """The passage without `signs` at its ends."""
        start = len(self.text) - len(self.text.lstrip(signs))
        return self.cut(start, max(start, len(self.text.rstrip(signs))))

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where the part from `start` to `end` stands in the source."""
        places = self.places[start:end]
        return (places[0], places[-1] + 1) if places else (0, 0)

    def split(self, pattern: re.Pattern[str]) -> Iterator[Passage]:
        """The parts between the matches of `pattern`."""
        start = 0
        for found in pattern.finditer(self.form):
            yield self.cut(start, found.start())
            start = found.end()
        yield self.cut(start)

    def without(self, pattern: re.Pattern[str]) -> Passage:
        """The passage with every match of `pattern` (group `gone` if it has one) deleted."""
        if not pattern.search(self.form):
            return self
        return joined(list(self.split(pattern)), "")


def joined(parts: list[Passage], glue: str = " ") -> Passage:
    """One passage from several; `glue` (a space or nothing) takes the place of the character before it."""
    held = [part for part in parts if part]
    places: list[int] = []
    for part in held:
        if places and glue:
            places.append(places[-1])
        places.extend(part.places)
    return Passage(glue.join(part.text for part in held), tuple(places), glue.join(part.form for part in held))
