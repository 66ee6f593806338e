"""Readiness: the board of units, and one unit with its gap by week, its reasons and its figures."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.components import Cell, Chip, Chips, Column, Empty, Row, State, Table
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.formats import short_day
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.supply.actions import aid_papers, readiness
from phaodai.supply.actions.readiness_figures import NOTHING, Known
from phaodai.supply.actions.readiness_reckoning import UnitReadiness, readiness_of_units
from phaodai.supply.models import Figure
from phaodai.supply.pages.funds import amount
from phaodai.supply.pages.funds_forms import QuantityField, stores_of
from phaodai.supply.pages.readiness_drawing import gap_charts, gap_table
from phaodai.supply.pages.readiness_words import (
    age_mark,
    first_reason,
    pillar_mark,
    pillar_name,
    quantity_name,
    score_mark,
    why_words,
)
from phaodai.supply.rules.readiness import PILLARS, gap_of
from phaodai.territory.models import Tier, Unit

READ, WRITE = Permission.SUPPLY_READINESS_READ, Permission.SUPPLY_READINESS_WRITE
UNREADABLE = 422


@page(READ)
def board(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The units of the officer's area, the weakest first; `?duoi=` shows what lies below one of them."""
    today = clock.today()
    above = _above(request, actor, today)
    units = [above, *Unit.objects.under(above, today).filter(tier__lte=Tier.COMMUNE)]
    judged = readiness_of_units(units, clock.now())
    shown = {
        "above": above,
        "table": _board_table(judged, today),
        "chips": _chips(actor, above, today),
        "may": actor.may(WRITE),
        "planned": any(one.plan for one in judged),
    }
    return render(request, "supply/readiness.html", shown)


def _above(request: HttpRequest, actor: Actor, today: date) -> Unit:
    asked = Unit.objects.inside(actor.area).as_of(today).filter(tier__lte=Tier.COMMUNE)
    wanted = request.GET.get("duoi", "")
    found = asked.filter(pk=int(wanted)).first() if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else None
    found = found or asked.order_by("tier", "sort_key").first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return found


def _chips(actor: Actor, above: Unit, today: date) -> Chips | None:
    """The province and its districts, for whoever sees more than one of them."""
    if actor.area.district is not None:
        return None
    units = Unit.objects.inside(actor.area).as_of(today).filter(tier__lte=Tier.DISTRICT).order_by("tier", "sort_key")
    url = reverse("supply-readiness")
    return Chips(
        [Chip(one.name, f"{url}?duoi={one.pk}", current=one.pk == above.pk) for one in units],
        pgettext("readiness", "Area"),
    )


def _board_table(judged: list[UnitReadiness], today: date) -> Table:
    columns = [Column("unit", _("Unit")), Column("score", _("Ready"))]
    columns += [Column(pillar, pillar_name(pillar)) for pillar in PILLARS]
    columns += [Column("why", _("What is weakest")), Column("age", _("Oldest figure"))]
    rows = [
        Row(
            str(one.unit.pk),
            [
                Cell(one.unit.name, _("share by people of the plan above") if one.scaled else ""),
                Cell(score_mark(one.readiness.share)),
                *(Cell(pillar_mark(score)) for score in one.readiness.pillars),
                Cell(first_reason(one.readiness)),
                Cell(age_mark(one.oldest, today)),
            ],
            url=reverse("supply-readiness-unit", args=[one.unit.pk]),
        )
        for one in [judged[0], *sorted(judged[1:], key=_weakest_first)]
    ]
    return Table(_("Readiness of units"), columns, rows, empty=Empty(_("There is no unit here.")), element="readiness")


def _weakest_first(one: UnitReadiness) -> tuple[Any, ...]:
    return (sum(score.share for score in one.readiness.pillars), one.unit.sort_key)


class FigureForm(forms.Form):
    """One figure of a unit."""

    key = forms.ChoiceField(label=gettext_lazy("Figure"), choices=Figure.choices)
    quantity = QuantityField(label=gettext_lazy("Quantity"), required=False)
    words = forms.CharField(
        label=pgettext_lazy("readiness", "In words"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("For the command body and who is on call: names, posts, telephones."),
    )  # fmt: skip


class OrderForm(forms.Form):
    """Which store orders."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    store_id = forms.TypedChoiceField(label=gettext_lazy("For the store"), coerce=int)

    def __init__(self, actor: Actor, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["store_id"].choices = stores_of(actor)  # type: ignore[attr-defined]


class HelpForm(forms.Form):
    """Whom we ask for help."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    partner = forms.CharField(label=gettext_lazy("Whom we ask"), max_length=200)


def seen_unit(actor: Actor, pk: int) -> Unit:
    """A unit of the officer's area."""
    found = Unit.objects.inside(actor.area).filter(pk=pk, tier__lte=Tier.COMMUNE).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return found


@page(READ)
def unit(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One unit: how ready, why, what is missing in which week, and what follows from it."""
    return render(request, "supply/readiness_unit.html", _context(actor, seen_unit(actor, pk)))


def _context(actor: Actor, one: Unit, **more: Any) -> dict[str, Any]:
    found, today = readiness_of_units([one], clock.now())[0], clock.today()
    may, short = actor.may(WRITE), [row for row in found.asked if gap_of(row) > 0]
    return {
        "unit": one,
        "found": found,
        "score": score_mark(found.readiness.share),
        "pillars": [
            (pillar_name(score.pillar), pillar_mark(score), [why_words(reason) for reason in score.reasons])
            for score in found.readiness.pillars
        ],
        "gap": gap_table(found.asked, today),
        "charts": gap_charts(found.asked),
        "unmapped": [quantity_name(key) for key in found.unmapped],
        "figures": _figures(found, today),
        "taken": moment_words(found.plan.taken_at, language()) if found.plan else "",
        "may": may,
        "short": bool(short),
        "may_map": may and actor.area.district is None,
        "figure_form": FigureForm() if may else None,
        "order_form": OrderForm(actor) if may and any(row.used_up for row in short) else None,
        "may_buy": may and bool(short) and actor.may(Permission.COMMAND_PAPER_DRAFT),
        "help_form": HelpForm() if short and actor.may(Permission.SUPPLY_AID_DECIDE) else None,
        **more,
    }


def _figures(found: UnitReadiness, today: date) -> Table:
    columns = [
        Column("what", _("Figure")),
        Column("known", pgettext("readiness", "What is known")),
        Column("source", pgettext("readiness", "Where from")),
        Column("age", pgettext("readiness", "As of")),
    ]
    rows = [
        Row(
            figure.value,
            [
                Cell(str(figure.label), pillar_name(figure.pillar)),
                *_known_cells(found.figures.get(figure.value, NOTHING), today),
            ],
        )
        for figure in Figure
    ]
    return Table(_("Figures of the unit"), columns, rows, element="figures")


def _known_cells(known: Known, today: date) -> list[Cell]:
    """The figure that counts, out of what, and how old it is; beside a counted one what the unit itself says."""
    said = known.said
    if known.counted is None:
        source = _("the unit says so") if said else "–"
        return [Cell(_words(known)), Cell(source), Cell(age_mark(_day(known), today))]
    other = ""
    if said is not None and said.quantity is not None:
        about = {"much": amount(said.quantity), "day": short_day(said.as_of.astimezone(VIETNAM).date(), language())}
        other = _("the unit said %(much)s on %(day)s") % about
    age = age_mark(_day(known), today) if known.as_of else State(_("age not known"), "late", "clock")
    return [Cell(_words(known), other), Cell(known.source), Cell(age)]


def _words(known: Known) -> str:
    if known.said is not None and known.said.words:
        return known.said.words
    return amount(known.quantity) if known.quantity is not None else "–"


def _day(known: Known) -> date | None:
    return known.as_of.astimezone(VIETNAM).date() if known.as_of else None


Do = Callable[[Actor, Unit, dict[str, Any]], tuple[str, str]]


@page(READ, deed=True)
def deed(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Do for a unit what the form names in `viec`; a refused form comes back with its reason."""
    one = seen_unit(actor, pk)
    found = DEEDS.get(request.POST.get("viec", ""))
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    shown, form_of, do = found
    actor.require(Permission.SUPPLY_AID_DECIDE if do is _help else WRITE)
    form = form_of(actor, request)
    if form.is_valid():
        done = act(form, lambda: do(actor, one, form.cleaned_data))
        if done is not None:
            words, url = done
            messages.success(request, words)
            return redirect(url or reverse("supply-readiness-unit", args=[pk]))
    return render(request, "supply/readiness_unit.html", _context(actor, one, **{shown: form}), status=UNREADABLE)


def _tell(actor: Actor, one: Unit, said: dict[str, Any]) -> tuple[str, str]:
    done = readiness.tell_figure(actor=actor, moment=clock.now(), unit=one, **said)
    return _("Written down: %(what)s.") % {"what": Figure(done.key).label}, ""


def _order(actor: Actor, one: Unit, said: dict[str, Any]) -> tuple[str, str]:
    aid_papers.order_gap(actor=actor, moment=clock.now(), unit_id=one.pk, **said)
    return _("The order is drafted. Check its quantities and send it."), ""


def _buy(actor: Actor, one: Unit, said: dict[str, Any]) -> tuple[str, str]:
    del said
    paper = aid_papers.request_purchase(actor=actor, moment=clock.now(), unit_id=one.pk)
    return _("The request is drafted. Read it and sign."), reverse("command-paper", args=[paper.pk])


def _help(actor: Actor, one: Unit, said: dict[str, Any]) -> tuple[str, str]:
    aid = aid_papers.request_help(actor=actor, moment=clock.now(), unit_id=one.pk, **said)
    return _("The request for help is written down."), reverse("supply-aid", args=[aid.pk])


def _suggest(actor: Actor, one: Unit, said: dict[str, Any]) -> tuple[str, str]:
    del one, said
    readiness.suggest_mappings(actor=actor, moment=clock.now())
    return _("Beds, places and staff are set. Say for the rest which item meets it."), reverse("quy-doi-list")


DEEDS: dict[str, tuple[str, Callable[[Actor, HttpRequest], forms.Form], Do]] = {
    "so-lieu": ("figure_form", lambda _actor, request: FigureForm(request.POST), _tell),
    "dat-hang": ("order_form", lambda actor, request: OrderForm(actor, request.POST), _order),
    "mua-sam": ("buy_form", lambda _actor, request: forms.Form(request.POST), _buy),
    "tuong-tro": ("help_form", lambda _actor, request: HelpForm(request.POST), _help),
    "quy-doi": ("map_form", lambda _actor, request: forms.Form(request.POST), _suggest),
}
