"""The tree of one document's tasks: who has passed what to whom, and how each branch stands."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.command.models import Document, Task
from phaodai.command.models.figures import RollUp, TaskCounts, count_tasks, roll_up
from phaodai.command.pages.intake import document_of
from phaodai.command.pages.parts import document_thread
from phaodai.command.rules.followup import POLICY
from phaodai.command.showing import short_deadline, state_mark, verdict_of
from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids, whole
from phaodai.foundation.components import (
    Action,
    Cell,
    Chip,
    Chips,
    Column,
    Lines,
    Measured,
    Name,
    Row,
    State,
    Summary,
    SummaryCount,
    Table,
)
from phaodai.foundation.components import Bulk as BulkBar
from phaodai.foundation.components import Tier as TierMark
from phaodai.foundation.formats import ago, number
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.territory.models import Tier

FORM = "tree-selection"
SHOWN_AT_ONCE = 200
# One unit with a task stands apart; several with the same task fold into one row.
APART_AT_MOST = 1


def columns() -> list[Column]:
    """The head of the tree."""
    return [
        Column("task", _("Task")),
        Column("unit", _("Accountable unit, head")),
        Column("deadline", _("Deadline")),
        Column("measure", _("Measured result"), numeric=True),
        Column("state", _("State")),
        Column("word", _("Last word"), numeric=True),
    ]


def _narrowed(tasks: QuerySet[Task], which: str, actor: Actor, moment: datetime) -> QuerySet[Task]:
    rules: dict[str, Any] = {
        "tre": lambda: tasks.late(moment),  # type: ignore[attr-defined]
        "im-lang": lambda: tasks.silent_since(moment - POLICY.silent_after),  # type: ignore[attr-defined]
        "toi-giao": lambda: tasks.given_by(actor.organisation),  # type: ignore[attr-defined]
    }
    return rules[which]() if which in rules else tasks


def task_row(
    task: Task, rolled: RollUp | None, moment: datetime, depth: int, *, current: bool = False, below: bool = False
) -> Row:
    """One task as a row of the tree."""
    verdict = verdict_of(task, moment)
    url = reverse("command-task", args=[task.pk])
    branch = reverse("command-branch", args=[task.pk]) if task.is_split else ""
    name = Name(
        place_of(task.organisation) if depth > 1 else numbered(task),
        url,
        TierMark(Tier(task.organisation.tier).label),
        branch_url=f"{branch}?sau={depth + 1}" if branch else "",
        open=below if branch else None,
        target="#side",
        node=str(task.pk) if branch else "",
    )
    cells = [
        Cell(name),
        Cell(task.organisation.short_name, task.head.full_name if task.head else _("post vacant")),
        Cell(short_deadline(task), kind="late" if verdict.late_by else ""),
        Cell(measured(task, rolled, late=bool(verdict.late_by)), numeric=True),
        Cell(state_mark(task, moment)),
        Cell(ago(task.last_word_at, moment, language()), numeric=True, kind="late" if verdict.silent else "quiet"),
    ]
    return Row(str(task.pk), cells, depth=depth, current=current)


def place_of(organisation: Organisation) -> str:
    """The place a district's or commune's body stands for: its kind is in the next column."""
    if organisation.tier == Tier.PROVINCE:
        return organisation.short_name
    return organisation.unit.name.removeprefix(organisation.unit.type).strip()


def numbered(task: Task) -> str:
    """The title behind the number people use: 2.1 is the first task of section 2."""
    return f"{task.proposal.label} {task.title}" if task.proposal else task.title


def measured(task: Task, rolled: RollUp | None, *, late: bool = False) -> Measured | str:
    """The result in figures: what the unit reached of its target, or how many of the parts below are done."""
    if task.target:
        reached = task.achieved or 0
        places = 0 if task.target == int(task.target) else 1
        figures = (number(float(one), places, language()) for one in (reached, task.target))
        words = f"{'/'.join(figures)} {task.measure_unit}".strip()
        return Measured(words, float(reached), float(task.target), late=late)
    if task.is_split and rolled and rolled.total:
        return Measured(
            _("%(done)d/%(all)d parts") % {"done": rolled.done, "all": rolled.total},
            rolled.done,
            rolled.total,
            late=bool(rolled.late),
        )
    return number(float(task.achieved), None, language()) if task.achieved is not None else ""


def tree_rows(document: Document, actor: Actor, moment: datetime, which: str, opened: frozenset[int]) -> list[Row]:
    """The rows of the tree: sections, the tasks under them, and the branches that are open."""
    tasks = document.tasks.exclude(state=Task.State.CANCELLED).select_related(
        "organisation__unit", "head", "clause", "proposal__clause"
    )
    if which:
        found = list(
            _narrowed(tasks, which, actor, moment).order_by("clause__position", "deadline", "pk")[:SHOWN_AT_ONCE]
        )
        return _grouped(found, {}, moment, opened=frozenset())
    tops = list(
        tasks.tops().order_by("clause__position", "proposal__position", "organisation__tier", "organisation__sort_key")
    )
    return _grouped(tops, roll_up([task.pk for task in tops], moment), moment, opened=opened)


def _grouped(
    tasks: Iterable[Task], rolled: dict[int, RollUp], moment: datetime, *, opened: frozenset[int]
) -> list[Row]:
    rows: list[Row] = []
    clause: object = object()
    for proposal, group in groupby(tasks, key=lambda task: (task.clause_id, task.proposal_id)):
        siblings = list(group)
        if proposal[0] != clause:
            clause = proposal[0]
            rows.append(_section(siblings[0]))
        rows.extend(_siblings(siblings, rolled, moment, opened))
    return rows


def _siblings(tasks: list[Task], rolled: dict[int, RollUp], moment: datetime, opened: frozenset[int]) -> list[Row]:
    """The tasks that one proposal became: each by itself, or one row for all of them when they are many."""
    proposal = tasks[0].proposal_id
    if len(tasks) <= APART_AT_MOST or proposal is None:
        return _with_branches(tasks, rolled, moment, 1, opened)
    bundle = _bundle_row(tasks, rolled, moment, below=-proposal in opened)
    return [bundle, *(_with_branches(tasks, rolled, moment, 2, opened) if -proposal in opened else [])]


def _with_branches(
    tasks: Iterable[Task], rolled: dict[int, RollUp], moment: datetime, depth: int, opened: frozenset[int]
) -> list[Row]:
    rows: list[Row] = []
    for task in tasks:
        rows.append(task_row(task, rolled.get(task.pk), moment, min(depth, 4), below=task.pk in opened))
        if task.pk in opened:
            rows.extend(branch_rows(task.pk, moment, depth + 1, opened))
    return rows


def _bundle_row(tasks: list[Task], rolled: dict[int, RollUp], moment: datetime, *, below: bool) -> Row:
    """Many units with the same task as one row, which opens into them."""
    first, total = tasks[0], sum((rolled.get(task.pk, RollUp()) for task in tasks), RollUp())
    branch = reverse("command-bundle", args=[first.proposal_id])
    units = ngettext("%(count)d unit", "%(count)d units", len(tasks)) % {"count": len(tasks)}
    late = sum(1 for task in tasks if verdict_of(task, moment).late_by and task.state in Task.LIVE)
    words = ngettext("%(count)d late", "%(count)d late", late) % {"count": late}
    state = State(words, "late") if late else State(_("in time"))
    done = _("%(done)d/%(all)d parts") % {"done": total.done, "all": total.total}
    cells = [
        Cell(Name(numbered(first), branch_url=branch, open=below, node=f"-{first.proposal_id}")),
        Cell(units),
        Cell(short_deadline(first)),
        Cell(Measured(done, total.done, total.total, late=bool(total.late)), numeric=True),
        Cell(state),
        Cell(""),
    ]
    return Row("", cells, depth=1)


def _section(task: Task) -> Row:
    title = (
        _("Section %(path)s. %(words)s") % {"path": task.clause.path, "words": Truncator(task.clause.text).chars(90)}
        if task.clause
        else _("Outside the sections")
    )
    return Row(f"muc-{task.clause_id}", [Cell(Name(title))], group=True)


def branch_rows(parent: int, moment: datetime, depth: int, opened: frozenset[int] = frozenset()) -> list[Row]:
    """The rows below one task, with those of open branches below them in turn."""
    parts = list(
        Task.objects.filter(parent_id=parent)
        .select_related("organisation__unit", "head")
        .order_by("organisation__tier", "organisation__sort_key")
    )
    rolled = roll_up([part.pk for part in parts if part.is_split], moment)
    return _with_branches(parts, rolled, moment, depth, opened)


def summary(document: Document, counts: TaskCounts) -> Summary:
    """The state of the whole tree in one line."""
    words = ngettext(
        "Counted by the smallest task: %(count)d", "Counted by the smallest tasks: %(count)d", counts.total
    ) % {"count": counts.total}
    here = reverse("command-tree", args=[document.pk])
    return Summary(
        [counts.done, counts.in_time + counts.open_ended, counts.late],
        words,
        [
            SummaryCount(str(counts.done_in_time), _("done in time")),
            SummaryCount(str(counts.done_late), _("done late")),
            SummaryCount(str(counts.in_time + counts.open_ended), _("in time")),
            SummaryCount(str(counts.late), _("late"), f"{here}?xem=tre", late=True),
            SummaryCount(str(counts.silent), _("silent for 48 hours"), f"{here}?xem=im-lang", late=True),
        ],
    )


def _chips(document: Document, actor: Actor, counts: TaskCounts, which: str) -> Chips:
    here = reverse("command-tree", args=[document.pk])
    given = document.tasks.exclude(state=Task.State.CANCELLED).given_by(actor.organisation).count()
    return Chips(
        [
            Chip(_("All"), here, counts.total, not which),
            Chip(_("Late"), f"{here}?xem=tre", counts.late, which == "tre"),
            Chip(_("Silent"), f"{here}?xem=im-lang", counts.silent, which == "im-lang"),
            Chip(_("We gave"), f"{here}?xem=toi-giao", given, which == "toi-giao"),
        ],
        _("Tasks"),
    )


def _bulk(actor: Actor) -> BulkBar | None:
    if not actor.may(Permission.COMMAND_TASK_REVIEW):
        return None
    verbs = (
        ("don-doc", _("Remind"), "send"),
        ("gia-han", _("Move the deadline"), "clock"),
        ("giai-trinh", _("Ask for an explanation"), "why"),
    )
    actions = [
        Action(label, reverse("nhiem-vu-bulk", kwargs={"verb": verb}), icon, "" if place else "go", small=True)
        for place, (verb, label, icon) in enumerate(verbs)
    ]
    return BulkBar(actions, noun=_("task"), preview=True)


def stamp_of(document: Document, moment: datetime) -> str:
    """Changes whenever a task of the tree does, and every minute for the clocks."""
    found = document.tasks.aggregate(count=Count("id"), last=Max("updated_at"))
    return f"{found['count']}-{found['last']:%Y%m%d%H%M%S%f}-{moment:%H%M}" if found["count"] else ""


def _opened(text: str) -> frozenset[int]:
    """The open branches that a page names: tasks by their ids, rows that fold a proposal by its id with a minus."""
    names = text.split(",")
    folded = row_ids(name[1:] for name in names if name.startswith("-"))
    return frozenset([*row_ids(names), *(-pk for pk in folded)])


def _tree_context(request: HttpRequest, actor: Actor, document: Document) -> dict[str, Any]:
    moment, which = clock.now(), request.GET.get("xem", "")
    opened = _opened(request.GET.get("mo", ""))
    counts = count_tasks(document.tasks.all(), moment)
    rows = tree_rows(document, actor, moment, which, opened)
    return {
        "document": document,
        "summary": summary(document, counts),
        "chips": _chips(document, actor, counts, which),
        "table": Table(
            _("Tasks of %(document)s") % {"document": document}, columns(), rows, _bulk(actor), element="tree"
        ),
        "live": f"{reverse('command-tree-live', args=[document.pk])}?xem={which}",
        "stamp": stamp_of(document, moment),
    }


@page(Permission.COMMAND_TASK_READ)
def tree(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The tree of a document, which refreshes itself."""
    document = document_of(pk)
    asked, read = document.reached.count(), document.acknowledgements.count()
    shown = _tree_context(request, actor, document) | {
        "thread": document_thread(document, actor, current="task"),
        "asked": asked,
        "read": read,
    }
    return render(request, "command/tree.html", shown)


@page(Permission.COMMAND_TASK_READ)
def live(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The tree again when something in it changed since `?v=`, else nothing."""
    document = document_of(pk)
    if request.GET.get("v") == stamp_of(document, clock.now()):
        return HttpResponse(status=204)
    return render(request, "command/tree_part.html", _tree_context(request, actor, document))


def _require_seen(tasks: QuerySet[Task]) -> None:
    if not tasks.exists():
        raise NotHere(_("There is nothing at this address that your post may see."))


@page(Permission.COMMAND_TASK_READ)
def branch(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The rows below one task."""
    _require_seen(Task.objects.filter(pk=pk))
    rows = branch_rows(pk, clock.now(), whole(request.GET.get("sau"), 2))
    form = FORM if actor.may(Permission.COMMAND_TASK_REVIEW) else ""
    return render(request, "foundation/registers/part.html", {"part": Lines(columns(), rows, form)})


@page(Permission.COMMAND_TASK_READ)
def bundle(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The tasks that one proposal became, below the row that folds them."""
    moment = clock.now()
    tasks = (
        Task.objects.filter(proposal_id=pk)
        .tops()
        .exclude(state=Task.State.CANCELLED)
        .select_related("organisation__unit", "head")
    )
    _require_seen(tasks)
    found = list(tasks.order_by("organisation__tier", "organisation__sort_key"))
    rows = _with_branches(found, roll_up([task.pk for task in found], moment), moment, 2, frozenset())
    form = FORM if actor.may(Permission.COMMAND_TASK_REVIEW) else ""
    return render(request, "foundation/registers/part.html", {"part": Lines(columns(), rows, form)})
