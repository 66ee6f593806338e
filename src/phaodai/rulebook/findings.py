"""What a rule found about many cases: outcomes, how sure they are, what they rest on and what they took for granted."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from phaodai.rulebook.facts import Mask, blanked, plain
from phaodai.rulebook.inquiry import Inquiry, Outcome
from phaodai.rulebook.provisions import CONFIDENCES
from phaodai.rulebook.tables import MISSING, NO_ROW, Row, Table
from phaodai.rulebook.words import Words

Status = Literal["concluded", "unverified", "unprovided", "incomplete", "refused"]
STATUSES: tuple[Status, ...] = ("concluded", "unverified", "unprovided", "incomplete", "refused")
CONCLUDED, UNVERIFIED, UNPROVIDED, INCOMPLETE, REFUSED = range(5)


@dataclass(frozen=True)
class Findings:
    """The decisions of one rule on one day about n cases, as columns; a `Decision` is built for whoever asks why."""

    rule: str
    inquiry: Inquiry
    outcome: Outcome
    assumed: Mapping[str, Mask]

    def __len__(self) -> int:
        return self.inquiry.length

    @cached_property
    def status(self) -> NDArray[np.int64]:
        """Per case a place in `STATUSES`: the first trouble on the way decides."""
        status = np.zeros(len(self), dtype=np.int64)
        for where, _ in self.inquiry.refusals:
            status[where] = REFUSED
        for step in self.inquiry.steps:
            hits = step.answer.hits
            for trouble, where in (
                (INCOMPLETE, hits == MISSING),
                (UNPROVIDED, (hits == NO_ROW) & step.required),
                (UNVERIFIED, step.answer.found & ~step.answer.settled),
            ):
                status[where & (status == CONCLUDED)] = trouble
        for where, _ in self.inquiry.needs:
            status[where & (status == CONCLUDED)] = INCOMPLETE
        return status

    @cached_property
    def concluded(self) -> Mask:
        return np.asarray(self.status == CONCLUDED)

    @cached_property
    def confidence(self) -> list[str]:
        """Per case the letter of the least sure value that was used."""
        worst = np.zeros(len(self), dtype=np.int64)
        for step in self.inquiry.steps:
            found = step.answer.hits >= 0
            worst[found] = np.maximum(worst[found], step.answer.table.doubt[step.answer.hits[found]])
        return [CONFIDENCES[place] for place in worst.tolist()]

    @cached_property
    def outcomes(self) -> list[Any]:
        """Per case the outcome as plain Python values; None where nothing can be concluded."""
        sure = self.concluded.tolist()
        if isinstance(self.outcome, dict):
            columns = {name: plain(values) for name, values in self.outcome.items()}
            return [
                {name: values[i] for name, values in columns.items()} if sure[i] else None for i in range(len(self))
            ]
        return [value if known else None for value, known in zip(plain(self.outcome), sure, strict=True)]

    @cached_property
    def _plain_columns(self) -> dict[str, list[Any]]:
        """The columns that somebody asked for, as plain values."""
        return {}

    @cached_property
    def templates(self) -> dict[tuple[int, str], str]:
        """Texts of the rows that decided some case, by row and language, their own fields filled in."""
        return {}

    def figure(self, name: str, case: int) -> Any:
        """One figure of one case; None where it is not known."""
        columns, plain_columns = self.inquiry.columns, self._plain_columns
        if name not in plain_columns:
            nothing = [None] * len(self)
            plain_columns[name] = self.inquiry.law.facts[name].plain(columns[name]) if name in columns else nothing
        return plain_columns[name][case]

    def figures(self, case: int) -> dict[str, Any]:
        """The facts of one case: those given, those computed, and those assumed that bore on the outcome."""
        figures = {name: self.figure(name, case) for name in self.inquiry.columns}
        return {
            name: value
            for name, value in figures.items()
            if value is not None and (not self._taken(name, case) or self._told(name, case))
        }

    def assumptions(self, case: int) -> dict[str, Any]:
        """What nobody said and the rule took for granted, where it bore on the outcome."""
        return {name: self.figure(name, case) for name, told in self._bearing_lists.items() if told[case]}

    def _taken(self, name: str, case: int) -> bool:
        return name in self.assumed and bool(self.assumed[name][case])

    def _told(self, name: str, case: int) -> bool:
        return name in self._bearing_lists and self._bearing_lists[name][case]

    @cached_property
    def _bearing_lists(self) -> dict[str, list[bool]]:
        """Only the assumed facts that bore on some case, as lists, which are quicker to look into one by one."""
        return {name: where.tolist() for name, where in self._bearing.items() if where.any()}

    @cached_property
    def _bearing(self) -> dict[str, Mask]:
        """Per assumed fact the cases in which a row could not have been told without it, or the rule relied on it."""
        bearing = {name: np.zeros(len(self), dtype=np.bool_) for name in self.assumed}
        bearing = {name: mask for name, mask in bearing.items() if not self.inquiry.law.facts[name].silent}
        blank = {**self.inquiry.columns}
        blank |= {name: blanked(blank[name], self.assumed[name]) for name in bearing}
        for step in self.inquiry.steps:
            for place, row in enumerate(step.answer.table.rows):
                reached = step.answer.reached(place)
                for name, where in row.provision.when.open_facts(blank).items():
                    if name in bearing:
                        bearing[name] |= where & reached & self.assumed[name]
        for name, where in self.inquiry.relied:
            if name in bearing:
                bearing[name] |= where & self.assumed[name]
        return bearing

    @cached_property
    def _hits(self) -> list[list[int]]:
        return [step.answer.hits.tolist() for step in self.inquiry.steps]

    def rows(self, case: int) -> list[Row]:
        """The rows that decided one case, in the order in which they were asked."""
        return [
            step.answer.table.rows[hits[case]]
            for step, hits in zip(self.inquiry.steps, self._hits, strict=True)
            if hits[case] >= 0
        ]

    def principal(self, case: int) -> Row | None:
        """The row whose document stands for the decision: the one marked so, else the last that decided."""
        marked = [
            step.answer.table.rows[hits[case]]
            for step, hits in zip(self.inquiry.steps, self._hits, strict=True)
            if step.principal and hits[case] >= 0
        ]
        decisive = marked or self.rows(case)
        return decisive[-1] if decisive else None

    def missing(self, case: int) -> tuple[str, ...]:
        """The facts to be given before a table can decide about one case."""
        for step, hits in zip(self.inquiry.steps, self._hits, strict=True):
            if hits[case] == MISSING:
                absent = [self.inquiry.law.facts[fact] for fact in self._undecided(step.answer.table, case)]
                return tuple(sorted({name for fact in absent for name in (fact.inputs or (fact.name,))}))
        return tuple(fact for where, fact in self.inquiry.needs if where[case])

    def _undecided(self, table: Table, case: int) -> list[str]:
        """The facts that keep the first row that could not be told of one case open."""
        columns = {name: values[case : case + 1] for name, values in self.inquiry.columns.items()}
        conditions = (row.provision.when for row in table.rows)
        undecided = next(one for one in conditions if one.test(columns).unknown[0])
        return [fact for fact, where in undecided.open_facts(columns).items() if where[0]]

    def refusal(self, case: int) -> Words | None:
        return next((words for where, words in self.inquiry.refusals if where[case]), None)
