"""Official papers of the invented province, written for it, as files that the program's own reader takes in."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from importlib.resources import files
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import _Cell

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

BLOCK_MARK = "\n=====\n"
"""Between the blocks of a paper's file: left and right letterhead, titles and text, distribution, signature."""


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2021 in Vietnam."""
    return datetime(2021, 11, day, hour, minute, tzinfo=VIETNAM)


@dataclass(frozen=True)
class Directive:
    """A paper as it reaches the office of the provincial committee.

    ``symbol`` is as cited ("31-CT/TU"); ``stem`` names its file; ``suffix`` the kind of file that is handed in;
    ``confirmed`` whether the office has confirmed what was read and sent the tasks out.
    """

    symbol: str
    stem: str
    suffix: str
    arrived_at: datetime
    forwarded_to: str
    confirmed: bool = True

    @property
    def file_name(self) -> str:
        return f"{self.stem}{self.suffix}"

    @property
    def blocks(self) -> tuple[str, ...]:
        """The blocks of the paper in printed order."""
        text = files("demo").joinpath("documents", f"{self.stem}.txt").read_text(encoding="utf-8")
        return tuple(block.strip("\n") for block in text.split(BLOCK_MARK))

    def as_text(self) -> str:
        """The paper as plain text, letterhead left before right, as scanners give it."""
        return "\n\n".join(self.blocks) + "\n"

    def content(self) -> bytes:
        """The file that is handed in."""
        return as_docx(self) if self.suffix == ".docx" else self.as_text().encode()


DIRECTIVES = (
    Directive("31-CT/TU", "31-ct-tu", ".docx", at(15, 17, 30), "Phòng Tổng hợp"),
    Directive("1874/UBND-KGVX", "1874-ubnd-kgvx", ".docx", at(17, 10, 5), "Phòng Tổng hợp"),
    Directive("215/KH-UBND", "215-kh-ubnd", ".txt", at(18, 15, 40), "Phòng Tổng hợp"),
    Directive("09/CĐ-UBND", "09-cd-ubnd", ".txt", at(20, 15, 20), "Thường trực Tỉnh ủy"),
    Directive("88-TB/TU", "88-tb-tu", ".docx", at(22, 17, 45), "Phòng Tổng hợp", confirmed=False),
    # A scan: the faults of the recognition are left in for the reader to find.
    Directive("142-CV/TU", "142-cv-tu", ".txt", at(23, 19, 12), "", confirmed=False),
)


def directive(symbol: str) -> Directive:
    """The paper of that number and symbol. Raises KeyError when there is none."""
    return {each.symbol: each for each in DIRECTIVES}[symbol]


def as_docx(paper: Directive) -> bytes:
    """The paper as a Word file: letterhead and foot in two columns, as offices type them."""
    left, right, *middle, distribution, signature = paper.blocks
    word = docx.Document()
    word.styles["Normal"].font.name = "Times New Roman"
    word.styles["Normal"].font.size = Pt(14)
    _two_columns(word, left, right, alignments=(WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.CENTER))
    *headings, body = middle
    for heading in headings:
        is_title = heading.split("\n")[0].isupper()
        _paragraphs(word, heading, WD_ALIGN_PARAGRAPH.CENTER if is_title else WD_ALIGN_PARAGRAPH.LEFT)
    _paragraphs(word, body, WD_ALIGN_PARAGRAPH.JUSTIFY)
    _two_columns(word, distribution, signature, alignments=(WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER))
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _paragraphs(holder: WordDocument | _Cell, text: str, alignment: WD_ALIGN_PARAGRAPH) -> None:
    for line in text.split("\n"):
        if line:
            holder.add_paragraph(line).alignment = alignment


def _two_columns(
    word: WordDocument, left: str, right: str, *, alignments: tuple[WD_ALIGN_PARAGRAPH, WD_ALIGN_PARAGRAPH]
) -> None:
    table = word.add_table(rows=1, cols=2)
    for cell, text, alignment in zip(table.rows[0].cells, (left, right), alignments, strict=True):
        first, *others = [line for line in text.split("\n") if line]
        cell.paragraphs[0].text = first
        cell.paragraphs[0].alignment = alignment
        _paragraphs(cell, "\n".join(others), alignment)
