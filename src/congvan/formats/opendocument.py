"""OpenDocument text (.odt): paragraphs, lists and tables in their order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from congvan.errors import Damaged, PasswordProtected

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


def read_odt(data: bytes) -> str:
    """The text, a line for a paragraph. Raises `PasswordProtected` for an encrypted file."""
    from lxml import etree  # type: ignore[import-untyped]

    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        if b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise PasswordProtected
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.fromstring(package.read("content.xml"), parser)
        styles = etree.fromstring(package.read("styles.xml"), parser) if "styles.xml" in package.namelist() else root
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, RuntimeError) as error:
        raise Damaged from error
    numbered = _numbered_styles(styles) | _numbered_styles(root)
    body = root.find(f".//{_OFFICE}text")
    return "\n".join(_lines(body, numbered)) if body is not None else ""


def _numbered_styles(root: Any) -> dict[str, tuple[str, str]]:
    """List style -> the signs before and after the number of its first level; bullets are not in it."""
    found = {}
    for style in root.iter(f"{_TEXT}list-style"):
        level = next((child for child in style if child.get(f"{_TEXT}level") == "1"), None)
        if level is not None and level.tag == f"{_TEXT}list-level-style-number" and level.get(f"{_STYLE}num-format"):
            found[style.get(f"{_STYLE}name")] = (
                level.get(f"{_STYLE}num-prefix") or "",
                level.get(f"{_STYLE}num-suffix") or ".",
            )
    return found


def _lines(element: Any, numbered: dict[str, tuple[str, str]]) -> Iterator[str]:
    for child in element:
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield from _words(child).split("\n")
        elif child.tag == f"{_TEXT}list":
            yield from _list_lines(child, numbered)
        elif child.tag == f"{_TABLE}table":
            yield ""
            yield from _table_lines(child, numbered)
            yield ""
        elif child.tag in (f"{_TEXT}section", f"{_TEXT}soft-page-break", f"{_TABLE}table-header-rows"):
            yield from _lines(child, numbered)


def _words(paragraph: Any) -> str:
    """The words of a paragraph, with its tabs, spaces and line breaks."""
    parts = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag == f"{_TEXT}s":
            parts.append(" " * int(child.get(f"{_TEXT}c") or 1))
        elif child.tag != f"{_TEXT}note" and isinstance(child.tag, str):
            parts.append(_words(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _list_lines(element: Any, numbered: dict[str, tuple[str, str]]) -> Iterator[str]:
    """The items of a list with their numbers; a list that goes on with another is counted by its start value only."""
    signs = numbered.get(element.get(f"{_TEXT}style-name") or "")
    for place, item in enumerate(element.findall(f"{_TEXT}list-item"), start=1):
        lines = list(_lines(item, numbered))
        number = item.get(f"{_TEXT}start-value") or str(place)
        mark = f"{signs[0]}{number}{signs[1]} " if signs else "- "
        for position, line in enumerate(lines):
            yield (mark if position == 0 else "") + line


def _table_lines(table: Any, numbered: dict[str, tuple[str, str]]) -> Iterator[str]:
    for row in table.iter(f"{_TABLE}table-row"):
        cells = [list(_lines(cell, numbered)) for cell in row.findall(f"{_TABLE}table-cell")]
        if len(cells) > 2:
            yield "| " + " | ".join(" ".join(" ".join(cell).split()) for cell in cells) + " |"
            continue
        for cell in cells:
            yield from cell
            yield ""
