"""Provisions in words: what a value says, when it applies, from when until when."""

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any, TypeGuard

import numpy as np
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from phaodai.foundation.formats import day as write_day
from phaodai.foundation.language import page_language
from phaodai.rulebook.book import Rulebook
from phaodai.rulebook.conditions import Condition, Either, Every, Interval, OneOf
from phaodai.rulebook.provisions import Provision
from phaodai.rulebook.words import Language, percent, sentence

OPEN = "…"
"""Stands in a text for the figure of a case."""


def word(book: Rulebook, name: str, value: str, language: Language) -> str | None:
    """A term by its name on screen; None for free text."""
    fact = book.facts.get(name)
    own = (fact.vocabulary if fact else None, book.vocabularies.get(name))
    for vocabulary in (*own, book.vocabularies["outcome"], book.vocabularies["word"]):
        if vocabulary is not None and value in vocabulary.terms:
            return vocabulary.label(value).of(language)
    return None


def figure(book: Rulebook, name: str, value: Any, language: Language) -> str:
    """One figure or word of a fact or of a field of a value."""
    fact = book.facts.get(name)
    if isinstance(value, str):
        return word(book, name, value, language) or value
    if isinstance(value, list | tuple):
        return ", ".join(figure(book, name, one, language) for one in value)
    if fact is not None and fact.kind == "share" and isinstance(value, int | float) and not isinstance(value, bool):
        return percent(value, language)
    return sentence(value, language)


def label_of(book: Rulebook, name: str) -> str:
    """The name on screen of a fact, or of a field of an outcome or value."""
    language = page_language()
    fields = book.vocabularies["field"]
    if name in fields.terms or name not in book.facts:
        return capfirst(fields.label(name).of(language))
    return fact_label(book, name)


def fact_label(book: Rulebook, name: str) -> str:
    """The name on screen of a fact."""
    return capfirst(book.facts[name].label.of(page_language()))


def table_title(book: Rulebook, name: str) -> str:
    """The title on screen of a table."""
    return capfirst(book.tables[name].title.of(page_language()))


class _Case(dict[str, str]):
    """The figures of a case that nobody has yet."""

    def __missing__(self, name: str) -> str:
        return OPEN


def text_of(book: Rulebook, provision: Provision) -> str:
    """What a provision says, the figures of the case left open."""
    language = page_language()
    fields = provision.then if isinstance(provision.then, Mapping) else {"then": provision.then}
    own = {name: figure(book, _outcome(provision, name), one, language) for name, one in fields.items()}
    return provision.reason.of(language).format_map(_Case(_fixed(book, provision, language) | own))


def _fixed(book: Rulebook, provision: Provision, language: Language) -> dict[str, str]:
    """The figures and words that the row's own condition leaves no choice about."""
    points = {one.fact: _plain(one.low) for one in provision.when.parts if _is_point(one)}
    words = {one.fact: one.terms[0] for one in provision.when.parts if isinstance(one, OneOf) and len(one.terms) == 1}
    return {name: figure(book, name, value, language) for name, value in (points | words).items()}


def _is_point(one: Condition) -> TypeGuard[Interval]:
    return isinstance(one, Interval) and one.low is not None and one.low == one.high


def _outcome(provision: Provision, name: str) -> str:
    """The vocabulary that a single value takes its words from: that of its table's name, if there is one."""
    return provision.table.rsplit(".", maxsplit=1)[-1].replace("-", "_") if name == "then" else name


def value_words(book: Rulebook, provision: Provision) -> str:
    """The value itself; empty where it is free text, which `text_of` tells in both languages."""
    language = page_language()
    if provision.state == "announced":
        return _("not read")
    if provision.state == "abolished":
        return _("no longer applies")
    if isinstance(provision.then, Mapping):
        if not provision.then.keys() <= book.vocabularies["field"].terms.keys():
            return ""
        return "; ".join(
            f"{label_of(book, name)}: {figure(book, name, one, language)}" for name, one in provision.then.items()
        )
    single = _outcome(provision, "then")
    is_free = isinstance(provision.then, str) and word(book, single, provision.then, language) is None
    is_list = isinstance(provision.then, list) and any(isinstance(one, str) for one in provision.then)
    return "" if is_free or is_list else figure(book, single, provision.then, language)


def condition_words(book: Rulebook, condition: Condition) -> str:
    """When a row applies: "cases per 100,000 from 20 to under 50; tier: commune". Empty: always."""
    if isinstance(condition, Interval):
        return _interval_words(book, condition)
    if isinstance(condition, OneOf):
        terms = ", ".join(figure(book, condition.fact, one, page_language()) for one in condition.terms)
        return f"{fact_label(book, condition.fact)}: {terms}"
    if isinstance(condition, Either):
        return _(" or ").join(f"({condition_words(book, part)})" for part in condition.parts)
    assert isinstance(condition, Every), "there is no other kind of condition"
    return "; ".join(condition_words(book, part) for part in condition.parts)


def _interval_words(book: Rulebook, one: Interval) -> str:
    label, language = fact_label(book, one.fact), page_language()
    if _is_point(one):
        value: Any = bool(one.low) if book.facts[one.fact].kind == "flag" else _plain(one.low)
        return f"{label}: {figure(book, one.fact, value, language)}"
    parts = []
    if one.low is not None:
        parts.append((_("from %s") if one.low_closed else _("above %s")) % _limit(book, one.fact, one.low))
    if one.high is not None:
        parts.append((_("to %s") if one.high_closed else _("under %s")) % _limit(book, one.fact, one.high))
    return f"{label}: {' '.join(parts)}"


def _limit(book: Rulebook, fact: str, value: Any) -> str:
    return figure(book, fact, _plain(value), page_language())


def _plain(value: Any) -> Any:
    if isinstance(value, np.datetime64):
        return value.tolist()
    return int(value) if isinstance(value, float) and math.isfinite(value) and value.is_integer() else value


def period_words(begin: dt.date, end: dt.date | None) -> str:
    """12/10/2021–26/01/2022, or "from 12/10/2021"."""
    language = page_language()
    if end is None:
        return _("from %s") % write_day(begin, language)
    return f"{write_day(begin, language)}–{write_day(end, language)}"
