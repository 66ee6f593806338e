"""How tasks look: state marks and sentences that pages, registers and reports share."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from phaodai.command.actions.chasing import facts_of
from phaodai.command.models import Recurrence, Task
from phaodai.command.rules.followup import Standing, Verdict, judge
from phaodai.foundation import clock
from phaodai.foundation.components import State
from phaodai.foundation.formats import clock as hour
from phaodai.foundation.formats import day, short_day, span, time_left
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.registers.showing import language


def verdict_of(task: Task, moment: datetime) -> Verdict:
    """How the task stands now."""
    return judge(facts_of(task), moment)


def standing_words(task: Task, verdict: Verdict, moment: datetime) -> str:
    """The state of a task in two or three words."""
    fixed = {
        Standing.WITHDRAWN: _("withdrawn"),
        Standing.DONE_IN_TIME: _("done"),
        Standing.DONE_LATE: _("done, %(late)s late") % {"late": span(verdict.late_by, language())},
        Standing.OPEN_ENDED: _("in time") if task.recurrence == Recurrence.EVERY_CASE else _("no deadline"),
    }
    if verdict.standing in fixed:
        return fixed[verdict.standing]
    if task.state == Task.State.REPORTED:
        return _("waits for an answer")
    if task.deadline and verdict.standing in (Standing.LATE, Standing.SOON):
        return time_left(task.deadline, moment, language())
    return _("in time")


def standing_of(task: Any) -> str:
    """The state of a task in words, now: what sheets and the API carry."""
    moment = clock.now()
    return standing_words(task, verdict_of(task, moment), moment)


def state_mark(task: Any, moment: datetime) -> State:
    """The state of a task as a mark: plum when late or silent, blue when near."""
    verdict = verdict_of(task, moment)
    words = standing_words(task, verdict, moment)
    if verdict.standing == Standing.LATE:
        return State(words, "late")
    if verdict.silent:
        return State(_("silent for %(span)s") % {"span": span(verdict.silent_for, language())}, "late")
    if verdict.standing in (Standing.DONE_IN_TIME, Standing.DONE_LATE):
        return State(words, icon="check")
    return State(words, "act" if verdict.standing == Standing.SOON else "")


def short_deadline(task: Task) -> str:
    """The deadline as a list prints it: the hour and the day, the year where it is another."""
    if task.deadline is None or task.recurrence == Recurrence.EVERY_CASE:
        return deadline_words(task)
    local = task.deadline.astimezone(clock.VIETNAM)
    words = short_day(local, language()) if local.year == clock.today().year else day(local, language())
    return f"{hour(local)} {words}"


def deadline_words(task: Task) -> str:
    """The deadline, or what stands in its place."""
    if task.recurrence == Recurrence.EVERY_CASE:
        return _("every case")
    if task.deadline is None:
        return task.no_deadline_reason or _("none")
    return moment_words(task.deadline, language())
