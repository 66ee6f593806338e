"""People who travel together: expected by plate and day, ticked as they get off."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.containment.actions.arrivals import Recorded, expect_group, group_of, log_group, on_board
from phaodai.containment.models import Arrival, ArrivalGroup, Checkpoint
from phaodai.containment.pages.arrivals_form import ABROAD, TravellerForm
from phaodai.containment.pages.arrivals_showing import outcome_words, step_mark
from phaodai.containment.rules.arrivals import missing_from
from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids, whole
from phaodai.foundation.fields import MomentField
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.registers.editing import act, status_of
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Unit

SHOWN = 50


class GroupForm(forms.Form):
    """A coach that is on its way."""

    checkpoint = forms.ModelChoiceField(Checkpoint.objects.none(), label=gettext_lazy("Checkpoint"))
    plate = forms.CharField(label=gettext_lazy("Number plate"), max_length=20)
    expected_at = MomentField(label=pgettext_lazy("arrival", "Expected at"))
    origin = forms.ChoiceField(label=pgettext_lazy("arrival", "Comes from"))
    origin_words = forms.CharField(
        label=pgettext_lazy("arrival", "Commune, district, country"), required=False, max_length=160
    )
    note = forms.CharField(label=pgettext_lazy("arrival", "Note"), required=False, max_length=200)

    def __init__(self, actor: Actor, moment: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        checkpoints = self.fields["checkpoint"]
        assert isinstance(checkpoints, forms.ModelChoiceField)
        checkpoints.queryset = Checkpoint.objects.visible_to(actor).open_at(moment).order_by("sort_key")
        self.fields["origin"].choices = TravellerForm(moment).fields["origin"].choices  # type: ignore[attr-defined]


@page(Permission.CONTAINMENT_ARRIVAL_READ)
def groups(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The coaches expected and arrived, the next first; and the form for another one."""
    moment = clock.now()
    form = GroupForm(actor, moment, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = act(form, lambda: _expect(form, actor, moment))
        if made is not None:
            return redirect("containment-group", pk=made.pk)
    rows = ArrivalGroup.objects.visible_to(actor).select_related("checkpoint", "origin").order_by("-expected_at", "-pk")
    shown = {"form": form, "groups": rows[:SHOWN], "may_log": actor.may(Permission.CONTAINMENT_ARRIVAL_LOG)}
    return render(request, "containment/arrivals_groups.html", shown, status=status_of(form))


def _expect(form: GroupForm, actor: Actor, moment: datetime) -> ArrivalGroup:
    values = dict(form.cleaned_data)
    origin = values.pop("origin")
    return expect_group(
        actor=actor,
        moment=moment,
        checkpoint_id=values.pop("checkpoint").pk,
        abroad=origin == ABROAD,
        origin=Unit.objects.filter(pk=whole(origin)).first(),
        **values,
    )


@page(Permission.CONTAINMENT_ARRIVAL_READ)
def group(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Who declared to be on the coach; whoever gets off is ticked. Twice ticked is once registered."""
    one, problem = group_of(actor, pk), ""
    if request.method == "POST":
        try:
            done = _register(request, actor, one)
        except Refusal as refusal:
            problem = str(refusal)
        else:
            messages.success(
                request, _("%(count)d people of %(plate)s are registered.") % {"count": done, "plate": one.plate}
            )
            return redirect("containment-group", pk=pk)
    return render(
        request, "containment/arrivals_group.html", _list(actor, one, problem), status=422 if problem else 200
    )


def _register(request: HttpRequest, actor: Actor, one: ArrivalGroup) -> int:
    recorded = Recorded(UUID(int=one.pk))
    ticked = row_ids(request.POST.getlist("off"))
    return len(log_group(actor=actor, moment=clock.now(), group_id=one.pk, declaration_ids=ticked, recorded=recorded))


def _list(actor: Actor, one: ArrivalGroup, problem: str) -> dict[str, Any]:
    declared = on_board(one)
    arrived = {row.declaration_id: row for row in Arrival.objects.filter(group=one).select_related("destination")}
    missing = set(missing_from([row.pk for row in declared], [pk for pk in arrived if pk]))
    return {
        "group": one,
        "waiting": [row for row in declared if row.pk in missing],
        "arrived": [
            (row, "" if row.step == Arrival.Step.TO_DECIDE else outcome_words(row.outcome), step_mark(row))
            for row in arrived.values()
        ],
        "declared": len(declared),
        "problem": problem,
        "may_log": actor.may(Permission.CONTAINMENT_ARRIVAL_LOG),
    }
