"""A document's own page, for those who confirm it and for those who carry it out."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from phaodai.command.actions.documents import acknowledge_document
from phaodai.command.models import Acknowledgement, Clause, Document, DocumentFile, Task
from phaodai.command.pages.intake import confirming, document_of, intake
from phaodai.command.pages.parts import document_thread, lit_rows, source_of
from phaodai.command.pages.scans import original_context
from phaodai.foundation import clock
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.scope import Actor


@page(Permission.COMMAND_DIRECTIVE_READ)
def document(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The office that confirms sees the reading to mend; everybody else what it says and who has read it."""
    found = document_of(pk)
    if confirming(found, actor):
        return intake(request, actor, found)
    acknowledgements = list(found.acknowledgements.select_related("organisation", "officer").order_by("-at"))
    shown = {
        **original_context(request, found),
        "document": found,
        "thread": document_thread(found, actor),
        "source": source_of(found),
        **lit_rows(found),
        "acknowledgements": acknowledgements,
        "asked": found.reached.count(),
        "may_acknowledge": _may_acknowledge(actor, found, acknowledgements),
        "tasks": found.tasks.exists(),
        "carried": _carried(found),
        "may_correct": found.organisation_id == actor.organisation and actor.may(Permission.COMMAND_DIRECTIVE_CONFIRM),
    }
    return render(request, "command/document.html", shown)


def _carried(document: Document) -> list[tuple[Clause, list[Task]]]:
    """Each section with the tasks that carry it out, its own and those that were running already."""
    tops = Task.objects.tops().select_related("organisation").order_by("organisation__sort_key")
    own, also = Prefetch("tasks", tops, to_attr="own"), Prefetch("also_tasks", tops, to_attr="also")
    clauses = document.clauses.in_order().prefetch_related(own, also)
    return [(one, [*one.own, *one.also]) for one in clauses if one.own or one.also]  # type: ignore[attr-defined]


def _may_acknowledge(actor: Actor, document: Document, acknowledgements: list[Acknowledgement]) -> bool:
    """A unit that the document reached says so once; the office that sent it out has nothing to acknowledge."""
    said = any(one.organisation_id == actor.organisation for one in acknowledgements)
    return actor.may(Permission.COMMAND_TASK_REPORT) and document.organisation_id != actor.organisation and not said


@page(Permission.COMMAND_DIRECTIVE_READ)
def original(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The file as it arrived; never opened inside our own pages."""
    del request, actor
    file = DocumentFile.objects.filter(document_id=pk).first()
    if file is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    response = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name) or "attachment"
    return response


@page(Permission.COMMAND_TASK_REPORT, deed=True)
def acknowledge(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The unit has read the document and passed it on."""
    del request
    acknowledge_document(actor=actor, moment=clock.now(), document_id=pk)
    return redirect("command-document", pk=pk)
