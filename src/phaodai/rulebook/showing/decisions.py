"""A decision as a reader sees it: the outcome in words, the figures, the provisions behind it, what would change it."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from phaodai.foundation.components import (
    Action,
    Cell,
    Column,
    Component,
    Content,
    Empty,
    Fact,
    Level,
    Reason,
    Row,
    Ruler,
    Table,
)
from phaodai.foundation.language import page_language
from phaodai.rulebook.book import Rulebook
from phaodai.rulebook.conditions import intervals
from phaodai.rulebook.decision import Decision
from phaodai.rulebook.documents import Document
from phaodai.rulebook.provisions import Provision
from phaodai.rulebook.showing.addresses import document_url, value_url
from phaodai.rulebook.showing.names import STATUSES, confidence_tag, rule_name
from phaodai.rulebook.showing.words import (
    condition_words,
    fact_label,
    figure,
    label_of,
    period_words,
    table_title,
    text_of,
    value_words,
)
from phaodai.rulebook.words import fold

LEVEL_RULE = "risk-level"
MOST_LIMITS = 4
"""Limits that fit below a ruler."""


def outcome_of(book: Rulebook, decision: Decision, *, large: bool = False) -> Content:
    """The outcome in words; a risk level with its mark; what is lacking where there is none."""
    if decision.outcome is None:
        return format_html("<b>{}</b>", STATUSES[decision.status])
    return outcome_words(book, decision.rule, decision.outcome, large=large)


def outcome_words(book: Rulebook, rule: str, outcome: Any, *, large: bool = False) -> Content:
    """An outcome of a rule in words; only risk levels wear their colours."""
    language = page_language()
    if rule == LEVEL_RULE and outcome in (1, 2, 3, 4):
        return Level(outcome, _("level %(number)d") % {"number": outcome}, large=large)
    if isinstance(outcome, Mapping):
        pairs = ((label_of(book, name), figure(book, name, one, language)) for name, one in outcome.items())
        return format_html_join("; ", "{}: <b>{}</b>", pairs)
    return format_html("<b>{}</b>", figure(book, rule.replace("-", "_"), outcome, language))


def reason_of(book: Rulebook, decision: Decision, disease: str, actions: Sequence[Action] = ()) -> Reason:
    """The reason under a decided word: figures, clause, document, what nobody has verified, what would change it."""
    language = page_language()
    awaiting = [one for one in decision.awaiting if not one.verified]
    document = decision.document
    return Reason(
        title=rule_name(decision.rule),
        outcome=outcome_of(book, decision),
        figures=decision.why.of(language),
        clause=decision.clause,
        document=document.number if document else "",
        document_url=document_url(document, disease) if document else "",
        unverified=unverified_words(book, awaiting),
        changes_if=[
            format_html("<p>{}</p>", change.words.of(language)) for change in decision.what_would_change_it[:3]
        ],
        actions=actions,
    )


def unverified_words(book: Rulebook, awaiting: Iterable[Provision]) -> str:
    """The values that a decision waits for, by name and document."""
    named = (
        _("%(title)s, %(document)s: nobody has verified it")
        % {"title": table_title(book, one.table), "document": one.document.number}
        for one in awaiting
    )
    return "; ".join(named)


def figures_of(book: Rulebook, decision: Decision) -> list[Fact]:
    """The figures that were used, each on the scale of the limits that the law sets for it.

    Without a conclusion only those that were given: what was computed may rest on the value that nobody has verified.
    """
    limits, concluded = limits_of(book, decision), decision.status == "concluded"
    return [
        Fact(fact_label(book, name), _figure(book, name, value, limits.get(name, [])), _note(book, name), wide=True)
        for name, value in decision.figures.items()
        if name not in decision.assumed and (concluded or not book.facts[name].derived)
    ]


def _note(book: Rulebook, name: str) -> str:
    return _("computed") if book.facts[name].derived else ""


def _figure(book: Rulebook, name: str, value: Any, limits: list[float]) -> Content:
    written = figure(book, name, value, page_language())
    fact = book.facts[name]
    is_measured = fact.kind in ("number", "share") or (fact.kind == "count" and math.isinf(fact.high))
    if not is_measured or fact.derived or not 0 < len(limits) <= MOST_LIMITS:
        return format_html("<b>{}</b>", written)
    return [format_html("<b>{}</b> ", written), _ruler(book, name, float(value), limits)]


def _ruler(book: Rulebook, name: str, value: float, limits: list[float]) -> Component:
    share = book.facts[name].kind == "share"
    high = 1.0 if share else max(limits[-1] * 1.25, value * 1.05, 1.0)
    ticks = [(limit, figure(book, name, _whole(limit), page_language())) for limit in limits]
    words = _("%(figure)s; limits: %(limits)s") % {
        "figure": figure(book, name, _whole(value), page_language()),
        "limits": ", ".join(text for _limit, text in ticks),
    }
    return Ruler(value, ticks, min(0.0, limits[0]), high, words)


def _whole(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def limits_of(book: Rulebook, decision: Decision) -> dict[str, list[float]]:
    """Per fact the limits of the tables that were asked, as they stood on the day; rising."""
    found: dict[str, set[float]] = {}
    for table in dict.fromkeys(step.table for step in decision.steps):
        for row in book.table(table, decision.on).rows:
            for one in intervals(row.provision.when):
                ends = (end for end in (one.low, one.high) if isinstance(end, float) and end > 0)
                if one.low != one.high:
                    found.setdefault(one.fact, set()).update(ends)
    return {name: sorted(limits) for name, limits in found.items()}


def assumed_words(book: Rulebook, decision: Decision) -> list[Fact]:
    """What nobody said and the rule took for granted."""
    return [
        Fact(fact_label(book, name), figure(book, name, value, page_language()), wide=True)
        for name, value in decision.assumed.items()
    ]


def provisions_table(
    book: Rulebook,
    provisions: Iterable[Provision],
    disease: str,
    caption: str,
    *,
    group: Callable[[Provision], str] | None = None,
    empty: Empty | None = None,
) -> Table:
    """Provisions with what they say, where they stand, since when and until when, and how surely they are known.

    `group` names the heading under which a provision stands; they must come in its order.
    """
    columns = [
        Column("text", _("What it says")),
        Column("value", _("Value")),
        Column("document", _("Document and clause")),
        Column("period", _("In force")),
        Column("confidence", _("How surely")),
    ]
    rows: list[Row] = []
    heading = None
    for one in provisions:
        if group is not None and group(one) != heading:
            heading = group(one)
            rows.append(Row(heading, [Cell(heading)], group=True))
        rows.append(Row(one.name, list(_cells(book, one, disease)), url=value_url(national_name(book, one), disease)))
    return Table(caption, columns, rows, empty=empty, element=fold(caption))


def _cells(book: Rulebook, one: Provision, disease: str) -> Iterator[Cell]:
    address = value_url(national_name(book, one), disease)
    yield Cell(
        format_html('<a href="{}">{}</a>', address, text_of(book, one) or table_title(book, one.table)),
        note=condition_words(book, one.when),
    )
    yield Cell(value_words(book, one), kind="" if one.verified else "doubtful")
    yield Cell(document_link(one.document, disease), note=one.clause)
    yield Cell(period_words(one.begin, one.end))
    yield Cell(confidence_tag(one))


def document_link(document: Document, disease: str) -> Content:
    """A document's number as a door to its page."""
    return format_html('<a href="{}">{}</a>', document_url(document, disease), document.number)


def national_name(book: Rulebook, provision: Provision) -> str:
    """The name of the value in the packs; an officer's entry leads to the value that it verifies."""
    if not provision.scope:
        return provision.name
    versions = [one for one in book.provisions[provision.table] if one.row == provision.row and not one.scope]
    covering = [one for one in versions if one.counts_on(provision.begin)]
    return max(covering or versions, key=lambda one: one.precedence).name if versions else provision.name
