"""The desk of vaccination: alarms, today's sessions, whose turn it is, what is left; and the plan of the groups."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, F, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.components import Empty, Queue
from phaodai.foundation.fields import DayField
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act, status_of
from phaodai.foundation.scope import Actor
from phaodai.rulebook.provincial import rulebook_for
from phaodai.supply.models import StockLevel
from phaodai.territory.models import Unit
from phaodai.vaccination.actions import groups
from phaodai.vaccination.law.plan import GroupPlace, least_age_on, order_on
from phaodai.vaccination.law.vocabulary import group_choices, group_label, product_label
from phaodai.vaccination.models import Dose, GroupTurn, ListEntry, Session
from phaodai.vaccination.pages.plan_queue import plan_queue
from phaodai.vaccination.pages.units import OfUnitForm

COUNTED_TO = 10_000
"""Beyond so many a count says "more than": counting two million people would take longer than the page."""
USE_DAYS = 7


@dataclass(frozen=True)
class DosesLeft:
    """Usable doses of a product in the stores of an area, and for how many days they last at the week's pace."""

    product: str
    doses: int
    first_expiry: date | None
    a_day: float

    @property
    def days(self) -> int | None:
        """Days left; None where nothing was given in the week."""
        return int(self.doses / self.a_day) if self.a_day else None


def doses_left(actor: Actor, day: date) -> list[DosesLeft]:
    """What is left by product in the stores of the officer's area."""
    levels = StockLevel.objects.usable_on(day).filter(batch__vaccine_lot__isnull=False, **actor.area.narrowing)
    doses = Sum(F("quantity") * F("batch__vaccine_lot__doses_per_vial"))
    rows = levels.values_list("batch__vaccine_lot__product", "expires_on").annotate(doses=doses).order_by("expires_on")
    given = _given(actor, day)
    found: dict[str, tuple[int, date | None]] = {}
    for product, expires_on, count in rows:
        total, first = found.get(product, (0, expires_on))
        found[product] = (total + int(Decimal(count)), first)
    return [
        DosesLeft(product_label(product), count, first, given.get(product, 0) / USE_DAYS)
        for product, (count, first) in found.items()
    ]


def _given(actor: Actor, day: date) -> dict[str, int]:
    """Doses of each product in the last week."""
    since = datetime.combine(day - timedelta(days=USE_DAYS), datetime.min.time(), clock.VIETNAM)
    doses = Dose.objects.visible_to(actor).counted().filter(given_at__gte=since)
    return dict(doses.order_by().values_list("product").annotate(count=Count("pk")))


@dataclass(frozen=True)
class Turn:
    """An open group, and how many of it still wait in the officer's area; `more` where not all were counted."""

    turn: GroupTurn
    label: str
    waiting: int
    more: bool


def turns_of(actor: Actor, day: date) -> list[Turn]:
    """The groups that are open for the officer's area, in the order in force."""
    turns = GroupTurn.objects.visible_to(actor).open_on(day).select_related("unit")
    rows = [one for one in turns if actor.area.meets(one)]
    rows.sort(key=lambda one: (one.rank is None, one.rank or 0, one.unit.tier, one.unit.sort_key))
    return [_turn(one, actor) for one in rows[:12]]


def _turn(turn: GroupTurn, actor: Actor) -> Turn:
    waiting = 0
    if actor.may(Permission.VACCINATION_SESSION_RUN) or actor.may(Permission.VACCINATION_PLAN_WRITE):
        area = {name: value for name, value in (turn.unit.area.narrowing | actor.area.narrowing).items() if value}
        entries = ListEntry.objects.visible_to(actor).waiting().filter(group=turn.group, next_number=1, **area)
        waiting = entries.order_by()[: COUNTED_TO + 1].count()
    return Turn(turn, group_label(turn.group), min(waiting, COUNTED_TO), waiting > COUNTED_TO)


@page(Permission.VACCINATION_COVERAGE_READ)
def desk(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits for this officer, today's sessions, whose turn it is and what is left."""
    moment = clock.now()
    day = moment.date()
    today = (
        Session.objects.run_by(actor).on(day).exclude(state=Session.State.CANCELLED).order_by("starts_at", "sort_key")
    )
    shown = {
        "queue": Queue(plan_queue(actor, moment), Empty(_("Nothing waits. The next session is in the calendar."))),
        "sessions": [SessionLine.of(one) for one in today.select_related("organisation")[:40]],
        "turns": turns_of(actor, day),
        "left": doses_left(actor, day) if actor.may(Permission.VACCINATION_PLAN_READ) else [],
        "may_plan": actor.may(Permission.VACCINATION_PLAN_READ),
        "may_run": actor.may(Permission.VACCINATION_SESSION_RUN),
        "counted_to": COUNTED_TO,
        "day": day,
    }
    return render(request, "vaccination/plan_desk.html", shown)


@dataclass(frozen=True)
class SessionLine:
    """A session with how many are expected, came, and fit."""

    session: Session
    invited: int
    came: int

    @classmethod
    def of(cls, session: Session) -> "SessionLine":
        states = list(session.invitations.order_by().values_list("state", flat=True))
        return cls(session, sum(one in ("invited", "came") for one in states), states.count("came"))


class TurnForm(OfUnitForm):
    """Open a group in a unit."""

    group = forms.ChoiceField(label=pgettext_lazy("vaccination", "Priority group"), choices=group_choices)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"))
    opens_on = DayField(label=pgettext_lazy("vaccination", "Open from"))
    document = forms.CharField(
        label=pgettext_lazy("vaccination", "Decision"),
        max_length=160,
        help_text=gettext_lazy("Number, day and who signed."),
    )
    target = forms.IntegerField(
        label=pgettext_lazy("vaccination", "People to reach"), required=False, min_value=1, max_value=10_000_000
    )
    due_on = DayField(label=pgettext_lazy("vaccination", "To be reached by"), required=False)
    reason = forms.CharField(
        label=pgettext_lazy("vaccination", "Reason"), required=False, max_length=300,
        help_text=gettext_lazy("Needed where an earlier group is not open, or no verified rule names the group."),
    )  # fmt: skip


class CloseForm(forms.Form):
    """Close a group."""

    closes_on = DayField(label=pgettext_lazy("vaccination", "Open until"))


@page(Permission.VACCINATION_PLAN_READ)
def plan(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The order in force with its law, and which group is open where, by which decision."""
    form = TurnForm(actor=actor, initial={"opens_on": clock.today(), "unit": _own_unit(actor)})
    if request.method == "POST":
        done = _do(request, actor)
        if isinstance(done, HttpResponse):
            return done
        form = done
    return render(request, "vaccination/plan.html", _plan_context(actor, form), status=status_of(form))


def _own_unit(actor: Actor) -> int | None:
    return actor.area.commune or actor.area.district or actor.area.province


def _do(request: HttpRequest, actor: Actor) -> HttpResponse | TurnForm:
    """Open, close, or put in order; a refused form comes back with its reason."""
    deed, moment = request.POST.get("viec", ""), clock.now()
    if deed == "xep":
        moved = groups.put_in_order(actor=actor, moment=moment)
        messages.success(request, _("%(count)d people have their place in the order in force now.") % {"count": moved})
    elif deed == "dong":
        closing = CloseForm(request.POST)
        if not closing.is_valid():
            messages.error(request, _("Say from which day the group is closed."))
            return redirect("vaccination-plan")
        turn = groups.close_group(
            actor=actor, moment=moment, turn_id=whole(request.POST.get("turn")), **closing.cleaned_data
        )
        messages.success(request, _("%(turn)s is closed.") % {"turn": group_label(turn.group)})
    elif deed == "mo":
        form = TurnForm(request.POST, actor=actor)
        actor.require(Permission.VACCINATION_PLAN_WRITE)
        done = form.is_valid() and act(form, lambda: groups.open_group(actor=actor, moment=moment, **form.cleaned_data))
        if not done:
            return form
        messages.success(request, _("%(turn)s is open.") % {"turn": group_label(done.group)})
    else:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return redirect("vaccination-plan")


def _plan_context(actor: Actor, form: TurnForm) -> dict[str, Any]:
    today = clock.today()
    book = rulebook_for(actor.area.province)
    order = order_on(book, today)
    turns = GroupTurn.objects.visible_to(actor).select_related("unit", "decided_by").order_by("-opens_on", "pk")
    rows = [(group_label(one.group), one) for one in turns[:200] if actor.area.meets(one)]
    opened = {one.group for _label, one in rows if one.opens_on <= today and (one.closes_on or today) >= today}
    return {
        "form": form,
        "order": [(group_label(one.group), one, one.group in opened) for one in order],
        "law": _law_of(order),
        "least_age": least_age_on(book, today),
        "turns": rows,
        "may_write": actor.may(Permission.VACCINATION_PLAN_WRITE) and actor.reach != "own",
        "today": today,
    }


def _law_of(order: list[GroupPlace]) -> Any:
    """The document of the order in force."""
    return next((one.decision.document for one in order if one.decision.document), None)
