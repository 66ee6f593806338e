"""The what-if bench: any rule, any day, any facts; the address keeps them."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, replace_url

from phaodai.foundation.components import Chip, Chips, Content, Note
from phaodai.foundation.language import page_language
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor
from phaodai.rulebook.book import Rulebook
from phaodai.rulebook.decision import Decision
from phaodai.rulebook.errors import Refusal as LawRefusal
from phaodai.rulebook.forms import FactsForm
from phaodai.rulebook.pages.parts import book_of, law_page
from phaodai.rulebook.provisions import Provision
from phaodai.rulebook.rules import RULES
from phaodai.rulebook.showing.addresses import DAY, RULE, day_of, disease_of, document_url, value_url, with_query
from phaodai.rulebook.showing.decisions import assumed_words, figures_of, national_name, outcome_of
from phaodai.rulebook.showing.names import confidence_tag, rule_name
from phaodai.rulebook.showing.words import condition_words, period_words, table_title, text_of, value_words

FIRST_RULE = "risk-level"


@page(Permission.RULEBOOK_RULE_READ)
def bench(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The facts of the chosen rule on the left, what follows from them on the right, while one types."""
    book, on = book_of(actor, disease_of(request)), day_of(request)
    rules = rules_of(book)
    rule = request.GET.get(RULE, FIRST_RULE)
    rule = rule if rule in rules else next(iter(rules))
    form = FactsForm(request.GET, book=book, rule=rule, on=on)
    shown = {
        "rule": rule,
        "rules": [(name, rule_name(name)) for name in rules],
        "day": on,
        "form": form,
        "answer_of": rule_name(rule),
        **answer(book, rule, on, form),
    }
    htmx: Any = request.htmx  # type: ignore[attr-defined]
    if htmx and htmx.target == "answer":
        return replace_url(render(request, "rulebook/answer.html", shown), _address(book, rule, on, form))
    if htmx:
        return HttpResponseClientRedirect(_address(book, rule, on, form))
    return law_page(request, "bench", book, shown | {"periods": _periods(book, rule, on)}, tab="bench")


def rules_of(book: Rulebook) -> list[str]:
    """The rules for which the packs of this disease hold anything."""
    return [name for name, rule in RULES.items() if book.provisions.get(rule.table)]


def _address(book: Rulebook, rule: str, on: dt.date, form: FactsForm) -> str:
    """The address without the fields that say nothing."""
    stated = {name: str(form.data.get(name, "")).strip() for name in form.fields}
    return with_query(reverse("law"), book.disease, **{RULE: rule, DAY: on.isoformat()} | stated)


def _periods(book: Rulebook, rule: str, on: dt.date) -> Chips:
    """The days on which the rule is in force, each a door to its first."""
    spans = book.periods(RULES[rule].table)
    chips = [
        Chip(
            period_words(begin, end),
            with_query(reverse("law"), book.disease, **{RULE: rule, DAY: begin.isoformat()}),
            current=begin <= on <= (end or dt.date.max),
        )
        for begin, end in spans
    ]
    return Chips(chips, _("In force"))


def answer(book: Rulebook, rule: str, on: dt.date, form: FactsForm) -> dict[str, Any]:
    """What follows from the facts, or why nothing does."""
    facts = form.facts()
    if form.errors:
        words = [f"{form.fields[name].label}: {' '.join(map(str, errors))}" for name, errors in form.errors.items()]
        return {"note": Note(" ".join(words), "late", _("Mend these facts first."), icon="warning")}
    try:
        decision = book.decide(rule, on, facts)
    except LawRefusal as refusal:
        words_of_law = refusal.words.of(page_language())
        return {"note": Note(words_of_law, "late", _("The rule cannot be asked."), icon="warning")}
    return _shown(book, decision, on)


def _shown(book: Rulebook, decision: Decision, asked: dt.date) -> dict[str, Any]:
    language = page_language()
    return {
        "decision": decision,
        "concluded": decision.status == "concluded",
        "outcome": outcome_of(book, decision, large=True),
        "why": decision.why.of(language),
        "law_day": decision.on if decision.on != asked else None,
        "period": period_words(decision.in_force_from, decision.in_force_to) if decision.in_force_from else "",
        "document_url": document_url(decision.document, book.disease) if decision.document else "",
        "figures": figures_of(book, decision),
        "assumed": assumed_words(book, decision),
        "changes": [(change.fact, change.words.of(language)) for change in decision.what_would_change_it],
        "steps": [_line(book, one) for one in decision.steps],
        "losers": [_line(book, one) for one in decision.losers],
        "awaiting": [_line(book, one) for one in decision.awaiting],
    }


def _line(book: Rulebook, one: Provision) -> dict[str, Content]:
    """One provision as a line of the answer."""
    return {
        "title": table_title(book, one.table),
        "text": text_of(book, one),
        "value": value_words(book, one),
        "when": condition_words(book, one.when),
        "document": one.document.number,
        "document_url": document_url(one.document, book.disease),
        "clause": one.clause,
        "period": period_words(one.begin, one.end),
        "tag": confidence_tag(one),
        "url": value_url(national_name(book, one), book.disease),
    }
