"""Writes a paper as an editable Word document."""

from congvan.writing.word.document import write_docx, write_docx_template

__all__ = ["write_docx", "write_docx_template"]
