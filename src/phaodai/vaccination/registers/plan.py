"""People on the lists, sessions, lots and fridges as registers: lists, sheets and the interface."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.foundation.components import Action, Content, Fact, Facts
from phaodai.foundation.formats import short_day
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import Bulk, ChoiceFilter, Column, FlagFilter, Register
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.supply.actions.stock_shared import mine
from phaodai.vaccination.actions import cold_chain, lists, lots, sessions
from phaodai.vaccination.law.vocabulary import group_choices, group_label, product_choices, product_label
from phaodai.vaccination.models import ColdPlace, ListEntry, LotHold, Session, VaccineLot

RUN, PLAN = Permission.VACCINATION_SESSION_RUN, Permission.VACCINATION_PLAN_WRITE
State = ListEntry.State
SOON = timedelta(days=30)


def _without_number(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(identity_number="")


def _alike(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.exclude(lookalike=None)


def _second_due(rows: QuerySet[Any], _actor: Actor, moment: datetime) -> QuerySet[Any]:
    return rows.filter(state=State.WAITING, due_from__lte=moment.date())


def _reason() -> dict[str, forms.Field]:
    return {"reason": forms.CharField(label=_("Reason"), max_length=200)}


def _becomes(state: str) -> Callable[..., ListEntry]:
    def run(*, actor: Actor, moment: datetime, record: ListEntry, reason: str = "") -> ListEntry:
        lists.follow_entries(actor=actor, moment=moment, entry_ids=[record.pk], state=state, reason=reason)
        return record

    return run


def _is_already(state: str) -> Callable[[Any, Actor], str | None]:
    return lambda entry, _actor: _("is so already") if entry.state == state else None


def _answers(*, same: bool) -> Callable[..., ListEntry]:
    def run(*, actor: Actor, moment: datetime, record: ListEntry) -> ListEntry:
        return lists.answer_lookalike(actor=actor, moment=moment, entry_id=record.pk, same=same)

    return run


def _not_alike(entry: Any, _actor: Actor) -> str | None:
    return None if entry.lookalike_id else _("looks like nobody else")


class Entries(Register):
    """Everybody on a list, once; initials only."""

    key = "nguoi-tiem"
    model = ListEntry
    title = gettext_lazy("People on the lists")
    one = gettext_lazy("person on the lists")
    room = "vaccination"
    read = RUN
    order = ("sort_key", "id")
    related = ("hamlet",)
    empty = gettext_lazy("Nobody is on a list yet. Take the first list in.")
    columns = (
        Column("person", gettext_lazy("Person"), plain=lambda one: one.masked, order=("sort_key", "id"), opens=True),
        Column("group", pgettext_lazy("vaccination", "Priority group"), plain=lambda one: group_label(one.group)),
        Column("hamlet", gettext_lazy("Hamlet"), plain=lambda one: one.hamlet.name if one.hamlet else one.hamlet_name),
        Column("state", gettext_lazy("State")),
        Column("state_reason", pgettext_lazy("list entry", "Why"), on_phone=False),
        Column("next_number", pgettext_lazy("vaccination", "Next dose"), numeric=True),
        Column("due_from", pgettext_lazy("vaccination", "Due from")),
    )
    filters = (
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "den-han": (pgettext_lazy("list entry", "second dose due"), _second_due),
                "khong-giay-to": (pgettext_lazy("list entry", "no ID card number"), _without_number),
                "giong": (pgettext_lazy("list entry", "may be on twice"), _alike),
            },
        ),
        ChoiceFilter("trang-thai", gettext_lazy("State"), field="state", values=State.choices),
        ChoiceFilter(
            "nhom", pgettext_lazy("vaccination", "Priority group"), field="group", values=tuple(group_choices())
        ),
    )
    bulk = (
        Bulk(
            "hoan", pgettext_lazy("list entry", "Defer"), RUN, _becomes(State.DEFERRED), icon="clock", fields=_reason,
            skip=_is_already(State.DEFERRED),
        ),
        Bulk(
            "tu-choi", pgettext_lazy("list entry", "Declined"), RUN, _becomes(State.DECLINED), icon="close",
            skip=_is_already(State.DECLINED),
        ),
        Bulk(
            "khong-thay", pgettext_lazy("list entry", "Not found"), RUN, _becomes(State.NOT_FOUND), icon="search",
            skip=_is_already(State.NOT_FOUND),
        ),
        Bulk(
            "di-roi", pgettext_lazy("list entry", "Moved away"), RUN, _becomes(State.MOVED), icon="arrow-right",
            skip=_is_already(State.MOVED),
        ),
        Bulk(
            "cho", pgettext_lazy("list entry", "Waits again"), RUN, _becomes(State.WAITING), icon="undo",
            skip=_is_already(State.WAITING),
        ),
        Bulk("la-mot", pgettext_lazy("list entry", "The same person"), RUN, _answers(same=True), icon="merge", skip=_not_alike),
        Bulk("la-hai", pgettext_lazy("list entry", "Two persons"), RUN, _answers(same=False), icon="split", skip=_not_alike),
    )  # fmt: skip

    def panels(self, record: Any, actor: Actor, moment: datetime) -> Sequence[Content]:
        """The lists that name the person, and whom they look like."""
        del actor, moment
        sources = record.sources.select_related("priority_list").order_by("pk")
        found = [
            Fact(
                one.priority_list.name,
                _("row %(row)d, %(group)s") % {"row": one.row_number, "group": group_label(one.group)},
            )
            for one in sources
        ]
        if record.lookalike:
            about = Action(record.lookalike.masked, reverse("nguoi-tiem-record", args=[record.lookalike_id]), "people")
            found.append(Fact(_("May be the same as"), about))
        return [Facts(found)] if found else []

    def buttons(self, actor: Actor) -> Sequence[Content]:
        """The door of the lists."""
        return [Action(_("Lists of units"), reverse("vaccination-lists"), "upload")] if actor.may(RUN) else []


def _ours(rows: Any, actor: Actor, _moment: datetime) -> Any:
    return rows.run_by(actor)


def _coming(rows: QuerySet[Any], _actor: Actor, moment: datetime) -> QuerySet[Any]:
    return rows.filter(day__gte=moment.date())


class Sessions(Register):
    """Every session of the province."""

    key = "buoi-tiem"
    record_route = "vaccination-session"
    model = Session
    title = gettext_lazy("Sessions")
    one = gettext_lazy("vaccination session")
    room = "vaccination"
    read = Permission.VACCINATION_COVERAGE_READ
    write = RUN
    order = ("-day", "-id")
    related = ("organisation",)
    edit_fields = ("name", "address", "team", "teams", "per_hour")
    empty = gettext_lazy("No session yet. Plan the first one.")
    columns = (
        Column("day", gettext_lazy("Day"), order=("day", "id")),
        Column("name", pgettext_lazy("vaccination session", "Where"), opens=True, edit="name"),
        Column(
            "organisation",
            pgettext_lazy("vaccination session", "Run by"),
            plain=lambda one: one.organisation.short_name,
        ),
        Column("state", gettext_lazy("State")),
        Column(
            "capacity", pgettext_lazy("vaccination session", "Places"), plain=lambda one: one.capacity, numeric=True
        ),
        Column(
            "teams",
            pgettext_lazy("vaccination session", "Vaccinating tables"),
            numeric=True,
            edit="teams",
            on_phone=False,
        ),
        Column("team", pgettext_lazy("vaccination session", "Team"), edit="team", on_phone=False),
    )
    filters = (
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "cua-ta": (pgettext_lazy("vaccination session", "run by us"), _ours),
                "sap-toi": (pgettext_lazy("vaccination session", "today and later"), _coming),
            },
        ),
        ChoiceFilter("trang-thai", gettext_lazy("State"), field="state", values=Session.State.choices),
    )

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return sessions.amend_session(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """Whoever runs the session mends it."""
        return self.may_write(actor) and mine(actor, record)

    def buttons(self, actor: Actor) -> Sequence[Content]:
        """The calendar, and a new session."""
        doors = [Action(_("Calendar of sessions"), reverse("vaccination-sessions"), "calendar")]
        if actor.may(RUN):
            doors.append(Action(_("Plan a session"), reverse("vaccination-session-new"), "plus"))
        return doors


def _usable(rows: Any, _actor: Actor, moment: datetime) -> Any:
    return rows.unexpired(moment.date())


def _soon(rows: QuerySet[Any], _actor: Actor, moment: datetime) -> QuerySet[Any]:
    return rows.filter(expires_on__range=(moment.date(), moment.date() + SOON))


def _held(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(pk__in=LotHold.objects.standing().values("lot"))


class Lots(Register):
    """Every lot of vaccine that came into the province."""

    key = "lo-vac-xin"
    record_route = "vaccination-lot"
    model = VaccineLot
    title = gettext_lazy("Lots of vaccine")
    one = gettext_lazy("lot of vaccine")
    room = "vaccination"
    read = Permission.VACCINATION_PLAN_READ
    write = PLAN
    order = ("expires_on", "id")
    edit_fields = ("doses_per_vial", "open_hours", "certificate")
    empty = gettext_lazy("No lot yet. Receive vaccine into a store.")
    columns = (
        Column("number", pgettext_lazy("vaccine", "Lot"), opens=True),
        Column("product", pgettext_lazy("vaccine", "Product"), plain=lambda one: product_label(one.product)),
        Column("expires_on", pgettext_lazy("vaccine", "Expires on"), order=("expires_on", "id")),
        Column("doses_per_vial", pgettext_lazy("vaccine", "Doses in a vial"), numeric=True, edit="doses_per_vial"),
        Column("open_hours", pgettext_lazy("vaccine", "Hours an opened vial keeps"), numeric=True, edit="open_hours"),
        Column("certificate", pgettext_lazy("vaccine", "Release certificate"), edit="certificate", on_phone=False),
    )
    filters = (
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "con-han": (pgettext_lazy("vaccine", "not expired"), _usable),
                "sap-het": (pgettext_lazy("vaccine", "expire within 30 days"), _soon),
                "dang-giu": (pgettext_lazy("vaccine", "held"), _held),
            },
        ),
        ChoiceFilter("loai", pgettext_lazy("vaccine", "Product"), field="product", values=tuple(product_choices())),
    )

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return lots.amend_lot(actor=actor, moment=moment, pk=pk, version=version, **values)

    def buttons(self, actor: Actor) -> Sequence[Content]:
        """The door of what comes in."""
        return [Action(_("Receive vaccine"), reverse("vaccination-lot-new"), "download")] if actor.may(RUN) else []


def _ringing(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(excursions__decided_at=None, excursions__isnull=False).distinct()


def _silent(rows: QuerySet[Any], _actor: Actor, moment: datetime) -> QuerySet[Any]:
    return rows.exclude(last_read_at__gte=moment - timedelta(days=1))


class ColdPlaces(Register):
    """Fridges, freezers and cold boxes of the officer's area."""

    key = "tu-bao-quan"
    record_route = "vaccination-cold"
    model = ColdPlace
    title = gettext_lazy("Cold chain")
    one = gettext_lazy("fridge")
    room = "vaccination"
    read = Permission.VACCINATION_PLAN_READ
    write = RUN
    order = ("sort_key", "id")
    related = ("organisation",)
    create_fields = ("name", "kind", "store", "serial", "low", "high")
    edit_fields = ("name", "serial", "low", "high")
    empty = gettext_lazy("No fridge yet. Register those with a thermometer.")
    columns = (
        Column("name", pgettext_lazy("cold chain", "Name"), order=("sort_key", "id"), opens=True, edit="name"),
        Column("kind", pgettext_lazy("cold chain", "Kind")),
        Column("organisation", pgettext_lazy("cold chain", "Kept by"), plain=lambda one: one.organisation.short_name),
        Column("low", pgettext_lazy("cold chain", "Lowest °C"), numeric=True, edit="low"),
        Column("high", pgettext_lazy("cold chain", "Highest °C"), numeric=True, edit="high"),
        Column("last_celsius", pgettext_lazy("cold chain", "Last °C"), numeric=True),
        Column(
            "last_read_at", pgettext_lazy("cold chain", "Read until"),
            shown=lambda one, _moment: short_day(one.last_read_at, language()) if one.last_read_at else "–",
        ),
    )  # fmt: skip
    filters = (
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "bao-dong": (pgettext_lazy("cold chain", "alarm to decide"), _ringing),
                "im": (pgettext_lazy("cold chain", "no readings for a day"), _silent),
            },
        ),
    )

    def create(self, *, actor: Actor, moment: datetime, **values: Any) -> Model:
        return cold_chain.add_cold_place(actor=actor, moment=moment, **values)

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return cold_chain.amend_cold_place(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """Whoever keeps the fridge mends it."""
        return self.may_write(actor) and mine(actor, record)
