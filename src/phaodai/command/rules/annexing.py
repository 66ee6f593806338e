"""Tables behind a paper, as people type them: a line a row, a stroke between cells.

    Phụ lục: Giường bệnh theo huyện
    Đơn vị | Giường | Máy thở
    Huyện An Lạc | 150 | 3
    Biểu đồ: Giường
    Trang ngang

"Phụ lục:" opens an annex, the next line is its header. "Biểu đồ:" draws the named columns of numbers beside the first column,
"Trang ngang" lays the page on its side.
"""

import re
from typing import Any

_OPENS, _DRAWS, _LIES = "phụ lục:", "biểu đồ:", "trang ngang"
_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?|-?\d+(?:,\d+)?")
# Numbers whose print is the same again: no year (2021), no leading or closing zero, dots where the form has them.
_PRINTED_ALIKE = re.compile(r"-?(?:0|[1-9]\d{0,2}(?:\.\d{3})*)(?:,\d*[1-9])?")


class Ragged(ValueError):
    """A line that fits no table; `line` is what was typed, `problem` one of "start", "cells", "column"."""

    def __init__(self, line: str, problem: str) -> None:
        super().__init__(line)
        self.line, self.problem = line, problem


def annexes_of(text: str) -> list[dict[str, Any]]:
    """The annexes that a text describes. Raises `Ragged` where a line fits none."""
    annexes: list[dict[str, Any]] = []
    for line in filter(None, (one.strip() for one in text.splitlines())):
        if line.lower().startswith(_OPENS):
            title = line[len(_OPENS) :].strip()
            annexes.append({"title": title, "header": [], "rows": [], "chart": [], "landscape": False})
        elif not annexes:
            raise Ragged(line, "start")
        else:
            _take(line, annexes[-1])
    return annexes


def _take(line: str, annex: dict[str, Any]) -> None:
    if line.lower() == _LIES:
        annex["landscape"] = True
    elif line.lower().startswith(_DRAWS):
        annex["chart"] = _columns(line, annex["header"])
    else:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if annex["header"] and len(cells) != len(annex["header"]):
            raise Ragged(line, "cells")
        if annex["header"]:
            annex["rows"].append(cells)
        else:
            annex["header"] = cells


def _columns(line: str, header: list[str]) -> list[str]:
    wanted = [name.strip() for name in line[len(_DRAWS) :].split(",")]
    if not wanted or any(name not in header[1:] for name in wanted):
        raise Ragged(line, "column")
    return wanted


def text_of(annexes: list[dict[str, Any]]) -> str:
    """The annexes as they are typed."""
    parts = []
    for annex in annexes:
        rows = [annex["header"], *annex["rows"]]
        lines = [f"Phụ lục: {annex['title']}", *(" | ".join(map(str, row)) for row in rows if row)]
        lines += [f"Biểu đồ: {', '.join(annex['chart'])}"] if annex.get("chart") else []
        parts.append("\n".join([*lines, *(["Trang ngang"] if annex.get("landscape") else [])]))
    return "\n\n".join(parts)


def number_of(cell: Any) -> float | int | None:
    """The number of a cell printed in Vietnamese form (1.234,5); None where it is words."""
    if not isinstance(cell, str):
        return cell if isinstance(cell, int | float) else None
    if not _NUMBER.fullmatch(cell):
        return None
    plain = cell.replace(".", "").replace(",", ".")
    return float(plain) if "." in plain else int(plain)


def cell_of(cell: Any) -> Any:
    """A cell as a table takes it: a number where printing it gives the same words, so that it stands right; else as typed."""
    alike = isinstance(cell, str) and _PRINTED_ALIKE.fullmatch(cell)
    return number_of(cell) if alike else cell
