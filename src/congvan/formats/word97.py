"""Word 97-2003 (.doc), through kreuzberg. Numbers that Word makes by itself are not in the text it gives."""

from __future__ import annotations

from congvan.errors import Damaged


def read_doc(data: bytes) -> str:
    """The text of a .doc; the end of a table row, two tabs in what kreuzberg gives, becomes a line end."""
    import kreuzberg

    try:
        text: str = kreuzberg.extract_bytes_sync(data, "application/msword").content
    except kreuzberg.KreuzbergError as error:
        raise Damaged from error
    return text.replace("\t\t", "\n")
