"""Plain values of the law that containment asks beside the rule of levels."""

from datetime import date
from typing import Any

from phaodai.rulebook import Rulebook


def value_on(book: Rulebook, table: str, on: date, row: str = "value") -> Any:
    """What a plain value says on a day; None where there is none in force that was verified."""
    found = (one.provision for one in book.table(table, on).rows if one.provision.row == row)
    return next((one.then for one in found if one.verified), None)
