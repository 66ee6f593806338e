"""Reads back what was written, without the package under test."""

from io import BytesIO

import docx
import pypdfium2
from docx.document import Document
from PIL.Image import Image


def open_docx(file: bytes) -> Document:
    """The document as python-docx sees it."""
    return docx.Document(BytesIO(file))


def docx_paragraphs(document: Document) -> list[str]:
    """Text of all paragraphs in reading order, those in tables too."""
    texts: list[str] = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            texts += [paragraph.text for row in block.rows for cell in row.cells for paragraph in cell.paragraphs]
        else:
            texts.append(block.text)
    return texts


def pdf_pages(file: bytes) -> list[str]:
    """Text of each page on one line: where lines break is the layout's affair."""
    with pypdfium2.PdfDocument(file) as pdf:
        return [one_line(page.get_textpage().get_text_range()) for page in pdf]


def pdf_pictures(file: bytes, dots_per_inch: int) -> list[Image]:
    """Each page as a grey picture."""
    with pypdfium2.PdfDocument(file) as pdf:
        return [page.render(scale=dots_per_inch / 72).to_pil().convert("L") for page in pdf]


def one_line(text: str) -> str:
    """Words with single spaces."""
    return " ".join(text.split())
