"""What became of one unit's level: its steps drawn on a line of time, every answer with its paper, the tasks that followed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from phaodai.command.models import OutgoingPaper, Task
from phaodai.command.showing import state_mark
from phaodai.containment.models import LevelDecision
from phaodai.containment.showing import reference_of, turn_words
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.components import Cell, Column, Content, Log, LogEntry, Name, Row, Table
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor

WIDTH, LANE, MARGIN = 640, 22, 22
"""Of the drawing: its width, the height of one level, the room for the numbers of the levels."""
SHORTEST = 28
"""Days that the line of time spans at least."""
AHEAD = timedelta(days=3)
State = LevelDecision.State


@dataclass(frozen=True)
class Step:
    """A level from one day to another, with its place in the drawing."""

    level: int
    begins: date
    ends: date
    x: float
    width: float

    @property
    def y(self) -> int:
        """Level 4 stands at the top."""
        return (4 - self.level) * LANE


@dataclass(frozen=True)
class Steps:
    """The levels of one unit in force through time."""

    steps: Sequence[Step]
    first: date
    last: date

    @property
    def label(self) -> str:
        """The drawing in words."""
        told = (
            _("level %(level)d from %(day)s") % {"level": one.level, "day": day_words(one.begins, language())}
            for one in self.steps
        )
        return "; ".join(told)


def steps_of(decisions: Sequence[LevelDecision], day: date) -> Steps | None:
    """The steps of the levels that were announced, from the first one on to a few days after the last or `day`."""
    announced = [one for one in decisions if one.state == State.DECIDED and one.announced_at is not None]
    turns = sorted(announced, key=lambda one: (one.takes_effect_at, one.pk))
    if not turns:
        return None
    days = [one.takes_effect_at.astimezone(VIETNAM).date() for one in turns]
    last = max(day, days[-1]) + AHEAD
    first = min(days[0], last - timedelta(days=SHORTEST))
    scale = (WIDTH - MARGIN) / max((last - first).days, 1)
    ends = [*days[1:], last]
    steps = [
        Step(one.to_level, begin, end, MARGIN + (begin - first).days * scale, (end - begin).days * scale)
        for one, begin, end in zip(turns, days, ends, strict=True)
    ]
    return Steps([one for one in steps if one.width], first, last)


def log_of(decisions: Sequence[LevelDecision], actor: Actor) -> Log | None:
    """Everything that was proposed and answered, newest first, with the signed papers that this officer may read."""
    papers = _readable([one.paper_id for one in decisions], actor)
    entries = [
        LogEntry(moment_words(one.decided_at or one.proposed_at, language()), _told(one, papers))
        for one in sorted(decisions, key=lambda one: one.decided_at or one.proposed_at, reverse=True)
    ]
    return Log(entries) if entries else None


def _readable(ids: Sequence[int | None], actor: Actor) -> frozenset[int]:
    if not actor.may(Permission.COMMAND_PAPER_READ):
        return frozenset()
    return frozenset(OutgoingPaper.objects.filter(pk__in=[pk for pk in ids if pk]).values_list("pk", flat=True))


def _told(one: LevelDecision, papers: frozenset[int]) -> Content:
    parts = [f"{one.get_state_display()}: {turn_words(one)}"]
    if one.state == State.DECIDED:
        parts.append(_("from %(when)s") % {"when": moment_words(one.takes_effect_at, language())})
        parts.append(f"{reference_of(one)}, {one.decided_by or ''}")
        told = one.announced_at
        parts.append(
            _("people told %(when)s") % {"when": moment_words(told, language())} if told else _("people not told yet")
        )
    if one.to_level != one.proposed_level:
        parts.append(_("the rule proposed level %(level)d") % {"level": one.proposed_level})
    words = "; ".join([*parts, *([one.reason] if one.reason else [])])
    return format_html("{} {}", words, _doors(one.paper_id)) if one.paper_id in papers else words


def _doors(paper: int | None) -> Content:
    """The signed paper on screen and as files."""
    files = (reverse("command-paper-file", args=[paper, suffix]) for suffix in ("docx", "pdf"))
    return format_html(
        '<a href="{}">{}</a> · <a href="{}">Word</a> · <a href="{}">PDF</a>',
        reverse("command-paper", args=[paper]),
        _("The signed paper"),
        *files,
    )


def tasks_table(decisions: Sequence[LevelDecision], moment: datetime) -> Table | None:
    """The tasks that followed these decisions and that the officer sees, the next one due first."""
    ids = [pk for one in decisions for pk in one.duties]
    tasks = Task.objects.filter(pk__in=ids).select_related("organisation", "clause").order_by("deadline", "pk")
    rows = [_task_row(task, moment) for task in tasks]
    columns = [Column("task", _("Task")), Column("unit", _("Unit")), Column("deadline", _("Deadline"))]
    columns.append(Column("state", _("State")))
    return Table(_("Tasks that followed"), columns, rows, element="level-tasks") if rows else None


def _task_row(task: Task, moment: datetime) -> Row:
    clause = _("section %(path)s") % {"path": task.clause.path} if task.clause else ""
    return Row(
        str(task.pk),
        [
            Cell(Name(task.title, reverse("command-task", args=[task.pk])), clause),
            Cell(task.organisation.short_name),
            Cell(moment_words(task.deadline, language()) if task.deadline else ""),
            Cell(state_mark(task, moment)),
        ],
    )


def tree_url(decisions: Sequence[LevelDecision]) -> str:
    """The tree of the document that the latest tasks came from; empty where the officer sees none."""
    ids = [pk for one in decisions for pk in one.duties]
    last = Task.objects.filter(pk__in=ids, document__isnull=False).order_by("-sent_at").first()
    return reverse("command-tree", args=[last.document_id]) if last else ""
