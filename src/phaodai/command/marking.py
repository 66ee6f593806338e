"""The source of a document with what was read out of it: paragraphs cut into plain and marked pieces.

Every mark comes from a span of the reading; where spans overlap, the one that starts first wins and the other is left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

# Metadata whose place in the text helps the officer to check it.
_SHOWN_META = ("issuer", "issuer_parent", "number", "symbol", "place", "date", "subject", "urgency", "signer")


@dataclass(frozen=True)
class Mark:
    """A stretch of the source that the reader understood. `kind` is a class of the style sheet."""

    start: int
    end: int
    kind: str = ""
    letters: str = ""
    title: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Piece:
    """Text, marked or not."""

    text: str
    mark: Mark | None = None


@dataclass
class Block:
    """Consecutive paragraphs of one clause, or of none (`clause` 0)."""

    clause: int
    anchor: str
    paragraphs: list[list[Piece]] = field(default_factory=list)


def marks_of(reading: dict[str, Any]) -> list[Mark]:
    """Every mark of a reading, in the order of the text, none overlapping another."""
    return _lit(reading)[0]


def places_of(reading: dict[str, Any]) -> dict[str, str]:
    """Where each anchor leads: to its own mark, or to the one that lies over it."""
    return _lit(reading)[1]


def _lit(reading: dict[str, Any]) -> tuple[list[Mark], dict[str, str]]:
    kept: list[Mark] = []
    places: dict[str, str] = {}
    for mark in sorted(_all_marks(reading), key=lambda mark: (mark.start, -mark.end)):
        if mark.end <= mark.start:
            continue
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
        elif mark.anchor and not kept[-1].anchor:
            kept[-1] = replace(kept[-1], anchor=mark.anchor)
        if mark.anchor:
            places[mark.anchor] = kept[-1].anchor
    return kept, places


def _all_marks(reading: dict[str, Any]) -> Iterator[Mark]:
    spans = reading.get("spans") or {}
    for name in _SHOWN_META:
        if name in spans:
            start, end = spans[name]
            yield Mark(start, end, anchor=f"doc-{name}")
    for place, reference in enumerate(reading.get("references") or []):
        for mark in _marks([reference], "citation", _("REF")):
            yield replace(mark, anchor=citation_anchor(place))
    for section in _walk(reading.get("sections") or []):
        named = [one for one in section.get("agencies") or [] if not one.get("inherited")]
        yield from _marks(named, "", _("WHO"))
        yield from _marks(section.get("deadlines") or [], "deadline", _("DUE"))
        yield from _marks(section.get("quantities") or [], "quantity", _("QTY"))
    for place, warning in enumerate(reading.get("warnings") or []):
        if warning.get("span"):
            start, end = warning["span"]
            yield Mark(start, end, "repair", "", str(warning.get("what") or ""), warning_anchor(place))


def citation_anchor(place: int) -> str:
    """The name of the words of a reading's reference, counted from 0."""
    return f"dan-{place}"


def warning_anchor(place: int) -> str:
    """The name of the words that a warning is about, counted from 0."""
    return f"canh-bao-{place}"


def _walk(sections: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for section in sections:
        yield section
        yield from _walk(section.get("children") or [])


def _marks(readings: Iterable[dict[str, Any]], kind: str, letters: str) -> Iterator[Mark]:
    for one in readings:
        if one.get("span"):
            yield Mark(one["span"][0], one["span"][1], kind, letters)


def blocks_of(text: str, marks: list[Mark], clauses: list[tuple[int, int, int]]) -> list[Block]:
    """The text as blocks. `clauses` are (row id, start, end); a paragraph belongs to the innermost clause it starts in."""
    blocks: list[Block] = []
    seen: set[int] = set()
    for start, end in _paragraphs(text, [start for _pk, start, _end in clauses]):
        owner = _owner(start, clauses)
        if not blocks or blocks[-1].clause != owner:
            blocks.append(Block(owner, f"muc-{owner}" if owner and owner not in seen else ""))
            seen.add(owner)
        blocks[-1].paragraphs.append(list(_pieces(text, start, end, marks)))
    return blocks


def _paragraphs(text: str, starts: list[int]) -> Iterator[tuple[int, int]]:
    """Lines that stand together are one paragraph; an empty line, or the start of a clause, begins another."""
    begin = last = -1
    for line in re.finditer(r"[^\n]+", text):
        if not line.group().strip():
            continue
        first = line.start() + len(line.group()) - len(line.group().lstrip())
        apart = (
            begin < 0 or text[last : line.start()].count("\n") > 1 or any(line.start() <= at <= first for at in starts)
        )
        if apart and begin >= 0:
            yield begin, last
        begin, last = (first if apart else begin), line.end()
    if begin >= 0:
        yield begin, last


def _owner(at: int, clauses: list[tuple[int, int, int]]) -> int:
    inside = [(end - start, pk) for pk, start, end in clauses if start <= at < end]
    return min(inside)[1] if inside else 0


def _pieces(text: str, start: int, end: int, marks: list[Mark]) -> Iterator[Piece]:
    at = start
    for mark in marks:
        if mark.end <= start or mark.start >= end:
            continue
        first, last = max(mark.start, start), min(mark.end, end)
        if first > at:
            yield Piece(_plain(text[at:first]))
        # A mark that runs over several lines carries its letters once, at its end.
        yield Piece(
            _plain(text[first:last]),
            mark if last == mark.end else replace(mark, letters="", anchor=""),
        )
        at = last
    if at < end:
        yield Piece(_plain(text[at:end]))


def _plain(text: str) -> str:
    """Without the stars and hashes of markdown, which the paper never had."""
    return text.replace("**", "").replace("__", "")
