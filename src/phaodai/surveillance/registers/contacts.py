"""Contacts and the teams that follow them, as lists."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import Bulk, ChoiceFilter, Column, FlagFilter, Register
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions import contacts as contact_verbs
from phaodai.surveillance.actions import teams
from phaodai.surveillance.models import Contact, Team, Via
from phaodai.surveillance.models.contact_figures import ended_lately, listed_lately
from phaodai.surveillance.models.following import person_of
from phaodai.surveillance.pages.follow_grid import code_of, name_of
from phaodai.surveillance.registers.folding import Folded


def _not_told(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(state=Contact.State.LISTED, told_at=None)


def _followed_now(rows: QuerySet[Any], _actor: Actor, moment: datetime) -> QuerySet[Any]:
    return rows.filter(state=Contact.State.FOLLOWED, follow_until__gte=moment.astimezone(VIETNAM).date())


def _lost(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(state=Contact.State.LOST)


def _ended_this_week(rows: QuerySet[Any], actor: Actor, moment: datetime) -> QuerySet[Any]:
    return rows.filter(pk__in=ended_lately(actor, moment.astimezone(VIETNAM).date()))


def _listed_this_week(rows: QuerySet[Any], actor: Actor, moment: datetime) -> QuerySet[Any]:
    return rows.filter(pk__in=listed_lately(actor, moment))


def _told_already(contact: Contact, _actor: Actor) -> str | None:
    return _("told already") if contact.told_at else None


def _tell(*, actor: Actor, moment: datetime, record: Contact) -> Contact:
    return contact_verbs.tell_contact(actor=actor, moment=moment, contact_id=record.pk)


def _quarantined_already(contact: Contact, _actor: Actor) -> str | None:
    return _("in quarantine already") if contact.quarantined_at else None


def _quarantine(*, actor: Actor, moment: datetime, record: Contact) -> Contact:
    return contact_verbs.quarantine_contact(actor=actor, moment=moment, contact_id=record.pk)


class Contacts(Register):
    """F1 and F2 of the officer's area and of its cases, masked."""

    key = "tiep-xuc"
    model = Contact
    title = gettext_lazy("Contacts")
    one = gettext_lazy("contact")
    room = "surveillance"
    read = Permission.SURVEILLANCE_CONTACT_READ
    search_field = "person__search_key"
    order = ("-listed_at", "-id")
    record_route = "surveillance-contact"
    empty = gettext_lazy("No contact yet. Open a case and trace it, or add a person whom it named.")
    columns = (
        Column("person", gettext_lazy("Person"), plain=lambda c: name_of(person_of(c)), opens=True),
        Column("case", gettext_lazy("Case"), plain=code_of),
        Column("degree", gettext_lazy("Degree"), plain=lambda c: f"F{c.degree}"),
        Column("via", gettext_lazy("Found through")),
        Column("state", gettext_lazy("State"), order=("state", "id")),
        Column("listed_at", gettext_lazy("Listed"), order=("listed_at", "id")),
        Column("follow_until", gettext_lazy("Followed until"), order=("follow_until", "id")),
        Column("team", gettext_lazy("Team"), plain=lambda c: c.team.name if c.team else ""),
    )
    filters = (
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "chua-bao": (gettext_lazy("Not reached yet"), _not_told),
                "dang-theo-doi": (gettext_lazy("Followed now"), _followed_now),
                "mat": (gettext_lazy("Lost"), _lost),
                "moi": (gettext_lazy("Listed this week"), _listed_this_week),
                "het-han": (gettext_lazy("Ended this week"), _ended_this_week),
            },
        ),
        ChoiceFilter("bac", gettext_lazy("Degree"), field="degree", values=((1, "F1"), (2, "F2"))),
        ChoiceFilter("qua", gettext_lazy("Found through"), field="via", values=Via.choices),
    )
    bulk = (
        Bulk(
            "bao",
            gettext_lazy("Reached and told"),
            Permission.SURVEILLANCE_CONTACT_FOLLOW,
            _tell,
            icon="phone",
            skip=_told_already,
        ),
        Bulk(
            "cach-ly",
            gettext_lazy("In quarantine from now"),
            Permission.SURVEILLANCE_CONTACT_FOLLOW,
            _quarantine,
            icon="home",
            skip=_quarantined_already,
        ),
    )

    def rows(self, actor: Actor) -> QuerySet[Any]:
        """Persons and cases of other units are fetched apart: joined, the database would hide the contact with them."""
        return Contact.objects.visible_to(actor).select_related("team").prefetch_related("person", "case")

    def heading(self, record: Any) -> str:
        return name_of(person_of(record))


class Teams(Register):
    """The community teams."""

    key = "to-theo-doi"
    model = Team
    title = gettext_lazy("Teams")
    one = gettext_lazy("team")
    room = "surveillance"
    read = Permission.SURVEILLANCE_CONTACT_READ
    write = Permission.SURVEILLANCE_CONTACT_FOLLOW
    search_field = "folded_name"
    order = ("name", "id")
    natural_key = ("name",)
    empty = gettext_lazy("No team yet. Add the community teams of your commune.")
    columns = (
        Column("name", gettext_lazy("Name"), order=("name", "id"), opens=True, edit="name"),
        Column("leader", gettext_lazy("Leader"), edit="leader"),
        Column("phone", gettext_lazy("Telephone"), edit="phone"),
        Column("closed_on", gettext_lazy("Closed on")),
    )
    edit_fields = ("name", "leader", "phone", "longitude", "latitude", "closed_on")
    create_fields = ("name", "leader", "phone")

    def rows(self, actor: Actor) -> QuerySet[Any]:
        area = actor.area.narrowing
        return Team.objects.filter(**area).annotate(folded_name=Folded("name"))

    def form_class(self, fields: Sequence[str]) -> "type[forms.ModelForm[Any]]":
        """Where the team starts from is said in words."""
        made = super().form_class(fields)
        for name, label in (("longitude", gettext_lazy("Longitude")), ("latitude", gettext_lazy("Latitude"))):
            if name in made.base_fields:
                made.base_fields[name].label = label
        return made

    def create(self, *, actor: Actor, moment: datetime, **values: Any) -> Model:
        return teams.create_team(actor=actor, moment=moment, **values)

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return teams.amend_team(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        return self.may_write(actor) and actor.area.holds(record)
