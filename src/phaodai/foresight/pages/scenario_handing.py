"""What a scenario needs, handed over to supply: from now on the unit's readiness is measured against it."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from phaodai.foresight.pages.scenario_runs import PLAN, finished_run, start_of
from phaodai.foresight.rules.scenario_needs import needs_of
from phaodai.foundation import clock
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor
from phaodai.supply.actions.readiness import take_needs


@page(Permission.SUPPLY_READINESS_WRITE, deed=True)
def hand_over(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Hand over the upper end of the 95% of each week, as the column "To have" counts it."""
    actor.require(Permission.FORESIGHT_SCENARIO_READ)
    run = finished_run(actor, pk)
    start = start_of(run)
    rows = [
        (start + timedelta(weeks=week), need.key, much)
        for need in needs_of((run.results or {})["weeks"][PLAN])
        for week, much in enumerate(need.high)
    ]
    unit = run.plan.unit
    take_needs(actor=actor, moment=clock.now(), scenario_name=run.plan.name, unit=unit, rows=rows)
    messages.success(request, _("Handed over. Readiness is measured against this scenario now."))
    return redirect("supply-readiness-unit", pk=unit.pk)
