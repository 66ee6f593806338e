"""One unit's level on a day: why, what would change it, what was decided, and the form that decides."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.containment.models import Level, LevelDecision, WeeklyIndicator
from phaodai.containment.pages.criteria import changes_of, counted_of, criteria_of, decision_of_day, matrix_of
from phaodai.containment.pages.history import log_of, steps_of, tasks_table, tree_url
from phaodai.containment.pages.queue import may_decide
from phaodai.containment.pages.series import assessed
from phaodai.containment.showing import assessed_mark, awaited_doors, level_mark, map_url
from phaodai.foundation import clock
from phaodai.foundation.components import Empty, Fact, Facts
from phaodai.foundation.fields import MomentField
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import weekday_and_day
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.foundation.shell import ThreadStop
from phaodai.rulebook.provincial import rulebook_for
from phaodai.rulebook.showing.names import CONFIDENCES
from phaodai.territory.models import Unit
from phaodai.territory.pages.asking import day_of

SHOWN_DAYS = 28
LEVELS = [(one, gettext_lazy("level %(number)d") % {"number": one}) for one in range(1, 5)]


class DecideForm(forms.Form):
    """Sign as proposed, or otherwise with a reason."""

    level = forms.TypedChoiceField(label=gettext_lazy("Level"), choices=LEVELS, coerce=int)
    takes_effect_at = MomentField(label=gettext_lazy("Counts from"))
    reason = forms.CharField(
        label=gettext_lazy("Reason, if you decide otherwise"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SendBackForm(forms.Form):
    """Leave the level as it is, and say why."""

    prefix = "tra-lai"
    reason = forms.CharField(label=gettext_lazy("Why the level stays"), max_length=500)


@page(Permission.CONTAINMENT_LEVEL_READ)
def unit(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The level of one unit, seen on `?ngay=`."""
    found, day = unit_of(actor, pk), min(day_of(request), clock.today())
    return render(request, "containment/unit.html", context_of(found, day, actor))


def unit_of(actor: Actor, pk: int) -> Unit:
    """A unit of the officer's province; levels of other provinces are theirs to show."""
    found = Unit.objects.select_related("parent").filter(pk=pk).first()
    if found is None or (actor.reach != "all" and found.province_id != actor.area.province):
        raise NotHere(_("There is no unit of your province at this address."))
    return found


def context_of(unit: Unit, day: date, actor: Actor, **forms_of_page: Any) -> dict[str, Any]:
    """Everything the page shows; a refused form of the caller takes the place of a fresh one."""
    level = Level.objects.select_related("unit").filter(unit=unit, on=day).first()
    decisions = list(LevelDecision.objects.filter(unit=unit).select_related("organisation", "decided_by"))
    proposal = next((one for one in decisions if one.state == LevelDecision.State.PROPOSED), None)
    in_force = LevelDecision.objects.levels_on(day, [unit.pk]).get(unit.pk)
    shown = {
        "unit": unit,
        "name": name_of(unit),
        "day": day,
        "level": level,
        "in_force": level_mark(in_force, large=True),
        "in_force_level": in_force,
        "assessed_level": level.level if level else None,
        "days": _days(unit, day),
        "history": log_of(decisions, actor),
        "steps": steps_of(decisions, day),
        "tasks": tasks_table(decisions, clock.now()),
        "tree_url": tree_url(decisions),
        "proposal": proposal if proposal and may_decide(actor) else None,
        "waiting": proposal,
        "map_url": map_url(day),
        "empty": Empty(
            _("No level was computed for this day. Levels are computed each night from the weekly figures.")
        ),
        "indicators_url": f"{reverse('chi-bao-tuan-list')}?q={unit.bare_name}",
    }
    if proposal is not None:
        shown |= _forms(proposal) | forms_of_page
    return shown | (_reasons(level, actor) if level else {})


def name_of(unit: Unit) -> str:
    """The unit and the one above it as a sentence names them: xã Tân Lộc, huyện Thuận Hòa."""
    names = [unit.name, *([unit.parent.name] if unit.parent else [])]
    return ", ".join(name if language() == "en" else name[:1].lower() + name[1:] for name in names)


def _forms(proposal: LevelDecision) -> dict[str, Any]:
    start = max(proposal.takes_effect_at, _next_start(proposal))
    initial = {"level": proposal.proposed_level, "takes_effect_at": start}
    return {"form": DecideForm(initial=initial), "send_back_form": SendBackForm(), "start": start}


def _next_start(proposal: LevelDecision) -> Any:
    from phaodai.containment.rules.notice import earliest_start

    return earliest_start(clock.now(), proposal.from_level, proposal.proposed_level, proposal.notice_hours)


def _reasons(level: Level, actor: Actor) -> dict[str, Any]:
    book = rulebook_for(level.province_id)
    counted = counted_of(level, book)
    week = level.week_ending
    indicator = WeeklyIndicator.objects.filter(unit=level.unit_id, week_ending=week).first() if week else None
    decision = decision_of_day(level, book, level.on)
    return {
        "mark": level_mark(level.level, large=True) if level.level else assessed_mark(level),
        "why": level.why(language()),
        "awaited": awaited_doors(level),
        "criteria": list(criteria_of(level, book, counted)),
        "matrix": matrix_of(level, book),
        "changes": changes_of(level, book, decision, counted),
        "basis": _basis(level, book.documents),
        "indicator_url": reverse("chi-bao-tuan-record", args=[indicator.pk]) if indicator else "",
        "thread": _thread(level, indicator, actor),
    }


def _basis(level: Level, documents: Any) -> Facts:
    """The documents that the level rests on, with the period in which the first one counts."""
    record = level.record
    facts = [
        Fact(number, documents[number].subject.of(language()) if number in documents else "", wide=True)
        for number in record["documents"]
    ]
    if record["in_force_from"]:
        last = record["in_force_to"]
        period = _("from %(first)s to %(last)s") if last else _("from %(first)s")
        about = {name: day_words(date.fromisoformat(value), language()) for name, value in
                 (("first", record["in_force_from"]), ("last", last)) if value}  # fmt: skip
        facts.append(Fact(_("In force"), period % about))
    facts.append(Fact(_("How surely it is known"), CONFIDENCES[record["confidence"]]))
    if level.week_ending:
        facts.append(Fact(_("Figures of the week ending"), weekday_and_day(level.week_ending, language())))
    return Facts(facts)


def _thread(level: Level, indicator: WeeklyIndicator | None, actor: Actor) -> list[ThreadStop]:
    name = level.record["document"] or _("no document")
    figures = reverse("chi-bao-tuan-record", args=[indicator.pk]) if indicator else ""
    report = reverse("command-report-today") if actor.may(Permission.COMMAND_REPORT_READ) else ""
    return [
        ThreadStop(name, "#can-cu", current=False),
        ThreadStop(_("level of %(unit)s") % {"unit": level.unit.name}, "", current=True),
        ThreadStop(_("weekly figures"), figures, current=False),
        ThreadStop(_("report"), report, current=False),
    ]


def _days(unit: Unit, day: date) -> list[dict[str, Any]]:
    """The last four weeks, one digit a day, with the place of each in the drawing."""
    series = assessed([unit.pk], day)
    days = [day - timedelta(days=back) for back in range(SHOWN_DAYS - 1, -1, -1)]
    return [{"day": one, "level": series.level(one, 0), "x": place * 12} for place, one in enumerate(days)]
