"""One task: what is asked, how it stands, and what this officer may do about it now."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from phaodai.command.actions import chasing, tasks
from phaodai.command.forms import ExtendForm, ProgressForm, ReasonForm, SplitForm
from phaodai.command.models import Evidence, Progress, Task
from phaodai.command.models.figures import roll_up
from phaodai.command.pages.intake import upload_of
from phaodai.command.pages.parts import carried_out, clause_words, document_thread
from phaodai.command.pages.tree import measured
from phaodai.command.rules.ladder import may_give
from phaodai.command.showing import deadline_words, standing_words, state_mark, verdict_of
from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids
from phaodai.foundation.components import Accountability, Action, Content, Fact, Facts, Log, LogEntry, Note, SidePanel
from phaodai.foundation.formats import ago, span
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language, words
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation


def task_of(pk: int) -> Task:
    """A task that the database shows to this officer."""
    related = ("organisation__parent", "head", "giver", "document", "clause", "escalated_to", "parent")
    task = Task.objects.select_related(*related).filter(pk=pk).first()
    if task is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return task


def owes(task: Task, actor: Actor) -> bool:
    """Whether the officer's unit answers for this live task."""
    return (
        task.organisation_id == actor.organisation
        and task.state in Task.LIVE
        and actor.may(Permission.COMMAND_TASK_REPORT)
    )


def awaits(task: Task, actor: Actor) -> bool:
    """Whether the officer's unit gave this live task and may answer for it."""
    return task.giver_id == actor.organisation and task.state in Task.LIVE and actor.may(Permission.COMMAND_TASK_REVIEW)


def alarm(task: Task, moment: datetime) -> Note | None:
    """What is wrong, and where the task goes if nothing happens: said before it happens."""
    verdict = verdict_of(task, moment)
    if task.state not in Task.LIVE or not (verdict.late_by or verdict.silent):
        return None
    parts = []
    if verdict.late_by:
        parts.append(_("The deadline was %(deadline)s.") % {"deadline": deadline_words(task)})
        if verdict.silent:
            parts.append(_("No word for %(span)s.") % {"span": span(verdict.silent_for, language())})
    parts.append(_climb(task, verdict.escalates_at, moment))
    return Note(" ".join(parts), "late", str(state_mark(task, moment).text).capitalize() + ".")


def _climb(task: Task, at: datetime | None, moment: datetime) -> str:
    if task.escalated_at:
        name = task.escalated_to.full_name if task.escalated_to else _("nobody: the post above is vacant")
        return _("It went to the head above, %(name)s, at %(when)s.") % {
            "name": name,
            "when": moment_words(task.escalated_at, language()),
        }
    above = chasing.head_above(task, moment)
    if above is None or at is None:
        return ""
    return _("By the working rules it goes to %(name)s at %(when)s by itself.") % {
        "name": above.full_name,
        "when": moment_words(at, language()),
    }


def accountability(task: Task, moment: datetime) -> Accountability:
    """Head, unit, deadline, owed to whom, last word: always in this order."""
    return Accountability(
        task.head.full_name if task.head else _("post vacant"),
        task.organisation.name,
        deadline_words(task),
        task.giver.short_name,
        ago(task.last_word_at, moment, language()),
        late=bool(verdict_of(task, moment).late_by),
    )


def facts(task: Task, moment: datetime) -> Facts:
    """The task as a list of facts."""
    rolled = roll_up([task.pk], moment).get(task.pk)
    read = moment_words(task.read_at, language()) if task.read_at else _("not yet")
    found = [
        Fact(_("State"), state_mark(task, moment)),
        Fact(_("Accountable"), task.head.full_name if task.head else _("post vacant"), note=task.organisation.name),
        Fact(_("Carries out"), carried_out(task) or "–"),
        Fact(_("Owed to"), task.giver.name),
        Fact(_("Deadline"), deadline_words(task)),
        Fact(_("Read"), read),
        Fact(_("Measured by"), task.measure or "–"),
        Fact(_("Measured result"), measured(task, rolled) or "–"),
    ]
    others = [body.name for body in task.coordinating.all()]
    return Facts([*found, Fact(_("In co-ordination with"), " · ".join(others))] if others else found)


def log_of(task: Task, limit: int = 60) -> Log:
    """What happened, oldest first, with the files that show it."""
    lines = list(
        task.log.select_related("officer", "organisation").prefetch_related("evidence").order_by("-at", "-id")[:limit]
    )
    return Log(
        [LogEntry(moment_words(line.at, language()), _line(line)) for line in reversed(lines)], _("What happened")
    )


def _line(line: Progress) -> Content:
    who = line.officer.full_name if line.officer else "Pháo Đài"
    reached = f" ({words(line.achieved)})" if line.achieved is not None else ""
    text: list[Content] = [
        format_html("<b>{}</b>{}{} · {}", line.get_kind_display(), reached, f": {line.text}" if line.text else "", who)
    ]
    files = [(reverse("command-evidence", args=[file.pk]), file.name) for file in line.evidence.all()]
    return [*text, format_html_join("", ' <a href="{}">{}</a>', files)]


def side_actions(task: Task, actor: Actor) -> list[Action]:
    """The verbs of the side panel."""
    here = reverse("command-task", args=[task.pk])
    if awaits(task, actor):
        found = [Action(_("Remind"), reverse("command-remind", args=[task.pk]), "send", "go", "post")]
        return [*found, Action(_("Move the deadline"), f"{here}#gia-han", "clock")]
    if owes(task, actor) and task.read_at is None:
        return [Action(_("Take it on"), reverse("command-take", args=[task.pk]), "check", "go", "post")]
    return [Action(_("Report progress"), here, "edit", "go")] if owes(task, actor) else []


@page(Permission.COMMAND_TASK_READ)
def task(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The task's page; beside a list, its side panel."""
    found, moment = task_of(pk), clock.now()
    if request.htmx and request.htmx.target == "side":  # type: ignore[attr-defined]
        body: list[Content] = [alarm(found, moment), facts(found, moment), log_of(found, 12)]
        url = reverse("command-task", args=[pk])
        close = reverse("command-tree", args=[found.document_id]) if found.document_id else reverse("nhiem-vu-list")
        side = SidePanel(found.title, body, side_actions(found, actor), close, url)
        return render(request, "foundation/registers/side.html", {"side": side})
    return _page(request, actor, found, moment)


def _page(
    request: HttpRequest, actor: Actor, found: Task, moment: datetime, *, status: int = 200, **forms: Any
) -> HttpResponse:
    live, mine = found.state in Task.LIVE, owes(found, actor)
    shown = {
        "task": found,
        "thread": document_thread(
            found.document, actor, current="task", clause=clause_words(found), task=found.title[:40]
        )
        if found.document
        else None,
        "alarm": alarm(found, moment),
        "accountability": accountability(found, moment),
        "facts": facts(found, moment),
        "log": log_of(found),
        "parts": found.parts.select_related("organisation", "head").order_by("organisation__sort_key"),
        "state": standing_words(found, verdict_of(found, moment), moment),
        "owes": mine,
        "awaits": awaits(found, actor),
        "reported": live and found.state == Task.State.REPORTED,
        "may_split": mine and actor.may(Permission.COMMAND_TASK_ASSIGN),
        "takers": takers(found, actor) if mine and actor.may(Permission.COMMAND_TASK_ASSIGN) else [],
        "progress_form": ProgressForm(initial={"key": uuid4()}),
        "split_form": SplitForm(initial={"title": found.title, "deadline": found.deadline, "measure": found.measure}),
        "extend_form": ExtendForm(prefix="gia-han"),
        "return_form": ReasonForm(prefix="tra-lai"),
        "withdraw_form": ReasonForm(prefix="rut"),
        **forms,
    }
    return render(request, "command/task.html", shown, status=status)


def takers(task: Task, actor: Actor) -> list[Organisation]:
    """The organisations that this unit may pass the work on to, nearest tier first."""
    own = task.organisation
    inside = Organisation.objects.open().inside(own.area).exclude(pk=own.pk).order_by("tier", "kind", "sort_key")
    below = Organisation.objects.open().filter(parent=own).exclude(pk=own.pk).order_by("tier", "kind", "sort_key")
    del actor
    found = {body.pk: body for body in [*below, *inside] if may_give(tasks.rung(own), tasks.rung(body))}
    return list(found.values())


def _deed(request: HttpRequest, actor: Actor, pk: int, form: Any, name: str, run: Any, said: str) -> HttpResponse:
    """Run a deed behind a form of the task's page: back to the page when done, the page with what was typed when refused."""
    if form.is_valid() and act(form, run) is not None:
        messages.success(request, said)
        # A form that htmx sends stays on the screen until it was taken, through every loss of the network.
        here = reverse("command-task", args=[pk])
        return HttpResponseClientRedirect(here) if request.htmx else redirect(here)  # type: ignore[attr-defined]
    return _page(request, actor, task_of(pk), clock.now(), status=422, **{name: form})


@page(Permission.COMMAND_TASK_REPORT, deed=True)
def take(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The unit takes the task on."""
    tasks.take_task(actor=actor, moment=clock.now(), task_id=pk)
    messages.success(request, _("Taken on. Whoever gave it can see that you have read it."))
    return redirect("command-task", pk=pk)


@page(Permission.COMMAND_TASK_REPORT, deed=True)
def progress(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """A word from the unit, or the claim that the work is done."""
    form = ProgressForm(request.POST, request.FILES)
    done = "done" in request.POST

    def run() -> Any:
        given = form.cleaned_data
        uploads = [upload_of(file) for file in given["files"]]
        common = {
            "actor": actor,
            "moment": clock.now(),
            "task_id": pk,
            "text": given["text"],
            "uploads": uploads,
            "key": given["key"],
        }
        if done:
            return tasks.report_done(**common)
        return tasks.report_progress(**common, achieved=given["achieved"], difficulty=given["difficulty"])

    said = _("Reported as done. It waits for an answer from whoever gave it.") if done else _("Noted.")
    return _deed(request, actor, pk, form, "progress_form", run, said)


@page(Permission.COMMAND_TASK_ASSIGN, deed=True)
def split(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Pass the work on to units below."""
    form = SplitForm(request.POST)
    chosen = row_ids(request.POST.getlist("organisations"))

    def run() -> Any:
        return tasks.split_task(actor=actor, moment=clock.now(), task_id=pk, organisations=chosen, **form.cleaned_data)

    return _deed(
        request, actor, pk, form, "split_form", run, _("Passed on to %(count)d units.") % {"count": len(chosen)}
    )


@page(Permission.COMMAND_TASK_REVIEW, deed=True)
def accept(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The giver accepts what was reported."""
    tasks.accept_result(actor=actor, moment=clock.now(), task_id=pk)
    messages.success(request, _("Accepted."))
    return redirect("command-task", pk=pk)


@page(Permission.COMMAND_TASK_REVIEW, deed=True)
def give_back(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The giver sends it back, saying what is missing."""
    form = ReasonForm(request.POST, prefix="tra-lai")

    def run() -> Any:
        return tasks.return_result(actor=actor, moment=clock.now(), task_id=pk, text=form.cleaned_data["text"])

    return _deed(request, actor, pk, form, "return_form", run, _("Returned with your remark."))


@page(Permission.COMMAND_TASK_REVIEW, deed=True)
def remind(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Ask for a word."""
    chasing.remind(actor=actor, moment=clock.now(), task_id=pk)
    messages.success(request, _("Reminded. It stands at the top of their list now."))
    return redirect("command-task", pk=pk)


@page(Permission.COMMAND_TASK_REVIEW, deed=True)
def extend(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Move the deadline."""
    form = ExtendForm(request.POST, prefix="gia-han")

    def run() -> Any:
        return chasing.extend(actor=actor, moment=clock.now(), task_id=pk, **form.cleaned_data)

    return _deed(request, actor, pk, form, "extend_form", run, _("Deadline moved."))


@page(Permission.COMMAND_TASK_ASSIGN, deed=True)
def withdraw(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take the task back."""
    form = ReasonForm(request.POST, prefix="rut")

    def run() -> Any:
        return chasing.withdraw(actor=actor, moment=clock.now(), task_id=pk, text=form.cleaned_data["text"])

    return _deed(request, actor, pk, form, "withdraw_form", run, _("Withdrawn, with every part of it."))


@page(Permission.COMMAND_TASK_READ)
def evidence(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """A file of evidence, to be kept; never opened inside our own pages."""
    del request, actor
    file = Evidence.objects.filter(pk=pk).first()
    if file is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    response = HttpResponse(bytes(file.content), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name) or "attachment"
    return response
