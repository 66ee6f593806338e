"""Hôm nay: what this officer must do now, then what changed, then the rest. For command the board, for a commune its doors."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from phaodai.care.pages.home_queue import home_queue
from phaodai.care.pages.patients_queue import patients_queue
from phaodai.command.models import Task
from phaodai.command.pages.queue import queue_of
from phaodai.containment.pages.arrivals import arrivals_queue
from phaodai.containment.pages.gatherings_queue import gatherings_queue
from phaodai.containment.pages.queue import levels_queue
from phaodai.containment.pages.stays_queue import quarantine_queue
from phaodai.containment.pages.zones_queue import zones_queue
from phaodai.foresight.pages.scenario_queue import scenario_queue
from phaodai.foundation import clock
from phaodai.foundation.components import Empty, Queue
from phaodai.foundation.formats import day, weekday
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.people.doors import doors_of
from phaodai.playbook.pages.queue import steps_queue
from phaodai.site.board import board_of
from phaodai.supply.pages.queue import supply_queue
from phaodai.surveillance.pages.queue import surveillance_queue
from phaodai.vaccination.pages.plan_queue import plan_queue

SHOWN_FIRST = 4


@page(None)
def today(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The queue of the officer's post; whoever gives tasks sees the board beside it, a commune its hamlets."""
    moment = clock.now()
    shown = {"heading": _heading(moment), "doors": doors_of(actor), **_queues(actor, moment)}
    if actor.may(Permission.COMMAND_TASK_ASSIGN):
        shown |= board_of(actor, moment)
    name = "site/today_part.html" if request.GET.get("moi") else "site/today.html"
    return render(request, name, shown)


def _heading(moment: datetime) -> str:
    words = f"{weekday(moment.date(), language(), long=True)} {day(moment.date(), language())}"
    return words[:1].upper() + words[1:]


def _queues(actor: Actor, moment: datetime) -> dict[str, Any]:
    """The most pressing items, and the others behind a fold, so that the figures stay near."""
    items = [
        *home_queue(actor, moment),
        *patients_queue(actor, moment),
        *levels_queue(actor, moment),
        *zones_queue(actor, moment),
        *quarantine_queue(actor, moment),
        *scenario_queue(actor, moment),
        *surveillance_queue(actor, moment),
        *arrivals_queue(actor, moment),
        *gatherings_queue(actor, moment),
        *plan_queue(actor, moment),
        *supply_queue(actor, moment),
        *steps_queue(actor, moment),
        *queue_of(actor, moment),
    ]
    items.sort(key=lambda item: item.clock is None or item.clock.kind != "late")
    nothing = Empty(_("Nothing waits for you. %(next)s") % {"next": _next_deadline(actor, moment)})
    rest = items[SHOWN_FIRST:]
    return {"waiting": len(items), "queue": Queue(items[:SHOWN_FIRST], nothing), "later": Queue(rest) if rest else None}


def _next_deadline(actor: Actor, moment: datetime) -> str:
    task = Task.objects.owed_by(actor.organisation).live().filter(deadline__gte=moment).order_by("deadline").first()
    if task is None or task.deadline is None:
        return ""
    return _("The nearest deadline is %(day)s: %(task)s.") % {"day": day(task.deadline, language()), "task": task.title}
