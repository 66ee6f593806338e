"""A checkpoint's own page: who is on duty, what came through today, how it is opened and closed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.care.models import Worker
from phaodai.containment.actions.checkpoints import checkpoint_of, close_checkpoint, governs, put_on_duty
from phaodai.containment.models import Arrival, Checkpoint
from phaodai.foundation import clock
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.fields import MomentField
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.editing import act, status_of
from phaodai.foundation.scope import Actor

SHIFTS_SHOWN = 20
STAFF_OFFERED = 100


class DutyForm(forms.Form):
    """One shift of one person."""

    staff_code = forms.CharField(
        label=gettext_lazy("Staff code"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"list": "staff", "autocomplete": "off"}),
        help_text=gettext_lazy("Of somebody on the list of staff: the shift counts for their hours. Others by name."),
    )
    name = forms.CharField(label=gettext_lazy("Full name"), required=False, max_length=120)
    phone = forms.CharField(
        label=gettext_lazy("Telephone"), required=False, max_length=20, widget=forms.TextInput({"inputmode": "tel"})
    )
    force = forms.CharField(
        label=pgettext_lazy("checkpoint", "Comes from"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Police, health station, militia, youth union"),
    )
    starts_at = MomentField(label=gettext_lazy("Shift begins"))
    ends_at = MomentField(label=gettext_lazy("Shift ends"))
    override_reason = forms.CharField(
        label=pgettext_lazy("shift", "Why in spite of the limits"), required=False, max_length=300
    )


@page(Permission.CONTAINMENT_ARRIVAL_READ)
def checkpoint(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The checkpoint, its roster and its day."""
    return _shown(request, actor, checkpoint_of(actor, pk), DutyForm())


def _shown(request: HttpRequest, actor: Actor, one: Checkpoint, form: DutyForm) -> HttpResponse:
    moment = clock.now()
    midnight = moment.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    manned = one.organisation_id == actor.organisation or governs(actor, one)
    shown = {
        "checkpoint": one,
        "open": one.is_open_at(moment),
        "now": moment,
        "duties": one.duties.standing().filter(ends_at__gt=moment).order_by("starts_at", "name")[:SHIFTS_SHOWN],
        "figures": _figures(one, midnight),
        "groups": one.groups.filter(expected_at__gte=midnight).order_by("expected_at")[:SHIFTS_SHOWN],
        "may_log": manned and actor.may(Permission.CONTAINMENT_ARRIVAL_LOG),
        "may_close": manned and actor.may(Permission.CONTAINMENT_CHECKPOINT_MANAGE) and one.closed_at is None,
        "form": form,
        "staff": _staff(actor, one) if manned and actor.may(Permission.CONTAINMENT_ARRIVAL_LOG) else [],
    }
    return render(request, "containment/checkpoint.html", shown, status=status_of(form))


def _staff(actor: Actor, one: Checkpoint) -> list[Worker]:
    """Whom the officer's own list of staff offers for a shift."""
    if not actor.may(Permission.CARE_ROSTER_READ):
        return []
    rows = Worker.objects.visible_to(actor).working().filter(organisation__in=(actor.organisation, one.organisation_id))
    return list(rows.order_by("sort_key", "pk")[:STAFF_OFFERED])


def _figures(one: Checkpoint, since: Any) -> dict[str, int]:
    """Today's arrivals as far as this officer sees them."""
    rows = Arrival.objects.filter(checkpoint=one, at__gte=since)
    return rows.aggregate(
        all=Count("pk"),
        quarantined=Count("pk", filter=Q(outcome__in=("centralised", "home", "lodging"))),
        undecided=Count("pk", filter=Q(outcome="undecided")),
        undeclared=Count("pk", filter=Q(declaration=None)),
    )


@page(Permission.CONTAINMENT_ARRIVAL_LOG, deed=True)
def duty(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Put somebody on the roster."""
    one, form = checkpoint_of(actor, pk), DutyForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        made = act(form, lambda: put_on_duty(actor=actor, moment=clock.now(), checkpoint_id=pk, **values))
        if made is not None:
            messages.success(request, _("%(name)s is on the roster.") % {"name": made.name})
            return redirect("containment-checkpoint", pk=pk)
    return _shown(request, actor, one, form)


@page(Permission.CONTAINMENT_CHECKPOINT_MANAGE, deed=True)
def close(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Close it."""
    done = close_checkpoint(actor=actor, moment=clock.now(), checkpoint_id=pk)
    messages.success(request, _("%(name)s is closed. What it registered stays.") % {"name": done.name})
    return redirect("containment-checkpoint", pk=pk)
