"""Opening and closing rounds, and giving the households of a commune to its teams."""

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids, whole
from phaodai.foundation.fields import DayField
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.rounds import close_round, plan_round
from phaodai.surveillance.actions.screening_teams import move_households, proposed_ways, share_households
from phaodai.surveillance.models import Team, TeamHousehold
from phaodai.surveillance.pages.symptom_words import CHOICES
from phaodai.surveillance.rules.screening_ways import FEWEST, MOST
from phaodai.surveillance.rules.symptoms import SYMPTOMS
from phaodai.territory.models import Tier, Unit

SHOWN = 400


class RoundForm(forms.Form):
    """What a round is: where, when, how much of it, which symptoms are asked for."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=pgettext_lazy("screening", "Area"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    starts_on = DayField(label=gettext_lazy("From"))
    ends_on = DayField(label=pgettext_lazy("day", "Until"))
    target_percent = forms.IntegerField(label=gettext_lazy("Target (per cent of doors)"), min_value=1, max_value=100)
    questions = forms.MultipleChoiceField(
        label=gettext_lazy("Symptoms asked for"), choices=CHOICES, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *arguments: object, actor: Actor, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        units = Unit.objects.inside(actor.area).as_of(clock.today()).exclude(tier=Tier.HAMLET)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = units.order_by("tier", "sort_key")


@page(Permission.SURVEILLANCE_SCREENING_PLAN)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Open a round in a commune, or in every commune of a district or the province."""
    today = clock.today()
    start = {
        "starts_on": today,
        "ends_on": today,
        "target_percent": 100,
        "questions": list(SYMPTOMS),
        "unit": actor.area.commune,
    }
    form = RoundForm(request.POST if request.method == "POST" else None, initial=start, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            opened = plan_round(actor=actor, moment=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Opened in %(count)s communes.") % {"count": len(opened)})
            return redirect("screening")
    return render(request, "surveillance/screening_round.html", {"form": form}, status=422 if form.errors else 200)


@page(Permission.SURVEILLANCE_SCREENING_PLAN, deed=True)
def close(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """End a round."""
    close_round(actor=actor, moment=clock.now(), round_id=pk)
    messages.success(request, _("The round is closed. What phones still hold of it is taken in all the same."))
    return redirect("screening")


def _commune(actor: Actor, asked: str | None) -> Unit:
    """The officer's commune, or the one named in the address inside a wider area."""
    wanted = actor.area.commune or whole(asked)
    commune = Unit.objects.inside(actor.area).tier(Tier.COMMUNE).filter(pk=wanted).first()
    if commune is None:
        raise NotHere(_("Name the commune of the team."))
    return commune


@page(Permission.SURVEILLANCE_SCREENING_PLAN)
def teams(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The ways of the teams, what the rule proposes, and households to move between teams."""
    commune = _commune(actor, request.GET.get("xa"))
    ways, crews = proposed_ways(commune)
    counted = Team.objects.filter(commune_id=commune.pk, closed_on=None).annotate(doors=Count("households"))
    doors = dict(counted.values_list("pk", "doors"))
    chosen = whole(request.GET.get("to"))
    care = TeamHousehold.objects.filter(team=chosen, commune_id=commune.pk).select_related("household__hamlet")
    shown = {
        "commune": commune,
        "rows": [(team, doors.get(team.pk, 0), len(ways.by_team.get(team.pk, ()))) for team in crews],
        "missing": ways.missing,
        "fewest": FEWEST,
        "most": MOST,
        "chosen": next((team for team in crews if team.pk == chosen), None),
        "care": care.order_by("position", "pk")[:SHOWN],
    }
    return render(request, "surveillance/screening_teams.html", shown)


@page(Permission.SURVEILLANCE_SCREENING_PLAN, deed=True)
def share(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Share every household among the teams as proposed."""
    ways = share_households(actor=actor, moment=clock.now(), commune=_commune(actor, request.POST.get("xa")))
    shared = sum(len(way) for way in ways.by_team.values())
    words = _("%(doors)s households shared among %(teams)s teams.") % {"doors": shared, "teams": len(ways.by_team)}
    messages.success(request, words)
    return redirect("screening-teams")


@page(Permission.SURVEILLANCE_SCREENING_PLAN, deed=True)
def move(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give the ticked households to another team."""
    homes = row_ids(request.POST.getlist("row"))
    if not homes:
        raise Refusal(_("Tick the households to move."))
    team = move_households(
        actor=actor, moment=clock.now(), household_ids=homes, team_id=whole(request.POST.get("team"))
    )
    messages.success(request, _("%(count)s households moved to %(team)s.") % {"count": len(homes), "team": team.name})
    return redirect("screening-teams")
