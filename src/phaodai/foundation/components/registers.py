"""The table behind every list: columns, rows with groups and branches, cells edited in place, bulk actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from phaodai.foundation.components.base import Component, Content, Text
from phaodai.foundation.components.marks import Action, Tier
from phaodai.foundation.components.panels import Empty
from phaodai.foundation.components.queues import Pager


@dataclass(frozen=True, slots=True)
class Column:
    """``sort_url`` makes the head a link; ``sorted`` says which way the rows now run."""

    key: str
    label: Text
    numeric: bool = False
    sort_url: str = ""
    sorted: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """``edit_url`` makes the cell editable: GET answers with its editor, POST with the cell as it now stands."""

    content: Content
    note: Text = ""
    """A second, smaller line."""
    numeric: bool = False
    kind: Literal["", "late", "quiet", "doubtful", "proposed"] = ""
    edit_url: str = ""
    saved: bool = False
    """The cell was just saved: it says so for two seconds."""
    label: Text = ""
    """The column's label, shown on phones. A table fills it in; a cell answered alone (after an edit) must bring it."""
    on_phone: bool = True
    """Whether the card of the row, on a narrow screen, shows it too."""


@dataclass(frozen=True, slots=True)
class CellEditor(Component):
    """A cell while it is edited. ``control`` is the form control, named as the server expects it.

    After a refusal (status 422) ``control`` keeps the typed value and ``error`` says what is wrong and what to do.
    """

    url: str
    control: Content
    label: Text
    error: Text = ""
    choices: Sequence[Action] = ()
    """After a clash (status 409): whose value stays."""
    numeric: bool = False

    template: ClassVar[str] = "foundation/components/cell_editor.html"


@dataclass(frozen=True, slots=True)
class EditedCell(Component):
    """The answer to a cell that was saved: the cell as it now stands, with its ``label`` and ``saved``."""

    cell: Cell
    depth: int = 0

    template: ClassVar[str] = "foundation/components/edited_cell.html"


@dataclass(frozen=True, slots=True)
class Name(Component):
    """The first cell of a tree row. ``branch_url`` answers with the rows below; ``open`` says they are shown."""

    text: Content
    url: str = ""
    tier: Tier | None = None
    branch_url: str = ""
    open: bool | None = None
    """None: a leaf."""
    target: str = ""
    """Element that the link loads into, such as ``#side``."""
    node: str = ""
    """What a live region calls this branch when it asks for itself again with the open ones."""

    template: ClassVar[str] = "foundation/components/name.html"


@dataclass(frozen=True, slots=True)
class Row:
    """``key`` is what a selection sends; ``depth`` (0 to 4) indents a tree; the first cell of a short row spans."""

    key: str
    cells: Sequence[Cell]
    url: str = ""
    group: bool = False
    depth: int = 0
    selected: bool = False
    current: bool = False
    """Its side panel is open."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """Verbs for the selection, in the foot of the table; each posts ``row`` once per selected key to its address."""

    actions: Sequence[Action]
    all_matching: int = 0
    """How many rows match beyond the page; above zero, one more click takes them all."""
    noun: Text = ""
    """What is counted, such as "việc"."""
    preview: bool = False
    """With JavaScript the answer (a ``BulkPreview``) opens above the bar instead of a new page."""


@dataclass(frozen=True, slots=True)
class Skipped:
    count: int
    reason: Text


@dataclass(frozen=True, slots=True)
class BulkPreview(Component):
    """What a bulk action will do and what it will skip, and why, before it runs."""

    summary: Text
    action: Action
    keys: Sequence[str] = ()
    skipped: Sequence[Skipped] = ()
    cancel_url: str = ""

    template: ClassVar[str] = "foundation/components/bulk_preview.html"


@dataclass(frozen=True, slots=True)
class Table(Component):
    """A register. ``caption`` is read aloud and printed. Rows can be selected where ``bulk`` is given."""

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Row]
    bulk: Bulk | None = None
    pager: Pager | None = None
    empty: Empty | None = None
    element: str = "register"
    """The id of the table's body, to target with htmx."""

    template: ClassVar[str] = "foundation/components/table.html"

    @property
    def form(self) -> str:
        """The id of the form that selected rows belong to; empty where none can be selected."""
        return f"{self.element}-selection" if self.bulk else ""

    @property
    def lines(self) -> "list[Line]":
        return [Line(row, _under(self.columns, row)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Lines(Component):
    """Rows without their table: what a branch or "more rows" answers with. ``form`` is that of the table they join."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    form: str = ""

    template: ClassVar[str] = "foundation/components/more_lines.html"

    @property
    def lines(self) -> "list[Line]":
        return [Line(row, _under(self.columns, row)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Line:
    """A row together with the columns over its cells, as the template walks it."""

    row: Row
    cells: Sequence[tuple[Column, Cell, int]]
    """Column, cell and how many columns it spans."""


def _under(columns: Sequence[Column], row: Row) -> list[tuple[Column, Cell, int]]:
    """Join a row with its columns; the first cell of a short row spans what is missing."""
    missing = len(columns) - len(row.cells)
    first = (columns[0], row.cells[0], 1 + missing)
    rest = zip(columns[1 + missing :], row.cells[1:], strict=True)
    return [first, *((column, cell, 1) for column, cell in rest)]
