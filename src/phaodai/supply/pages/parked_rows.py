"""Rows of a sheet that were set aside, as a sheet to mend and send again."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from phaodai.foundation.models import ParkedRow
from phaodai.foundation.registers.sheet_pages import attachment
from phaodai.foundation.sheets import write_sheet


def parked_sheet(title: str, name: str, rows: Sequence[ParkedRow]) -> HttpResponse:
    """Each row as it came, with where it stood and the reason; `name` begins the name of the file."""
    where = [_("Sheet"), _("Row"), _("Reason")]
    heads = [head for head in dict.fromkeys(head for row in rows for head in row.cells) if head not in where]
    lines = [[*(row.cells.get(head, "") for head in heads), row.sheet, row.row_number, row.reason] for row in rows]
    return attachment(write_sheet(title, [*heads, *where], lines), f"{name}-cho-sua.xlsx")
