"""The follow-up grid (/giam-sat/theo-doi): what was seen of each contact each day, written where it is read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids, whole
from phaodai.foundation.components import Chip, ChipMenu, Chips, Empty, Text
from phaodai.foundation.formats import short_day
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Clash, NotHere, Refusal
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions import follow_up, teams
from phaodai.surveillance.actions.becoming import suspicion_of
from phaodai.surveillance.models import Contact, FollowUpDay, Team
from phaodai.surveillance.models.following import FollowUp, in_area, on_the_list, rows_of
from phaodai.surveillance.pages import follow_grid
from phaodai.surveillance.pages.follow_grid import Line, Painter
from phaodai.surveillance.pages.seen_form import SeenForm
from phaodai.surveillance.pages.symptom_words import CHOICES, symptoms_in_words
from phaodai.surveillance.rules.follow_up import MET, Standing
from phaodai.territory.models import Unit

ROWS_AT_MOST = 500
WEEK = timedelta(days=7)

FLAGS: dict[str, tuple[Text, Callable[[Standing], bool]]] = {
    "chua-gap": (gettext_lazy("Not met today"), lambda one: one.unseen),
    "trieu-chung": (gettext_lazy("Has symptoms"), lambda one: one.symptoms),
    "vang": (gettext_lazy("Absent two days running"), lambda one: one.absent),
    "lay-mau": (gettext_lazy("Sample due"), lambda one: one.sample_due),
    "sap-het": (gettext_lazy("Ending soon"), lambda one: one.ending),
    "qua-han": (gettext_lazy("To be finished"), lambda one: one.overdue),
}


@dataclass(frozen=True)
class Wish:
    """What the address asks for: `flag` of FLAGS, a team, a commune, the first day shown."""

    flag: str
    team: int
    commune: int
    since: date | None

    def address(self, **changes: Any) -> str:
        """The grid's address with some of its wishes changed; an empty change drops the wish."""
        since = self.since.isoformat() if self.since else ""
        parts = {"xem": self.flag, "to": self.team, "xa": self.commune, "tu": since} | changes
        query = urlencode({name: value for name, value in parts.items() if value})
        return reverse("surveillance-follow-up") + (f"?{query}" if query else "")


def wish_of(request: HttpRequest) -> Wish:
    """Read the address; what is no wish counts as none."""
    asked = request.GET
    flag = asked.get("xem", "")
    try:
        since = parse_date(asked.get("tu", ""))
    except ValueError:
        since = None
    return Wish(flag if flag in FLAGS else "", whole(asked.get("to")), whole(asked.get("xa")), since)


def chosen_contacts(actor: Actor, wish: Wish, today: date) -> QuerySet[Contact]:
    """The contacts of the grid as far as team and commune narrow it."""
    contacts = on_the_list(in_area(actor), today)
    if wish.team:
        contacts = contacts.filter(team=wish.team)
    return contacts.filter(commune_id=wish.commune) if wish.commune else contacts


@page(Permission.SURVEILLANCE_CONTACT_READ)
def grid(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everybody whom this officer's area follows, day by day."""
    today, wish = clock.today(), wish_of(request)
    days = follow_grid.days_shown(today, wish.since)
    contacts = chosen_contacts(actor, wish, today)
    rows = rows_of(contacts.order_by("follow_until", "pk")[:ROWS_AT_MOST], min(days[0], today - WEEK * 3), days[-1])
    lines = [Line(row, row.standing(today)) for row in rows]
    wanted = [line for line in lines if not wish.flag or FLAGS[wish.flag][1](line.standing)]
    groups = follow_grid.groups_of(wanted)
    may_write = actor.may(Permission.SURVEILLANCE_CONTACT_FOLLOW)
    painter = Painter(days, today, may_write=may_write, may_open=actor.may(Permission.PEOPLE_PERSON_REVEAL))
    shown = {
        "chips": _chips(actor, wish, lines, today),
        "head": follow_grid.head(days, today),
        "body": painter.body(groups),
        "foot": follow_grid.foot(groups, days, today),
        "rows": len(wanted),
        "columns": len(days) + 3,
        "more": contacts.count() - len(rows) if len(rows) == ROWS_AT_MOST else 0,
        "empty": _empty(wish),
        "may_write": may_write,
        "today": today,
        "earlier": wish.address(tu=(days[0] - WEEK).isoformat()),
        "later": wish.address(tu=(days[0] + WEEK).isoformat()),
        "now": wish.address(tu=""),
        "here": request.get_full_path(),
        "teams": _teams(actor, wish) if may_write else (),
        "symptoms": CHOICES,
        "sheet_url": f"{reverse('surveillance-team-sheet')}?{urlencode({'to': wish.team or ''})}",
    }
    return render(request, "surveillance/follow_up.html", shown)


def _empty(wish: Wish) -> Empty:
    if wish.flag or wish.team or wish.commune:
        return Empty(_("Nobody here under this filter."))
    return Empty(_("Nobody is followed now. Contacts come from the list of a case once they are in quarantine."))


def _chips(actor: Actor, wish: Wish, lines: Sequence[Line], today: date) -> Chips:
    flags = [
        Chip(
            label,
            wish.address(xem="" if wish.flag == key else key),
            sum(1 for line in lines if rule(line.standing)),
            current=wish.flag == key,
        )
        for key, (label, rule) in FLAGS.items()
    ]
    menus = [_team_menu(actor, wish), *([_commune_menu(actor, wish, today)] if actor.area.commune is None else [])]
    return Chips([*flags, *menus], _("Show"), extra=_met_today(lines, today))


def _met_today(lines: Sequence[Line], today: date) -> str:
    owed = [line.row for line in lines if line.row.is_open and line.row.course.first <= today <= line.row.course.last]
    met = sum(1 for row in owed if (answer := row.answers.get(today)) and answer.state in MET)
    return _("Met today: %(met)d of %(owed)d") % {"met": met, "owed": len(owed)}


def _teams(actor: Actor, wish: Wish) -> QuerySet[Team]:
    area = actor.area.narrowing
    teams = Team.objects.filter(closed_on=None, **area).order_by("name", "pk")
    return teams.filter(commune_id=wish.commune) if wish.commune else teams


def _team_menu(actor: Actor, wish: Wish) -> ChipMenu:
    found = list(_teams(actor, wish)[:60])
    mine = next((team.name for team in found if team.pk == wish.team), _("all"))
    options = [Chip(_("All teams"), wish.address(to=""), current=not wish.team)]
    options += [Chip(team.name, wish.address(to=team.pk), current=team.pk == wish.team) for team in found]
    return ChipMenu(_("Team: %(team)s") % {"team": mine}, options, current=bool(wish.team))


def _commune_menu(actor: Actor, wish: Wish, today: date) -> ChipMenu:
    counted = on_the_list(in_area(actor), today).order_by().values_list("commune_id").annotate(count=Count("pk"))
    counts = dict(counted)
    units = Unit.objects.filter(pk__in=[pk for pk in counts if pk]).order_by("sort_key")
    options = [Chip(_("All communes"), wish.address(xa=""), current=not wish.commune)]
    options += [
        Chip(unit.name, wish.address(xa=unit.pk), counts[unit.pk], current=unit.pk == wish.commune) for unit in units
    ]
    name = next((str(unit.name) for unit in units if unit.pk == wish.commune), _("all"))
    return ChipMenu(_("Commune: %(commune)s") % {"commune": name}, options, current=bool(wish.commune))


def row_of(actor: Actor, contact_id: int) -> FollowUp:
    """One row of the grid as it stands now."""
    found = rows_of(Contact.objects.visible_to(actor).filter(pk=contact_id), date.min, date.max - timedelta(days=2))
    if not found:
        raise NotHere(_("There is no such contact, or your post may not see it."))
    return found[0]


@page(Permission.SURVEILLANCE_CONTACT_FOLLOW, deed=True)
def write_cell(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Write one cell; answers with the cell as it now stands, or with what to decide when two officers wrote."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"message": form.first_problem()}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    values = form.cleaned_data
    asked = {"contact_id": values["contact"], "day": values["day"], "version": values["version"] or 0}
    try:
        written = follow_up.write_day(actor=actor, moment=clock.now(), seen=form.seen(), **asked)
    except Clash as clash:
        return _both(actor, clash, values["contact"], values["day"])
    except NotHere:
        raise
    except Refusal as refusal:
        return JsonResponse({"message": str(refusal)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse({"cell": _cell(actor, values["contact"], values["day"]), "note": _suspicion(request, written)})


def _cell(actor: Actor, contact_id: int, day: date) -> str:
    return follow_grid.cell_of(row_of(actor, contact_id), day, clock.today())


def _both(actor: Actor, clash: Clash, contact_id: int, day: date) -> JsonResponse:
    theirs = "; ".join(f"{one.label}: {_in_words(one.field, one.theirs)}" for one in clash.differences)
    answer = {"message": str(clash), "theirs": theirs, "cell": _cell(actor, contact_id, day)}
    return JsonResponse(answer, status=HTTPStatus.CONFLICT)


def _in_words(field: str, value: str) -> str:
    if field == "state":
        return str(dict(FollowUpDay.State.choices).get(value, value))
    return symptoms_in_words(value) if field == "symptoms" else value or "–"


def _suspicion(request: HttpRequest, written: FollowUpDay) -> str:
    """The offer to open a suspected case; empty where the symptoms propose none."""
    if written.state != FollowUpDay.State.SYMPTOMS or written.contact.became_id is not None:
        return ""
    proposed, found = suspicion_of(written.contact, written.day, written.symptoms)
    if not proposed:
        return ""
    why = found.record.get("why") or {}
    shown = {"contact": written.contact, "reason": why.get(language(), ""), "document": found.record.get("document")}
    return render_to_string("surveillance/suspicion.html", shown, request)


@page(Permission.SURVEILLANCE_CONTACT_FOLLOW, deed=True)
def household(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One member answers for the whole household; `home` or `row` names its contacts, `by` the one who spoke."""
    ids = row_ids(request.POST.get("home", "").split(",")) or row_ids(request.POST.getlist("row"))
    day = _day(request)
    speaker = Contact.objects.visible_to(actor).filter(pk=whole(request.POST.get("by"))).first()
    written = follow_up.write_household(
        actor=actor,
        moment=clock.now(),
        contact_ids=ids,
        day=day,
        answered_by=speaker.person_id if speaker else None,
    )
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"cells": {pk: _cell(actor, pk, day) for pk in ids}})
    words = ngettext("Written down: %(count)d person well.", "Written down: %(count)d people well.", len(written))
    messages.success(request, words % {"count": len(written)})
    return back(request)


def _day(request: HttpRequest) -> date:
    try:
        return parse_date(request.POST.get("day", "")) or clock.today()
    except ValueError:
        return clock.today()


def back(request: HttpRequest) -> HttpResponse:
    """To where the officer came from, which is always a page of follow-up."""
    here = request.POST.get("here", "")
    return redirect(here if here.startswith(reverse("surveillance-follow-up")) else reverse("surveillance-follow-up"))


@page(Permission.SURVEILLANCE_CONTACT_FOLLOW, deed=True)
def assign(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Give the chosen contacts to a team, or share them among the teams of their commune."""
    chosen, choice = row_ids(request.POST.getlist("row")), request.POST.get("team", "")
    moment = clock.now()
    if choice in ("evenly", "nearest"):
        given = teams.share_out(actor=actor, moment=moment, contact_ids=chosen, by=choice)  # type: ignore[arg-type]  # one of the two
    else:
        given = teams.assign_team(actor=actor, moment=moment, contact_ids=chosen, team_id=whole(choice))
    messages.success(
        request, ngettext("Given to teams: %d person.", "Given to teams: %d people.", len(given)) % len(given)
    )
    return back(request)


@page(Permission.SURVEILLANCE_CONTACT_FOLLOW, deed=True)
def samples(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Ask for a sample of each chosen contact."""
    day = _day(request)
    booked = follow_up.book_samples(
        actor=actor, moment=clock.now(), contact_ids=row_ids(request.POST.getlist("row")), on=day
    )
    about = {"count": len(booked), "day": short_day(day, language())}
    words = ngettext("%(count)d sample asked for on %(day)s.", "%(count)d samples asked for on %(day)s.", len(booked))
    messages.success(request, words % about)
    return back(request)
