"""The criteria behind one level: each figure on its scale, the matrix, and what would change it, counted in people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.containment.actions.levels import criteria_on
from phaodai.containment.models import Level, WeeklyIndicator
from phaodai.containment.rules.distances import Counted, Turn, limits_of, turns
from phaodai.containment.showing import level_mark
from phaodai.foundation.components import Cell, Column, Content, Row, Ruler, State, Table
from phaodai.foundation.formats import number, percent
from phaodai.foundation.registers.showing import language, words
from phaodai.rulebook import Decision, Rulebook
from phaodai.rulebook.rules.levels import RISK_LEVEL_FACTS

RATE = "cases_per_100k_week"
PER = 100_000
MATRIX = "risk-level.matrix"
NOT_A_CRITERION = ("tier", "previous_level")
PARTS = {
    "dose1_adult_share": ("adults_one_dose", "adults"),
    "full_elderly_share": ("elderly_full", "elderly"),
    "full_population_share": ("residents_full", "population"),
    "full_high_risk_share": ("high_risk_full", "high_risk"),
}
"""Each share with the people it is made of."""


@dataclass(frozen=True)
class Criterion:
    """One figure: what it is, how large, of how many people, on its scale, and whether it meets the limit."""

    label: str
    value: str
    people: str
    ruler: Ruler | None
    verdict: State | None


def facts_of(level: Level) -> dict[str, Any]:
    """The figures of a level as they were put to the rule, without what the rule computed of them."""
    return {name: value for name, value in level.record["figures"].items() if name in RISK_LEVEL_FACTS}


def counted_of(level: Level, book: Rulebook) -> dict[str, Counted]:
    """The facts of a level as people, as far as the unit's own rows tell."""
    rows = _weeks(level, book)
    if not rows:
        return {}
    counted = {}
    cases, population = [row.community_cases for row in rows], rows[0].population
    if population and None not in cases and RATE in level.record["figures"]:
        counted[RATE] = Counted(sum(one or 0 for one in cases), population * len(rows), PER, falls=True)
    for fact, (part, whole) in PARTS.items():
        some, all_of = getattr(rows[0], part), getattr(rows[0], whole)
        if some is not None and all_of and fact in level.record["figures"]:
            counted[fact] = Counted(some, all_of)
    return counted


def _weeks(level: Level, book: Rulebook) -> list[WeeklyIndicator]:
    """The rows that a level rests on, the last week first; none where one is missing or a district has sums."""
    if level.week_ending is None:
        return []
    weeks = criteria_on(book, level.on).weeks
    found = WeeklyIndicator.objects.filter(unit=level.unit_id, week_ending__lte=level.week_ending)
    rows = list(found.order_by("-week_ending")[:weeks])
    return rows if len(rows) == weeks and rows[0].week_ending == level.week_ending else []


def criteria_of(level: Level, book: Rulebook, counted: Mapping[str, Counted]) -> Iterator[Criterion]:
    """Every figure that was given, in the order of the rule."""
    figures = level.record["figures"]
    for name in RISK_LEVEL_FACTS:
        if name in figures and name not in NOT_A_CRITERION:
            limits = limits_of(book, level.on, name)
            label = book.facts[name].label.of(language())
            people = _people(name, counted[name], level, book) if name in counted else ""
            value = _written(book, name, figures[name])
            ruler = (
                _ruler(name, float(figures[name]), limits, f"{label}: {value}")
                if limits and _on_scale(book, name)
                else None
            )
            yield Criterion(label, value, people, ruler, _verdict(book, name, figures, limits))


def _on_scale(book: Rulebook, name: str) -> bool:
    return book.facts[name].kind in ("number", "share")


def _written(book: Rulebook, name: str, value: Any) -> str:
    fact = book.facts[name]
    if fact.kind == "share":
        return percent(value, 1, language())
    if fact.kind == "number":
        return number(value, 1, language())
    if fact.vocabulary is not None:
        return fact.vocabulary.label(value).of(language())
    return words(bool(value)) if fact.kind == "flag" else words(value)


def _people(name: str, counted: Counted, level: Level, book: Rulebook) -> str:
    if name != RATE:
        return _("%(part)s of %(whole)s people") % {
            "part": number(counted.part, language=language()),
            "whole": number(counted.whole, language=language()),
        }
    weeks = criteria_on(book, level.on).weeks
    said = ngettext(
        "%(cases)s cases in %(count)d week, %(people)s people",
        "%(cases)s cases in %(count)d weeks, %(people)s people",
        weeks,
    )
    people = number(counted.whole // weeks, language=language())
    return said % {"cases": number(counted.part, language=language()), "count": weeks, "people": people}


def _ruler(name: str, value: float, limits: list[float], label: str) -> Ruler:
    share = name != RATE
    low, high = (min(0.4, value), 1.0) if share else (0.0, max(limits[-1] * 1.35, value * 1.1))
    written = [
        (limit, percent(limit, 0, language()) if share else number(round(limit), language=language()))
        for limit in limits
    ]
    return Ruler(value, written, low, high, label)


def _verdict(book: Rulebook, name: str, figures: Mapping[str, Any], limits: list[float]) -> State | None:
    """Met or short; the rate says which transmission level it is, where the law of the day has bands."""
    if name == RATE:
        level = figures.get("transmission")
        return State(_("transmission level %(level)d") % {"level": level}, icon="info") if level else None
    if name == "treatment_plan" or (limits and book.facts[name].kind == "share"):
        met = bool(figures[name]) if name == "treatment_plan" else figures[name] >= limits[-1]
        return State(_("met"), icon="check") if met else State(_("not met"), "late", "warning")
    return None


def matrix_of(level: Level, book: Rulebook) -> Table | None:
    """The table that joins transmission with coverage or capacity; the cell of this level is marked."""
    table, figures = book.table(MATRIX, level.on), level.record["figures"]
    other = next((one for one in ("coverage", "response_capacity") if _asks(table, one)), None)
    vocabulary = (book.facts[other].vocabulary or book.vocabularies.get(other)) if other else None
    if other is None or vocabulary is None:
        return None
    columns = [Column("other", "")]
    columns += [Column(str(one), _("Transmission %(level)d") % {"level": one}) for one in range(1, 5)]
    rows = []
    for term in vocabulary.terms:
        asked = {"transmission": np.arange(1.0, 5.0), other: np.array([term] * 4)}
        hits = table.first_hits(asked, np.ones(4, dtype=np.bool_)).tolist()
        mine = [figures.get(other) == term and figures.get("transmission") == one for one in range(1, 5)]
        cells = [_cell(table, hit, own=own) for hit, own in zip(hits, mine, strict=True)]
        rows.append(Row(term, [Cell(vocabulary.label(term).of(language())), *cells]))
    return Table(_("Matrix of the criteria"), columns, rows, element="matrix")


def _asks(table: Any, fact: str) -> bool:
    return any(fact in row.provision.when.facts for row in table.rows)


def _cell(table: Any, hit: int, *, own: bool) -> Cell:
    if hit < 0:
        return Cell("–")
    provision = table.rows[hit].provision
    shown = level_mark(int(provision.then)) if provision.verified else State(_("not verified"), "late", "warning")
    return Cell(shown, kind="proposed" if own else "")


def changes_of(level: Level, book: Rulebook, decision: Decision, counted: Mapping[str, Counted]) -> list[Content]:
    """What would change the level: people first, then circumstances, then the end of the law itself."""
    found: list[Content] = [
        format_html("{} {} {}", _turn(turn, level, book), "→", level_mark(turn.level))
        for turn in turns(book, level.on, facts_of(level), counted)
    ]
    others = [one for one in decision.what_would_change_it if one.fact not in counted]
    return [*found, *(one.words.of(language()) for one in others)]


def _turn(turn: Turn, level: Level, book: Rulebook) -> str:
    about = {
        "more": number(abs(turn.more), language=language()),
        "total": number(turn.total, language=language()),
        "weeks": criteria_on(book, level.on).weeks,
        "what": book.facts[turn.fact].label.of(language()).lower(),
    }
    if turn.fact != RATE:
        return _("Doses for %(more)s more people (%(what)s)") % about
    if turn.more > 0:
        return _("%(more)s more cases in %(weeks)d weeks (%(total)s)") % about
    return _("%(total)s cases or fewer in %(weeks)d weeks") % about


def decision_of_day(level: Level, book: Rulebook, on: date) -> Decision:
    """The rule put again to the same figures, to learn what would change it."""
    return book.decide("risk-level", on, facts_of(level))
