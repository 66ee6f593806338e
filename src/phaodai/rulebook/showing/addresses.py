"""Addresses of the law's pages, and what an address asks: a disease, a day."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.refusals import NotHere
from phaodai.rulebook.book import DEFAULT_DISEASE, Rulebook, diseases, load
from phaodai.rulebook.documents import Document
from phaodai.rulebook.words import fold

RULE, DAY, DISEASE, EVERY = "quy-tac", "ngay", "benh", "tat-ca"
FIRST_DAY, LAST_DAY = dt.date(1990, 1, 1), dt.date(2099, 12, 31)
"""The days that the pages of the law answer for; the dates of persons and cases lie between them as well."""


def disease_of(request: HttpRequest) -> str:
    """The disease in `?benh=`; COVID-19 without one."""
    asked = request.GET.get(DISEASE, DEFAULT_DISEASE)
    return asked if asked in diseases() else DEFAULT_DISEASE


def day_of(request: HttpRequest) -> dt.date:
    """The day in `?ngay=`; today without one, or with one that is no date of our time."""
    return read_day(request.GET.get(DAY, "")) or clock.today()


def read_day(text: str) -> dt.date | None:
    """A date of our time; None for anything else."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def with_query(path: str, disease: str, **asked: str) -> str:
    """An address with what it asks; the usual disease goes without saying."""
    pairs = {name: value for name, value in asked.items() if value}
    if disease != DEFAULT_DISEASE:
        pairs[DISEASE] = disease
    return f"{path}?{urlencode(pairs)}" if pairs else path


def bench_url(rule: str, on: dt.date, facts: Mapping[str, Any], disease: str = DEFAULT_DISEASE) -> str:
    """The what-if bench with these facts filled in: typed values as `Rulebook.decide` takes them."""
    book = load(disease)
    asked = {name: _typed(book.facts[name].kind, value) for name, value in facts.items() if value is not None}
    return with_query(reverse("law"), disease, **{RULE: rule, DAY: on.isoformat()}, **asked)


def _typed(kind: str, value: Any) -> str:
    """A value as a form field of the bench sends it: shares in percent, yes and no as 1 and 0."""
    if kind == "flag":
        return "1" if value in (True, 1) else "0"
    if kind == "share":
        return f"{float(value) * 100:.6g}"
    if isinstance(value, list | tuple):
        return ", ".join(f"{one:g}" for one in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def value_url(name: str, disease: str) -> str:
    """One value with its versions, its signatures, and the form to sign."""
    return with_query(reverse("law-value", args=[name]), disease)


def table_url(table: str, disease: str, on: dt.date | None = None, *, every: bool = False) -> str:
    """A table as it stood on a day, or every version of all its values."""
    asked = {DAY: on.isoformat() if on else "", EVERY: "1" if every else ""}
    return with_query(reverse("law-table", args=[table]), disease, **asked)


def day_url(day: dt.date, disease: str) -> str:
    """What is in force, and what changes, on a day."""
    return with_query(reverse("law-day", args=[day.isoformat()]), disease)


def document_url(document: Document, disease: str) -> str:
    """A document with all values resting on it."""
    return with_query(reverse("law-document", args=[fold(document.number)]), disease)


def measures_url(disease: str, **asked: str) -> str:
    """The measures by level and activity; `cap`, `nguoi`, `viec`, `ngay` narrow them."""
    return with_query(reverse("law-measures"), disease, **asked)


def document_at(book: Rulebook, key: str) -> Document:
    """The document behind an address."""
    found = next((one for number, one in book.documents.items() if fold(number) == key), None)
    if found is None:
        raise NotHere(_("The rulebook cites no such document. Choose one from the list of documents."))
    return found
