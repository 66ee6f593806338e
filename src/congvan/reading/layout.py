"""Where the parts of a document begin and end: letterhead, addressees, body, foot, annexes."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field, replace

from congvan.language import LOWER, UPPER, one_of, words
from congvan.model import Doubt
from congvan.reading.bruises import unbruised
from congvan.reading.folding import fold, mostly_capitals, squeezed
from congvan.reading.lines import Line, columns, lines_of
from congvan.reading.passage import Passage, joined

_ADDRESS = re.compile(r"^\W*kinh\s*g[uư][iíl1]\b|^\W*kinhgui", re.IGNORECASE)
_DISPATCH = re.compile(r"(?<!\w)điện\s*:\s*$")
_FOOT = re.compile(r"^\W*n\s?[o0]i\s?(?:nhan|gui)\s*[:.]?")
_CODE_LINE = re.compile(rf"^\W{{0,2}}{one_of(words('signature', 'codes'))}(?:\.\s*|\s+)(?={UPPER}{{2}})")
_ANNEX = re.compile(
    r"^\W{0,2}(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|BIỂU MẪU|ĐỀ CƯƠNG)(?:\s+(?:[IVX]+|\d+|SỐ|[A-ZĐ]).{0,80})?\W*$"
)
_ATTACHED = re.compile(
    (
        r"^\W*(?:ban hành\s+)?(?:kèm theo|đính kèm)\b.{0,12}(?:công văn|quyết định|kế hoạch|"
        r"chỉ thị|tờ trình|báo cáo|nghị quyết|thông báo|số)"
    ),
    re.IGNORECASE,
)
_TITLE = re.compile(rf"^\W{{0,3}}{one_of(words('documents', 'titles'))}(?=\W|$)")
_TITLES = set(words("documents", "titles"))
_TITLE_WITHIN = 30
_FOLDED_TITLES = {fold(title): title for title in words("documents", "titles")}
_STAMPED = re.compile(rf"^\W{{0,2}}{one_of(words('letterhead', 'stamps'))}\W*$")
_NUMBERED = re.compile(
    r"^(?:[IVX]{1,5}[.)-]|\d{1,2}[.)]|[a-zđ]\)|Điều \d+|(?:PHẦN|Phần|CHƯƠNG|Chương)"
    r" (?:(?i:thứ )?(?i:nhất|hai|ba)|[IVX]+|\d))(?!\w)\s*"
)
_OPENING = re.compile(rf"^{one_of(words('letterhead', 'openings'))}(?!\w)")
_POST = re.compile(rf"^\W{{0,2}}{one_of(words('signature', 'posts'))}(?:\s+(?:(?!{LOWER})[^,;:.]){{2,90}})?\W*$")


@dataclass(slots=True)
class Layout:
    """The lines of each part, in the order of the source, and what OCR had bruised in them."""

    head: list[Line] = field(default_factory=list)
    title: list[Line] = field(default_factory=list)
    address: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    foot: list[Line] = field(default_factory=list)
    annex: list[Line] = field(default_factory=list)
    bruises: list[Doubt] = field(default_factory=list)


def lay_out(text: str) -> Layout:
    """The parts of a document. Any text has a layout; parts that it lacks are empty."""
    lines, bruises = unbruised(_with_whole_title(lines_of(text)))
    bruises = _mend_title(lines) + bruises
    layout = Layout(bruises=bruises)
    body_from = _read_top(lines, layout)
    foot_from = _foot_start(lines, body_from)
    annex_from = _annex_start(lines, foot_from)
    layout.body = lines[body_from:foot_from]
    layout.foot = [part for line in lines[foot_from:annex_from] for part in columns(line)]
    layout.annex = lines[annex_from:]
    return layout


def _with_whole_title(lines: list[Line]) -> list[Line]:
    """The lines, with a printed kind that was wrapped ("CÔNG" / "ĐIỆN") made one line again."""
    for place, (first, second) in enumerate(itertools.pairwise(lines[:_TITLE_WITHIN])):
        whole = f"{first.form.strip()} {second.form.strip()}"
        if whole in _TITLES:
            return [*lines[:place], replace(first, words=joined([first.words, second.words])), *lines[place + 2 :]]
    return lines


def _mend_title(lines: list[Line]) -> list[Doubt]:
    """Mends, in place, a line that is the printed kind but for a mark ("KÉT LUẬN"); says what was read as what."""
    for place, line in enumerate(lines[:_TITLE_WITHIN]):
        form = line.form.strip()
        if is_title(line):
            return []
        meant = _FOLDED_TITLES.get(fold(form))
        if meant and form.isupper():
            words_ = line.words.strip()
            lines[place] = replace(line, words=Passage(words_.text, words_.places, meant))
            return [Doubt("meta.doc_type", f"Đọc «{form}» là «{meant}» (lỗi nhận dạng chữ).", words_.span())]
    return []


def is_title(line: Line) -> bool:
    """Whether a line is, or begins with, the printed kind of the document."""
    found = _TITLE.match(line.form)
    return found is not None and mostly_capitals(line.form[: found.end()])


def is_motto(line: Line) -> bool:
    """Whether a line is part of the motto of the state or of the Party."""
    return squeezed(line.form) in _MOTTOES


_MOTTOES = {squeezed(motto) for motto in words("letterhead", "mottoes")}


def _read_top(lines: list[Line], layout: Layout) -> int:
    """Fills head, title and address; returns where the body begins."""
    place, end = 0, len(lines)
    while place < end and not _ends_head(lines, place):
        layout.head.extend(columns(lines[place]))
        place += 1
    if place < end and is_title(lines[place]):
        place = _read_title(lines, place, layout)
    if place < end and (_ADDRESS.match(fold(lines[place].form)) or _dispatches(lines, place)):
        place = _read_address(lines, place, layout)
    elif layout.title:
        later = _late_address(lines, place)
        if later is not None:
            place = _read_address(lines, later, layout)
    return place


def _late_address(lines: list[Line], place: int) -> int | None:
    """The line that begins the addressees, where a line or two stands between it and the title."""
    for ahead in range(place, min(place + 4, len(lines))):
        if _ADDRESS.match(fold(lines[ahead].form)) or _dispatches(lines, ahead):
            return ahead
    return None


def _dispatches(lines: list[Line], place: int) -> bool:
    return _DISPATCH.search(lines[place].form) is not None and len(lines[place].form) < 160


def _ends_head(lines: list[Line], place: int) -> bool:
    line = lines[place]
    if _ADDRESS.match(fold(line.form)) or _dispatches(lines, place):
        return True
    if is_title(line) and not _STAMPED.match(line.form):
        return not _continues_subject(lines, place)
    return _opens_body(lines, place)


def _continues_subject(lines: list[Line], place: int) -> bool:
    """Whether a line that looks like a title is inside a subject ("V/v thực hiện / THÔNG BÁO ...")."""
    return place > 0 and not lines[place].gap and re.match(r"V/v", lines[place - 1].form, re.IGNORECASE) is not None


def _opens_body(lines: list[Line], place: int) -> bool:
    """Whether a line is running text: a numbered point, or a long sentence that is no wrapped subject."""
    line = lines[place]
    if _NUMBERED.match(line.form) or (_OPENING.match(line.form) and len(line.form) > 40):
        return True
    if mostly_capitals(line.form, 0.5) or len(line.form) < 90:
        return False
    return line.gap


def _read_title(lines: list[Line], place: int, layout: Layout) -> int:
    layout.title.append(lines[place])
    place += 1
    while place < len(lines) and not _ends_title(lines, place, layout):
        layout.title.append(lines[place])
        place += 1
    return place


def _ends_title(lines: list[Line], place: int, layout: Layout) -> bool:
    line, before = lines[place], lines[place - 1]
    if _ADDRESS.match(fold(line.form)) or _dispatches(lines, place) or _NUMBERED.match(line.form) or line.bullet:
        return True
    if mostly_capitals(line.form):
        return False
    if len(layout.title) == 1 and _is_subject_block(lines, place):
        return False
    if re.match(r"(?:V/v|[Vv]ề |của |tại |CỦA )", line.form) and len(layout.title) <= 3:
        return False
    if _OPENING.match(line.form):
        return line.gap or mostly_capitals(before.form) or len(layout.title) > 1
    return line.gap or len(layout.title) > 6 or before.form.rstrip().endswith((".", ";", ":", "/."))


def _is_subject_block(lines: list[Line], place: int) -> bool:
    """Whether the lines that belong together from here on are a subject: short, and no sentence."""
    end = place + 1
    while end < len(lines) and not lines[end].gap and not _stops_subject(lines[end]):
        end += 1
    length = sum(len(line.form) for line in lines[place:end])
    limit = 150 if _OPENING.match(lines[place].form) else 320
    return length < limit and not lines[end - 1].form.rstrip().endswith((".", ";", ":", ","))


def _stops_subject(line: Line) -> bool:
    return bool(
        _OPENING.match(line.form) or _NUMBERED.match(line.form) or _ADDRESS.match(fold(line.form)) or line.bullet
    )


def _read_address(lines: list[Line], place: int, layout: Layout) -> int:
    layout.address.append(lines[place])
    place += 1
    while place < len(lines) and _still_address(lines, place, layout):
        layout.address.append(lines[place])
        place += 1
    return place


def _still_address(lines: list[Line], place: int, layout: Layout) -> bool:
    line, before = lines[place], layout.address[-1]
    if line.bullet and not _NUMBERED.match(line.form):
        return True
    if _NUMBERED.match(line.form) or _OPENING.match(line.form):
        return False
    if len(layout.address) == 1 and before.form.rstrip().endswith(":"):
        return len(line.form) < 220
    ended = before.form.rstrip().endswith((".", "./."))
    if line.gap:
        return before.form.rstrip().endswith(";") and len(line.form) < 140
    return not ended


def _foot_start(lines: list[Line], start: int) -> int:
    """The first line of the foot: the distribution list or the signing authority, whichever is first."""
    for place in range(start, len(lines)):
        line = lines[place]
        if _FOOT.match(fold(line.form)) and len(line.form) < 80:
            return place
        if _CODE_LINE.match(line.form) and mostly_capitals(line.form):
            return place
        if _POST.match(line.form) and mostly_capitals(line.form) and _foot_follows(lines, place):
            return place
    return len(lines)


def _foot_follows(lines: list[Line], place: int) -> bool:
    """Whether a bare office title is a signature: the list of recipients or the end of the text is near."""
    ahead = lines[place + 1 : place + 6]
    return len(ahead) < 5 or any(_FOOT.match(fold(line.form)) for line in ahead)


def _annex_start(lines: list[Line], start: int) -> int:
    """The first line of an annex after the foot."""
    for place in range(start, len(lines)):
        line = lines[place]
        if _ANNEX.match(line.form) or _ATTACHED.match(line.form):
            return place
        if (
            place > start + 1
            and is_title(line)
            and any(_ATTACHED.match(near.form) for near in lines[place : place + 6])
        ):
            return place
    return len(lines)
