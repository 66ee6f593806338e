"""Plain text: bytes to Unicode in composed form (NFC)."""

from __future__ import annotations

import unicodedata

from congvan.model import Doubt


def decode(data: bytes) -> tuple[str, list[Doubt]]:
    """The text of the bytes, and what had to be repaired."""
    return normal(data.decode("utf-8-sig")), []


def normal(text: str) -> str:
    """Composed Unicode, one kind of line end."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def mended(text: str) -> tuple[str, list[Doubt]]:
    return normal(text), []
