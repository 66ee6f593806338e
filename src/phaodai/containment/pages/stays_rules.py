"""A new rule and those inside: every end before and after, and the form by which the decider chooses."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.containment.actions.stays_rules import decide_rule_change, turns_inside
from phaodai.containment.models import Stay, StayRuleChange
from phaodai.containment.rules.stays_changes import Turn
from phaodai.foundation import clock
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor

UNREADABLE = 422
SHOWN = 100


class ChangeForm(forms.Form):
    """The choice, the document relied on, and why."""

    choice = forms.ChoiceField(
        label=pgettext_lazy("stay", "What the new rule does to those inside"),
        choices=StayRuleChange.Choice.choices,
        widget=forms.RadioSelect,
    )
    basis = forms.CharField(label=pgettext_lazy("stay", "Document relied on"), max_length=200)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}))


@page(Permission.CONTAINMENT_STAY_READ)
def change(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Whose rule is no longer in force, and the choice."""
    form = ChangeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = act(form, lambda: decide_rule_change(actor=actor, moment=clock.now(), **form.cleaned_data))
        if done is not None:
            taken = sum(row["taken"] for row in done.rows)
            messages.success(request, _("Decided: %(count)d stays follow the new rule.") % {"count": taken})
            form = ChangeForm()
    turns = turns_inside(actor, clock.today())
    shown = {
        "form": form,
        "turns": _shown(turns),
        "count": len(turns),
        "earlier": sum((one.days or 0) < 0 for one in turns),
        "later": sum((one.days or 0) > 0 for one in turns),
        "silent": sum(one.plan is None for one in turns),
        "past": StayRuleChange.objects.visible_to(actor).select_related("decided_by").order_by("-decided_at")[:10],
        "may_decide": actor.may(Permission.CONTAINMENT_SITE_MANAGE) and actor.reach != "own",
        "today": clock.today(),
    }
    return render(request, "containment/stay_rules.html", shown, status=UNREADABLE if form.errors else 200)


def _shown(turns: list[Turn]) -> list[dict[str, Any]]:
    first = sorted(turns, key=lambda one: (one.days is None, one.days or 0))[:SHOWN]
    stays = (
        Stay.objects.select_related("site")
        .only("initials", "site__name", "address")
        .in_bulk([one.standing.stay for one in first])
    )
    return [{"turn": one, "stay": stays[one.standing.stay]} for one in first if one.standing.stay in stays]
