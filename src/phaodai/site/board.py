"""The board of whoever gives tasks: the figures of the day, who is late, what changed overnight, what falls due next."""

from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from phaodai.command.actions.reports import figures_for
from phaodai.command.models import Progress, Task
from phaodai.command.models.figures import TaskCounts, changes_between
from phaodai.command.pictures import late_chart
from phaodai.command.showing import short_deadline, state_mark
from phaodai.containment.pages.board import level_board
from phaodai.foresight.pages.board import board_curve
from phaodai.foundation.components import (
    Cell,
    Column,
    Content,
    Empty,
    KeyFigure,
    KeyFigures,
    Log,
    LogEntry,
    Name,
    Row,
    Stacked,
    Table,
)
from phaodai.foundation.formats import clock as hour
from phaodai.foundation.formats import short_day, span
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation

UNITS_SHOWN = 9
CHANGES_SHOWN = 6
DUE_SHOWN = 6
DUE_WITHIN = timedelta(days=3)
# What a night can bring that somebody above should know in the morning.
TELLING = (Progress.Kind.ESCALATED, Progress.Kind.DIFFICULTY, Progress.Kind.RETURNED, Progress.Kind.REPORTED)


def board_of(actor: Actor, moment: datetime) -> dict[str, Any]:
    """Everything on the board, for the page's context."""
    organisation = Organisation.objects.get(pk=actor.organisation)
    figures = figures_for(organisation, moment)
    rows = figures["rows"]
    return {
        "figures": _key_figures(actor, organisation, figures, moment),
        "units": _units(rows),
        "rest": max(len(rows) - UNITS_SHOWN, 0),
        "since": evening_before(moment),
        "changes": _changes(actor, moment),
        "due": _due(actor, moment),
        "chart": late_chart(rows, moment),
        "curve": board_curve(actor),
        # Called by the whole page alone: what is refreshed every few seconds does not draw the map again.
        "levels": partial(level_board, actor, moment.date()),
    }


def evening_before(moment: datetime) -> datetime:
    """The close of yesterday's work: what came after it is news in the morning."""
    return datetime.combine(moment.date() - timedelta(days=1), time(18), moment.tzinfo)


def _before(organisation: Organisation, moment: datetime) -> dict[str, int]:
    """What happened the day before, to compare with."""
    area = organisation.area.narrowing
    yesterday = moment - timedelta(days=1)
    return changes_between(Task.objects.filter(**area), yesterday - timedelta(days=1), yesterday).as_dict()


def _key_figures(actor: Actor, organisation: Organisation, figures: dict[str, Any], moment: datetime) -> KeyFigures:
    tasks, totals, changes = reverse("nhiem-vu-list"), TaskCounts(**figures["totals"]), figures["changes"]
    running = totals.in_time + totals.late + totals.open_ended
    before = _("day before %(count)d") % {"count": _before(organisation, moment)["done"]}
    waiting = Task.objects.given_by(actor.organisation).to_review().count()
    late, silent = f"{tasks}?xem=tre", f"{tasks}?xem=im-lang"
    climbed = changes["escalated"]
    return KeyFigures(
        [
            KeyFigure(_("Tasks running"), str(running), tasks, note=_("of %(all)d given") % {"all": totals.total}),
            KeyFigure(_("Done in 24 hours"), str(changes["done"]), tasks, before),
            KeyFigure(
                _("Late"), str(totals.late), late, _("%(count)d new") % {"count": changes["became_late"]},
                late=totals.late > 0,
            ),
            KeyFigure(_("Silent for 48 hours"), str(totals.silent), silent, late=totals.silent > 0),
            KeyFigure(_("To answer"), str(waiting), f"{tasks}?xem=cho-duyet"),
            KeyFigure(_("Gone to the head above"), str(climbed), tasks, _("in 24 hours"), late=climbed > 0),
        ]
    )  # fmt: skip


def _units(rows: list[dict[str, Any]]) -> Table:
    columns = [
        Column("unit", _("Unit, head")),
        Column("parts", _("Done / in time / late")),
        Column("late", _("Late"), numeric=True),
        Column("longest", _("Longest"), numeric=True),
    ]
    lines = [_unit_row(row) for row in rows[:UNITS_SHOWN]]
    return Table(
        _("Late tasks by unit"), columns, lines, element="late-units", empty=Empty(_("No task was given yet."))
    )


def _unit_row(row: dict[str, Any]) -> Row:
    counts = row["counts"]
    done = counts["done_in_time"] + counts["done_late"]
    longest = span(timedelta(hours=row["longest_late_hours"]), language()) if counts["late"] else _("in time")
    return Row(
        f"{row['kind']}-{row['id']}",
        [
            Cell(row["name"], row["head"]),
            Cell(Stacked([done, counts["in_time"] + counts["open_ended"], counts["late"]])),
            Cell(str(counts["late"]), numeric=True, kind="late" if counts["late"] else "quiet"),
            Cell(longest, numeric=True, kind="" if counts["late"] else "quiet"),
        ],
    )


def _changes(actor: Actor, moment: datetime) -> Log | None:
    """What came in since yesterday evening, newest first."""
    lines = (
        Progress.objects.filter(kind__in=TELLING, at__gt=evening_before(moment), at__lte=moment)
        .exclude(organisation_id=actor.organisation)
        .select_related("task__organisation")
        .order_by("-at", "-id")[:CHANGES_SHOWN]
    )
    found = [LogEntry(f"{hour(line.at)} {short_day(line.at, language())}", _change(line)) for line in lines]
    return Log(found, "") if found else None


def _change(line: Progress) -> Content:
    address = reverse("command-task", args=[line.task_id])
    unit, words = line.task.organisation.short_name, f": {line.text}" if line.text else ""
    return format_html(
        '<a href="{}">{}</a> · {} · <b>{}</b>{}', address, unit, line.task.title, line.get_kind_display(), words
    )


def _due(actor: Actor, moment: datetime) -> Table:
    """What falls due next: of this unit's own giving, and the whole tasks of the area, not their parts."""
    tasks = (
        Task.objects.live()
        .filter(Q(giver_id=actor.organisation) | Q(parent=None))
        .filter(deadline__gte=moment, deadline__lte=moment + DUE_WITHIN)
        .select_related("organisation", "head")
        .order_by("deadline", "pk")[:DUE_SHOWN]
    )
    columns = [Column("task", _("Task")), Column("deadline", _("Deadline")), Column("state", _("State"))]
    rows = [
        Row(
            str(task.pk),
            [
                Cell(Name(task.title, reverse("command-task", args=[task.pk])), task.organisation.short_name),
                Cell(short_deadline(task)),
                Cell(state_mark(task, moment)),
            ],
        )
        for task in tasks
    ]
    empty = Empty(_("Nothing falls due in the next three days."))
    return Table(_("Due in the next three days"), columns, rows, element="due", empty=empty)
