"""Rows of sheets that people already keep: cells by the heads they use, days as they write them, and rows set aside."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from phaodai.foundation.formats import fold
from phaodai.foundation.models import ParkedRow
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.sheets import SheetRow

Heads = Mapping[str, Sequence[str]]
"""Column -> the heads by which it is known, folded."""


def cells_by_name(row: SheetRow, heads: Heads) -> dict[str, str]:
    """The trimmed text of each known column; empty where the row has none."""
    cells = {fold(head): text.strip() for head, text in row.cells.items()}
    return {name: next((cells[head] for head in known if cells.get(head)), "") for name, known in heads.items()}


def read_day(text: str) -> date:
    """A day as people write it. Raises `Refusal` for what is none."""
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    raise Refusal(_("“%(text)s” is not a day. Write it as 31/12/2022.") % {"text": text})


def park(row: SheetRow, reason: str, *, parked_as: str, officer: int | None, moment: datetime, sheet: str) -> ParkedRow:
    """Set a row aside as it came, with the reason, until its sender has mended it."""
    return ParkedRow.objects.create(
        register=parked_as, officer_id=officer, sheet=sheet[:200], row_number=row.number, cells=row.cells,
        reason=reason[:1000], parked_at=moment,
    )  # fmt: skip
