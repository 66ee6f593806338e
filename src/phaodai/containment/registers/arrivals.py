"""Checkpoints, arrivals, and the levels of the places that people come from."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.containment.actions.arrivals_deciding import decide_arrival
from phaodai.containment.actions.checkpoints import amend_checkpoint, governs, note_origin_level, open_checkpoint
from phaodai.containment.models import Arrival, Checkpoint, OriginLevel
from phaodai.containment.pages.arrivals import DecisionForm
from phaodai.containment.pages.arrivals_showing import outcome_words, step_mark
from phaodai.containment.showing import level_mark
from phaodai.foundation.components import Action, Content
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import Bulk, ChoiceFilter, Column, FlagFilter, Register
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Tier, Unit


def _waiting(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(step__in=Arrival.WAITING)


def _without_papers(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(has_papers=False)


def _urgent(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(urgent=True)


def _not_waiting(arrival: Arrival, actor: Actor) -> str | None:
    if arrival.step != Arrival.Step.TO_DECIDE:
        return _("decided already")
    return None if actor.area.holds(arrival) else _("bound for another area")


def _decide(*, actor: Actor, moment: datetime, record: Arrival, **chosen: Any) -> Arrival:
    days, monitor_days = chosen.pop("days") or 0, chosen.pop("monitor_days") or 0
    whom = {"arrival_id": record.pk, "days": days, "monitor_days": monitor_days}
    return decide_arrival(actor=actor, moment=moment, **{**chosen, **whom})


class Arrivals(Register):
    """Who came, from where, what follows and whose work it is."""

    key = "nguoi-den"
    record_route = "containment-arrival"
    model = Arrival
    title = gettext_lazy("Arrivals")
    one = pgettext_lazy("register", "arrival")
    room = "containment"
    read = Permission.CONTAINMENT_ARRIVAL_READ
    order = ("-at", "-id")
    related = ("origin", "destination", "checkpoint")
    empty = gettext_lazy("Nobody was registered yet. Open a checkpoint; its telephone page writes into this list.")
    columns = (
        Column("full_name", gettext_lazy("Person"), plain=lambda a: a.masked, order=("sort_key",), opens=True),
        Column("at", pgettext_lazy("arrival", "Came through"), order=("at",)),
        Column("origin", pgettext_lazy("arrival", "Comes from"), plain=lambda a: a.origin_said),
        Column(
            "origin_level", pgettext_lazy("arrival", "Level of origin"), shown=lambda a, _m: level_mark(a.origin_level)
        ),
        Column("destination", pgettext_lazy("arrival", "Commune of destination"), plain=lambda a: a.destination.name),
        Column("outcome", pgettext_lazy("arrival", "What follows"), plain=lambda a: outcome_words(a.outcome)),
        Column("step", pgettext_lazy("arrival", "Stands at"), shown=lambda a, _m: step_mark(a)),
        Column("plate", gettext_lazy("Number plate"), on_phone=False),
        Column("checkpoint", gettext_lazy("Checkpoint"), plain=lambda a: a.checkpoint.name, on_phone=False),
    )
    filters = (
        ChoiceFilter("theo", pgettext_lazy("arrival", "What follows"), field="outcome", values=Arrival.Outcome.choices),
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "cho": (pgettext_lazy("arrivals", "Somebody must act"), _waiting),
                "gap": (pgettext_lazy("arrivals", "Health worker now"), _urgent),
                "khong-giay": (pgettext_lazy("arrivals", "Without papers"), _without_papers),
            },
        ),
    )

    bulk = (
        Bulk(
            "quyet-dinh",
            pgettext_lazy("arrivals", "Decide for all of them"),
            Permission.CONTAINMENT_STAY_WRITE,
            _decide,
            "sign",
            fields=lambda: DecisionForm().fields,
            skip=_not_waiting,
        ),
    )

    def buttons(self, actor: Actor) -> Sequence[Content]:
        """The ways to the work and to the coaches."""
        del actor
        return [
            Action(_("Work of today"), reverse("containment-arrivals-work"), "check"),
            Action(_("Coaches"), reverse("containment-groups"), "people"),
        ]


class Checkpoints(Register):
    """Where arrivals are met, and who runs each place."""

    key = "chot"
    record_route = "containment-checkpoint"
    model = Checkpoint
    title = gettext_lazy("Checkpoints")
    one = pgettext_lazy("register", "checkpoint")
    room = "containment"
    read = Permission.CONTAINMENT_ARRIVAL_READ
    write = Permission.CONTAINMENT_CHECKPOINT_MANAGE
    order = ("closed_at", "sort_key", "id")
    related = ("organisation",)
    create_fields = ("name", "organisation", "kind", "place", "phone", "opened_at")
    edit_fields = ("name", "kind", "place", "phone", "opened_at")
    empty = gettext_lazy("No checkpoint was opened yet.")
    columns = (
        Column("name", pgettext_lazy("checkpoint", "Name"), order=("sort_key",), opens=True),
        Column("kind", pgettext_lazy("checkpoint", "Kind")),
        Column("place", pgettext_lazy("checkpoint", "Where it stands"), edit="place"),
        Column("organisation", pgettext_lazy("checkpoint", "Run by"), plain=lambda c: c.organisation.short_name),
        Column("phone", gettext_lazy("Telephone"), edit="phone"),
        Column("opened_at", pgettext_lazy("checkpoint", "Open from"), order=("opened_at",)),
        Column("closed_at", pgettext_lazy("checkpoint", "Open until")),
    )
    filters = (ChoiceFilter("loai", pgettext_lazy("checkpoint", "Kind"), field="kind", values=Checkpoint.Kind.choices),)

    def create(self, *, actor: Actor, moment: datetime, **values: Any) -> Model:
        return open_checkpoint(actor=actor, moment=moment, **values)

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_checkpoint(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """The whole province reads them; the officers of the area mend them."""
        return self.may_write(actor) and (record.organisation_id == actor.organisation or governs(actor, record))


class OriginLevels(Register):
    """What the authorities of other places published of their level: arrivals are judged by it."""

    key = "cap-do-noi-di"
    model = OriginLevel
    title = gettext_lazy("Levels of other places")
    one = pgettext_lazy("register", "published level")
    room = "containment"
    read = Permission.CONTAINMENT_ARRIVAL_READ
    write = Permission.CONTAINMENT_ARRIVAL_LOG
    search_field = "unit__search_key"
    order = ("-since", "unit__sort_key", "-id")
    related = ("unit",)
    create_fields = ("unit", "level", "locked_down", "since", "until", "source")
    empty = gettext_lazy("No level of another place is noted. Arrivals from there wait until one is.")
    columns = (
        Column(
            "unit",
            pgettext_lazy("arrival", "Place of origin"),
            plain=lambda o: o.unit.name,
            order=("unit__sort_key",),
            opens=True,
        ),
        Column("level", gettext_lazy("Level"), shown=lambda o, _m: level_mark(o.level)),
        Column(
            "locked_down", pgettext_lazy("arrival", "Under lockdown"), plain=lambda o: _("yes") if o.locked_down else ""
        ),
        Column("since", pgettext_lazy("arrival", "From"), order=("since",)),
        Column("until", pgettext_lazy("arrival", "Until")),
        Column("source", pgettext_lazy("arrival", "Published in")),
    )

    def form_class(self, fields: Sequence[str]) -> "type[forms.ModelForm[Any]]":
        """Provinces and districts are offered: of communes elsewhere nobody keeps a list by hand."""
        made = super().form_class(fields)
        offered = made.base_fields["unit"]
        assert isinstance(offered, forms.ModelChoiceField)
        wide = Unit.objects.filter(tier__in=(Tier.PROVINCE, Tier.DISTRICT), in_force__endswith=None)
        offered.queryset = wide.order_by("tier", "sort_key")
        return made

    def create(self, *, actor: Actor, moment: datetime, **values: Any) -> Model:
        return note_origin_level(actor=actor, moment=moment, **values)

    def heading(self, record: Any) -> str:
        return str(record.unit)
