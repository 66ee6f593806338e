"""Parts that several pages of this context show."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.command.actions.merging import running_alike
from phaodai.command.forms import ProposalForm
from phaodai.command.marking import Block, blocks_of, citation_anchor, marks_of, places_of, warning_anchor
from phaodai.command.models import Clause, Document, Proposal, Task
from phaodai.foundation.asked import row_ids
from phaodai.foundation.components import Content
from phaodai.foundation.formats import day
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.foundation.shell import ThreadStop
from phaodai.people.models import Organisation

UNIT_FIELDS = ("addressees", "coordinating")


def source_of(document: Document) -> list[Block]:
    """The text of a document with the spans of its reading lit."""
    spans = document.clauses.exclude(span_start=None).values_list("pk", "span_start", "span_end")
    return blocks_of(
        document.text, marks_of(document.reading), [(pk, start or 0, end or 0) for pk, start, end in spans]
    )


def lit_rows(document: Document) -> dict[str, Any]:
    """What the reader warned of and what the document cites, each with the place of its words in the source."""
    places = places_of(document.reading)
    citations = document.citations.select_related("cited").order_by("id")
    cited_by = document.cited_by.select_related("document").order_by("document__arrived_at", "pk")
    return {
        "warnings": [(one, places.get(warning_anchor(at), "")) for at, one in enumerate(document.warnings)],
        "citations": [(one, places.get(citation_anchor(at), "")) for at, one in enumerate(citations)],
        "carried_out_by": cited_by,
    }


def name_of(document: Document) -> str:
    """Number, symbol and day: 31-CT/TU, 15/11/2021."""
    parts = [
        document.reference or _("without number"),
        day(document.issued_on, language()) if document.issued_on else "",
    ]
    return ", ".join(part for part in parts if part)


def document_thread(document: Document, actor: Actor, *, current: str = "document", **more: Any) -> list[ThreadStop]:
    """The thread from the document to the report, a door to whoever reads it; `current` says at which stop the page is."""
    clauses, tasks = document.clauses.count(), document.tasks.count()
    sections = ngettext("%(count)d section", "%(count)d sections", clauses) % {"count": clauses}
    sent = ngettext("%(count)d task", "%(count)d tasks", tasks) % {"count": tasks} if tasks else _("tasks: none sent")
    report = reverse("command-report-today") if actor.may(Permission.COMMAND_REPORT_READ) else ""
    return [
        ThreadStop(name_of(document), reverse("command-document", args=[document.pk]), current == "document"),
        ThreadStop(
            more.get("clause") or sections,
            reverse("command-document", args=[document.pk]) + "#muc",
            current == "clause",
        ),
        ThreadStop(
            more.get("task") or sent, reverse("command-tree", args=[document.pk]) if tasks else "", current == "task"
        ),
        ThreadStop(_("report"), report, current == "report"),
    ]


def chosen_units(proposal: Proposal, form: ProposalForm | None) -> dict[str, list[Organisation]]:
    """The units of an open proposal: those ticked in a form that was refused, else those it has."""
    if form is None or not isinstance(form.data, QueryDict):
        return {name: list(getattr(proposal, name).all()) for name in UNIT_FIELDS}
    ticked = {name: row_ids(form.data.getlist(name)) for name in UNIT_FIELDS}
    return {
        name: list(Organisation.objects.filter(pk__in=ids).order_by("tier", "sort_key")) for name, ids in ticked.items()
    }


def clause_words(task: Task) -> str:
    """The clause a task carries out, as people name it."""
    return _("section %(path)s") % {"path": task.clause.path} if task.clause else ""


def carried_out(task: Task) -> Content:
    """Every section that a task carries out, each leading to its words; empty for a task without a paper."""
    also = task.also_clauses.select_related("document").order_by("document__arrived_at", "position")
    found = [clause for clause in (task.clause, *also) if clause is not None]
    return format_html_join(
        " · ",
        '<a href="{}#muc-{}">{}</a>',
        ((reverse("command-document", args=[one.document_id]), one.pk, _section_words(one, task)) for one in found),
    )


def _section_words(clause: Clause, task: Task) -> str:
    words = _("section %(path)s") % {"path": clause.path}
    return words if clause.document_id == task.document_id else f"{words}, {name_of(clause.document)}"


def merging_context(current: Proposal | None, proposals: list[Proposal]) -> dict[str, Any]:
    """For the open proposal: running tasks that nearly say the same, the tasks it could join, what it also carries out.

    Each dropped proposal learns which other carries out its section.
    """
    kept = [one for one in proposals if one.state != Proposal.State.DROPPED]
    carriers = {clause.pk: one for one in kept for clause in one.also_clauses.all()}
    for one in proposals:
        one.carrier = carriers.get(one.clause_id)  # type: ignore[attr-defined]
    if current is None:
        return {}
    return {
        "alike": running_alike(current),
        "others": [one for one in kept if one.pk != current.pk and one.state != Proposal.State.SENT],
        "also": [clause.path for clause in current.also_clauses.all()],
    }
