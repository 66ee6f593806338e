"""Vietnamese official documents as data: `read` turns a file into a typed tree whose parts keep their place."""

from __future__ import annotations

from pathlib import Path

from congvan.errors import (
    Damaged,
    Empty,
    NotADocument,
    NotFound,
    PasswordProtected,
    RecognitionMissing,
    TooLarge,
    Unreadable,
)
from congvan.model import Doubt, Reading

__all__ = [
    "Damaged",
    "Doubt",
    "Empty",
    "NotADocument",
    "NotFound",
    "PasswordProtected",
    "Reading",
    "RecognitionMissing",
    "TooLarge",
    "Unreadable",
    "read",
    "read_text",
]


def read(source: str | Path | bytes, filename: str | None = None) -> Reading:
    """The reading of a document.

    `source` is a path, or the bytes of a file; `filename` then tells the format where the bytes alone do not.
    Raises a kind of `Unreadable`, whose `vi` and `en` say what to do.
    """
    from congvan.formats.opening import text_of
    from congvan.reading.document import read_document

    text, doubts = text_of(source, filename)
    return read_document(text, doubts)


def read_text(text: str) -> Reading:
    """The reading of a text that is already Unicode."""
    from congvan.formats.plain import mended
    from congvan.reading.document import read_document

    whole, doubts = mended(text)
    if not whole.strip():
        raise Empty
    return read_document(whole, doubts)
