"""Plain text: bytes to composed Unicode (NFC), whatever encoding they came in."""

from __future__ import annotations

import codecs
import unicodedata

from congvan.errors import NotADocument
from congvan.formats.encodings import best_reading, evidence
from congvan.model import Doubt

_MARKED = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_CONTROL_SHARE = 0.02


def decode(data: bytes) -> tuple[str, list[Doubt]]:
    """The text of the bytes, and what had to be repaired. Raises `NotADocument` where they are no text."""
    text, name = _unicode(data)
    _refuse_binary(text)
    whole, doubts = mended(text)
    if name:
        doubts.insert(0, Doubt("text", f"Tệp không phải UTF-8; đã đọc theo {name}."))
    return whole, doubts


def mended(text: str) -> tuple[str, list[Doubt]]:
    """The text with old encodings undone, in NFC with one kind of line end, and what was done."""
    doubts = []
    whole, undone = best_reading(text)
    if undone:
        doubts.append(
            Doubt("text", f"Văn bản dùng bảng mã {undone}; đã chuyển sang Unicode, cần đối chiếu chữ hoa có dấu.")
        )
    composed = unicodedata.normalize("NFC", whole)
    if composed != whole:
        doubts.append(Doubt("text", "Văn bản dùng Unicode tổ hợp; đã chuyển sang dựng sẵn (NFC)."))
    return composed.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").replace("\x00", ""), doubts


def _unicode(data: bytes) -> tuple[str, str | None]:
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), None
    for encoding in filter(None, ("utf-8", _bare_utf16(data))):
        try:
            return data.decode(encoding), None if encoding == "utf-8" else "UTF-16"
        except UnicodeDecodeError:
            continue
    if _nearly_utf8(data):
        return data.decode("utf-8", errors="replace"), "UTF-8 có ký tự hỏng"
    return _eight_bit(data)


def _bare_utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: every second byte of Latin text is near zero."""
    sample = data[:2000]
    if len(sample) < 8:
        return None
    low, high = sample[::2].count(0) / len(sample), sample[1::2].count(0) / len(sample)
    if max(low, high) < 0.15:
        return None
    return "utf-16-le" if high > low else "utf-16-be"


def _nearly_utf8(data: bytes) -> bool:
    """Whether only a few bytes keep the data from being UTF-8: a file that was cut or damaged."""
    text = data.decode("utf-8", errors="replace")
    return text.count("\ufffd") * 50 < len(text)


def _eight_bit(data: bytes) -> tuple[str, str | None]:
    """Old 8-bit text: Windows-1258, or Windows-1252, under which TCVN3 and VNI are recognised later."""
    western = data.decode("cp1252", errors="replace") if b"\xad" not in data else data.decode("latin-1")
    vietnamese = unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))
    if evidence(vietnamese) > max(evidence(best_reading(western)[0]), 2):
        return vietnamese, "Windows-1258"
    return western, None


def _refuse_binary(text: str) -> None:
    """Refuses data that is not text: many control characters."""
    sample = text[:4000]
    controls = sum(
        1 for letter in sample if (ord(letter) < 32 and letter not in "\t\n\r\x0b\x0c\x1a") or letter == "\ufffd"
    )
    if controls > _CONTROL_SHARE * max(len(sample), 1) + 1:
        raise NotADocument
