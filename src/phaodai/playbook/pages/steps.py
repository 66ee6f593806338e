"""What follows when, on one page; and the answers to what is proposed."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.components import Cell, Column, Empty, Kind, Name, Queue, Row, State, Table
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.formats import number
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.playbook import actions
from phaodai.playbook.consequences import FOLLOWS, Consequence, consequence
from phaodai.playbook.facts import words_of
from phaodai.playbook.models import Step
from phaodai.playbook.pages.queue import item_of, may_answer

COUNTED = timedelta(days=30)
WAITING_SHOWN, RECENT_SHOWN = 20, 30
UNREADABLE = 422
MARKS: dict[str, tuple[Kind, str]] = {
    "done": ("", "check"),
    "declined": ("", "close"),
    "refused": ("late", "warning"),
    "proposed": ("act", "clock"),
}


class DeclineForm(forms.Form):
    """Why a step is not taken."""

    reason = forms.CharField(label=gettext_lazy("Why is this step not taken?"), max_length=300)


@page(Permission.PLAYBOOK_STEP_READ)
def playbook(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The table of consequences with what became of each lately, and the proposals that wait."""
    moment, seen = clock.now(), Step.objects.visible_to(actor)
    waiting = [step for step in seen.waiting().order_by("-id")[:WAITING_SHOWN] if may_answer(actor, step)]
    recent = seen.exclude(state=Step.State.PROPOSED).select_related("answered_by").order_by("-id")[:RECENT_SHOWN]
    counts = seen.filter(created_at__gt=moment - COUNTED).values_list("consequence", "state").annotate(n=Count("id"))
    context = {
        "waiting": Queue([item_of(step, moment) for step in waiting], Empty(_("No step waits for your answer."))),
        "table": _table({(key, state): n for key, state, n in counts}),
        "recent": _recent(recent),
    }
    return render(request, "playbook/playbook.html", context)


def _table(counts: dict[tuple[str, str], int]) -> Table:
    columns = [
        Column("fact", _("When this happens")),
        Column("follows", _("that follows")),
        Column("how", _("How")),
        *(Column(state, label, numeric=True) for state, label in Step.State.choices),
    ]
    rows = [
        Row(f"{kind} {one.key}", [*_words(kind, one, first=place == 0), *_counted(one.key, counts)])
        for kind, consequences in FOLLOWS.items()
        for place, one in enumerate(consequences)
    ]
    return Table(_("What follows when"), columns, rows, element="playbook-table")


def _words(kind: str, one: Consequence, *, first: bool) -> list[Cell]:
    how = _("an officer is asked") if one.asked else _("by itself")
    return [Cell(words_of(kind) if first else ""), Cell(one.title), Cell(how)]


def _counted(key: str, counts: dict[tuple[str, str], int]) -> list[Cell]:
    found = [counts.get((key, state), 0) for state in Step.State.values]
    return [Cell(number(count, 0, language()) if count else "–", numeric=True) for count in found]


def _recent(steps: Iterable[Step]) -> Table:
    columns = [
        Column("step", _("Step")),
        Column("about", _("About")),
        Column("state", _("State")),
        Column("by", _("Answered by")),
        Column("why", _("Why")),
    ]
    rows = [Row(str(step.pk), _cells(step), url=step_url(step)) for step in steps]
    empty = Empty(_("Nothing has followed yet."))
    return Table(_("What followed lately"), columns, rows, element="playbook-recent", empty=empty)


def _cells(step: Step) -> list[Cell]:
    one, (kind, icon) = consequence(step.consequence), MARKS[step.state]
    when = moment_words(step.answered_at or step.created_at, language())
    return [
        Cell(Name(one.title if one else step.consequence, step_url(step))),
        Cell(step.about),
        Cell(State(step.get_state_display(), kind, icon), note=when),
        Cell(step.answered_by.full_name if step.answered_by else _("by itself")),
        Cell(step.reason or step.words),
    ]


def step_url(step: Step) -> str:
    """The page of one step."""
    return reverse("playbook-step", args=[step.pk])


def _seen(actor: Actor, pk: int) -> Step:
    found = Step.objects.visible_to(actor).select_related("answered_by", "fact").filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return found


def _context(step: Step, actor: Actor, form: DeclineForm | None = None) -> dict[str, Any]:
    one = consequence(step.consequence)
    return {
        "step": step,
        "title": one.title if one else step.consequence,
        "because": words_of(step.fact.kind),
        "waits": step.state == Step.State.PROPOSED and may_answer(actor, step),
        "form": form or DeclineForm(),
    }


@page(Permission.PLAYBOOK_STEP_READ)
def step(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One step: why it is proposed, what became of it, and the answers."""
    return render(request, "playbook/step.html", _context(_seen(actor, pk), actor))


@page(Permission.PLAYBOOK_STEP_DECIDE, deed=True)
def accept(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take the step, and go on where it leads."""
    _seen(actor, pk)
    done = actions.accept_step(actor=actor, moment=clock.now(), pk=pk)
    one = consequence(done.consequence)
    messages.success(request, _("Done: %(step)s.") % {"step": one.title if one else done.consequence})
    if one and one.opens_made and done.made_id:
        return redirect(one.opens_made, pk=done.made_id)
    return redirect(_opened(one, done)) if one and one.opens else redirect("playbook")


def _opened(one: Consequence, step: Step) -> str:
    """Where the officer goes on after saying yes."""
    if one.opens_with:
        return f"{reverse(one.opens)}?{one.opens_with}={step.subject_id}"
    return reverse(one.opens, kwargs={"pk": step.subject_id})


@page(Permission.PLAYBOOK_STEP_DECIDE, deed=True)
def decline(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Leave the step, with a reason."""
    seen, form = _seen(actor, pk), DeclineForm(request.POST)
    if form.is_valid():
        moment, reason = clock.now(), form.cleaned_data["reason"]
        if act(form, lambda: actions.decline_step(actor=actor, moment=moment, pk=pk, reason=reason)) is not None:
            messages.success(request, _("Noted. It is not proposed again for this."))
            return redirect("playbook")
    return render(request, "playbook/step.html", _context(seen, actor, form), status=UNREADABLE)
