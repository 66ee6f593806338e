"""A paper as the lines that are printed, in order: what every format shares, so that .docx and .pdf cannot differ."""

from dataclasses import dataclass

from congvan.writing.layout import Layout, Role
from congvan.writing.paper import Figure, Table
from congvan.writing.wording import clean


@dataclass(frozen=True)
class Line:
    """One paragraph: a bold lead ("Điều 1.") and the text.

    `rule` is the line under it, as a share of its own width; `keep` keeps it on the page of what follows.
    """

    role: Role
    text: str
    lead: str = ""
    rule: float = 0
    framed: bool = False
    keep: bool = False

    def __post_init__(self) -> None:
        """The one place where every line loses what no format can hold."""
        object.__setattr__(self, "text", clean(self.text))
        object.__setattr__(self, "lead", clean(self.lead))


Element = Line | Table | Figure


@dataclass(frozen=True)
class PrintedAnnex:
    """An annex: its head and what stands under it."""

    elements: tuple[Element, ...]
    landscape: bool


@dataclass(frozen=True)
class Printed:
    """A whole paper in lines, part by part, with the page's layout and the file's metadata.

    The head has two rows of two columns: issuer | title block, then number | place and date.
    """

    layout: Layout
    title: str
    author: str
    description: str
    issuer: tuple[Line, ...]
    title_block: tuple[Line, ...]
    number: tuple[Line, ...]
    place_date: tuple[Line, ...]
    opening: tuple[Line, ...]
    body: tuple[Element, ...]
    distribution: tuple[Line, ...]
    signature: tuple[Line, ...]
    annexes: tuple[PrintedAnnex, ...]
