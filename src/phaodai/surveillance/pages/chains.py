"""Chains: the small drawing on the page of a case, and the whole chain on a page of its own."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from epidemic.chains import Offspring, SerialIntervals, offspring, serial_intervals
from phaodai.foundation import clock
from phaodai.foundation.components import Action, Fact, Facts, KeyFigure, KeyFigures, SidePanel
from phaodai.foundation.fields import DayField
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import number, percent
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models import Case, Setting, Transmission
from phaodai.surveillance.models.chains import CaseMark, Walked, marks_of, walk
from phaodai.surveillance.pages.chain_drawing import Drawing, draw
from phaodai.surveillance.pages.seeing import seen_case
from phaodai.surveillance.rules.chain_layout import DRAWN_SMALL, DRAWN_WHOLE, WINDOW, near, within
from phaodai.territory.models import Unit

SMALL_WIDTH, WIDE = 440, 1_180


class LinkForm(forms.Form):
    """Who infected this case."""

    prefix = "nguon"
    source_code = forms.CharField(label=gettext_lazy("Infected by case"), max_length=60)
    certainty = forms.ChoiceField(
        label=gettext_lazy("Certainty"), choices=Transmission.Certainty.choices, initial=Transmission.Certainty.LIKELY
    )
    setting = forms.ChoiceField(label=gettext_lazy("Setting"), choices=[("", "–"), *Setting.choices], required=False)
    on = DayField(label=gettext_lazy("Day of contact"), required=False)


def panel_of(case: Case, actor: Actor) -> dict[str, Any]:
    """What `surveillance/case_chain.html` shows: the chain, or what is near the case where the chain is long."""
    del actor
    walked = walk(case.pk)
    shown = walked
    if len(walked.chain.nodes) > DRAWN_SMALL:
        shown = walked.among(near(case.pk, walked.chain.links))
    drawing = draw(shown.chain, shown.marks, shown.links, current=case.pk, width=SMALL_WIDTH) if walked.links else None
    suspected = sum(mark.classification == Case.Classification.SUSPECTED for mark in walked.marks.values())
    return {
        "chain_drawing": drawing,
        "chain_size": len(walked.chain.nodes),
        "chain_suspected": suspected,
        "chain_partly": shown is not walked,
        "sources": _sources(case, walked),
        "link_form": LinkForm(),
    }


def _sources(case: Case, walked: Walked) -> list[dict[str, Any]]:
    """The standing links into a case, with the number of each source."""
    rows = Transmission.objects.standing().filter(target=case).order_by("id")
    return [
        {"link": one, "code": walked.marks[one.source_id].code, "case": one.source_id}
        for one in rows
        if one.source_id in walked.marks
    ]


@page(Permission.SURVEILLANCE_CASE_READ)
def chain(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The whole chain that a case belongs to: figures, drawing, list."""
    case = seen_case(actor, pk)
    walked = walk(pk)
    shown, window = _window(walked, request.GET.get("den", ""))
    return render(
        request,
        "surveillance/chain.html",
        {
            "case": case,
            "drawing": _drawing(shown, pk),
            "figures": figures_of(walked),
            "size": len(walked.chain.nodes),
            "links": len(walked.chain.links),
            "window": window,
            "generations": _generations(walked, shown),
            "loops": [" → ".join(walked.marks[one].code for one in loop) for loop in walked.chain.loops],
        },
    )


def _window(walked: Walked, asked: str) -> tuple[Walked, dict[str, Any] | None]:
    """All of a chain, or where it is too long to draw the fourteen days up to the asked one."""
    if len(walked.chain.nodes) <= DRAWN_WHOLE:
        return walked, None
    days = {case: mark.day for case, mark in walked.marks.items()}
    known = [day for day in days.values() if day is not None]
    last = _asked_day(asked, max(known)) if known else clock.today()
    members = within(walked.chain.nodes, days, last)
    shown = {"first": last - WINDOW + timedelta(days=1), "last": last, "count": len(members), "before": last - WINDOW}
    later = last + WINDOW if known and last < max(known) else None
    return walked.among(members), shown | {"after": later}


def _asked_day(text: str, latest: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return latest


def _drawing(shown: Walked, current: int) -> Drawing | None:
    tight = len(shown.chain.nodes) > DRAWN_SMALL
    return draw(shown.chain, shown.marks, shown.links, current=current, least=WIDE, row=22 if tight else 34)


def figures_of(walked: Walked) -> KeyFigures:
    """What a chain says: index cases, generations, serial interval, how unevenly its cases infected."""
    chain, serial = walked.chain, serial_intervals(walked.chain.links, walked.onsets)
    spread = offspring(chain)
    index = ", ".join(walked.marks[one].code for one in chain.index_cases[:3])
    more = len(chain.index_cases) - 3
    return KeyFigures(
        [
            KeyFigure(_("Cases"), str(len(chain.nodes)), detail=_("%(links)d links") % {"links": len(chain.links)}),
            KeyFigure(
                _("Index cases"), str(len(chain.index_cases)), reverse("surveillance-case", args=[chain.index_cases[0]]),
                detail=index + (f" +{more}" if more > 0 else ""),
            ),
            KeyFigure(_("Generations"), str(max(chain.generation.values()) + 1)),
            KeyFigure(_("Serial interval"), _days(serial), detail=_serial_detail(serial)),
            KeyFigure(_("Most infectious fifth"), _top(spread), detail=_dispersion(spread)),
        ]
    )  # fmt: skip


def _days(serial: SerialIntervals) -> str:
    if serial.mean is None:
        return "–"
    return _("%(days)s days") % {"days": number(serial.mean, 1, language())}


def _serial_detail(serial: SerialIntervals) -> str:
    if serial.sd is None:
        return _("%(n)d pairs with both onsets") % {"n": serial.n}
    about = {"n": serial.n, "sd": number(serial.sd, 1, language())}
    return _("%(n)d pairs with both onsets, standard deviation %(sd)s") % about


def _top(spread: Offspring) -> str:
    return "–" if spread.top_share is None else percent(spread.top_share, 0, language())


def _dispersion(spread: Offspring) -> str:
    if spread.dispersion is None:
        return _("of all transmissions")
    return _("of all transmissions; dispersion k %(k)s") % {"k": number(spread.dispersion, 2, language())}


def _generations(walked: Walked, shown: Walked) -> list[dict[str, Any]]:
    """The cases of each generation, of which those that are drawn are listed: what a telephone reads instead of the drawing."""
    members: dict[int, list[int]] = {}
    for case, generation in walked.chain.generation.items():
        members.setdefault(generation, []).append(case)
    sources: dict[int, list[str]] = {}
    for source, target in walked.chain.links:
        sources.setdefault(target, []).append(walked.marks[source].code)
    return [
        {"number": one, "count": len(members[one]), "cases": _listed(members[one], shown, sources)}
        for one in sorted(members)
    ]


def _listed(cases: list[int], shown: Walked, sources: Mapping[int, list[str]]) -> list[dict[str, Any]]:
    """Cases by day, each with those it caught it from."""
    marks = sorted(
        (shown.marks[case] for case in cases if case in shown.marks), key=lambda mark: (str(mark.day), mark.code)
    )
    return [{"mark": mark, "sources": ", ".join(sorted(sources.get(mark.id, [])))} for mark in marks]


@page(Permission.SURVEILLANCE_CASE_READ)
def brief(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One dot of a drawing: what it is, and what to do next. A case elsewhere shows its number and days alone."""
    mark = marks_of([pk]).get(pk)
    if mark is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    mine = Case.objects.visible_to(actor).filter(pk=pk).select_related("person").first()
    body = _brief_facts(mark, mine)
    panel = SidePanel(_("Case %(code)s") % {"code": mark.code}, body, _brief_actions(pk, mine))
    if mine and not request.htmx:  # type: ignore[attr-defined]
        return redirect("surveillance-case", pk=pk)
    alone = not request.htmx  # type: ignore[attr-defined]
    return render(request, "surveillance/chain_brief.html", {"side_panel": panel, "mark": mark, "alone": alone})


def _brief_facts(mark: CaseMark, mine: Case | None) -> Facts:
    known = dict(Case.Classification.choices)
    facts = [
        Fact(_("Classification"), known.get(mark.classification, "")),
        Fact(_("Onset"), day_words(mark.onset_on, language()) if mark.onset_on else _("not known")),
        Fact(_("Unit"), _unit_name(mark.commune)),
    ]
    return Facts([Fact(_("Person"), mine.person.masked), *facts] if mine else facts)


def _unit_name(unit: int | None) -> str:
    names = Unit.objects.filter(pk__in=[] if unit is None else [unit]).values_list("name", flat=True)
    return names.first() or "–"


def _brief_actions(pk: int, mine: Case | None) -> list[Action]:
    if mine is None:
        return []
    return [
        Action(_("Open the case"), reverse("surveillance-case", args=[pk]), "chevron-right", "go"),
        Action(_("Whole chain"), reverse("surveillance-chain", args=[pk]), "split"),
    ]
