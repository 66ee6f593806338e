"""The tracing clock on the page of a case: five steps from the positive result, each with its target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.components import Action, QueueItem, State, Text
from phaodai.foundation.formats import clock as time_words
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.formats import span, time_left
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.clock import propose_zone
from phaodai.surveillance.models import Case
from phaodai.surveillance.models.clocks import WATCHED, Clock, clocks_of
from phaodai.surveillance.pages.case_parts import add_case_part, add_next_steps
from phaodai.surveillance.rules.clock import Progress, Step

STEPS: dict[Step, Text] = {
    Step.LISTED: gettext_lazy("List F1"),
    Step.TOLD: gettext_lazy("Tell F1"),
    Step.QUARANTINED: gettext_lazy("Quarantine F1"),
    Step.SECOND_TOLD: gettext_lazy("Tell F2"),
    Step.ZONE: gettext_lazy("Propose a zone"),
}
NEAR = timedelta(hours=3)


@dataclass(frozen=True)
class ShownStep:
    """One cell of the strip; `css` is now, breach or empty."""

    label: Text
    outcome: str
    target: str
    css: str
    icon: str


class ZoneForm(forms.Form):
    """Which area should be closed off."""

    prefix = "vung"
    words = forms.CharField(
        label=gettext_lazy("Which houses, alleys or hamlets"),
        max_length=300,
        widget=forms.TextInput({"placeholder": gettext_lazy("Hamlet, alley, households")}),
    )


@add_case_part("clock")
def clock_part(case: Case, actor: Actor, moment: datetime) -> dict[str, Any] | None:
    """The strip of a case with a positive result; None before there is one."""
    found = clocks_of([case])
    if not found:
        return None
    owed = found[0].next_step
    zone = next(step for step in found[0].steps if step.step == Step.ZONE)
    may_trace = actor.may(Permission.SURVEILLANCE_CONTACT_TRACE) and actor.area.holds(case)
    return {
        "template": "surveillance/case_clock.html",
        "positive_at": case.positive_at,
        "steps": [_shown(step, moment, current=step is owed) for step in found[0].steps],
        "document": found[0].targets.document,
        "case_id": case.pk,
        "may_name": may_trace,
        "zone_form": ZoneForm() if may_trace and zone.reached_at is None else None,
    }


def _shown(step: Progress, moment: datetime, *, current: bool) -> ShownStep:
    breach = step.breached(moment)
    css = "breach" if breach else "now" if current else ""
    drawing = "check" if step.reached_at else "warning" if breach else "clock"
    return ShownStep(STEPS[step.step], outcome_of(step, moment), _target(step), css, drawing)


def outcome_of(step: Progress, moment: datetime) -> str:
    """after 22 minutes; 29/41, 15 hours left; nobody."""
    if step.reached_at is not None:
        return _("nobody") if not step.total else _reached(step)
    count = f"{step.done}/{step.total}, " if step.total > 1 else ""
    return count + time_left(step.due_at, moment, language())


def _reached(step: Progress) -> str:
    assert step.reached_at is not None, "asked of steps that were reached"
    return f"{step.done}/{step.total}" if step.total > 1 else moment_words(step.reached_at, language())


def _target(step: Progress) -> str:
    about = {"time": time_words(step.due_at), "day": day_words(step.due_at, language())}
    return _("target %(time)s on %(day)s") % about


@add_next_steps
def next_steps(case: Case, actor: Actor, moment: datetime) -> list[QueueItem]:
    """What the clock asks for next."""
    if not actor.may(Permission.SURVEILLANCE_CONTACT_TRACE) or not case.positive_at:
        return []
    if moment - case.positive_at > WATCHED:
        return []
    return [_item(one, moment) for one in clocks_of([case]) if one.next_step]


def clock_queue(cases: Sequence[Case], moment: datetime) -> list[QueueItem]:
    """The cases whose clocks still run, the most pressing step first."""
    owed = [one for one in clocks_of(cases) if one.next_step]
    return [
        _item(one, moment) for one in sorted(owed, key=lambda one: one.next_step.due_at if one.next_step else moment)
    ]


def _item(found: Clock, moment: datetime) -> QueueItem:
    step = found.next_step
    assert step is not None, "asked of clocks that run"
    near: str = "late" if step.breached(moment) else "act" if step.due_at - moment < NEAR else ""
    count = _("%(done)d of %(total)d done.") % {"done": step.done, "total": step.total} if step.total > 1 else ""
    since = _("Positive since %(when)s.") % {"when": span(moment - (found.case.positive_at or moment), language())}
    url = reverse("surveillance-case", args=[found.case.pk])
    return QueueItem(
        _("%(step)s: case %(case)s") % {"step": STEPS[step.step], "case": found.case.code},
        State(time_left(step.due_at, moment, language()), near),  # type: ignore[arg-type]  # one of the three kinds
        f"{count} {since}".strip(),
        url,
        [Action(_("Open the case"), url, "arrow-right", "go", small=True)],
    )


@page(Permission.SURVEILLANCE_CONTACT_TRACE, deed=True)
def zone(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Say which area should be closed off around a case."""
    form = ZoneForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("Say which houses, alleys or hamlets, and how many households."))
    propose_zone(actor=actor, moment=clock.now(), case_id=pk, words=form.cleaned_data["words"])
    messages.success(request, _("The zone is proposed to the committee."))
    return redirect("surveillance-case", pk=pk)
