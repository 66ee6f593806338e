"""PDF: the text layer; where pages have none, they are rendered and their text is recognised."""

from __future__ import annotations

from typing import Any

from congvan.errors import Damaged, PasswordProtected
from congvan.model import Doubt

_LEAST_LETTERS = 20
_DOTS_PER_INCH = 300
_MOST_PAGES_TO_RECOGNISE = 60


def read_pdf(data: bytes) -> tuple[str, list[Doubt]]:
    """The text of the pages in order, and a warning where it was recognised from pictures."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise PasswordProtected from error
        raise Damaged from error
    try:
        texts = [_text_layer(page) for page in document]
        scanned = [
            number for number, text in enumerate(texts) if sum(letter.isalpha() for letter in text) < _LEAST_LETTERS
        ]
        if len(scanned) < len(texts) or not texts:
            return "\n".join(texts), []
        return _recognised(document, texts)
    finally:
        document.close()


def _text_layer(page: Any) -> str:
    layer = page.get_textpage()
    text: str = layer.get_text_range().replace("\r\n", "\n").replace("\ufffe", "-").replace("\x02", "-")
    layer.close()
    page.close()
    return text


def _recognised(document: Any, texts: list[str]) -> tuple[str, list[Doubt]]:
    from congvan.formats.scan import recognise

    read = []
    for number in range(min(len(texts), _MOST_PAGES_TO_RECOGNISE)):
        picture = document[number].render(scale=_DOTS_PER_INCH / 72).to_pil()
        read.append(recognise(picture, sharp=True))
    doubts = [Doubt("text", "Bản quét không có lớp chữ; đã nhận dạng chữ, cần đối chiếu với bản gốc.")]
    if len(texts) > _MOST_PAGES_TO_RECOGNISE:
        doubts.append(Doubt("text", f"Chỉ nhận dạng {_MOST_PAGES_TO_RECOGNISE} trang đầu trong {len(texts)} trang."))
    return "\n".join(read), doubts
