"""What a table leaves to the layout: how its columns are set and how wide they are."""

from congvan.writing.paper import Alignment, Table
from congvan.writing.wording import clean, format_cell

WIDEST_USEFUL = 40  # characters; longer cells wrap rather than starve the other columns


def printed_rows(table: Table) -> list[list[str]]:
    """The cells of the rows as printed, the total last."""
    rows = [*table.rows, table.total] if table.total else table.rows
    return [[format_cell(cell) for cell in row] for row in rows]


def printed_header(table: Table) -> list[str]:
    """The header's cells as printed."""
    return [clean(cell) for cell in table.header]


def column_alignments(table: Table) -> tuple[Alignment, ...]:
    """The alignments asked for; else numbers to the right and words to the left."""
    if table.alignments:
        return table.alignments
    columns = zip(*table.rows, strict=True) if table.rows else [()] * len(table.header)
    return tuple("right" if is_numeric(column) else "left" for column in columns)


def is_numeric(column: tuple[object, ...]) -> bool:
    """Whether a column holds numbers only, gaps aside."""
    filled = [cell for cell in column if cell is not None]
    return bool(filled) and all(isinstance(cell, int | float) for cell in filled)


def column_shares(table: Table) -> tuple[float, ...]:
    """The share of the table's width of each column, summing to 1."""
    columns = zip(printed_header(table), *printed_rows(table), strict=True)
    weights = table.widths or tuple(column_weight(header, cells) for header, *cells in columns)
    whole = sum(weights)
    return tuple(weight / whole for weight in weights)


def column_weight(header: str, cells: list[str]) -> float:
    """How much room a column needs: every word must fit, and a usual cell; headers may wrap at each word."""
    longest_word = max((len(word) for text in (header, *cells) for word in text.split()), default=0)
    longest_cell = max((len(line) for cell in cells for line in cell.split("\n")), default=0)
    return max(longest_word + 2, min(longest_cell, WIDEST_USEFUL) + 1)
