"""Tables of a scenario file, read value by value, each refusal naming the line and the key and how to mend it."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]")
KEY = re.compile(r"\s*\"?([A-Za-z0-9_-]+)\"?\s*=")
TOP = ""


class ScenarioError(ValueError):
    """A scenario file that cannot be run; the message is one line with the line number, the key, and how to mend it."""


class Lines:
    """On which line of a TOML text each key stands: (table, number of the table among those of its name, key)."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str, int, str], int] = {}
        self._tables: dict[str, int] = {}
        table = TOP
        for number, line in enumerate(text.splitlines(), start=1):
            if header := HEADER.match(line):
                table = header.group(2)
                self._tables[table] = self._tables.get(table, -1) + 1
                self._lines[table, self._tables[table], ""] = number
            elif key := KEY.match(line):
                self._lines.setdefault((table, self._tables.get(table, 0), key.group(1)), number)

    def of(self, table: str, number: int, key: str) -> int:
        """The line of a key or of the table of that name, else of the table it is in, else the first."""
        below = f"{table}.{key}" if table else key
        places = (table, number, key), (below, 0, ""), (table, number, "")
        return next((self._lines[place] for place in places if place in self._lines), 1)


class Table:
    """One table of the file; `number` counts tables of one name from 0."""

    def __init__(self, values: Mapping[str, Any], lines: Lines, name: str = TOP, number: int = 0) -> None:
        self.name, self._values, self._lines, self._number = name, values, lines, number
        self._asked: set[str] = set()

    def refusal(self, key: str, what: str) -> ScenarioError:
        """An error at the line of a key."""
        where = f"[{self.name}] {key}".strip() if self.name else key
        return ScenarioError(f"line {self._lines.of(self.name, self._number, key)}: {where} {what}".rstrip())

    def has(self, key: str) -> bool:
        self._asked.add(key)
        return key in self._values

    def value(self, key: str, default: Any = None) -> Any:
        self._asked.add(key)
        return self._values.get(key, default)

    def number(self, key: str, default: float | None, least: float, most: float) -> float:
        """A number between two bounds; infinite is allowed where `most` is."""
        value = self.value(key, default)
        if value is None:
            raise self.refusal(key, f"is missing: give a number from {least:g}{_up_to(most)}")
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise self.refusal(key, f"is {_shown(value)}: give a number from {least:g}{_up_to(most)}")
        return float(value)

    def whole(self, key: str, default: int | None, least: int, most: int) -> int:
        """A whole number between two bounds."""
        value = self.value(key, default)
        if value is None:
            raise self.refusal(key, f"is missing: give a whole number from {least}{_up_to(most)}")
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self.refusal(key, f"is {_shown(value)}: give a whole number from {least}{_up_to(most)}")
        return value

    def text(self, key: str, default: str | None, choices: Collection[str] = ()) -> str:
        """A text, of some choices where there are any."""
        value = self.value(key, default)
        if value is None:
            raise self.refusal(key, f"is missing: {_one_of(choices)}")
        if not isinstance(value, str) or (choices and value not in choices):
            raise self.refusal(key, f"is {_shown(value)}: {_one_of(choices)}")
        return value

    def texts(self, key: str, default: tuple[str, ...] | None, choices: Collection[str] = ()) -> tuple[str, ...]:
        """A list of texts; a single one may stand without brackets."""
        value = self.value(key, default)
        if value is None:
            raise self.refusal(key, f"is missing: {_one_of(choices)}")
        found = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list | tuple) else (value,)
        for one in found:
            if not isinstance(one, str) or (choices and one not in choices):
                raise self.refusal(key, f"holds {_shown(one)}: {_one_of(choices)}")
        return found

    def day(self, key: str, default: int | None, start: date | None) -> int | None:
        """A day as days since the start: a date, or a whole number."""
        value = self.value(key, default)
        if isinstance(value, date) and start is None:
            raise self.refusal(key, "is a date: give start = YYYY-MM-DD at the top of the file")
        if isinstance(value, date) and start is not None:
            value = (value - start).days
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.refusal(
                key, f"is {_shown(self.value(key))}: give a date from the start on, or days since the start"
            )
        return value

    def tables(self, key: str) -> Iterator["Table"]:
        """The tables of a name, such as `[[testing]]`."""
        value = self.value(key, [])
        name = f"{self.name}.{key}" if self.name else key
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.refusal(key, f"must be written as [[{name}]]")
        return (Table(one, self._lines, name, number) for number, one in enumerate(value))

    def table(self, key: str) -> "Table":
        """A single table, empty where it is not there."""
        value = self.value(key, {})
        if not isinstance(value, dict):
            raise self.refusal(key, f"must be written as [{key}]")
        return Table(value, self._lines, key)

    def refuse_others(self, known: Collection[str] = ()) -> None:
        """Refuse keys that nobody asked for, with the nearest one that there is."""
        allowed = sorted(self._asked | set(known))
        for key in self._values:
            if key not in allowed:
                near = get_close_matches(key, allowed, 1)
                hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(allowed)}"
                raise self.refusal(key, f"is unknown: {hint}")


def _up_to(most: float) -> str:
    return " up" if most == float("inf") else f" to {most:g}"


def _one_of(choices: Collection[str]) -> str:
    return f"choose from {', '.join(choices)}" if choices else "give a text in quotes"


def _shown(value: object) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value)
