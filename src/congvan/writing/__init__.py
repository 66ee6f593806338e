"""Writes Vietnamese official papers as .docx and .pdf, in the form of the State (Decree 30) or the Party (Guide 36)."""

from congvan.writing.files import write
from congvan.writing.kinds import Capacity, Kind, System, Urgency
from congvan.writing.paper import (
    Annex,
    Authority,
    Block,
    Bullet,
    Distribution,
    Figure,
    Heading,
    Item,
    Numbering,
    Paper,
    Paragraph,
    Signature,
    Table,
)
from congvan.writing.pdf import write_pdf
from congvan.writing.word import write_docx, write_docx_template
from congvan.writing.wording import (
    format_date,
    format_long_date,
    format_number,
    format_number_and_symbol,
    format_number_line,
    format_symbol,
)

__all__ = [
    "Annex",
    "Authority",
    "Block",
    "Bullet",
    "Capacity",
    "Distribution",
    "Figure",
    "Heading",
    "Item",
    "Kind",
    "Numbering",
    "Paper",
    "Paragraph",
    "Signature",
    "System",
    "Table",
    "Urgency",
    "format_date",
    "format_long_date",
    "format_number",
    "format_number_and_symbol",
    "format_number_line",
    "format_symbol",
    "write",
    "write_docx",
    "write_docx_template",
    "write_pdf",
]
