"""Today's doors for a community team's phone, and the same list on paper: who is visited, in walking order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.components import Chip, Chips
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions import follow_up
from phaodai.surveillance.actions.becoming import suspicion_of
from phaodai.surveillance.models import FollowUpDay, Team
from phaodai.surveillance.models.following import FollowUp, in_area, on_the_list, rows_of
from phaodai.surveillance.pages.follow_grid import name_of
from phaodai.surveillance.pages.seen_form import SeenForm
from phaodai.surveillance.pages.symptom_words import CHOICES
from phaodai.surveillance.rules.follow_up import MET
from phaodai.surveillance.rules.indicators import Share, share_of

DOORS_AT_MOST = 120


@dataclass(frozen=True)
class Visit:
    """One person behind a door today."""

    row: FollowUp
    name: str
    number: int
    sample: bool
    state: str
    version: int

    @property
    def met(self) -> bool:
        """Whether somebody saw the person today."""
        return self.state in MET


@dataclass(frozen=True)
class Door:
    """A household or a person alone, with the address as it is known."""

    address: str
    visits: Sequence[Visit]

    @property
    def names(self) -> str:
        """Everybody behind it once, also whoever is followed for two cases."""
        return ", ".join({visit.row.person or visit.row.contact: visit.name for visit in self.visits}.values())

    @property
    def done(self) -> bool:
        """Whether everybody behind it was met."""
        return all(visit.met for visit in self.visits)

    @property
    def unseen(self) -> str:
        """The contacts that were not met yet, as the household's form sends them."""
        return ",".join(str(visit.row.contact.pk) for visit in self.visits if not visit.met)


@dataclass(frozen=True)
class Lane:
    """The doors of one hamlet, in the order of their addresses."""

    name: str
    doors: Sequence[Door]


def lanes_of(actor: Actor, today: date, team: int) -> list[Lane]:
    """Everybody followed today by hamlet and address; `team` 0 is every team of the area."""
    contacts = on_the_list(in_area(actor), today).filter(state="followed", follow_until__gte=today)
    if team:
        contacts = contacts.filter(team=team)
    rows = rows_of(contacts.order_by("commune_id", "person__household__hamlet", "pk")[:DOORS_AT_MOST], today, today)
    visits = sorted((_visit(row, today) for row in rows), key=_walking)
    return [Lane(name, _doors(list(found))) for name, found in groupby(visits, key=_hamlet)]


def _visit(row: FollowUp, today: date) -> Visit:
    answer = row.answers.get(today)
    sample = row.standing(today).sample_due
    state, version = (answer.state, answer.version) if answer else ("", 0)
    return Visit(row, name_of(row.person), row.course.number(today), sample, state, version)


def _hamlet(visit: Visit) -> str:
    return str(visit.row.household.hamlet.name) if visit.row.household else str(_("Address not known"))


def _walking(visit: Visit) -> tuple[bool, str, list[tuple[int, str]], int]:
    """Hamlet, then house by house: "Số 9" stands before "Số 12"."""
    parts = [(int(part), "") if part.isdigit() else (0, part) for part in _address(visit).split()]
    return (visit.row.household is None, _hamlet(visit), parts, visit.row.contact.pk)


def _doors(visits: list[Visit]) -> list[Door]:
    def home(visit: Visit) -> int:
        return visit.row.household.pk if visit.row.household else -visit.row.contact.person_id

    return [
        Door(_address(members[0]), members) for members in (list(found) for _home, found in groupby(visits, key=home))
    ]


def _address(visit: Visit) -> str:
    if visit.row.household:
        return visit.row.household.address
    return visit.row.person.address if visit.row.person else ""


def progress_of(lanes: Sequence[Lane]) -> Share:
    """Doors done of all doors."""
    return share_of(door.done for lane in lanes for door in lane.doors)


def _my_teams(actor: Actor) -> list[Team]:
    area = actor.area.narrowing
    return list(Team.objects.filter(closed_on=None, **area).order_by("name", "pk")[:40])


@page(Permission.SURVEILLANCE_CONTACT_READ)
def doors(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Today's doors, the next one open."""
    today, team = clock.today(), whole(request.GET.get("to"))
    lanes, teams = lanes_of(actor, today, team), _my_teams(actor)
    url = reverse("surveillance-doors")
    chips = [Chip(_("All teams"), url, current=not team)]
    chips += [Chip(one.name, f"{url}?to={one.pk}", current=one.pk == team) for one in teams]
    shown = {
        "lanes": lanes,
        "chips": Chips(chips, _("Team")) if teams else None,
        "progress": progress_of(lanes),
        "next": next((door for lane in lanes for door in lane.doors if not door.done), None),
        "symptoms": CHOICES,
        "today": today,
        "here": request.get_full_path(),
        "may_write": actor.may(Permission.SURVEILLANCE_CONTACT_FOLLOW),
    }
    return render(request, "surveillance/doors.html", shown)


@page(Permission.SURVEILLANCE_CONTACT_FOLLOW, deed=True)
def answer(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One person's answer at the door."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise Refusal(form.first_problem())
    values = form.cleaned_data
    asked = {"contact_id": values["contact"], "day": values["day"], "version": values["version"] or 0}
    written = follow_up.write_day(actor=actor, moment=clock.now(), seen=form.seen(), **asked)
    messages.success(request, _("Written down: %(state)s.") % {"state": written.get_state_display()})
    if written.state == FollowUpDay.State.SYMPTOMS and suspicion_of(written.contact, written.day, written.symptoms)[0]:
        return redirect("surveillance-contact", pk=written.contact_id)
    here, own = request.POST.get("here", ""), reverse("surveillance-contact", args=[written.contact_id])
    return redirect(
        here if here == own or here.startswith(reverse("surveillance-follow-up")) else reverse("surveillance-doors")
    )


@page(Permission.SURVEILLANCE_CONTACT_READ)
def team_sheet(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Today's list on A4 with boxes to tick, one page a team."""
    today, wanted = clock.today(), whole(request.GET.get("to"))
    teams = [team for team in _my_teams(actor) if not wanted or team.pk == wanted]
    sheets = [(team, lanes_of(actor, today, team.pk)) for team in teams]
    unassigned = [] if wanted else _unassigned(lanes_of(actor, today, 0))
    shown = {
        "sheets": [(team, lanes) for team, lanes in sheets if lanes],
        "unassigned": unassigned,
        "today": today,
        "doors_url": f"{reverse('surveillance-doors')}?{urlencode({'to': wanted or ''})}",
    }
    return render(request, "surveillance/team_sheet.html", shown)


def _unassigned(lanes: Sequence[Lane]) -> list[Lane]:
    """Those to whom nobody goes yet, door by door."""
    left = [
        Lane(lane.name, [Door(door.address, visits) for door in lane.doors if (visits := _teamless(door))])
        for lane in lanes
    ]
    return [lane for lane in left if lane.doors]


def _teamless(door: Door) -> list[Visit]:
    return [visit for visit in door.visits if visit.row.contact.team_id is None]
