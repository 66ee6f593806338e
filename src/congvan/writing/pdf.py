"""Writes a paper as a PDF with typst: tagged, fonts embedded, text that can be searched and copied."""

import base64
import json
import struct
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, time
from importlib.resources import files
from typing import Any

import typst

from congvan.writing.composing import compose
from congvan.writing.layout import Layout, Role
from congvan.writing.paper import Figure, Paper, Table
from congvan.writing.printed import Element, Line, Printed
from congvan.writing.tables import column_alignments, column_shares, printed_header, printed_rows
from congvan.writing.typefaces import Typeface, bundled_typeface, times_like_typeface
from congvan.writing.wording import clean


def write_pdf(paper: Paper, *, portable: bool = False) -> bytes:
    """The paper as a PDF.

    Set in Times New Roman or a face with its metrics where the machine has one with all Vietnamese letters, else, or
    with `portable`, in Libertinus Serif, which comes with typst and looks the same everywhere. The same paper
    with a date gives the same bytes.
    """
    face = bundled_typeface() if portable else times_like_typeface()
    sheet = TypstSheet(compose(paper), face)
    written: bytes = typst.compile(  # type: ignore[call-overload]  # the stub lacks a dict of files and Fonts
        sheet.files(),
        format="pdf",
        font_paths=face.fonts,
        timestamp=datetime.combine(paper.date, time(), UTC) if paper.date else None,
    )
    return written


class TypstSheet:
    """The files that typst compiles: the layout, the composed lines as JSON, and the pictures."""

    def __init__(self, printed: Printed, face: Typeface) -> None:
        self.pictures: dict[str, bytes] = {}
        self.data = {
            "family": face.family,
            "layout": page_data(printed.layout),
            "styles": {role.value: asdict(style) for role, style in printed.layout.styles.items()},
            "page_number_role": Role.PAGE_NUMBER.value,
            "title": printed.title,
            "author": printed.author,
            "description": printed.description,
            "issuer": self.elements(printed.issuer),
            "title_block": self.elements(printed.title_block),
            "number": self.elements(printed.number),
            "place_date": self.elements(printed.place_date),
            "opening": self.elements(printed.opening),
            "body": self.elements(printed.body),
            "distribution": self.elements(printed.distribution),
            "signature": self.elements(printed.signature),
            "annexes": [
                {"landscape": annex.landscape, "elements": self.elements(annex.elements)} for annex in printed.annexes
            ],
        }

    def files(self) -> dict[str, bytes]:
        """File names and contents."""
        layout = files("congvan.writing").joinpath("paper.typ").read_bytes()
        return {"main.typ": layout, "paper.json": json.dumps(self.data).encode(), **self.pictures}

    def elements(self, elements: Iterable[Element]) -> list[dict[str, Any]]:
        """Lines, tables and figures as data; captions become lines of their own."""
        data: list[dict[str, Any]] = []
        for element in elements:
            if isinstance(element, Line):
                data.append(line_data(element))
            elif isinstance(element, Table):
                data += table_data(element)
            else:
                data += self.figure_data(element)
        return data

    def figure_data(self, figure: Figure) -> list[dict[str, Any]]:
        """The picture, kept with its caption below; drawn lines (SVG) rather than dots where there are any."""
        file = f"figure-{len(self.pictures)}.svg"
        self.pictures[file] = figure.svg or wrapped(figure.png)
        picture = {
            "type": "figure",
            "role": Role.FIGURE.value,
            "file": file,
            "alternative_text": clean(figure.alternative_text),
            "width": figure.width,
            "sticky": figure.caption is not None,
        }
        return [picture, *caption_data(figure.caption)]


def wrapped(png: bytes) -> bytes:
    """A PNG inside an SVG: the compiler takes its files as text, and dots are not text."""
    width, height = struct.unpack(">II", png[16:24])
    data = base64.b64encode(png).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    ).encode()


def page_data(layout: Layout) -> dict[str, Any]:
    """The measures of the page, without its styles."""
    return {name: value for name, value in asdict(layout).items() if name != "styles"}


def line_data(line: Line) -> dict[str, Any]:
    """One line."""
    return {"type": "line", **asdict(line)}


def table_data(table: Table) -> list[dict[str, Any]]:
    """The table under its caption."""
    grid = {
        "type": "table",
        "role": Role.BODY.value,
        "header_role": Role.TABLE_HEADER.value,
        "cell_role": Role.TABLE_CELL.value,
        "header": printed_header(table),
        "rows": printed_rows(table),
        "total": table.total is not None,
        "alignments": column_alignments(table),
        "shares": column_shares(table),
    }
    return [*caption_data(table.caption, keep=True), grid]


def caption_data(caption: str | None, *, keep: bool = False) -> list[dict[str, Any]]:
    """The caption's line, if there is one."""
    return [line_data(Line(Role.CAPTION, caption, keep=keep))] if caption else []
