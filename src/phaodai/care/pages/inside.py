"""Infections that may have begun inside: by facility and ward, so that a cluster shows; confirmed or dismissed here."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from phaodai.care.actions.inside import decide_infection
from phaodai.care.actions.patients_shared import runs
from phaodai.care.models import InsideInfection
from phaodai.foundation import clock
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor

UNREADABLE = 422
SHOWN_DAYS, SHOWN = 90, 300
CLUSTER_OF, CLUSTER_WITHIN = 2, timedelta(days=14)
"""Two in one ward within one incubation period of the regulation are shown as a cluster: a working rule."""


class DecideForm(forms.Form):
    """Which one, and what is made of it."""

    infection = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=pgettext_lazy("inside", "Answer"),
        choices=(("confirmed", pgettext_lazy("inside", "Confirm")), ("dismissed", pgettext_lazy("inside", "Dismiss"))),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)


@page(Permission.CARE_PATIENT_READ)
def inside(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What was raised in the last three months, the undecided first in each ward."""
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        done = act(
            form,
            lambda: decide_infection(
                actor=actor, moment=clock.now(), infection_id=values["infection"],
                confirmed=values["answer"] == "confirmed", reason=values["reason"],
            ),
        )  # fmt: skip
        if done is not None:
            messages.success(
                request, _("%(who)s: %(state)s.") % {"who": done.initials, "state": done.get_state_display()}
            )
            return redirect("care-inside")
    shown = {"wards": _wards(actor), "form": form}
    return render(request, "care/inside.html", shown, status=UNREADABLE if form.errors else 200)


def _wards(actor: Actor) -> list[dict[str, Any]]:
    rows = InsideInfection.objects.visible_to(actor).filter(began_on__gte=clock.today() - timedelta(days=SHOWN_DAYS))
    listed = rows.select_related("facility__organisation", "ward", "decided_by", "patient").order_by("-began_on")[
        :SHOWN
    ]
    wards: dict[tuple[int, int | None], list[InsideInfection]] = defaultdict(list)
    for one in listed:
        wards[one.facility_id, one.ward_id].append(one)
    found = [_ward(several, actor) for several in wards.values()]
    return sorted(found, key=lambda ward: (not ward["cluster"], -ward["open"], ward["name"]))


def _ward(several: list[InsideInfection], actor: Actor) -> dict[str, Any]:
    first = several[0]
    state = InsideInfection.State
    name = f"{first.facility.name} · {first.ward.name if first.ward else _('ward not known')}"
    may_decide = actor.may(Permission.CARE_PATIENT_WRITE) and runs(actor, first.facility)
    return {
        "name": name,
        "open": sum(one.state == state.SUSPECTED for one in several),
        "cluster": _clustered([one for one in several if one.state != state.DISMISSED]),
        "rows": [
            {"one": one, "words": _words(one), "may_decide": may_decide}
            for one in sorted(several, key=lambda one: one.state != state.SUSPECTED)
        ],
    }


def _clustered(standing: list[InsideInfection]) -> int:
    """How many began within one window of each other; 0 where fewer than two did."""
    days = sorted(one.began_on for one in standing)
    most = max((sum(first <= day <= first + CLUSTER_WITHIN for day in days) for first in days), default=0)
    return most if most >= CLUSTER_OF else 0


def _words(one: InsideInfection) -> str:
    grounds = {
        "negative": pgettext("inside", "negative on admission"),
        "other_reason": pgettext("inside", "admitted for another reason"),
    }
    about = {
        "ground": grounds.get(one.grounds.get("sign", ""), ""),
        "days": one.days_inside,
        "window": one.grounds.get("window_days"),
        "source": one.grounds.get("source", ""),
    }
    return _("%(ground)s; first sign after %(days)d days, window %(window)s days (%(source)s)") % about
