"""What an official paper says, without how it looks: the input of the writers."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from congvan.writing.kinds import Capacity, Kind, System, Urgency

Alignment = Literal["left", "center", "right"]
Cell = str | int | float | dt.date | None


class Numbering(StrEnum):
    """How numbered items are marked, outermost level first; deeper levels take a dash, then a plus."""

    ARTICLES = "articles"  # Điều 1. / 1. / a)
    SECTIONS = "sections"  # I. / 1. / a)
    CLAUSES = "clauses"  # 1. / a)


@dataclass(frozen=True)
class Paragraph:
    """Running text; a line feed in it starts a new line."""

    text: str


@dataclass(frozen=True)
class Heading:
    """A bold centred line without number, such as "Phần I"."""

    text: str


@dataclass(frozen=True)
class Bullet:
    """One dash of a list."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table whose header row is repeated on every page it reaches.

    Numbers and dates in cells are printed in Vietnamese form. `alignments` and `widths` (shares of the page's width)
    have one entry per column; left out, columns of numbers are set right and widths follow the content. `total` is a
    last row in bold.

    Raises ValueError when a row has not as many cells as the header.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    alignments: tuple[Alignment, ...] | None = None
    caption: str | None = None
    total: tuple[Cell, ...] | None = None
    widths: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse a ragged table: a sheet that is signed must not lose a cell silently."""
        if not self.header:
            raise ValueError("a table needs at least one column")
        per_column = [*self.rows, self.total, self.alignments, self.widths]
        for cells in per_column:
            if cells is not None and len(cells) != len(self.header):
                raise ValueError(f"the table has {len(self.header)} columns, but a row has {len(cells)}: {cells}")
        if self.widths is not None and min(self.widths) <= 0:
            raise ValueError("every width of a table must be positive")


@dataclass(frozen=True)
class Figure:
    """A picture with the words that stand for it where it cannot be seen. `svg` is used in the PDF when given.

    `width` is a share of the page's text width.
    """

    png: bytes
    alternative_text: str
    caption: str | None = None
    svg: bytes | None = None
    width: float = 1.0

    def __post_init__(self) -> None:
        """Refuse what no reader could show."""
        if not self.png.startswith(b"\x89PNG\r\n\x1a\n"):
            raise ValueError("a figure needs a PNG picture")
        if not 0 < self.width <= 1:
            raise ValueError("the width of a figure is a share of the page, above 0 and at most 1")


@dataclass(frozen=True)
class Item:
    """A numbered section, clause, point or article with what stands under it.

    The marker follows from the place in the tree unless `marker` is given (an empty one prints none).
    """

    text: str = ""
    title: str = ""
    blocks: tuple["Block", ...] = ()
    marker: str | None = None


Block = Paragraph | Heading | Bullet | Table | Figure | Item


@dataclass(frozen=True)
class Authority:
    """In whose place the signer signs: Authority(Capacity.FOR_HEAD, "Chủ tịch") prints "KT. CHỦ TỊCH"."""

    capacity: Capacity
    of: str


@dataclass(frozen=True)
class Signature:
    """Who signs, with which title and in which capacities, the outermost first."""

    name: str
    title: str = ""
    authority: tuple[Authority, ...] = ()


@dataclass(frozen=True)
class Distribution:
    """One line of "Nơi nhận"; lines of one `group` stand together under its name."""

    name: str
    note: str | None = None
    group: str | None = None


@dataclass(frozen=True)
class Annex:
    """An annex: starts a new page, with its own page numbers."""

    title: str
    body: tuple[Block, ...]
    numbering: Numbering = Numbering.SECTIONS
    landscape: bool = False


DEFAULT_NUMBERING = {
    Kind.DECISION: Numbering.ARTICLES,
    Kind.REPORT: Numbering.SECTIONS,
    Kind.PLAN: Numbering.SECTIONS,
    Kind.RECEIPT: Numbering.SECTIONS,
}


@dataclass(frozen=True, kw_only=True)
class Paper:
    """An official paper. `number` and `date` may be None: a blank is printed for the pen.

    `symbol` is what follows the number ("BC-UBND", Party "CV/TU"); `format_symbol` makes it. `subject` is the abstract
    (trích yếu) without "V/v". `ordering_body` is who decides or dispatches where this is printed (decision, urgent
    dispatch, Party directive). `archive` is what follows "Lưu". Names of bodies are given as in running text; the
    layout puts them in capitals.
    """

    kind: Kind
    issuer: str
    symbol: str
    place: str
    subject: str
    signer: Signature
    body: tuple[Block, ...]
    system: System = System.STATE
    issuer_parent: str | None = None
    number: str | int | None = None
    date: dt.date | None = None
    urgency: Urgency | None = None
    ordering_body: str | None = None
    recipients: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    distribution: tuple[Distribution, ...] = ()
    archive: str | None = None
    annexes: tuple[Annex, ...] = ()
    numbering: Numbering | None = None

    @property
    def body_numbering(self) -> Numbering:
        """The numbering asked for, or the custom of the kind."""
        return self.numbering or DEFAULT_NUMBERING.get(self.kind, Numbering.CLAUSES)
