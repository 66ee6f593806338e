"""Documents, each with all values that rest on it."""

from collections import Counter
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from phaodai.foundation.components import Cell, Column, Row, State, Table
from phaodai.foundation.formats import day as write_day
from phaodai.foundation.language import page_language
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor
from phaodai.rulebook.book import Rulebook
from phaodai.rulebook.documents import Document
from phaodai.rulebook.pages.parts import awaiting, book_of, law_page
from phaodai.rulebook.provisions import Provision
from phaodai.rulebook.showing.addresses import disease_of, document_at, document_url
from phaodai.rulebook.showing.decisions import provisions_table
from phaodai.rulebook.showing.names import CONFIDENCES
from phaodai.rulebook.showing.words import table_title


@page(Permission.RULEBOOK_RULE_READ)
def documents(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every document that a value cites, newest first, with how much rests on it and how much waits."""
    book = book_of(actor, disease_of(request))
    values = Counter(one.document.number for one in provisions_of(book))
    waiting = Counter(one.document.number for one in awaiting(book))
    columns = [
        Column("number", _("Document")),
        Column("date", _("Date")),
        Column("issuer", _("Issuer")),
        Column("values", _("Values"), numeric=True),
        Column("waiting", _("To verify"), numeric=True),
    ]
    rows = [
        Row(one.number, _cells(book, one, values[one.number], waiting[one.number]), url=document_url(one, book.disease))
        for one in sorted(book.documents.values(), key=lambda one: (one.date, one.number), reverse=True)
    ]
    shown = {"table": Table(_("Documents of the rulebook"), columns, rows, element="documents")}
    return law_page(request, "documents", book, shown, tab="documents")


def _cells(book: Rulebook, one: Document, values: int, waiting: int) -> list[Cell]:
    link = format_html('<a href="{}" data-open>{}</a>', document_url(one, book.disease), one.number)
    return [
        Cell(link, note=one.subject.of(page_language())),
        Cell(write_day(one.date, page_language())),
        Cell(one.issuer),
        Cell(str(values), numeric=True),
        Cell(State(str(waiting), "late", "sign") if waiting else "", numeric=True),
    ]


def provisions_of(book: Rulebook) -> Iterator[Provision]:
    """Every provision, the province's own among them."""
    return (one for several in book.provisions.values() for one in several)


@page(Permission.RULEBOOK_RULE_READ)
def document(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """One document: what it is, and every value resting on it with its days."""
    book = book_of(actor, disease_of(request))
    found = document_at(book, key)
    resting = [one for one in provisions_of(book) if one.document.number == found.number]
    supported = [one for one in provisions_of(book) if found in one.further_documents]
    shown = {
        "document": found,
        "subject": found.subject.of(page_language()),
        "confidence": CONFIDENCES[found.confidence],
        "waiting": sum(1 for one in awaiting(book) if one.document.number == found.number),
        "count": len(resting),
        "values": _by_table(book, resting, _("Values resting on this document")),
        "supported": _by_table(book, supported, _("Values that it supports")) if supported else None,
    }
    return law_page(request, "document", book, shown, tab="documents")


def _by_table(book: Rulebook, provisions: list[Provision], caption: str) -> Table:
    ordered = sorted(provisions, key=lambda one: (one.table, one.order, one.begin, one.scope))
    return provisions_table(book, ordered, book.disease, caption, group=lambda one: table_title(book, one.table))
