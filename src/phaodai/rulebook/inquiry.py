"""A rule put to the law of one day for many cases at once: every table is asked through here, so that all leaves a trace."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from phaodai.rulebook.facts import Column, Columns, Fact, Mask, Vocabulary, is_missing
from phaodai.rulebook.tables import Answer, Table
from phaodai.rulebook.words import Words


class LawOfDay(Protocol):
    """What an inquiry needs to know of the rulebook."""

    @property
    def on(self) -> dt.date: ...
    @property
    def facts(self) -> Mapping[str, Fact]: ...
    @property
    def vocabularies(self) -> Mapping[str, Vocabulary]: ...
    def table(self, name: str) -> Table: ...


@dataclass(frozen=True)
class Step:
    """One table asked. `principal` marks the one whose document, clause and period stand for the whole decision."""

    answer: Answer
    principal: bool
    required: bool


class Inquiry:
    """One rule put to the law of one day for n cases; rules ask tables through it, so that all leaves a trace."""

    def __init__(self, law: LawOfDay, columns: Columns) -> None:
        self.law = law
        self.columns = columns
        self.length = len(next(iter(columns.values())))
        self.steps: list[Step] = []
        self.refusals: list[tuple[Mask, Words]] = []
        self.needs: list[tuple[Mask, str]] = []
        self.relied: list[tuple[str, Mask]] = []

    @property
    def on(self) -> np.datetime64:
        return np.datetime64(self.law.on, "D")

    def ask(self, table: str, where: Mask | None = None, *, principal: bool = False, required: bool = True) -> Answer:
        """The first row of `table` that holds for each case of `where` (all by default).

        A case for which no row holds stays undecided if the answer is `required`.
        """
        found = self.law.table(table)
        cases = np.ones(self.length, dtype=np.bool_) if where is None else where
        answer = Answer(found, found.first_hits(self.columns, cases))
        self.steps.append(Step(answer, principal, required))
        return answer

    def __getitem__(self, fact: str) -> Column:
        return self.columns[fact]

    def derive(self, fact: str, values: Column) -> Column:
        """Add a computed fact, which later tables may ask and the decision shows among its figures."""
        self.columns[fact] = np.asarray(values)
        return self.columns[fact]

    def need(self, fact: str) -> Column:
        """A fact without which the outcome cannot be computed, whatever the tables say."""
        self.needs.append((is_missing(self.columns[fact]), fact))
        return self.columns[fact]

    def rely(self, fact: str, where: Mask) -> Column:
        """A fact used outside the tables, and for which cases it bears on the outcome."""
        self.relied.append((fact, where))
        return self.columns[fact]

    def refuse(self, where: Mask, words: Words) -> None:
        """Facts that contradict each other or the rule; `words` says how to mend them."""
        if where.any():
            self.refusals.append((where, words))


Outcome = Column | dict[str, Column]
