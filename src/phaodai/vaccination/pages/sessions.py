"""Sessions: the calendar, a new one, and one session with who is expected, its lots and the account at its end."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Case, Count, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.care.models import Skill, Worker
from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.components import Chip, Chips
from phaodai.foundation.fields import DayField
from phaodai.foundation.formats import weekday_and_day
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act, status_of
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import text_of
from phaodai.supply.actions.stock_shared import mine
from phaodai.supply.models import StockLevel, Store
from phaodai.territory.models import Unit
from phaodai.vaccination.actions import sessions
from phaodai.vaccination.actions.cold_levels import Spot, spots_of
from phaodai.vaccination.actions.invitations import open_turns
from phaodai.vaccination.actions.sessions_team import GOING_ON, elsewhere
from phaodai.vaccination.law.vocabulary import group_choices, group_label, product_choices, product_label
from phaodai.vaccination.models import Dose, Invitation, LotHold, Session, SessionMember, VaccineLot
from phaodai.vaccination.pages.units import OfUnitForm
from phaodai.vaccination.rules.invitations import Finding

FINDING_WORDS = {
    Finding.GROUP_CLOSED: gettext_lazy("the group is not open here"),
    Finding.TOO_YOUNG: gettext_lazy("below the least age in force"),
    Finding.TOO_EARLY: gettext_lazy("the next dose is not due yet"),
    Finding.NO_INTERVAL: gettext_lazy("no verified rule gives the interval"),
    Finding.INVITED_ELSEWHERE: gettext_lazy("invited to another session"),
    Finding.ALREADY: gettext_lazy("has all doses"),
    Finding.FULL: gettext_lazy("the session is full"),
}
_WEEK = 7
_SHOWN = 400


class SessionForm(OfUnitForm):
    """A new session."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=pgettext_lazy("vaccination session", "For the people of"))
    name = forms.CharField(label=pgettext_lazy("vaccination session", "Where"), max_length=160)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=200, required=False)
    day = DayField(label=gettext_lazy("Day"))
    starts_at = forms.TimeField(
        label=pgettext_lazy("vaccination session", "From"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    ends_at = forms.TimeField(
        label=pgettext_lazy("vaccination session", "Until"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    teams = forms.IntegerField(
        label=pgettext_lazy("vaccination session", "Vaccinating tables"), min_value=1, max_value=50
    )
    per_hour = forms.IntegerField(
        label=pgettext_lazy("vaccination session", "People an hour and table"), min_value=1, max_value=200
    )
    team = forms.CharField(
        label=pgettext_lazy("vaccination session", "Team"), required=False, widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Only who is not of the roster; people of the roster are put on the team on the next page."),
    )  # fmt: skip
    product = forms.ChoiceField(
        label=pgettext_lazy("vaccine", "Product"), required=False, choices=lambda: [("", _("Any")), *product_choices()]
    )
    groups = forms.MultipleChoiceField(
        label=pgettext_lazy("vaccination session", "Groups"), required=False, choices=group_choices,
        widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("None ticked: every group that is open there."),
    )  # fmt: skip
    store = forms.ModelChoiceField(
        Store.objects.none(), required=False, label=pgettext_lazy("vaccination session", "Vaccine from the store")
    )

    def __init__(self, *arguments: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*arguments, actor=actor, **options)
        stores = Store.objects.kept_by(actor).open().order_by("sort_key")
        self.fields["store"].queryset = stores  # type: ignore[attr-defined]


@page(Permission.VACCINATION_SESSION_RUN)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Plan a session."""
    begin = {
        "day": clock.today() + timedelta(days=1), "starts_at": "07:30", "ends_at": "16:30", "teams": 1, "per_hour": 20,
        "unit": actor.area.commune,
    }  # fmt: skip
    form = SessionForm(request.POST if request.method == "POST" else None, actor=actor, initial=begin)
    if request.method == "POST" and form.is_valid():
        done = act(form, lambda: _plan(actor, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("The session is planned. Bring lots, then invite people."))
            return redirect("vaccination-session", pk=done.pk)
    return render(request, "vaccination/plan_session_new.html", {"form": form}, status=status_of(form))


def _plan(actor: Actor, *, store: Store | None, **values: Any) -> Session:
    return sessions.plan_session(actor=actor, moment=clock.now(), store_id=store.pk if store else None, **values)


@page(Permission.VACCINATION_COVERAGE_READ)
def calendar(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The sessions of a week, day by day, of the officer's area."""
    first = _monday(request.GET.get("tuan", ""))
    rows = Session.objects.run_by(actor).filter(day__range=(first, first + timedelta(days=_WEEK - 1)))
    standing = Count("invitations", filter=Q(invitations__state__in=["invited", "came"]))
    listed = list(
        rows.select_related("organisation").annotate(invited=standing).order_by("day", "starts_at", "sort_key")
    )
    days = [first + timedelta(days=number) for number in range(_WEEK)]
    shown = {
        "days": [(weekday_and_day(day, language()), day, [one for one in listed if one.day == day]) for day in days],
        "weeks": _weeks(first),
        "today": clock.today(),
        "may_run": actor.may(Permission.VACCINATION_SESSION_RUN),
    }
    return render(request, "vaccination/plan_calendar.html", shown)


def _monday(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = clock.today()
    return day - timedelta(days=day.weekday())


def _weeks(first: date) -> Chips:
    this = clock.today() - timedelta(days=clock.today().weekday())
    around = sorted({first - timedelta(days=7), first, first + timedelta(days=7), this})
    address = reverse("vaccination-sessions")
    chips = [Chip(_week_words(day), f"{address}?tuan={day:%Y-%m-%d}", current=day == first) for day in around]
    return Chips(chips, _("Weeks"))


def _week_words(first: date) -> str:
    return _("Week of %(day)s") % {"day": f"{first:%d/%m}"}


def seen_session(actor: Actor, pk: int) -> Session:
    """The session of an address."""
    found = Session.objects.visible_to(actor).select_related("organisation", "store").filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is no such session that your post may see."))
    return found


@page(Permission.VACCINATION_COVERAGE_READ)
def session(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One session."""
    return render(request, "vaccination/plan_session.html", context_of(seen_session(actor, pk), actor, request.GET))


@dataclass(frozen=True)
class LotAtSession:
    """A lot with what the doses recorded say of it."""

    row: Any
    product: str
    recorded: int


def context_of(found: Session, actor: Actor, asked: Any = None, **refused: Any) -> dict[str, Any]:
    """What the page shows; `refused` puts what was sent and refused in the place of a fresh form."""
    runs = mine(actor, found) and actor.may(Permission.VACCINATION_SESSION_RUN)
    counts = dict(found.invitations.order_by().values_list("state").annotate(count=Count("pk")))
    return {
        "session": found,
        "groups": [group_label(one) for one in found.groups]
        or sorted({group_label(t.group) for t in open_turns(found)}),
        "product": product_label(found.product) if found.product else "",
        "lots": _lots(found),
        "counts": counts,
        "expected": counts.get("invited", 0) + counts.get("came", 0),
        "left": max(0, found.capacity - counts.get("invited", 0) - counts.get("came", 0) - counts.get("absent", 0)),
        "invitations": _invitations(found, actor, (asked or {}).get("q", "")) if runs else [],
        "untold": list(_untold(found, actor)) if runs and found.state == Session.State.CANCELLED else [],
        "asked": (asked or {}).get("q", ""),
        "choices": _lots_to_bring(found) if runs else [],
        "runs": runs,
        **_team(found, actor, runs=runs),
        "group_choices": list(group_choices()),
        "today": clock.today(),
        "refused": {},
    } | refused


def _lots(found: Session) -> list[LotAtSession]:
    recorded = dict(
        Dose.objects.counted().filter(session=found).order_by().values_list("lot_id").annotate(count=Count("pk"))
    )
    rows = found.lots.select_related("lot").order_by("pk")
    return [LotAtSession(row, product_label(row.lot.product), recorded.get(row.lot_id, 0)) for row in rows]


def _team(found: Session, actor: Actor, *, runs: bool) -> dict[str, Any]:
    """Who is on the team, where they are expected at the same time, and who of the roster could join."""
    members = list(SessionMember.objects.standing().filter(session=found).order_by("duty", "pk"))
    manned = runs and found.state in GOING_ON
    free = Worker.objects.visible_to(actor).working().exclude(pk__in=[one.worker_id for one in members])
    vaccinators_first = Case(When(skills__contains=[Skill.VACCINATION], then=0), default=1)
    workers = list(free.order_by(vaccinators_first, "sort_key")[:_SHOWN]) if manned else []
    busy = elsewhere(found, [*(one.worker_id for one in members), *(one.pk for one in workers)])
    return {
        "members": [(one, busy.get(one.worker_id, [])) for one in members],
        "workers": [(one, one.pk in busy) for one in workers],
        "duties": SessionMember.Duty.choices,
        "manned": manned,
    }


def _untold(found: Session, actor: Actor) -> QuerySet[Invitation]:
    """Whom to ring about a session that was called off, by the hour at which they would come."""
    rows = Invitation.objects.visible_to(actor).untold(found).select_related("entry__hamlet")
    return rows.order_by("slot", "position")[:_SHOWN]


@dataclass(frozen=True)
class Guest:
    """Somebody of the session: initials, the hour, what the rule said."""

    row: Invitation
    words: str


def _invitations(found: Session, actor: Actor, words: str) -> list[Guest]:
    rows = Invitation.objects.visible_to(actor).filter(session=found).select_related("entry__hamlet")
    for word in text_of(words).lower().split():
        rows = rows.filter(entry__search_key__contains=word)
    listed = rows.order_by("state", "slot", "position")[:_SHOWN]
    return [Guest(one, ", ".join(str(FINDING_WORDS[Finding(key)]) for key in one.findings)) for one in listed]


@dataclass(frozen=True)
class ToBring:
    """Vials of a lot that may be brought: from a fridge of the store, or from its shelf."""

    lot: VaccineLot
    product: str
    spot: Spot


def _lots_to_bring(found: Session) -> list[ToBring]:
    """Lots of the session's store by fridge, what expires first first; held vials are left out."""
    if found.store_id is None or found.state not in (Session.State.PLANNED, Session.State.OPEN):
        return []
    levels = StockLevel.objects.usable_on(found.day).filter(store=found.store_id, batch__vaccine_lot__isnull=False)
    held = set(
        LotHold.objects.standing()
        .whole()
        .filter(Q(store=None) | Q(store=found.store_id))
        .values_list("lot_id", flat=True)
    )
    lots = [one.batch.vaccine_lot for one in levels.select_related("batch__vaccine_lot").first_expired_first()]
    return [
        ToBring(lot, product_label(lot.product), spot)
        for lot in lots
        if lot.pk not in held
        for spot in spots_of(found.store_id, lot)
        if spot.free > 0
    ]


def lot_of(request: HttpRequest) -> tuple[int, int | None]:
    """The lot that a form names, and the fridge; None where it lies in none."""
    lot, _colon, place = request.POST.get("lot", "").partition(":")
    return whole(lot), whole(place) or None
