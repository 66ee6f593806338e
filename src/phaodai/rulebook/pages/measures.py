""" "May I hold a wedding of 40 in this commune on Saturday?": the measures by level and activity, clause by clause."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from phaodai.foundation.asked import whole
from phaodai.foundation.components import Cell, Chip, Chips, Column, Content, Note, Row, Table
from phaodai.foundation.language import page_language
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor
from phaodai.rulebook.book import Rulebook
from phaodai.rulebook.decision import Decision, decisions_of
from phaodai.rulebook.forms import FactsForm
from phaodai.rulebook.pages.bench import answer
from phaodai.rulebook.pages.parts import book_of, law_page
from phaodai.rulebook.showing.addresses import DAY, bench_url, day_of, disease_of, measures_url
from phaodai.rulebook.showing.decisions import outcome_of
from phaodai.rulebook.showing.names import rule_name
from phaodai.rulebook.showing.words import figure

RULE = "measures"
LEVELS = (1, 2, 3, 4)
DIRECTIVES = ("15", "19", "16")
MOST_PEOPLE = 100_000


@dataclass(frozen=True)
class Asked:
    """What the address asks: a day, and where given a level, an activity, how many people."""

    on: dt.date
    level: int | None
    activity: str
    typed: str
    people: int | None

    def address(self, disease: str, **changes: str) -> str:
        """The same question, some of it changed."""
        asked = {
            DAY: self.on.isoformat(),
            "cap": str(self.level or ""),
            "viec": self.activity or self.typed,
            "nguoi": str(self.people or ""),
        }
        return measures_url(disease, **asked | changes)


def asked_of(request: HttpRequest, book: Rulebook) -> Asked:
    """Reads `?ngay=`, `?cap=`, `?viec=` (a word as people type it: đám cưới, karaoke) and `?nguoi=`."""
    vocabulary = book.vocabularies["activity"]
    typed = request.GET.get("viec", "").strip()[:100]
    level = whole(request.GET.get("cap"))
    people = whole(request.GET.get("nguoi"))
    return Asked(
        on=day_of(request),
        level=level if level in LEVELS else None,
        activity=vocabulary.find(typed) or "" if typed else "",
        typed=typed,
        people=people if 0 < people <= MOST_PEOPLE else None,
    )


@page(Permission.RULEBOOK_RULE_READ)
def measures(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The whole table on a day, one level of it, or the answer about one activity."""
    book = book_of(actor, disease_of(request))
    asked = asked_of(request, book)
    shown: dict[str, Any] = {
        "asked": asked,
        "activities": [
            (one, figure(book, "activity", one, page_language())) for one in book.vocabularies["activity"].terms
        ],
        "typed": figure(book, "activity", asked.activity, page_language()) if asked.activity else asked.typed,
        "levels": _level_chips(book, asked),
        "levels_in_force": in_levels(book, asked.on),
        "table": _table(book, asked),
        "answer_of": rule_name(RULE),
        "unknown": bool(asked.typed and not asked.activity),
    }
    if asked.activity and (asked.level or not in_levels(book, asked.on)):
        shown |= {"answered": True, **_answer(book, asked)}
    return law_page(request, "measures", book, shown, tab="measures")


def in_levels(book: Rulebook, on: dt.date) -> bool:
    """Whether measures follow risk levels on a day, and not the directives of 2020."""
    return any("level" in row.provision.when.facts for row in book.table(RULE, on).rows)


def _facts(asked: Asked) -> dict[str, Any]:
    facts = {"activity": asked.activity, "level": asked.level, "people": asked.people}
    return {name: value for name, value in facts.items() if value}


def _answer(book: Rulebook, asked: Asked) -> dict[str, Any]:
    """The decision about the one activity, as the bench shows it."""
    data = {name: str(value) for name, value in _facts(asked).items()}
    return answer(book, RULE, asked.on, FactsForm(data, book=book, rule=RULE, on=asked.on))


def _level_chips(book: Rulebook, asked: Asked) -> Chips:
    every = Chip(_("All levels"), asked.address(book.disease, cap=""), current=asked.level is None)
    chips = [
        Chip(
            _("Level %(number)d") % {"number": one},
            asked.address(book.disease, cap=str(one)),
            current=asked.level == one,
        )
        for one in LEVELS
    ]
    return Chips([every, *chips], _("Risk level"))


def _table(book: Rulebook, asked: Asked) -> Content:
    """Activity by level, or by directive on a day without levels; only columns and rows that say something."""
    if not book.table(RULE, asked.on).rows:
        return None
    fact, columns = _columns(book, asked)
    one_row = asked.activity and fact == "level" and not asked.level
    activities = [asked.activity] if one_row else list(book.vocabularies["activity"].terms)
    cells = decided(book, asked, activities, fact, columns)
    rows = [
        Row(one, [Cell(_activity_link(book, asked, one)), *(_cell(book, asked, cells[one, key]) for key in columns)])
        for one in activities
        if any(cells[one, key].status != "unprovided" for key in columns)
    ]
    heads = [Column("activity", _("Activity")), *(Column(str(key), _head(book, fact, key)) for key in columns)]
    return (
        Table(_("Measures by activity"), heads, rows, element="measures", empty=None)
        if rows
        else Note(
            _("No provision that was entered speaks of this activity on this day. Choose another day or another word."),
            icon="info",
        )
    )


def _columns(book: Rulebook, asked: Asked) -> tuple[str, tuple[Any, ...]]:
    """The fact that the columns stand for, and its values."""
    if not in_levels(book, asked.on):
        return "directive", DIRECTIVES
    return "level", (asked.level,) if asked.level else LEVELS


def decided(
    book: Rulebook, asked: Asked, activities: list[str], fact: str, columns: tuple[Any, ...]
) -> dict[tuple[str, Any], Decision]:
    """The decision in every cell, made in bulk."""
    keys = [(activity, key) for activity in activities for key in columns]
    facts: dict[str, list[Any]] = {
        "activity": [activity for activity, _key in keys],
        fact: [key for _activity, key in keys],
        "people": [asked.people] * len(keys),
    }
    findings = book.decide_many(RULE, asked.on, facts)
    return dict(zip(keys, decisions_of(findings), strict=True))


def _head(book: Rulebook, fact: str, key: Any) -> str:
    if fact == "level":
        return _("Level %(number)d") % {"number": key}
    return figure(book, fact, key, page_language())


def _activity_link(book: Rulebook, asked: Asked, activity: str) -> Content:
    address = replace(asked, activity=activity, typed="").address(book.disease)
    return format_html('<a href="{}">{}</a>', address, figure(book, "activity", activity, page_language()))


def _cell(book: Rulebook, asked: Asked, decision: Decision) -> Cell:
    """The measure as a door to the bench, with the document and clause that it stands in."""
    if decision.status == "unprovided":
        return Cell("–", kind="quiet", note=_("no provision"))
    facts = {name: value for name, value in decision.figures.items() if name in book.rule(RULE).facts}
    address = bench_url(RULE, asked.on, facts, book.disease)
    document = decision.document or next((one.document for one in decision.awaiting), None)
    note = ", ".join(part for part in (document.number if document else "", decision.clause) if part)
    if decision.status == "unverified":
        return Cell(format_html('<a href="{}">{}</a>', address, _("not verified")), note=note, kind="doubtful")
    if decision.outcome is None:
        return Cell(format_html('<a href="{}">{}</a>', address, _("depends")), note=decision.why.of(page_language()))
    return Cell(format_html('<a href="{}">{}</a>', address, outcome_of(book, decision)), note=note)
