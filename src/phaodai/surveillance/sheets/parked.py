"""Rows that wait, as an Excel file of the same columns with the reason beside them: mended, it is taken in again."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from phaodai.foundation.sheets import write_sheet
from phaodai.surveillance.models import LineList

REASON = "reason"


def parked_sheet(line_list: LineList) -> bytes:
    """The rows of a sheet that still wait, its columns in their order."""
    waiting = line_list.parked_rows.filter(mended_at=None, dropped_at=None).order_by("row_number")
    headers = line_list.mapping.headers if line_list.mapping else []
    return sheet_of(((row.cells, row.reason) for row in waiting), headers)


def sheet_of(rows: Iterable[tuple[Mapping[str, str], str]], headers: Iterable[str]) -> bytes:
    """Cells by header, and why each row waits."""
    told = list(rows)
    heads = [header for header in headers if any(header in cells for cells, _reason in told)]
    lines = ([*(cells.get(header, "") for header in heads), reason] for cells, reason in told)
    return write_sheet(_("Rows to mend"), [*heads, REASON], lines)
