"""The addressees: what stands after "Kính gửi" or after "điện:"."""

from __future__ import annotations

import re

from congvan.model import Span
from congvan.reading.folding import fold
from congvan.reading.lines import BULLET, Line
from congvan.reading.passage import Passage, joined

_ADDRESS = re.compile(r"^\W*k[ií]nh\s*g[uư]\S?\W{0,3}\s*")
_DISPATCH = re.compile(r"^.*?(?<!\w)điện\s*:\s*")
_ITEM = re.compile(r"(?<=[;,.])\s*[-+]\s+|;\s+(?=\S)")
_EDGES = " \t\n.,;:-+*•"


def read_addressees(lines: list[Line]) -> tuple[tuple[str, ...], dict[str, Span]]:
    """The addressees as printed, one per dash, or one per semicolon where there are no dashes."""
    items = [item for item in _items(lines) if item]
    names = tuple(item.text for item in items)
    return names, {"recipients": (items[0].span()[0], items[-1].span()[1])} if items else {}


def _items(lines: list[Line]) -> list[Passage]:
    groups: list[list[Passage]] = []
    dashed = False
    for place, line in enumerate(lines):
        words_ = _after_heading(line.words) if place == 0 else line.words
        if not words_:
            continue
        bullet = BULLET.match(words_.form)
        dashed = dashed or bullet is not None
        if bullet or not groups or (dashed is False and groups[-1][-1].form.rstrip().endswith(";")):
            groups.append([words_.cut(bullet.end() if bullet else 0)])
        else:
            groups[-1].append(words_)
    wholes = [joined(group) for group in groups]
    parts = wholes if dashed else [part for whole in wholes for part in whole.split(_ITEM)]
    return [
        part.strip(_EDGES)
        for whole in parts
        for part in (whole.split(re.compile(r"(?<=[;,])\s*-\s+")) if dashed else [whole])
    ]


def _after_heading(words_: Passage) -> Passage:
    """The first line without "Kính gửi:" or "... điện:"."""
    address = _ADDRESS.match(fold(words_.form))
    if address:
        return words_.cut(address.end()).strip()
    dispatch = _DISPATCH.match(words_.form)
    return words_.cut(dispatch.end() if dispatch else 0).strip()
