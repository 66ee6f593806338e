"""Opens a file: tells its format from its first bytes (its name only helps) and hands it to that format's reader."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from congvan.errors import Damaged, Empty, NotADocument, NotFound, PasswordProtected, TooLarge
from congvan.formats import plain
from congvan.model import Doubt

LARGEST = 40 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM", b"GIF8")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def text_of(source: str | Path | bytes, filename: str | None = None) -> tuple[str, list[Doubt]]:
    """The normalised text of a document and the warnings of its decoding. Raises a kind of `Unreadable`."""
    data = source if isinstance(source, bytes) else _contents(Path(source))
    if len(data) > LARGEST:
        raise TooLarge
    if not data:
        raise Empty
    text, doubts = _read(data, (filename or ("" if isinstance(source, bytes) else str(source))).lower())
    if not text.strip():
        raise Empty
    return text, doubts


def _contents(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise TooLarge
        return path.read_bytes()
    except IsADirectoryError as error:
        raise NotADocument(str(path)) from error
    except OSError as error:
        raise NotFound(str(path)) from error


def _read(data: bytes, name: str) -> tuple[str, list[Doubt]]:
    if data.startswith(b"PK\x03\x04"):
        return _read_package(data)
    if b"%PDF-" in data[:1024]:
        from congvan.formats.pdf import read_pdf

        return _mended(read_pdf(data))
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise PasswordProtected
        from congvan.formats.word97 import read_doc

        return _mended((read_doc(data), []))
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        from congvan.formats.scan import read_picture

        return _mended(read_picture(data))
    if name.endswith((".docx", ".odt", ".pdf", ".doc")) and not data.lstrip().startswith(b"{\\rtf"):
        raise Damaged
    if data.lstrip().startswith(b"{\\rtf"):
        raise NotADocument("RTF")
    return plain.decode(data)


def _read_package(data: bytes) -> tuple[str, list[Doubt]]:
    """A zip: a .docx or an .odt, or no document."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except zipfile.BadZipFile as error:
        raise Damaged from error
    if "word/document.xml" in names:
        from congvan.formats.word import read_docx

        return _mended((read_docx(data), []))
    if "content.xml" in names:
        from congvan.formats.opendocument import read_odt

        return _mended((read_odt(data), []))
    raise NotADocument


def _mended(read: tuple[str, list[Doubt]]) -> tuple[str, list[Doubt]]:
    text, doubts = plain.mended(read[0])
    return text, read[1] + doubts
