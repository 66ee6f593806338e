"""The page of an outbreak: its cases, its curve, its chain, its places, and whether it is over."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.charts import Chart, DailyCount, daily_curve, daily_rows
from phaodai.foundation.components import (
    Cell,
    Column,
    KeyFigure,
    KeyFigures,
    Masked,
    Name,
    Reason,
    Row,
    State,
    Table,
    Why,
)
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import short_day
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions import outbreaks
from phaodai.surveillance.models import Case, Contact, Outbreak, Setting
from phaodai.surveillance.models.chains import walk
from phaodai.surveillance.pages.chain_drawing import draw
from phaodai.surveillance.pages.chains import SMALL_WIDTH, figures_of
from phaodai.surveillance.pages.seeing import UNREADABLE
from phaodai.surveillance.rules.chain_layout import DRAWN_WHOLE
from phaodai.territory.models import Unit

SHOWN_CASES = 100
CONTAINED = (Case.Detection.CONTACT, Case.Detection.QUARANTINE)


class OpenForm(forms.Form):
    """How an outbreak is called."""

    prefix = "mo"
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    setting = forms.ChoiceField(label=gettext_lazy("Setting"), choices=[("", "–"), *Setting.choices], required=False)


class RefuseForm(forms.Form):
    """Why the linked cases are none."""

    prefix = "khong"
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class AddForm(forms.Form):
    """A case to put in."""

    prefix = "them"
    code = forms.CharField(label=gettext_lazy("Case number"), max_length=60)


def _seen(actor: Actor, pk: int) -> Outbreak:
    found = Outbreak.objects.visible_to(actor).select_related("place", "decided_by").filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return found


@page(Permission.SURVEILLANCE_CASE_READ)
def outbreak(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Everything about one outbreak."""
    return render(request, "surveillance/outbreak.html", _context(_seen(actor, pk), actor))


def _context(found: Outbreak, actor: Actor, **forms_of_page: Any) -> dict[str, Any]:
    cases = list(
        Case.objects.filter(outbreak=found).live().select_related("person").order_by("onset_on", "sampled_on", "id")
    )
    mine = actor.area.holds(found) and actor.reach != "own"
    end = outbreaks.ending_of(found, clock.now()) if found.state == Outbreak.State.OPEN else None
    record = found.closing or (end.record if end else {})
    unit = Unit.objects.filter(pk=found.commune_id or found.district_id or found.province_id).first()
    shown = {
        "outbreak": found,
        "unit": unit,
        "may_decide": mine and actor.may(Permission.SURVEILLANCE_OUTBREAK_DECIDE),
        "end": end,
        "end_why": _end_why(found, record) if record else None,
        "figures": _figures(found, cases, end),
        "curve": _curve(cases),
        "table": _table(cases),
        "places": _places(found, cases),
        "contacts": _contacts(found),
        "open_form": OpenForm(initial={"name": found.name, "setting": found.setting}),
        "refuse_form": RefuseForm(),
        "add_form": AddForm(),
    }
    return shown | _chain(cases) | forms_of_page


def _figures(found: Outbreak, cases: Sequence[Case], end: Any) -> KeyFigures:
    suspected = sum(case.classification == Case.Classification.SUSPECTED for case in cases)
    loose = [case for case in cases if not case.isolated_at and not case.outcome]
    days = [day for case in cases if (day := case.onset_on or case.sampled_on or case.reported_on)]
    followed = Contact.objects.filter(case__outbreak=found, state__in=["told", "followed"]).count()
    listed = f"{reverse('ca-benh-list')}?q="
    return KeyFigures(
        [
            KeyFigure(_("Cases"), str(len(cases)), detail=_("%(count)d suspected") % {"count": suspected}),
            KeyFigure(
                _("Not isolated"), str(len(loose)), f"{listed}{loose[0].code}" if loose else "", late=bool(loose),
                detail=", ".join(case.code for case in loose[:3]),
            ),
            KeyFigure(_("Contacts followed"), str(followed)),
            KeyFigure(_("Latest onset"), short_day(max(days), language()) if days else "–"),
            KeyFigure(_("Over on"), _over(found, end)),
        ]
    )  # fmt: skip


def _over(found: Outbreak, end: Any) -> str:
    if found.closed_on:
        return day_words(found.closed_on, language())
    return day_words(_as_day(end.on), language()) if end and end.on else "–"


def _as_day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _end_why(found: Outbreak, record: dict[str, Any]) -> Why:
    outcome = record.get("outcome")
    words = _("over") if outcome and outcome["over"] else _("not over")
    said = words if outcome else State(_("cannot conclude"), "late", "warning")
    return Why(
        Reason(
            _("Whether %(outbreak)s is over") % {"outbreak": found.name}, said, record["why"][language()],
            record.get("clause"), record.get("document") or "",
        )
    )  # fmt: skip


def _curve(cases: Sequence[Case]) -> Chart | None:
    """New cases by day of onset (else of the sample), found among the followed or not."""
    dated = [(day, case.detected_by in CONTAINED) for case in cases if (day := case.onset_on or case.sampled_on)]
    if not dated:
        return None
    counts = Counter(dated)
    first, last = min(day for day, _known in dated), max(day for day, _known in dated)
    days = [first + timedelta(days=one) for one in range((last - first).days + 1)]
    daily = [DailyCount(day, counts[day, False], counts[day, True]) for day in days]
    about = {"count": len(dated), "first": day_words(first, language()), "last": day_words(last, language())}
    return Chart(
        _("%(count)d cases from %(first)s to %(last)s") % about,
        _("by day of onset; lighter: found among followed contacts or in quarantine"),
        _("New cases of the outbreak a day."),
        daily_curve(daily, language=language()),
        [_("Day"), _("In the community"), _("Among the followed"), _("All")],
        daily_rows(daily, language()),
        key="outbreak",
    )


def _table(cases: Sequence[Case]) -> Table:
    columns = [
        Column("case", _("Case number")), Column("person", _("Person")), Column("onset", _("Onset")),
        Column("class", _("Classification")), Column("isolated", _("Isolated")),
    ]  # fmt: skip
    return Table(_("Cases of the outbreak"), columns, [_row(case) for case in cases[:SHOWN_CASES]], element="cases")


def _row(case: Case) -> Row:
    url = reverse("surveillance-case", args=[case.pk])
    isolated = short_day(case.isolated_at, language()) if case.isolated_at else _("not yet")
    cells = [
        Cell(Name(case.code, url)),
        Cell(Masked(case.person.masked, case.person.get_sex_display())),
        Cell(short_day(case.onset_on, language()) if case.onset_on else "–"),
        Cell(case.get_classification_display()),
        Cell(isolated, kind="" if case.isolated_at or case.outcome else "late"),
    ]
    return Row(str(case.pk), cells, url=url)


def _places(found: Outbreak, cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Where its cases were infected and met others."""
    met: QuerySet[Any, Any] = Contact.objects.filter(case__outbreak=found).exclude(place=None)
    rows = met.values("place__name").annotate(contacts=Count("id")).order_by("-contacts", "place__name")
    infected = Counter(case.place.name for case in cases if case.place)
    contacts = {row["place__name"]: row["contacts"] for row in rows}
    names = sorted({*infected, *contacts}, key=lambda name: (-infected[name], -contacts.get(name, 0), name))
    return [{"name": name, "cases": infected[name], "contacts": contacts.get(name, 0)} for name in names]


def _contacts(found: Outbreak) -> list[dict[str, Any]]:
    """Contacts of its cases by state."""
    rows = Contact.objects.filter(case__outbreak=found).values("state").annotate(count=Count("id"))
    known = dict(Contact.State.choices)
    return [
        {"state": known[row["state"]], "count": row["count"]} for row in sorted(rows, key=lambda row: -row["count"])
    ]


def _chain(cases: Sequence[Case]) -> dict[str, Any]:
    """The chain of its first linked case with its figures, drawn where it is short enough; nothing where no link is known."""
    for case in cases:
        walked = walk(case.pk)
        if walked.links:
            short = len(walked.chain.nodes) <= DRAWN_WHOLE
            drawing = draw(walked.chain, walked.marks, walked.links, width=SMALL_WIDTH) if short else None
            return {"drawing": drawing, "chain_figures": figures_of(walked), "chain_case": case}
    return {}


@page(Permission.SURVEILLANCE_OUTBREAK_DECIDE, deed=True)
def find(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Look for linked cases that nobody has called an outbreak."""
    made = outbreaks.propose_outbreaks(actor=actor, moment=clock.now())
    messages.success(request, _("%(count)d outbreaks proposed.") % {"count": len(made)})
    return redirect("o-dich-list")


@page(Permission.SURVEILLANCE_OUTBREAK_DECIDE, deed=True)
def open_it(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The linked cases are an outbreak."""
    return _decided(request, actor, pk, "open_form", OpenForm(request.POST), outbreaks.open_outbreak)


@page(Permission.SURVEILLANCE_OUTBREAK_DECIDE, deed=True)
def refuse(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """They are none."""
    return _decided(request, actor, pk, "refuse_form", RefuseForm(request.POST), outbreaks.refuse_outbreak)


@page(Permission.SURVEILLANCE_OUTBREAK_DECIDE, deed=True)
def add(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One more case belongs to it."""
    return _decided(request, actor, pk, "add_form", AddForm(request.POST), outbreaks.add_case_to_outbreak)


@page(Permission.SURVEILLANCE_OUTBREAK_DECIDE, deed=True)
def close(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """It is over, by the end rule."""
    _seen(actor, pk)
    done = outbreaks.close_outbreak(actor=actor, moment=clock.now(), outbreak_id=pk)
    messages.success(request, _("%(outbreak)s is over.") % {"outbreak": done.name})
    return redirect("surveillance-outbreak", pk=pk)


def _decided(request: HttpRequest, actor: Actor, pk: int, slot: str, form: forms.Form, deed: Any) -> HttpResponse:
    found = _seen(actor, pk)
    if form.is_valid():
        done = act(form, lambda: deed(actor=actor, moment=clock.now(), outbreak_id=pk, **form.cleaned_data))
        if done is not None:
            messages.success(
                request, _("%(outbreak)s: %(state)s.") % {"outbreak": done.name, "state": done.get_state_display()}
            )
            return redirect("surveillance-outbreak", pk=pk)
    return render(request, "surveillance/outbreak.html", _context(found, actor, **{slot: form}), status=UNREADABLE)
