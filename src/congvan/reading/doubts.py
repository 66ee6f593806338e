"""What a clerk should look at: labels mended, numbers that repeat or are missing, fields not found, dates that clash."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import cache

from congvan.language import one_of, table
from congvan.model import Doubt, Meta, Reference, Span
from congvan.reading.layout import Layout
from congvan.reading.letterhead import Letterhead
from congvan.reading.lines import Line
from congvan.reading.markers import LETTERS, to_roman
from congvan.reading.outline import Node, Outline
from congvan.reading.paragraphs import Paragraph

_LABEL = re.compile(r"^\W{0,3}(?P<printed>\w+\s?\w+)")
_LISTED = re.compile(r"(?<!\w)\((?P<number>\d{1,2})\)")
_MISSING = {
    "number": "Không thấy số văn bản.",
    "date": "Không thấy ngày ban hành.",
    "issuer": "Không thấy cơ quan ban hành.",
    "signer": "Không thấy người ký.",
}
# Years in which a document of this administration, or a date that it names, can lie.
_FIRST_YEAR, _LAST_YEAR = 1945, 2100
_NAMED = 3


def doubts_of(layout: Layout, top: Letterhead, outline: Outline, meta: Meta, cited: Iterable[Reference]) -> list[Doubt]:
    """The doubts about the reading as a whole, in the order of the text."""
    found = [
        *_labels(layout),
        *_spellings(outline),
        *_missing(layout, top, meta),
        *_dates(top, meta, list(cited)),
        *_stamp(top),
        *_rows(outline),
    ]
    return sorted(found, key=lambda doubt: doubt.span or (0, 0))


def _labels(layout: Layout) -> Iterator[Doubt]:
    """Labels by which the addressees and the copies were found although they are not spelt so."""
    for lines, where, spelt in (
        (layout.address, "meta.recipients", ("Kính gửi",)),
        (layout.foot, "meta.distribution", ("Nơi nhận", "Nơi gửi")),
    ):
        for line, printed, span in _label_lines(lines, spelt):
            if line and printed.lower() not in {label.lower() for label in spelt}:
                yield Doubt(where, f"Đọc «{printed}» là «{spelt[0]}» (lỗi nhận dạng chữ).", span)


def _label_lines(lines: list[Line], spelt: tuple[str, ...]) -> Iterator[tuple[Line, str, Span]]:
    """The first line that begins with as many words as a label has and the same first letter."""
    for line in lines:
        found = _LABEL.match(line.form)
        if (
            found
            and found["printed"][0].lower() == spelt[0][0].lower()
            and line.form[found.end() :].lstrip()[:1] == ":"
        ):
            yield line, found["printed"], line.words.span(*found.span("printed"))
            return


@cache
def _misspelt() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){one_of(table('bruises')['spellings'])}(?!\w)", re.IGNORECASE)


def _spellings(outline: Outline) -> Iterator[Doubt]:
    """Words that are no words, and what was likely meant; the text stays as printed."""
    for where, part in _parts(outline):
        for found in _misspelt().finditer(part.words.form):
            meant = table("bruises")["spellings"][re.sub(r" +", " ", found.group().lower())]
            yield Doubt(where, f"«{found.group()}» có lẽ là «{meant}».", part.words.span(*found.span()))


def _parts(outline: Outline) -> Iterator[tuple[str, Paragraph]]:
    yield from (("preamble", part) for part in outline.preamble)
    for node in outline.walk():
        yield from ((node.id, part) for part in node.paragraphs)


def _missing(layout: Layout, top: Letterhead, meta: Meta) -> Iterator[Doubt]:
    """The fields that every document has; a text without any letterhead lacks them all and is told once."""
    said = {doubt.where for doubt in top.doubts}
    values = {"number": meta.number, "date": meta.date, "issuer": meta.issuer, "signer": meta.signer.name}
    if not any(values.values()) and not meta.symbol:
        if layout.body:
            yield Doubt("meta", "Không thấy cơ quan, số, ngày và người ký: có thể đây không phải trọn một văn bản.")
        return
    for name, value in values.items():
        if not value and f"meta.{name}" not in said:
            blank = name == "number" and meta.symbol
            near = top.spans.get(name) or _region(layout.foot if name == "signer" else layout.head)
            yield Doubt(f"meta.{name}", "Số văn bản để trống." if blank else _MISSING[name], near)


def _region(lines: list[Line]) -> Span | None:
    """Where the lines stand in which a field should have been."""
    spans = [line.words.span() for line in lines if line.words]
    return (spans[0][0], spans[-1][1]) if spans else None


def _dates(top: Letterhead, meta: Meta, cited: list[Reference]) -> Iterator[Doubt]:
    """A date that cannot be, and what it clashes with; citations that name no date, in one warning."""
    span = top.spans.get("date")
    if meta.date and not _FIRST_YEAR <= meta.date.year <= _LAST_YEAR:
        yield Doubt("meta.date", f"Năm {meta.date.year} của văn bản khó đúng; cần kiểm tra.", span)
    elif meta.date:
        later = next((reference for reference in cited if reference.date and reference.date > meta.date), None)
        if later:
            what = f"Ngày văn bản ({meta.date:%d/%m/%Y}) trước ngày của «{later.raw}» được dẫn; cần kiểm tra."
            yield Doubt("meta.date", what, later.span)
    undated = [
        reference
        for reference in cited
        if reference.symbol and reference.date is None and "/" not in (reference.number or "")
    ]
    if undated:
        named = ", ".join(f"«{reference.raw}»" for reference in undated[:_NAMED])
        more = f" và {len(undated) - _NAMED} văn bản khác" if len(undated) > _NAMED else ""
        yield Doubt("references", f"Viện dẫn không ghi ngày: {named}{more}.", undated[0].span)


def _stamp(top: Letterhead) -> Iterator[Doubt]:
    if top.stamp and top.stamp.number:
        what = f"«{top.stamp.number}» là số trên dấu đến của nơi nhận, không phải số văn bản."
        yield Doubt("meta.receiving_stamp", what, top.spans.get("receiving_stamp"))


def _rows(outline: Outline) -> Iterator[Doubt]:
    """Rows of marks in which one is missing or stands twice, among the sections and inside a passage."""
    for children in (outline.nodes, *(node.children for node in outline.walk())):
        yield from _broken_row(children)
    for where, part in _parts(outline):
        yield from _broken_list(where, part)


def _broken_row(nodes: list[Node]) -> Iterator[Doubt]:
    for before, node in itertools.pairwise(nodes):
        if not before.marker or not node.marker or before.marker.style != node.marker.style:
            continue
        last, here = before.marker.ordinal, node.marker.ordinal
        if here == last:
            yield Doubt(node.id, f"Số thứ tự «{node.marker.printed}» lặp lại.", node.mark.span())
        elif here > last + 1:
            lacking = _spelt(node.marker.style, last + 1)
            what = f"Sau «{before.marker.printed}» là «{node.marker.printed}», không có {lacking}."
            yield Doubt(node.id, what, node.mark.span())


def _spelt(style: str, ordinal: int) -> str:
    """The mark that should stand at a place of a row, as a person would name it."""
    if style == "roman":
        return f"mục {to_roman(ordinal)}"
    return f"điểm {LETTERS[ordinal - 1]}" if style == "letter" else f"số {ordinal}"


def _broken_list(where: str, part: Paragraph) -> Iterator[Doubt]:
    """(1) ... (2) ... inside a passage, where one stands twice or is left out."""
    numbers = [(int(found["number"]), found.span()) for found in _LISTED.finditer(part.words.form)]
    for (last, _), (here, place) in itertools.pairwise(numbers):
        if here == last:
            yield Doubt(where, f"Số ({here}) lặp lại trong đoạn liệt kê.", part.words.span(*place))
        elif here == last + 2:
            yield Doubt(where, f"Sau ({last}) là ({here}), không có ({last + 1}).", part.words.span(*place))
