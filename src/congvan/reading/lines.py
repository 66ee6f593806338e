"""The lines of a source without the traces of its layout: emphasis marks, table bars, rules, tags, page numbers."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from congvan.reading.passage import Passage, joined

_RULE = re.compile(r"[\s|*_~=\-.·•\\#:]*")
_STAR_BULLET = re.compile(r"\s*\*\s+[^*]+")
_TAGS = r"</?(?:sup|sub|b|i|u|br|p|div|span|strong|em|td|tr|table)\b[^<>]{0,40}>"
_MARKS = re.compile(
    r"\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)|\\(?=[*_#.\-])"
    rf"|{_TAGS}|\[bookmark:[^\]]{{0,40}}\]|&nbsp;|[\u200b-\u200f\u00ad\ufeff]"
)
_HEADING_MARK = re.compile(r"^\s*(?:#{1,6}\s+|>\s?)")
# Where two bold lines of one cell were flattened: "**UBND HUYỆN** **BAN CHỈ ĐẠO**".
_BOLD_SEAM = re.compile(r"(?<=\*\*)\s+(?=\*\*)|(?<=\*\*)\s+(?=-\s)|(?<=\*\*)\s+(?=-{3,})|(?<=;)\s+(?=-\s)")
_BAR = re.compile(r"\s*\|\s*")
_BROKEN = re.compile(r"[\w,)\"]\s*$")
# Wide blanks, but not the blanks left to fill in by hand ("Số:      /KH-UBND", "ngày     tháng 3").
_GAP = re.compile(r"\t+|(?<![Ss]ố: )(?<![Ss]ố:)(?<!ngày)(?<!tháng)(?<! ) {3,}(?!\s*/)(?!\s*tháng)(?!\s*năm)")
_PAGE_NUMBER = re.compile(r"\s*(?:-\s*)?(?:Trang\s+)?\d{1,3}(?:\s*/\s*\d{1,3})?(?:\s*-)?\s*")
BULLET = re.compile(r"\s*[-+*•●▪○◦‣]\s*(?=[^\W_]|[\"'(])")


@dataclass(frozen=True, slots=True)
class Line:
    """A line's words; `gap` when a blank line or a rule stands before it, `row` when it is a row of a table."""

    words: Passage
    gap: bool
    row: bool = False

    @property
    def form(self) -> str:
        return self.words.form

    @property
    def bullet(self) -> bool:
        return BULLET.match(self.words.form) is not None


def lines_of(text: str) -> list[Line]:
    """Every line of the source that says something, in order."""
    lines: list[Line] = []
    gap, start = True, 0
    for raw in text.splitlines(keepends=True):
        end = start + len(raw)
        passage = Passage.of(raw, range(start, end))
        start = end
        cells = _cells(passage)
        if not cells:
            gap = True
            continue
        for cell, row in cells:
            lines.append(Line(cell, gap, row))
            gap = False
    lines = _without_page_numbers(lines)
    return [replace(line, gap=False) for line in lines] if _double_spaced(lines) else lines


def _double_spaced(lines: list[Line]) -> bool:
    """Whether a blank line follows every line, wrapped ones too: then blank lines part no paragraphs."""
    if len(lines) < 12 or sum(line.gap for line in lines) < 0.95 * len(lines):
        return False
    broken = sum(
        1 for before, line in itertools.pairwise(lines) if _BROKEN.search(before.form) and line.form[0].islower()
    )
    return broken >= 0.2 * len(lines)


def _cells(raw: Passage) -> list[tuple[Passage, bool]]:
    """The cleaned words of a line; two cells of a layout table stand one after the other, a wider row stays a row."""
    if _RULE.fullmatch(raw.form):
        return []
    if "|" in raw.form and _BOLD_SEAM.search(raw.form):
        return [cell for part in raw.split(_BOLD_SEAM) for cell in _cells(part)]
    if raw.text.strip().count("\t") > 1:
        return [(raw.strip(), True)]
    words = raw if _STAR_BULLET.fullmatch(raw.form) else raw.without(_MARKS)
    words = words.without(_HEADING_MARK).strip()
    if "|" not in words.form:
        return [(words, False)] if words else []
    cells = [cell.strip() for cell in words.split(_BAR)]
    cells = [cell for cell in cells if cell and not _RULE.fullmatch(cell.form)]
    if len(cells) > 2:
        return [(joined(cells), True)]
    return [(cell, False) for cell in cells]


def columns(line: Line) -> list[Line]:
    """The parts of a line that wide blanks separate: two columns of a letterhead on one line."""
    parts = [part.strip() for part in line.words.split(_GAP)]
    parts = [part for part in parts if part]
    return [Line(part, line.gap and place == 0) for place, part in enumerate(parts)]


def _without_page_numbers(lines: list[Line]) -> list[Line]:
    """The lines without those that hold only a page number; what it parted is joined again."""
    kept: list[Line] = []
    for line in lines:
        if kept and not line.row and _PAGE_NUMBER.fullmatch(line.form):
            continue
        kept.append(line)
    return kept
