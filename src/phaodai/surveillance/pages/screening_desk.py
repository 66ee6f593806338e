"""Screening at the desk: how far the round has come, doors left, who is visited again, symptoms, records that were refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.components import KeyFigure, KeyFigures, Stacked
from phaodai.foundation.formats import number, percent
from phaodai.foundation.maps import Projection, rings
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions import screening_requests
from phaodai.surveillance.models import RefusedVisit, Round, TestRequest
from phaodai.surveillance.models.screening_figures import (
    coverage_by_hamlet,
    coverage_by_round,
    coverage_by_team,
    requests_of,
    to_visit_again,
    visits_since,
    with_symptoms,
)
from phaodai.surveillance.pages.screening_words import refusal_in_words
from phaodai.surveillance.pages.symptom_words import symptoms_in_words
from phaodai.surveillance.rules.screening_coverage import Coverage, total
from phaodai.territory.models import Unit, UnitOutline

SHOWN = 30


@dataclass(frozen=True)
class Line:
    """One area, team or round of a list with how far it has come."""

    name: str
    coverage: Coverage
    url: str = ""
    note: str = ""

    @property
    def bar(self) -> Stacked:
        """Done, left, to visit again; the figures stand beside it."""
        parts = self.coverage
        return Stacked([parts.done, parts.left, parts.absent])

    @property
    def percent(self) -> str:
        """The share of doors where everybody was met."""
        return percent(self.coverage.share, 0, language())

    @property
    def band(self) -> int:
        """One of five shades of blue on the map: the level colours mean risk and nothing else."""
        return min(4, int(self.coverage.share * 5)) if self.coverage.whole else 0


@page(Permission.SURVEILLANCE_SCREENING_READ)
def desk(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The round of a commune; above a commune, all rounds that run and the communes on the map."""
    today, wanted = clock.today(), whole(request.GET.get("dot"))
    rounds = Round.objects.visible_to(actor)
    chosen = rounds.filter(pk=wanted).first() if wanted else None
    if chosen is None and actor.area.commune is not None:
        chosen = rounds.running(today).first() or rounds.order_by("-starts_on", "-pk").first()
    if chosen is None:
        return render(request, "surveillance/screening_overview.html", _overview(actor, list(rounds.running(today))))
    return render(request, "surveillance/screening.html", _of_round(actor, chosen))


def _overview(actor: Actor, rounds: Sequence[Round]) -> dict[str, object]:
    covered = coverage_by_round(rounds)
    units = Unit.objects.in_bulk([going.commune_id for going in rounds if going.commune_id])
    address = reverse("screening")
    lines = {
        going.commune_id or 0: Line(
            units[going.commune_id].name, covered[going.pk], f"{address}?dot={going.pk}", going.name
        )
        for going in rounds
        if going.commune_id in units
    }
    ordered = sorted(lines.values(), key=lambda line: (line.coverage.share, line.name))
    whole_area = Line("", total(covered.values()))
    return {
        "lines": ordered,
        "figures": _figures(whole_area.coverage, 100),
        "map": _map(lines),
        "may_plan": actor.may(Permission.SURVEILLANCE_SCREENING_PLAN),
    }


def _map(lines: dict[int, Line]) -> dict[str, object] | None:
    """Paths of the communes that have an outline, shaded by coverage; None where none has."""
    outlines = dict(UnitOutline.objects.filter(unit__in=list(lines)).values_list("unit_id", "geometry"))
    if not outlines:
        return None
    projection = Projection.around(ring for geometry in outlines.values() for ring in rings(geometry))
    shapes = [(lines[unit], projection.path(geometry)) for unit, geometry in outlines.items()]
    return {"shapes": shapes, "height": projection.height}


def _of_round(actor: Actor, going: Round) -> dict[str, object]:
    by_hamlet = coverage_by_hamlet(going)
    hamlets = Unit.objects.in_bulk(list(by_hamlet))
    covered = total(by_hamlet.values())
    lines = sorted(
        (hamlets[pk].sort_key, Line(hamlets[pk].name, part)) for pk, part in by_hamlet.items() if pk in hamlets
    )
    commune = Unit.objects.filter(pk=going.commune_id or 0).first()
    refused = (
        RefusedVisit.objects.visible_to(actor).waiting().filter(commune_id=going.commune_id).order_by("received_at")
    )
    dawn = datetime.combine(clock.today(), time(0), VIETNAM)
    found = with_symptoms(going, SHOWN)
    return {
        "round": going,
        "commune": commune,
        "figures": _figures(covered, going.target_percent, visits_since(going, dawn)),
        "lines": [line for _key, line in lines],
        "teams": [
            Line(team.name, part, f"{reverse('screening-sheet')}?to={team.pk}", team.leader)
            for team, part in coverage_by_team(going)
        ],
        "again": to_visit_again(going, SHOWN),
        "ill": _ill(found, going),
        "refused": [(one, refusal_in_words(one.reason, one.about)) for one in refused[:SHOWN]],
        "may_plan": actor.may(Permission.SURVEILLANCE_SCREENING_PLAN) and actor.area.holds(going),
        "may_record": actor.may(Permission.SURVEILLANCE_SCREENING_RECORD) and actor.area.holds(going),
        "open": going.closed_on is None and going.ends_on >= clock.today() - timedelta(days=1),
    }


def _ill(found: Sequence[object], going: Round) -> list[dict[str, object]]:
    asked: dict[int, TestRequest] = requests_of(going)
    return [
        {
            "finding": one,
            "words": symptoms_in_words(one.symptoms),  # type: ignore[attr-defined]
            "request": asked.get(one.person_id),  # type: ignore[attr-defined]
        }
        for one in found
    ]


def _figures(covered: Coverage, target: int, visits: int | None = None) -> KeyFigures:
    spoken = language()
    done, every = number(covered.done, 0, spoken), number(covered.whole, 0, spoken)
    tiles = [
        KeyFigure(_("Doors done"), percent(covered.share, 0, spoken), detail=f"{done}/{every}"),
        KeyFigure(_("To visit again"), number(covered.absent, 0, spoken), late=covered.absent > 0),
        KeyFigure(_("Doors left"), number(covered.left, 0, spoken)),
        KeyFigure(_("Owed to the target"), number(covered.owed(target), 0, spoken), detail=f"{target}%"),
    ]
    if visits is not None:
        tiles.append(KeyFigure(_("Visits today"), number(visits, 0, spoken)))
    return KeyFigures(tiles)


@page(Permission.SURVEILLANCE_SCREENING_RECORD, deed=True)
def request(http: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Ask for a sample of somebody who was found with symptoms."""
    asked = screening_requests.request_sample(actor=actor, moment=clock.now(), finding_id=pk)
    messages.success(http, _("A test is asked for %(person)s.") % {"person": asked.person.masked})
    return redirect("screening")


@page(Permission.SURVEILLANCE_SCREENING_PLAN, deed=True)
def decline(http: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Answer a request with the reason why no sample is taken."""
    reason = http.POST.get("reason", "")
    screening_requests.decline_sample(actor=actor, moment=clock.now(), request_id=pk, reason=reason)
    messages.success(http, _("The reason is kept with the request."))
    return redirect("screening")


@page(Permission.SURVEILLANCE_SCREENING_PLAN, deed=True)
def drop(http: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Set a refused record aside."""
    screening_requests.drop_refused(actor=actor, moment=clock.now(), refused_id=pk)
    messages.success(http, _("Set aside. The record is kept and counts no more."))
    return redirect("screening")
