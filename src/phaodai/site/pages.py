"""The doors of the site: the way in, the search over everything, the health of the installation."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.command.models import Document, Task
from phaodai.foundation import clock
from phaodai.foundation.formats import fold
from phaodai.foundation.pages import page, public
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.surveillance.models import Case
from phaodai.surveillance.registers import found_by_words
from phaodai.territory.models import Unit

FOUND_OF_A_KIND = 6


@public
def home(request: HttpRequest) -> HttpResponse:
    """Officers go to their day, everybody else to the sign-in."""
    return redirect("today" if request.user.is_authenticated else "account_login")


@public
def healthy(request: HttpRequest) -> HttpResponse:
    """Whether the server and its database answer: for a watchman, without a word about the data."""
    del request
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        cursor.fetchone()
    return JsonResponse({"healthy": True})


def _found(actor: Actor, text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """What fits the words, by kind: the address and the name of each."""
    words = fold(text).split()
    if not words:
        return []
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    if actor.may(Permission.COMMAND_DIRECTIVE_READ):
        rows = _fitting(Document.objects.defer("text", "reading"), words)
        groups.append(
            (
                _("Documents"),
                [(reverse("command-document", args=[d.pk]), f"{d.reference} {d.subject}".strip()) for d in rows],
            )
        )
    if actor.may(Permission.COMMAND_TASK_READ):
        rows = _fitting(Task.objects.select_related("organisation"), words)
        groups.append(
            (
                _("Tasks"),
                [(reverse("command-task", args=[t.pk]), f"{t.organisation.short_name}: {t.title}") for t in rows],
            )
        )
    if actor.may(Permission.SURVEILLANCE_CASE_READ):
        groups.append((_("Cases"), _cases(actor, words)))
    groups.append(
        (
            _("Organisations"),
            [(reverse("co-quan-record", args=[o.pk]), o.name) for o in _fitting(Organisation.objects.all(), words)],
        )
    )
    units = _fitting(Unit.objects.as_of(clock.today()), words)
    groups.append((_("Territory"), [(reverse("territory-unit", args=[u.pk]), u.name) for u in units]))
    return [(label, found) for label, found in groups if found]


def _cases(actor: Actor, words: list[str]) -> list[tuple[str, str]]:
    """Cases by their number or by the name of the person, who stays masked."""
    rows = Case.objects.visible_to(actor).annotate(found_by_words=found_by_words()).select_related("person")
    for word in words:
        rows = rows.filter(found_by_words__contains=word)
    found = rows.order_by("-reported_on", "-id")[:FOUND_OF_A_KIND]
    return [(reverse("surveillance-case", args=[case.pk]), f"{case.code}, {case.person.masked}") for case in found]


def _fitting(rows: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
    for word in words:
        rows = rows.filter(search_key__contains=word)
    return rows[:FOUND_OF_A_KIND]


@page(None)
def search(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everything that fits, on a page of its own."""
    text = request.GET.get("q", "").strip()
    return render(request, "site/search.html", {"text": text, "groups": _found(actor, text)})


@page(None)
def suggest(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The same while typing, as a fragment."""
    return render(request, "site/suggestions.html", {"groups": _found(actor, request.GET.get("q", ""))})
