"""Test campaigns (/giam-sat/xet-nghiem/dot): planned, followed by person, hamlet and age, repeated, closed."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.components import Cell, Column, KeyFigure, KeyFigures, Reason, Row, Table, Why
from phaodai.foundation.formats import interval, number, percent
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person
from phaodai.surveillance.actions import campaigns
from phaodai.surveillance.actions.campaigns import campaign_for
from phaodai.surveillance.law import book_of
from phaodai.surveillance.models import Campaign, LabelBatch, Laboratory, LabTest, Outbreak
from phaodai.surveillance.models.testing_figures import (
    Outcome,
    outcomes_of,
    people_to_sample,
    progress_of,
    residents_by_hamlet,
    shares_of,
)
from phaodai.surveillance.pages.case_new import day_field
from phaodai.surveillance.pages.seeing import UNREADABLE
from phaodai.surveillance.rules.pooling import expected_tests, pool_size
from phaodai.surveillance.rules.positivity import Share, tubes_needed
from phaodai.territory.models import Place, Unit

EXPECTED_POSITIVE = 0.01
"""The positivity taken where nobody tested lately (ours; it only orders pool sizes and figures the tubes)."""


class CampaignForm(forms.Form):
    """What a campaign is; the number of people is proposed from the books."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=pgettext_lazy("campaign", "Area"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    group = forms.ChoiceField(label=gettext_lazy("Who is sampled"), choices=Campaign.Group.choices)
    place = forms.ModelChoiceField(Place.objects.none(), label=gettext_lazy("Which place"), required=False)
    outbreak = forms.ModelChoiceField(Outbreak.objects.none(), label=gettext_lazy("Outbreak"), required=False)
    target_people = forms.IntegerField(
        label=gettext_lazy("People to sample"), min_value=1, max_value=5_000_000,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )  # fmt: skip
    starts_on = day_field(gettext_lazy("From"))
    ends_on = day_field(gettext_lazy("Until"))
    method = forms.ChoiceField(label=gettext_lazy("Method"), choices=LabTest.Method.choices)
    pooled = forms.BooleanField(label=gettext_lazy("Several people in one tube (pooled)"), required=False)
    people_a_tube = forms.IntegerField(
        label=gettext_lazy("People a tube"), required=False, min_value=2, max_value=50,
        widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=gettext_lazy("Empty: the size in force. Another size needs the order that sets it."),
    )  # fmt: skip
    laboratory = forms.ModelChoiceField(Laboratory.objects.none(), label=gettext_lazy("Laboratory"), required=False)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
    order_cited = forms.CharField(
        label=gettext_lazy("By order of"), max_length=200, required=False,
        help_text=gettext_lazy("Number and date of the paper, such as 61/UBND-VX, 22/11/2021."),
    )  # fmt: skip

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        tiers = (2, 3) if actor.area.commune is None else (3,)
        units = Unit.objects.inside(actor.area).as_of(today).filter(tier__in=tiers)
        chosen: dict[str, Any] = {
            "unit": units.order_by("tier", "sort_key"),
            "place": Place.objects.visible_to(actor).open().order_by("sort_key"),
            "outbreak": Outbreak.objects.visible_to(actor).open().order_by("sort_key"),
            "laboratory": Laboratory.objects.visible_to(actor).open().order_by("sort_key"),
        }
        for name, rows in chosen.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a field of a model's rows
        for name in ("starts_on", "ends_on"):
            self.fields[name].required = True


@page(Permission.SURVEILLANCE_CAMPAIGN_PLAN)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Plan a campaign; `?dia-ban=` and `?nhom=` propose the number of people."""
    form = CampaignForm(actor, request.POST or None, initial=_proposed(request, actor))
    if request.method == "POST" and form.is_valid():
        planned = act(form, lambda: campaigns.plan_campaign(actor=actor, moment=clock.now(), **form.cleaned_data))
        if planned is not None:
            messages.success(request, _("The campaign is planned. Print its labels next."))
            return redirect("surveillance-campaign", pk=planned.pk)
    size = pool_size(
        book_of(actor.area.province), clock.today(), method=LabTest.Method.PCR, positivity=EXPECTED_POSITIVE
    )
    shown = {"form": form, "size": size, "proposed": form.initial.get("target_people")}
    return render(request, "surveillance/campaign_new.html", shown, status=UNREADABLE if form.is_bound else 200)


def _proposed(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    today = clock.today()
    found: dict[str, Any] = {"starts_on": today, "ends_on": today, "group": request.GET.get("nhom", "everybody")}
    asked = whole(request.GET.get("dia-ban")) or actor.area.commune or actor.area.district or 0
    unit = Unit.objects.inside(actor.area).filter(pk=asked).first()
    if unit is not None:
        outbreak = Outbreak.objects.visible_to(actor).open().filter(pk=whole(request.GET.get("o-dich"))).first()
        found |= {"unit": unit.pk, "outbreak": outbreak, "name": outbreak.name if outbreak else unit.name}
        found["target_people"] = people_to_sample(found["group"], unit, outbreak=outbreak, today=today)
    return found


@page(Permission.SURVEILLANCE_SAMPLE_READ)
def campaign(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One campaign: how far it is, who was positive, which hamlets were reached."""
    found = campaign_for(actor, pk)
    outcomes = outcomes_of(found)
    shown = {
        "campaign": found,
        "figures": _figures(found, outcomes),
        "why": size_reason(found),
        "tables": _tables(found, outcomes),
        "batches": LabelBatch.objects.filter(campaign=found).order_by("-pk")[:10],
        "may_plan": actor.may(Permission.SURVEILLANCE_CAMPAIGN_PLAN) and _mine(actor, found),
        "may_take": actor.may(Permission.SURVEILLANCE_SAMPLE_TAKE) and actor.reach != "own",
        "take_url": f"{reverse('surveillance-sample-take')}?dot={found.pk}",
    }
    return render(request, "surveillance/campaign.html", shown)


def _mine(actor: Actor, found: Campaign) -> bool:
    return actor.area.holds(found) and actor.reach != "own"


def _figures(found: Campaign, outcomes: Sequence[Outcome]) -> KeyFigures:
    done, words = progress_of(found, outcomes), language()
    owed = f"{reverse('surveillance-sample-take')}?dot={found.pk}"

    def shown(count: int) -> str:
        return number(count, 0, words)

    def of(count: int) -> str:
        return _("of %(count)s") % {"count": shown(count)}

    on_the_way = _("%(count)d tubes on the way") % {"count": done.on_the_way}
    positive = share_words(Share(done.positive, done.answered))
    return KeyFigures(
        [
            KeyFigure(_("People sampled"), shown(done.taken), detail=of(found.target_people)),
            KeyFigure(_("With an answer"), shown(done.answered), detail=on_the_way),
            KeyFigure(_("Positive"), shown(done.positive), detail=positive, late=done.positive > 0),
            KeyFigure(_("Samples still owed"), shown(done.due), url=owed),
            KeyFigure(_("Tubes rejected"), shown(done.rejected), detail=of(done.tubes)),
        ]
    )


def share_words(share: Share) -> str:
    """2,1% (0,9-4,8): a share with its interval; empty where nobody was tested."""
    if share.share is None or share.interval is None:
        return ""
    low, high = (bound * 100 for bound in share.interval)
    return f"{percent(share.share, 1, language())} ({interval(low, high, 1, language())})"


def size_reason(found: Campaign) -> Why | None:
    """Why so many people share a tube."""
    record = found.pool_decision
    if not found.pooled or not record:
        return None
    figures = record.get("figures", {})
    words = _("Allowed: %(allowed)s. At a positivity of %(share)s it needs %(tubes)s tubes a person.")
    told = ""
    if "allowed" in figures:
        told = words % {
            "allowed": ", ".join(map(str, figures["allowed"])),
            "share": percent(figures["positivity"], 1, language()),
            "tubes": number(figures["tubes_a_person"], 2, language()),
        }
    reason = Reason(
        title=_("Why so many people a tube"), outcome=str(found.pool_size), figures=told,
        clause=record.get("clause"), document=record.get("document") or "",
    )  # fmt: skip
    return Why(reason)


def _tables(found: Campaign, outcomes: Sequence[Outcome]) -> list[Table]:
    year = found.starts_on.year
    ages = shares_of(outcomes, "age", year)
    by_age = [(_age_words(key), share) for key, share in sorted(ages.items(), key=lambda one: str(one[0]))]
    by_sex = [
        (str(dict(Person.Sex.choices).get(str(key), _("not known"))), share)
        for key, share in shares_of(outcomes, "sex", year).items()
    ]
    return [
        _share_table(_("Positive by age"), _("Age"), by_age),
        _share_table(_("Positive by sex"), _("Sex"), by_sex),
        _hamlet_table(found, outcomes),
    ]


def _age_words(band: object) -> str:
    if not isinstance(band, tuple):
        return _("not known")
    return _("%(age)d and older") % {"age": band[0]} if band[1] > 100 else f"{band[0]}–{band[1]}"


def _share_table(title: str, head: str, rows: Sequence[tuple[str, Share]]) -> Table:
    columns = [
        Column("key", head), Column("tested", _("Answered people"), numeric=True),
        Column("positive", _("Positive"), numeric=True), Column("share", _("Share (95%)"), numeric=True),
    ]  # fmt: skip
    lines = [
        Row(name, [Cell(name), Cell(str(one.tested), numeric=True), Cell(str(one.positive), numeric=True),
                   Cell(share_words(one), numeric=True)])
        for name, one in rows
    ]  # fmt: skip
    return Table(title, columns, lines)


def _hamlet_table(found: Campaign, outcomes: Sequence[Outcome]) -> Table:
    """How many of each hamlet were reached, and found."""
    living = residents_by_hamlet(found.unit)
    taken: dict[str, int] = {}
    for one in outcomes:
        taken[one.hamlet] = taken.get(one.hamlet, 0) + 1
    shares = shares_of(outcomes, "hamlet", found.starts_on.year)
    columns = [
        Column("hamlet", _("Hamlet")), Column("people", _("Number of residents"), numeric=True),
        Column("taken", _("Sampled"), numeric=True), Column("reached", _("Coverage"), numeric=True),
        Column("share", _("Positive (95%)"), numeric=True),
    ]  # fmt: skip
    lines = [
        Row(name, [
            Cell(name or _("Address not known")), Cell(str(living.get(name, "–")), numeric=True),
            Cell(str(taken.get(name, 0)), numeric=True), Cell(_coverage(taken.get(name, 0), living.get(name)), numeric=True),
            Cell(share_words(shares.get(name, Share(0, 0))) or "–", numeric=True),
        ])
        for name in sorted({*living, *taken})
    ]  # fmt: skip
    return Table(_("Coverage by hamlet"), columns, lines)


def _coverage(taken: int, living: int | None) -> str:
    return percent(taken / living, 0, language()) if living else "–"


@page(Permission.SURVEILLANCE_CAMPAIGN_PLAN, deed=True)
def again(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Plan the next round."""
    following = campaigns.repeat_campaign(actor=actor, moment=clock.now(), campaign_id=pk)
    messages.success(request, _("Round %(round)d is planned.") % {"round": following.round_number})
    return redirect("surveillance-campaign", pk=following.pk)


@page(Permission.SURVEILLANCE_CAMPAIGN_PLAN, deed=True)
def close(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """End a round."""
    campaigns.close_campaign(actor=actor, moment=clock.now(), campaign_id=pk)
    messages.success(request, _("The campaign is closed. Tubes on their way are still examined."))
    return redirect("surveillance-campaign", pk=pk)


def tubes_of(found: Campaign) -> int:
    """Tubes that the laboratory must examine for a campaign, its opened pools included."""
    return tubes_needed(found.target_people, found.pool_size, EXPECTED_POSITIVE, expected_tests)
