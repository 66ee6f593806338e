"""The rulebook of one disease in one place: what was in force on a day, and what its rules decide."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from phaodai.rulebook import rules
from phaodai.rulebook.changes import changes
from phaodai.rulebook.checks import check_pack, problem_of
from phaodai.rulebook.conditions import terms
from phaodai.rulebook.decision import Decision, decision_of
from phaodai.rulebook.documents import Document
from phaodai.rulebook.errors import Refusal
from phaodai.rulebook.explain import shown
from phaodai.rulebook.facts import (
    Column,
    Columns,
    Fact,
    Mask,
    Vocabulary,
    at_least,
    column,
    filled,
    is_missing,
    refuse_out_of_range,
)
from phaodai.rulebook.findings import Findings
from phaodai.rulebook.inquiry import Inquiry
from phaodai.rulebook.overlay import OverlayEntry, provisions_of
from phaodai.rulebook.pack import COMMON, PACKS, Pack, read_pack
from phaodai.rulebook.provisions import Provision
from phaodai.rulebook.tables import NO_ROW, Table, TableSpec, rows_on
from phaodai.rulebook.words import LANGUAGES, Language, Words, listed, sentence

DEFAULT_DISEASE = "covid-19"
CHOOSE = Words(
    "{subject} có hiệu lực ngày {day}. Chọn một ngày {spans}.", "{subject} in force on {day}; choose a date {spans}"
)
NO_VALUES = Words(
    "{subject} có hiệu lực ngày {day}: dữ liệu về bệnh này ({disease}) chưa có giá trị nào.",
    "{subject} in force on {day}; the pack of {disease} has no values for it",
)


@dataclass(frozen=True)
class Law:
    """All tables as they stand on one day."""

    on: dt.date
    facts: Mapping[str, Fact]
    vocabularies: Mapping[str, Vocabulary]
    _table: Callable[[str], Table] = field(repr=False)

    def table(self, name: str) -> Table:
        return self._table(name)


@dataclass(frozen=True)
class Rulebook:
    """The provisions of one disease, national and of one province, ready to be asked.

    Immutable: `with_overlay` gives a new one. Safe to share between threads.
    """

    disease: str
    documents: Mapping[str, Document]
    facts: Mapping[str, Fact]
    vocabularies: Mapping[str, Vocabulary]
    tables: Mapping[str, TableSpec]
    provisions: Mapping[str, tuple[Provision, ...]]
    _days: dict[tuple[str, dt.date], Table] = field(default_factory=dict, repr=False, compare=False)

    def with_overlay(self, entries: Iterable[OverlayEntry]) -> "Rulebook":
        """This rulebook with a province's entries laid over it; raises Refusal for an entry that fits no table."""
        known = {name: self.provisions.get(name, ()) for name in self.tables}
        added = provisions_of(entries, known, self.facts)
        for provision in added:
            problem = problem_of(provision, self.tables[provision.table], self.facts)
            if problem:
                raise Refusal(problem)
        provisions = dict(self.provisions)
        for provision in added:
            provisions[provision.table] = (*provisions.get(provision.table, ()), provision)
        documents = {**self.documents, **{one.document.number: one.document for one in added}}
        return replace(self, provisions=provisions, documents=documents, _days={})

    def law(self, on: dt.date) -> Law:
        """The law of one day."""
        return Law(on, self.facts, self.vocabularies, lambda name: self.table(name, on))

    def table(self, name: str, on: dt.date) -> Table:
        """One table as it stood on one day; empty where nothing was in force."""
        if (name, on) not in self._days:
            self._days[name, on] = Table(self.tables[name], rows_on(on, self.provisions.get(name, ())))
        return self._days[name, on]

    def value(self, table: str, on: dt.date, row: str = "value") -> Provision:
        """A plain dated value in force on a day; raises Refusal where there is none. Look at `.verified` first."""
        if table not in self.tables:
            raise Refusal(f"no table '{table}'; choose one of: {listed(self.tables)}")
        found = [one.provision for one in self.table(table, on).rows if one.provision.row == row]
        if not found:
            name = f"{table}/{row}"
            raise self._out_of_time(Words(f"{name} không", f"{name} has no value"), on, table)
        return found[0]

    def decide(self, rule: str, on: dt.date, facts: Mapping[str, Any]) -> Decision:
        """One decision with everything it rests on and what would change it.

        `facts` are typed values or text by name. Raises Refusal for an unknown rule, fact or value, and for a day on
        which no version of the rule is in force.
        """
        given = self.read_facts(rule, facts)
        columns = {name: [value] for name, value in given.items()}
        findings = self.decide_many(rule, on, columns)
        decision = decision_of(findings)
        if decision.status == "unprovided":
            self._refuse_out_of_time(findings)
        moved = changes(decision, findings, given, lambda trials: self.decide_many(rule, on, trials))
        return replace(decision, what_would_change_it=moved)

    def decide_many(self, rule: str, on: dt.date, facts: Mapping[str, Sequence[Any] | Column]) -> Findings:
        """The same rule for many cases on one day: one column of equal length (or of one value) per fact."""
        chosen = self.rule(rule)
        self._refuse_unknown(chosen, facts)
        length = max((len(values) for values in facts.values()), default=1)
        columns, assumed = self._columns(chosen, on, facts, length)
        on = _law_day(chosen, on, columns)
        self._require_force(chosen, on)
        inquiry = Inquiry(self.law(on), columns)
        outcome = chosen.decide(inquiry)
        return Findings(rule, inquiry, outcome, assumed)

    def read_facts(self, rule: str, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Facts of one case, checked against the rule's list and each fact's range."""
        chosen = self.rule(rule)
        self._refuse_unknown(chosen, facts)
        return {name: self.facts[name].accept(value) for name, value in facts.items() if value is not None}

    def rule(self, name: str) -> rules.Rule:
        if name not in rules.RULES:
            raise Refusal(f"no rule '{name}'; choose one of: {listed(rules.RULES)}")
        return rules.RULES[name]

    def _refuse_unknown(self, rule: rules.Rule, facts: Mapping[str, Any]) -> None:
        for name in facts:
            if name not in rule.facts:
                raise Refusal(f"{rule.name} knows no '{name}'; give any of: {listed(rule.facts)}")

    def _require_force(self, rule: rules.Rule, on: dt.date) -> None:
        if not self.table(rule.table, on).rows:
            title = self.tables[rule.table].title.vi
            raise self._out_of_time(Words(f"“{title}” không", f"no version of {rule.name} is"), on, rule.table)

    def _refuse_out_of_time(self, findings: Findings) -> None:
        """Raise Refusal where the regulation that one case names is in force on other days only."""
        for step in findings.inquiry.steps:
            spec = step.answer.table.spec
            if spec.by and step.answer.hits[0] == NO_ROW:
                named = str(findings.inquiry.columns[spec.by][0])
                versions = [one for one in self.provisions[spec.name] if names(one, spec.by, named)]
                on = findings.inquiry.law.on
                if versions and not any(one.counts_on(on) for one in versions):
                    term = shown(findings.inquiry.law, spec.by, named, "vi")
                    words = Words(f"“{term}” không", f"{spec.by}={named} is not")
                    raise self._out_of_time(words, on, spec.name, versions)

    def periods(
        self, table: str, provisions: Iterable[Provision] | None = None
    ) -> list[tuple[dt.date, dt.date | None]]:
        """The first and last days between which anything of a table is in force, gaps left out; None: without end."""
        spans: list[tuple[dt.date, dt.date]] = []
        several = self.provisions.get(table, ()) if provisions is None else provisions
        for one in sorted(several, key=lambda provision: provision.begin):
            end = one.end or dt.date.max
            if spans and one.begin - dt.timedelta(days=1) <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((one.begin, end))
        return [(begin, None if end == dt.date.max else end) for begin, end in spans]

    def _out_of_time(
        self, subject: Words, on: dt.date, table: str, provisions: Iterable[Provision] | None = None
    ) -> Refusal:
        """The subject's words lead up to "in force on"."""
        spans = self.periods(table, provisions)
        texts = CHOOSE if self.provisions.get(table) else NO_VALUES
        return Refusal(
            Words(
                *(
                    texts.of(one).format(
                        subject=subject.of(one),
                        day=sentence(on, one),
                        disease=self.disease,
                        spans=_listed_spans(spans, one),
                    )
                    for one in LANGUAGES
                )
            )
        )

    def _columns(
        self, rule: rules.Rule, on: dt.date, facts: Mapping[str, Sequence[Any] | Column], length: int
    ) -> tuple[Columns, dict[str, Mask]]:
        """Every fact of the rule as a column of one length, with what is taken where nobody said."""
        columns: Columns = {}
        assumed: dict[str, Mask] = {}
        for name in rule.facts:
            fact = self.facts[name]
            values = at_least(column(fact, facts.get(name, [None])), length)
            refuse_out_of_range(fact, values)
            gap = is_missing(values)
            if fact.absent is not None and gap.any():
                values = filled(values, gap, np.datetime64(on, "D") if fact.absent == "on" else fact.absent)
                assumed[name] = gap
            columns[name] = values
        return columns, assumed


def _listed_spans(spans: Iterable[tuple[dt.date, dt.date | None]], language: Language) -> str:
    start, until, joint = ("từ", "đến", "hoặc") if language == "vi" else ("from", "to", "or")
    texts = [
        f"{start} {sentence(begin, language)}" + (f" {until} {sentence(end, language)}" if end else "")
        for begin, end in spans
    ]
    return f" {joint} ".join(texts)


def names(provision: Provision, fact: str, term: str) -> bool:
    """Whether the provision's condition asks for this very term."""
    return any(one.fact == fact and term in one.terms for one in terms(provision.when))


def _law_day(rule: rules.Rule, on: dt.date, columns: Columns) -> dt.date:
    """The day whose law counts: that of the decision, unless the rule says otherwise."""
    if rule.law_day is None:
        return on
    days: set[dt.date] = set(rule.law_day(columns, np.datetime64(on, "D")).tolist())
    if len(days) != 1:
        raise Refusal(f"{rule.name}: these cases fall under the law of {len(days)} days; put those of one day together")
    return days.pop()


def build(pack: Pack) -> Rulebook:
    """A rulebook of a pack that has passed its checks."""
    by_table: dict[str, list[Provision]] = defaultdict(list)
    for provision in pack.provisions:
        by_table[provision.table].append(provision)
    provisions = {name: tuple(several) for name, several in by_table.items()}
    return Rulebook(pack.name, pack.documents, pack.facts, pack.vocabularies, pack.tables, provisions)


def diseases(folder: Path = PACKS) -> list[str]:
    """The packs that are shipped."""
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name != COMMON)


def load(disease: str = DEFAULT_DISEASE, folder: Path = PACKS) -> Rulebook:
    """The checked rulebook of one disease; raises Refusal for an unknown one, PackError for a pack that is wrong."""
    return _load(disease, folder)


@lru_cache(maxsize=8)
def _load(disease: str, folder: Path) -> Rulebook:
    if disease not in diseases(folder):
        raise Refusal(f"no pack for '{disease}'; choose one of: {listed(diseases(folder))}")
    pack = read_pack(disease, folder)
    check_pack(pack, rules.RULES)
    return build(pack)
