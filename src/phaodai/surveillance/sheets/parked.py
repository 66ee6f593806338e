"""Rows that wait, as an Excel file of the same columns with the reason beside them: mended, it is taken in again."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from phaodai.foundation.sheets import write_sheet
from phaodai.surveillance.models import LineList

REASON = "reason"


def parked_sheet(line_list: LineList) -> bytes:
    """The rows of a sheet that still wait."""
    waiting = line_list.parked_rows.filter(mended_at=None, dropped_at=None).order_by("row_number")
    return sheet_of((row.cells, row.reason) for row in waiting)


def sheet_of(rows: Iterable[tuple[Mapping[str, str], str]]) -> bytes:
    """Cells by header, and why each row waits."""
    told = list(rows)
    headers = list(dict.fromkeys(header for cells, _reason in told for header in cells))
    lines = ([*(cells.get(header, "") for header in headers), reason] for cells, reason in told)
    return write_sheet(_("Rows to mend"), [*headers, REASON], lines)
