"""Whole numbers as addresses and forms carry them. What is no number counts as not asked, never as an error."""

from collections.abc import Iterable
from uuid import UUID

# PostgreSQL's bigint ends here; a larger number names no row.
LARGEST = 2**63 - 1


def whole(text: str | None, default: int = 0) -> int:
    """The number from 0 to `LARGEST` that stands in `text`; `default` for anything else."""
    # str.isdigit takes ² and ٣ for digits, and int() is slow on thousands of them.
    plain = text is not None and text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST))
    value = int(text) if plain and text else default
    return value if value <= LARGEST else default


def key_of(text: str | None) -> UUID | None:
    """The key that a form carries so that it counts once; None for what is no key."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def row_ids(texts: Iterable[str]) -> list[int]:
    """The row ids among `texts`."""
    return [number for number in map(whole, texts) if number]
