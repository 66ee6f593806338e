"""The way of a team on paper: doors with boxes to tick, and a QR code that opens the same list on a phone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.codes import qr_drawing
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models.screening_figures import teams_of
from phaodai.surveillance.pages.screening_lists import list_for

TEAMS_AT_MOST = 40


@page(Permission.SURVEILLANCE_SCREENING_READ)
def sheet(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One page a team; all teams of the commune, or the one in the address."""
    wanted, today = whole(request.GET.get("to")), clock.today()
    teams = [team for team in teams_of(actor) if not wanted or team.pk == wanted][:TEAMS_AT_MOST]
    sheets = []
    for team in teams:
        address = request.build_absolute_uri(f"{reverse('screening-phone')}?to={team.pk}")
        sheets.append((team, list_for(actor, today, clock.now(), team.pk), address, qr_drawing(address)))
    shown = {"sheets": [one for one in sheets if one[1]["doors"]], "today": today}
    return render(request, "surveillance/screening_sheet.html", shown)
