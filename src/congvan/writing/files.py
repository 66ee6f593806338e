"""Writes a paper to a file of the format that its name asks for."""

from collections.abc import Callable
from pathlib import Path

from congvan.writing.paper import Paper
from congvan.writing.pdf import write_pdf
from congvan.writing.word import write_docx

WRITERS: dict[str, Callable[[Paper], bytes]] = {".docx": write_docx, ".pdf": write_pdf}


def write(paper: Paper, path: Path | str) -> None:
    """Writes the paper to `path`, as .docx or .pdf by its suffix.

    Raises ValueError for another suffix.
    """
    target = Path(path)
    writer = WRITERS.get(target.suffix.lower())
    if writer is None:
        raise ValueError(f"cannot write {target.suffix or 'a file without suffix'}: use .docx or .pdf")
    target.write_bytes(writer(paper))
