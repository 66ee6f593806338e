"""Hôm nay: what this officer must do now, then what changed, then the rest. For command, the board."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.command.actions.reports import figures_for
from phaodai.command.models import Task
from phaodai.command.models.figures import TaskCounts, changes_between
from phaodai.command.pages.queue import queue_of
from phaodai.command.pictures import late_chart
from phaodai.foundation import clock
from phaodai.foundation.components import Cell, Column, Empty, KeyFigure, KeyFigures, Queue, Row, Stacked, Table
from phaodai.foundation.formats import day, span, weekday
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation

BOARD_ROWS = 8


@page(None)
def today(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The queue of the officer's post; whoever gives tasks sees the board beside it."""
    moment = clock.now()
    shown = {"queue": _queue(actor, moment), "heading": _heading(moment), **_board(actor, moment)}
    name = "site/today_part.html" if request.GET.get("moi") else "site/today.html"
    return render(request, name, shown)


def _heading(moment: datetime) -> str:
    words = f"{weekday(moment.date(), language(), long=True)} {day(moment.date(), language())}"
    return words[:1].upper() + words[1:]


def _queue(actor: Actor, moment: datetime) -> Queue:
    return Queue(
        queue_of(actor, moment), Empty(_("Nothing waits for you. %(next)s") % {"next": _next_deadline(actor, moment)})
    )


def _next_deadline(actor: Actor, moment: datetime) -> str:
    task = Task.objects.owed_by(actor.organisation).live().filter(deadline__gte=moment).order_by("deadline").first()
    if task is None or task.deadline is None:
        return ""
    return _("The nearest deadline is %(day)s: %(task)s.") % {"day": day(task.deadline, language()), "task": task.title}


def _board(actor: Actor, moment: datetime) -> dict[str, Any]:
    if not actor.may(Permission.COMMAND_TASK_ASSIGN):
        return {}
    organisation = Organisation.objects.get(pk=actor.organisation)
    figures = figures_for(organisation, moment)
    totals = TaskCounts(**figures["totals"])
    before = _before(organisation, moment)
    return {
        "figures": _key_figures(actor, totals, figures["changes"], before),
        "units": _units(figures["rows"]),
        "chart": late_chart(figures["rows"], moment),
        "rest": max(len(figures["rows"]) - BOARD_ROWS, 0),
    }


def _before(organisation: Organisation, moment: datetime) -> dict[str, int]:
    """What happened the day before, to compare with."""
    area = {f"{tier}_id": value for tier, value in vars(organisation.area).items() if value is not None}
    yesterday = moment - timedelta(days=1)
    return changes_between(Task.objects.filter(**area), yesterday - timedelta(days=1), yesterday).as_dict()


def _key_figures(actor: Actor, totals: TaskCounts, changes: dict[str, int], before: dict[str, int]) -> KeyFigures:
    tasks = reverse("nhiem-vu-list")
    waiting = Task.objects.given_by(actor.organisation).to_review().count()
    return KeyFigures(
        [
            KeyFigure(
                _("Tasks running"),
                str(totals.in_time + totals.late + totals.open_ended),
                tasks,
                note=_("of %(all)d given") % {"all": totals.total},
            ),
            KeyFigure(
                _("Done in 24 hours"),
                str(changes["done"]),
                tasks,
                _("day before %(count)d") % {"count": before["done"]},
            ),
            KeyFigure(
                _("Late"),
                str(totals.late),
                f"{tasks}?xem=tre",
                _("%(count)d new") % {"count": changes["became_late"]},
                late=totals.late > 0,
            ),
            KeyFigure(_("Silent for 48 hours"), str(totals.silent), f"{tasks}?xem=im-lang", late=totals.silent > 0),
            KeyFigure(_("To answer"), str(waiting), f"{tasks}?xem=cho-duyet"),
            KeyFigure(
                _("Gone to the head above"),
                str(changes["escalated"]),
                tasks,
                _("in 24 hours"),
                late=changes["escalated"] > 0,
            ),
        ]
    )


def _units(rows: list[dict[str, Any]]) -> Table:
    columns = [
        Column("unit", _("Unit, head")),
        Column("parts", _("Done / in time / late")),
        Column("late", _("Late"), numeric=True),
        Column("silent", _("Silent"), numeric=True),
        Column("longest", _("Longest"), numeric=True),
    ]
    return Table(
        _("Late tasks by unit"),
        columns,
        [_unit_row(row) for row in rows[:BOARD_ROWS]],
        element="late-units",
        empty=Empty(_("No task was given yet.")),
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
            Cell(str(counts["silent"]), numeric=True, kind="late" if counts["silent"] else "quiet"),
            Cell(longest, numeric=True, kind="" if counts["late"] else "quiet"),
        ],
    )
