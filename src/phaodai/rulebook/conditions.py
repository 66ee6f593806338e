"""Conditions of decision tables, written as jurists write them ("[20,50)", ">= 30", a term, true), tested on columns.

Each test gives two masks, "holds" and "cannot tell because a fact is missing" (Kleene's three values), so that an
alternative that is certainly met decides although another was never asked.
"""

import datetime as dt
import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import numpy as np

from phaodai.rulebook.facts import Columns, Fact, Mask, is_missing

INTERVAL = re.compile(r"^([\[(])\s*([^,]*?)\s*,\s*([^,]*?)\s*([\])])$")
COMPARISON = re.compile(r"^(<=|>=|<|>)\s*([^=\s]\S*)$")


class Truth(NamedTuple):
    """For each case: the condition holds; it cannot be told."""

    holds: Mask
    unknown: Mask


class Condition(Protocol):
    """What a row of a decision table asks of a case."""

    @property
    def facts(self) -> frozenset[str]: ...
    def test(self, columns: Columns) -> Truth: ...
    def open_facts(self, columns: Columns) -> dict[str, Mask]: ...


@dataclass(frozen=True)
class Interval:
    """A number or a day within limits; each limit says whether it belongs to the interval."""

    fact: str
    low: float | np.datetime64 | None
    low_closed: bool
    high: float | np.datetime64 | None
    high_closed: bool

    @cached_property
    def facts(self) -> frozenset[str]:
        return frozenset({self.fact})

    def test(self, columns: Columns) -> Truth:
        values = columns[self.fact]
        holds = np.ones(len(values), dtype=np.bool_)
        if self.low is not None:
            holds &= (operator.ge if self.low_closed else operator.gt)(values, self.low)
        if self.high is not None:
            holds &= (operator.le if self.high_closed else operator.lt)(values, self.high)
        unknown = is_missing(values)
        return Truth(holds & ~unknown, unknown)

    def open_facts(self, columns: Columns) -> dict[str, Mask]:
        return {self.fact: is_missing(columns[self.fact])}


@dataclass(frozen=True)
class OneOf:
    """A term among those named."""

    fact: str
    terms: tuple[str, ...]

    @cached_property
    def facts(self) -> frozenset[str]:
        return frozenset({self.fact})

    def test(self, columns: Columns) -> Truth:
        values = columns[self.fact]
        holds = values == self.terms[0]
        for term in self.terms[1:]:
            holds |= values == term
        return Truth(np.asarray(holds), is_missing(values))

    def open_facts(self, columns: Columns) -> dict[str, Mask]:
        return {self.fact: is_missing(columns[self.fact])}


@dataclass(frozen=True)
class Every:
    """All parts hold; with no parts, always."""

    parts: tuple[Condition, ...]

    @cached_property
    def facts(self) -> frozenset[str]:
        return frozenset().union(*(part.facts for part in self.parts))

    def test(self, columns: Columns) -> Truth:
        length = len(next(iter(columns.values())))
        possible, certain = np.ones(length, dtype=np.bool_), np.ones(length, dtype=np.bool_)
        for part in self.parts:
            truth = part.test(columns)
            certain &= truth.holds
            possible &= truth.holds | truth.unknown
        return Truth(certain, possible & ~certain)

    def open_facts(self, columns: Columns) -> dict[str, Mask]:
        """Per fact the cases in which it is missing and would settle the whole."""
        return _open_facts(self.parts, columns, self.test(columns).unknown)


@dataclass(frozen=True)
class Either:
    """At least one part holds."""

    parts: tuple[Condition, ...]

    @cached_property
    def facts(self) -> frozenset[str]:
        return frozenset().union(*(part.facts for part in self.parts))

    def test(self, columns: Columns) -> Truth:
        truths = [part.test(columns) for part in self.parts]
        holds = np.logical_or.reduce([truth.holds for truth in truths])
        unknown = np.logical_or.reduce([truth.unknown for truth in truths])
        return Truth(holds, unknown & ~holds)

    def open_facts(self, columns: Columns) -> dict[str, Mask]:
        """Per fact the cases in which it is missing and would settle the whole."""
        return _open_facts(self.parts, columns, self.test(columns).unknown)


def _open_facts(parts: tuple[Condition, ...], columns: Columns, where: Mask) -> dict[str, Mask]:
    found: dict[str, Mask] = {}
    for part in parts:
        for fact, mask in part.open_facts(columns).items():
            found[fact] = found.get(fact, np.zeros_like(where)) | (mask & where)
    return found


def read_when(when: Mapping[str, Any], facts: Mapping[str, Fact]) -> Every:
    """The condition of a row; raises ValueError saying what is wrong with it.

    `any = [{…}, {…}]` holds alternatives; every other key is a fact, and all of them must hold.
    """
    parts: list[Condition] = []
    for name, wanted in when.items():
        if name == "any":
            parts.append(Either(tuple(read_when(item, facts) for item in wanted)))
        elif name not in facts:
            raise ValueError(f"no fact '{name}' is declared; declare it in facts.toml or mend the name")
        else:
            parts.append(_one(facts[name], wanted))
    return Every(tuple(parts))


def _one(fact: Fact, wanted: Any) -> Condition:
    if fact.kind == "term":
        return _terms(fact, wanted)
    if fact.kind == "flag":
        if not isinstance(wanted, bool):
            raise ValueError(f"'{fact.name}' is a flag: write true or false")
        return _exactly(fact, float(wanted))
    if isinstance(wanted, int | float) and not isinstance(wanted, bool):
        return _exactly(fact, float(wanted))
    if not isinstance(wanted, str):
        raise ValueError(f'\'{fact.name}\': write an interval such as "[20,50)" or ">= 30"')
    return read_interval(fact, wanted)


def _exactly(fact: Fact, value: float) -> Interval:
    return Interval(fact.name, low=value, low_closed=True, high=value, high_closed=True)


def _terms(fact: Fact, wanted: Any) -> OneOf:
    terms = tuple(wanted) if isinstance(wanted, list) else (wanted,)
    known = fact.vocabulary.terms if fact.vocabulary else None
    unknown = [term for term in terms if not isinstance(term, str) or (known is not None and term not in known)]
    if unknown:
        raise ValueError(f"'{fact.name}' has no term {unknown[0]!r}; add it to the vocabulary or mend it")
    return OneOf(fact.name, terms)


def read_interval(fact: Fact, text: str) -> Interval:
    """ "[20,50)", "(,5]", ">= 30" or "< 20", over numbers or ISO days."""
    limit = _day_limit if fact.kind == "day" else _number_limit
    compared = COMPARISON.match(text.strip())
    if compared:
        sign, value = compared[1], limit(compared[2])
        closed = sign.endswith("=")
        if sign[0] == ">":
            return Interval(fact.name, low=value, low_closed=closed, high=None, high_closed=False)
        return Interval(fact.name, low=None, low_closed=False, high=value, high_closed=closed)
    bracketed = INTERVAL.match(text.strip())
    if not bracketed:
        raise ValueError(f'\'{fact.name}\': {text!r} is no interval; write it like "[20,50)" or ">= 30"')
    opening, low, high, closing = bracketed.groups()
    return Interval(fact.name, _optional(low, limit), opening == "[", _optional(high, limit), closing == "]")


def _optional(text: str, limit: Callable[[str], float | np.datetime64]) -> float | np.datetime64 | None:
    return limit(text) if text else None


def _number_limit(text: str) -> float:
    value = float(text)
    if math.isnan(value):
        raise ValueError("a limit cannot be NaN")
    return value


def _day_limit(text: str) -> np.datetime64:
    return np.datetime64(dt.date.fromisoformat(text), "D")


def intervals(condition: Condition) -> list[Interval]:
    """Every interval inside a condition, however deep."""
    if isinstance(condition, Interval):
        return [condition]
    if isinstance(condition, Every | Either):
        return [found for part in condition.parts for found in intervals(part)]
    return []


def terms(condition: Condition) -> list[OneOf]:
    """Every choice of terms inside a condition, however deep."""
    if isinstance(condition, OneOf):
        return [condition]
    if isinstance(condition, Every | Either):
        return [found for part in condition.parts for found in terms(part)]
    return []
