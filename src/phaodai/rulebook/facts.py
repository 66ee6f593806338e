"""Facts that rules ask for: their kinds, ranges and names, and the columns that hold them for many cases at once.

A column is a NumPy array of one length n. Numbers, counts, shares and flags (1 yes, 0 no) are float64 with NaN for
"not given"; days are datetime64[D] with NaT; terms are str with ""; lists are object arrays of tuples with None.
"""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from phaodai.rulebook.errors import Refusal
from phaodai.rulebook.words import Words, fold, listed

Kind = Literal["number", "count", "share", "flag", "day", "term", "list"]
KINDS: tuple[Kind, ...] = ("number", "count", "share", "flag", "day", "term", "list")
NUMERIC: tuple[Kind, ...] = ("number", "count", "share", "flag")
Column = NDArray[Any]
Columns = dict[str, Column]
Mask = NDArray[np.bool_]

TRUE_WORDS = {"true", "yes", "co", "1"}
FALSE_WORDS = {"false", "no", "khong", "0"}


@dataclass(frozen=True, slots=True)
class Term:
    """One allowed word of a vocabulary, with its names on screen and what people may type instead."""

    id: str
    label: Words
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The closed list of words that a fact of kind `term` takes."""

    name: str
    terms: Mapping[str, Term]
    spellings: Mapping[str, str] = field(repr=False)

    def find(self, text: str) -> str | None:
        return self.spellings.get(fold(text))

    def label(self, term: str) -> Words:
        found = self.terms.get(term)
        return found.label if found else Words(term, term)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a rule may ask about a case.

    `absent` is what the rule takes when nobody says (shown among the assumptions unless `silent`): a value, "on" for
    the day of the decision, or None where the fact must be given. `derived` facts are computed by a rule from their
    `inputs` and never accepted themselves.
    """

    name: str
    kind: Kind
    label: Words
    unit: str = ""
    low: float = -math.inf
    high: float = math.inf
    vocabulary: Vocabulary | None = None
    absent: Any = None
    silent: bool = False
    derived: bool = False
    inputs: tuple[str, ...] = ()

    def read(self, text: str) -> Any:
        """The value that a person typed; raises Refusal naming what is accepted."""
        readers = {"flag": self._flag, "day": self._day, "term": self._term, "list": self._list}
        return readers.get(self.kind, self._number)(text.strip())

    def accept(self, value: Any) -> Any:
        """The value given by a program, checked as if it had been typed."""
        if value is None:
            return None
        if self.kind == "flag" and value in (0, 1):
            return float(value)
        if isinstance(value, bool):
            return self.read("true" if value else "false")
        if isinstance(value, list | tuple):
            return self.read(",".join(map(str, value)))
        return self.read(str(value))

    def plain(self, values: Column) -> list[Any]:
        """A column of this fact as Python values, None where nothing was given."""
        if self.kind == "flag":
            return [None if math.isnan(value) else value == 1 for value in values.tolist()]
        if self.kind == "list":
            return [None if value is None else list(value) for value in values]
        return plain(values)

    def _number(self, text: str) -> float:
        try:
            value = float({"true": "1", "false": "0"}.get(text, text) if self.kind == "count" else text)
        except ValueError:
            raise Refusal(f"{self.name}={text} is no number; write it like {self._example()}") from None
        if math.isnan(value) or not self.low <= value <= self.high:
            raise Refusal(f"{self.name}={text} is out of range; give {self._range()}")
        if self.kind == "count" and not value.is_integer():
            raise Refusal(f"{self.name}={text} is no whole number; write it like 3")
        return value

    def _example(self) -> str:
        return {"count": "3", "share": "0.75"}.get(self.kind, "73.5")

    def _range(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        if math.isinf(self.high):
            return f"a number of at least {self.low:g}{unit}"
        return f"a number from {self.low:g} to {self.high:g}{unit}"

    def _flag(self, text: str) -> float:
        word = fold(text)
        if word not in TRUE_WORDS | FALSE_WORDS:
            raise Refusal(f"{self.name}={text} is neither true nor false; write {self.name}=true or {self.name}=false")
        return 1.0 if word in TRUE_WORDS else 0.0

    def _day(self, text: str) -> np.datetime64:
        try:
            return np.datetime64(dt.date.fromisoformat(text), "D")
        except ValueError:
            raise Refusal(f"{self.name}={text} is no date; write it like 2021-10-24") from None

    def _term(self, text: str) -> str:
        if self.vocabulary is None:
            return fold(text)
        found = self.vocabulary.find(text)
        if found is None:
            raise Refusal(f"{self.name}={text} is not known; choose one of: {listed(self.vocabulary.terms)}")
        return found

    def _list(self, text: str) -> tuple[float, ...]:
        try:
            return tuple(float(item) for item in text.split(",") if item.strip())
        except ValueError:
            raise Refusal(f"{self.name}={text} is no list of numbers; write it like 1,2,5") from None


def column(fact: Fact, values: Sequence[Any] | Column) -> Column:
    """Values of one fact, None where not given, as the array described above; raises Refusal for an unknown term."""
    if fact.kind == "list":
        items = np.empty(len(values), dtype=object)
        items[:] = values
        return items
    if fact.kind == "day":
        return np.asarray(values, dtype="datetime64[D]")
    if fact.kind == "term":
        known = {value: fact.read(str(value)) if value else "" for value in set(values)}
        return np.asarray([known[value] for value in values], dtype=np.str_)
    return np.asarray(values, dtype=np.float64)


def plain(values: Column) -> list[Any]:
    """A column as Python values: whole floats as int, nothing as None."""
    items: list[Any] = values.tolist()
    if values.dtype.kind == "U":
        return [item or None for item in items]
    if values.dtype.kind != "f":
        return items
    return [None if math.isnan(item) else int(item) if item.is_integer() else item for item in items]


def refuse_out_of_range(fact: Fact, values: Column) -> None:
    """Raise Refusal naming the first value of a numeric column that is outside the range of its fact."""
    if fact.kind in NUMERIC:
        outside = np.flatnonzero((values < fact.low) | (values > fact.high))
        if len(outside):
            fact.read(str(values[outside[0]]))


def is_missing(values: Column) -> Mask:
    """Where a column holds nothing."""
    if values.dtype.kind == "f":
        return np.asarray(np.isnan(values))
    if values.dtype.kind == "M":
        return np.asarray(np.isnat(values))
    if values.dtype.kind == "O":
        return np.asarray([value is None for value in values], dtype=np.bool_)
    return np.asarray(values == "")


def filled(values: Column, gap: Mask, value: Any) -> Column:
    """The column with `value` wherever nothing was given."""
    if values.dtype.kind == "U":
        return np.where(gap, np.asarray(value, dtype=np.str_), values)
    return np.where(gap, value, values)


def blanked(values: Column, where: Mask) -> Column:
    """The column with nothing wherever `where` says."""
    nothing: dict[str, Any] = {"U": "", "M": np.datetime64("NaT", "D"), "O": None}
    return np.asarray(np.where(where, nothing.get(values.dtype.kind, np.nan), values))


def at_least(values: Column, length: int) -> Column:
    """One value repeated for all cases, or the column itself."""
    return np.repeat(values, length) if len(values) == 1 and length != 1 else values
