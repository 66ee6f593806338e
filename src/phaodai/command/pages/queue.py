"""What an officer must do now about tasks, documents and reports, most pressing first: every line a verb, a clock, a reason."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.command.models import Document, Progress, Report, Task
from phaodai.command.pages.parts import name_of
from phaodai.command.showing import deadline_words, state_mark, verdict_of
from phaodai.foundation.components import Action, QueueItem, State
from phaodai.foundation.formats import ago, span, time_left
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.people.models import Post

SHOWN = 12
_RELATED = ("organisation", "head", "giver", "document", "clause")


def queue_of(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Everything that waits for this officer."""
    parts = (
        *_escalated(actor, moment),
        *_to_answer(actor, moment),
        *_reminded_and_late(actor, moment),
        *_new(actor, moment),
        *_documents(actor, moment),
        *_soon(actor, moment),
        *_standing(actor, moment),
        *_to_chase(actor, moment),
        *_report(actor, moment),
    )
    return list(parts)


def _tasks(rows: QuerySet[Task], *order: str) -> list[Task]:
    return list(rows.select_related(*_RELATED).order_by(*order)[:SHOWN])


def _url(task: Task) -> str:
    return reverse("command-task", args=[task.pk])


def _source(task: Task) -> str:
    return name_of(task.document) if task.document else task.giver.short_name


def _escalated(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Tasks that climbed, because nobody below moved, to this officer or to the head whose work they share."""
    above = {actor.officer}
    if actor.may(Permission.COMMAND_TASK_ASSIGN):
        heads = Post.objects.as_of(moment.date()).heads().filter(organisation_id=actor.organisation)
        above |= set(heads.values_list("officer_id", flat=True))
    rows = Task.objects.live().filter(escalated_to_id__in=above).select_related("escalated_to")
    return [
        QueueItem(
            _("%(unit)s: %(task)s") % {"unit": task.organisation.short_name, "task": task.title},
            state_mark(task, moment),
            _("Came up to %(above)s %(ago)s: %(head)s has not finished it. %(source)s.")
            % {
                "above": _("you") if task.escalated_to_id == actor.officer else task.escalated_to,
                "ago": ago(task.escalated_at or moment, moment, language()),
                "head": task.head.full_name if task.head else _("the vacant post"),
                "source": _source(task),
            },
            _url(task),
            [Action(_("See and decide"), _url(task), "eye", "go", small=True)],
        )
        for task in _tasks(rows, "escalated_at", "deadline", "pk")
    ]


def _to_answer(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Results that units below reported as done."""
    if not actor.may(Permission.COMMAND_TASK_REVIEW):
        return []
    rows = Task.objects.given_by(actor.organisation).to_review()
    return [
        QueueItem(
            _("%(unit)s says it is done: %(task)s") % {"unit": task.organisation.short_name, "task": task.title},
            State(_("waits %(span)s") % {"span": span(moment - task.last_word_at, language())}, "act"),
            _("%(head)s; deadline %(deadline)s.")
            % {"head": task.head.full_name if task.head else "", "deadline": deadline_words(task)},
            _url(task),
            [Action(_("See and answer"), _url(task), "check", "go", small=True)],
        )
        for task in _tasks(rows, "last_word_at")
    ]


def _reminded_and_late(actor: Actor, moment: datetime) -> list[QueueItem]:
    """What this unit owes and is late with, reminded ones first."""
    rows = Task.objects.owed_by(actor.organisation).late(moment).exclude(state=Task.State.REPORTED)
    return [_owed_item(task, moment, _("Report progress"), "edit") for task in _tasks(rows, "-reminders", "deadline")]


def _new(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Tasks that nobody here has read yet."""
    rows = (
        Task.objects.owed_by(actor.organisation)
        .filter(state=Task.State.SENT, read_at=None)
        .exclude(deadline__lt=moment)
    )
    return [_owed_item(task, moment, _("Read and take on"), "check") for task in _tasks(rows, "deadline")]


def _soon(actor: Actor, moment: datetime) -> list[QueueItem]:
    """What falls due next."""
    rows = Task.objects.owed_by(actor.organisation).filter(state=Task.State.TAKEN, deadline__gte=moment)
    return [_owed_item(task, moment, _("Report progress"), "edit") for task in _tasks(rows, "deadline")]


def _standing(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Work without a last day, such as every new case: the one that was silent longest first."""
    rows = Task.objects.owed_by(actor.organisation).filter(state=Task.State.TAKEN, deadline=None)
    return [_owed_item(task, moment, _("Report progress"), "edit") for task in _tasks(rows, "last_word_at")]


def _to_chase(actor: Actor, moment: datetime) -> list[QueueItem]:
    """What units below owe this one and are late with, in one line: they are reminded together, from the list."""
    if not actor.may(Permission.COMMAND_TASK_REVIEW):
        return []
    late = Task.objects.given_by(actor.organisation).late(moment).exclude(state=Task.State.REPORTED)
    figures = late.aggregate(count=Count("id"), units=Count("organisation", distinct=True), oldest=Min("deadline"))
    if not figures["count"]:
        return []
    words = ngettext(
        "%(count)d task that your unit gave is late", "%(count)d tasks that your unit gave are late", figures["count"]
    )
    units = ngettext("%(count)d unit owes it.", "%(count)d units owe them.", figures["units"])
    url = f"{reverse('nhiem-vu-list')}?xem=giao-tre"
    return [
        QueueItem(
            words % figures,
            State(time_left(figures["oldest"], moment, language()), "late"),
            units % {"count": figures["units"]},
            url,
            [Action(_("Remind them"), url, "send", small=True)],
        )
    ]


def _owed_item(task: Task, moment: datetime, verb: str, icon: str) -> QueueItem:
    verdict = verdict_of(task, moment)
    reasons = [_("For %(giver)s, from %(source)s.") % {"giver": task.giver.short_name, "source": _source(task)}]
    if task.reminders:
        reasons.append(_("Reminded %(count)d times.") % {"count": task.reminders})
    if verdict.silent:
        reasons.append(_("No word for %(span)s.") % {"span": span(verdict.silent_for, language())})
    returned = task.state == Task.State.TAKEN and _last_answer(task)
    if returned:
        reasons.append(_("Returned: %(words)s") % {"words": returned})
    action = Action(verb, _url(task), icon, "go", small=True)
    return QueueItem(task.title, state_mark(task, moment), " ".join(reasons), _url(task), [action])


def _last_answer(task: Task) -> str:
    """The giver's remark, when the last thing said of the task was a return."""
    last = task.log.exclude(kind=Progress.Kind.REMINDED).order_by("-at", "-id").first()
    return last.text if last and last.kind == Progress.Kind.RETURNED else ""


def _documents(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Documents of the own book that wait for a person's eye."""
    if not actor.may(Permission.COMMAND_DIRECTIVE_CONFIRM):
        return []
    rows = (
        Document.objects.of_register(actor.organisation)
        .to_confirm()
        .defer("text", "reading")
        .order_by("arrived_at")[:SHOWN]
    )
    return [
        QueueItem(
            _("Incoming document %(number)d: %(subject)s")
            % {"number": row.arrival_number, "subject": row.subject or row.reference},
            State(row.urgency.capitalize(), "late", "bell")
            if row.urgency
            else State(ago(row.arrived_at, moment, language())),
            _("%(issuer)s. Read by the machine; nothing is sent before you confirm.") % {"issuer": row.issuer},
            reverse("command-document", args=[row.pk]),
            [Action(_("Check and send"), reverse("command-document", args=[row.pk]), "document", "go", small=True)],
        )
        for row in rows
    ]


def _report(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Today's report, until it is signed."""
    if not actor.may(Permission.COMMAND_REPORT_DRAFT):
        return []
    found: Any = Report.objects.filter(organisation_id=actor.organisation, on=moment.date()).first()
    if found is not None and found.state == Report.State.SIGNED:
        return []
    may_sign = actor.may(Permission.COMMAND_REPORT_SIGN)
    verb = _("See and sign") if found and may_sign else _("Draft the report")
    url = reverse("command-report-today")
    words = _("Its figures follow the data; your words are kept.") if found else _("It drafts itself from the data.")
    return [
        QueueItem(
            _("Today's report"),
            State(_("today")),
            words,
            url,
            [Action(verb, url, "sign" if may_sign else "document", small=True)],
        )
    ]
