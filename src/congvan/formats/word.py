"""Word (.docx): paragraphs and tables in their order, with the numbers that Word makes by itself."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from congvan.errors import Damaged
from congvan.reading.markers import to_roman

_LISTED = f"{qn('w:pPr')}/{qn('w:numPr')}"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def read_docx(data: bytes) -> str:
    """The text, a line for a paragraph; cells of a layout table one by one, rows of a wider table between bars."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]

    try:
        document = docx.Document(io.BytesIO(data))
        return "\n".join(_lines(document, _Numbering(document)))
    except (PackageNotFoundError, XMLSyntaxError, KeyError, ValueError, zipfile.BadZipFile, OSError) as error:
        raise Damaged from error


def _lines(container: Any, numbering: _Numbering) -> Iterator[str]:
    from docx.table import Table

    for block in container.iter_inner_content():
        if isinstance(block, Table):
            yield ""
            yield from _table_lines(block, numbering)
            yield ""
        else:
            yield from (numbering.mark(block) + block.text).split("\n")


def _table_lines(table: Any, numbering: _Numbering) -> Iterator[str]:
    wide = len(table.columns) > 2
    for row in table.rows:
        cells = list({id(cell._tc): cell for cell in row.cells}.values())  # noqa: SLF001 - merged cells share one element
        if wide and len(cells) > 2:
            yield "| " + " | ".join(" ".join(cell.text.split()) for cell in cells) + " |"
            continue
        for cell in cells:
            yield from _lines(cell, numbering)
            yield ""


class _Numbering:
    """Counts the automatic numbers of a document, as Word would print them."""

    def __init__(self, document: Any) -> None:
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self.lists: dict[str, str] = {}
        try:
            root = document.part.numbering_part.element
        except (NotImplementedError, KeyError):
            return
        for abstract in root.findall(qn("w:abstractNum")):
            for level in abstract.findall(qn("w:lvl")):
                self._keep(abstract.get(qn("w:abstractNumId")), level)
        for number in root.findall(qn("w:num")):
            self.lists[number.get(qn("w:numId"))] = _value(number, "w:abstractNumId") or ""

    def _keep(self, name: str, level: Any) -> None:
        place = int(level.get(qn("w:ilvl")) or 0)
        start = int(_value(level, "w:start") or 1)
        self.levels[name, place] = (_value(level, "w:numFmt") or "decimal", _value(level, "w:lvlText") or "", start)

    def mark(self, paragraph: Any) -> str:
        """The number or bullet before a paragraph, with a space after it; empty where there is none."""
        listed = paragraph._p.find(_LISTED)  # noqa: SLF001 - python-docx has no public way to the list
        style = paragraph.style
        while listed is None and style is not None:
            listed = style.element.find(_LISTED)
            style = style.base_style
        if listed is None or not paragraph.text.strip():
            return ""
        name = self.lists.get(_value(listed, "w:numId") or "")
        place = int(_value(listed, "w:ilvl") or 0)
        if name is None or (name, place) not in self.levels:
            return ""
        return self._next(name, place)

    def _next(self, name: str, place: int) -> str:
        form, pattern, start = self.levels[name, place]
        if form in ("bullet", "none"):
            return "- " if form == "bullet" else ""
        counts = self.counts[name]
        counts[place] = counts.get(place, start - 1) + 1
        for deeper in [level for level in counts if level > place]:
            del counts[deeper]
        for level in range(place + 1):
            form = self.levels.get((name, level), ("decimal", "", 1))[0]
            pattern = pattern.replace(f"%{level + 1}", _printed(counts.get(level, 1), form))
        return pattern + " "


def _value(element: Any, name: str) -> str | None:
    """The value of a child such as <w:start w:val="1"/>."""
    child = element.find(qn(name))
    return None if child is None else child.get(qn("w:val"))


def _printed(number: int, form: str) -> str:
    """A count in the form that a list asks for."""
    if form in ("upperRoman", "lowerRoman") and number <= 40:
        roman = to_roman(number)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("lowerLetter", "upperLetter"):
        letter = _LETTERS[(number - 1) % len(_LETTERS)]
        return letter if form == "lowerLetter" else letter.upper()
    return str(number)
