"""The paragraphs of a body: wrapped lines joined, pages joined, footnotes apart."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from congvan.language import LOWER, UPPER
from congvan.reading.folding import mostly_capitals
from congvan.reading.lines import BULLET, Line
from congvan.reading.markers import is_only_marker, marker_of
from congvan.reading.passage import Passage, joined

_ENDED = re.compile(r"(?:[.;:!?…]|\./\.)[\"')\]*]*\s*$")
_LOWER_START = re.compile(rf"^[\"'(]?{LOWER}")
_NOTE_START = re.compile(rf"^[(\[]?\^?(?P<mark>\d{{1,2}})[)\]]?:?\s+[\"(]?{UPPER}")
_TITLE_LENGTH = 100
_DASHED_END = re.compile(r"[\w)]-\s*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `bullet` when a dash or a plus stands before it, `row` for a table row, `note` for a footnote."""

    words: Passage
    bullet: bool = False
    row: bool = False
    note: bool = False

    @property
    def form(self) -> str:
        return self.words.form

    @property
    def body(self) -> Passage:
        """The words after the bullet."""
        found = BULLET.match(self.words.form) if self.bullet else None
        return self.words.cut(found.end() if found else 0).strip()


def paragraphs_of(lines: list[Line]) -> list[Paragraph]:
    """The paragraphs of the lines, in order."""
    width, gapped = _wrap_width(lines), _gapped(lines)
    running: list[list[Line]] = []
    notes: list[list[Line]] = []
    in_note = False
    for line in lines:
        if in_note and not _note_ends(line, notes[-1][-1]):
            notes[-1].append(line)
            continue
        in_note = _is_note(line, running)
        if in_note:
            notes.append([line])
        elif running and not _begins(line, running[-1], width, gapped=gapped):
            running[-1].append(line)
        else:
            running.append([line])
    body = [_paragraph(group) for group in running]
    return body + [Paragraph(joined([line.words for line in group]), note=True) for group in notes]


def _paragraph(group: list[Line]) -> Paragraph:
    return Paragraph(_joined_lines(group), group[0].bullet, group[0].row)


def _joined_lines(group: list[Line]) -> Passage:
    """The lines as one passage; a number or name parted at its hyphen ("COVID-" / "19") is closed up."""
    chunks = [[group[0].words]]
    for line in group[1:]:
        last = chunks[-1][-1].form
        if _DASHED_END.search(last[-4:]) and line.form[:1].isalnum() and not last.endswith(" -"):
            chunks[-1].append(line.words)
        else:
            chunks.append([line.words])
    return joined([joined(chunk, "") for chunk in chunks])


def _wrap_width(lines: list[Line]) -> int | None:
    """The width at which lines were wrapped, or None where each line is a paragraph of its own."""
    lengths = sorted(len(line.form) for line in lines)
    if len(lengths) < 4:
        return None
    wide = lengths[int(len(lengths) * 0.9)]
    unfinished = sum(1 for line in lines if not _ENDED.search(line.form) and len(line.form) > 0.55 * wide)
    return wide if wide <= 140 and unfinished >= 0.25 * len(lines) else None


def _gapped(lines: list[Line]) -> bool:
    """Whether blank lines part the paragraphs: then lines without one between them belong together."""
    after_end = [line for before, line in itertools.pairwise(lines) if _ENDED.search(before.form)]
    return len(after_end) > 3 and sum(line.gap for line in after_end) >= 0.7 * len(after_end)


def _begins(line: Line, group: list[Line], width: int | None, *, gapped: bool) -> bool:
    """Whether a line begins a new paragraph after the lines of `group`."""
    before = group[-1]
    if line.row or before.row:
        return True
    if len(group) == 1 and is_only_marker(before.form):
        return False
    if marker_of(line.form) and not line.bullet:
        return True
    return _parts(line, before, width, gapped=gapped)


def _parts(line: Line, before: Line, width: int | None, *, gapped: bool) -> bool:
    """Whether the end of one line and the beginning of the next say that a paragraph ended between them."""
    ended = _ENDED.search(before.form) is not None
    small = _LOWER_START.match(line.form) is not None
    continues = not ended and (small or before.form.endswith((",", "-")))
    if line.bullet:
        return ended or line.gap or before.form.endswith(",") or not _LOWER_START.match(line.form.lstrip("-+* "))
    if line.gap:
        return not continues or _heading(before)
    if not ended and _wrapped_heading(before, line):
        return False
    if gapped:
        over = _titles_alone(before) if width is None else ended and _short(before, width)
        return over and not small
    return not continues if width is None else _short(before, width) and not small


def _wrapped_heading(before: Line, line: Line) -> bool:
    """Whether a numbered heading in capitals goes on in capitals on the next line."""
    marker = marker_of(before.form)
    return marker is not None and mostly_capitals(before.form[marker.end :]) and mostly_capitals(line.form)


def _heading(line: Line) -> bool:
    return len(line.form) < 60 and line.form.isupper()


def _titles_alone(line: Line) -> bool:
    """Whether a line of a text that is not wrapped ended its paragraph: a sentence, or the short title of a part."""
    return _ENDED.search(line.form) is not None or (len(line.form) < _TITLE_LENGTH and marker_of(line.form) is not None)


def _short(line: Line, width: int) -> bool:
    """Whether a line stops well before the wrap: the paragraph ended there."""
    return len(line.form) < (0.88 if _ENDED.search(line.form) else 0.62) * width


def _is_note(line: Line, running: list[list[Line]]) -> bool:
    """Whether a line begins a footnote: its mark is glued to a word further up."""
    found = _NOTE_START.match(line.form)
    if found is None or not running:
        return False
    anchor = re.compile(
        rf"(?:{LOWER}|[\")])[(\[]?\^?{found['mark']}[)\]]?(?=[\s.,;:]|$)|\w \({found['mark']}\)(?=[.,;:]|$)|\d {found['mark']}$"
    )
    return any(anchor.search(part.form) for group in running[-12:] for part in group)


def _note_ends(line: Line, before: Line) -> bool:
    return _ENDED.search(before.form) is not None or line.bullet or marker_of(line.form) is not None or line.gap
