"""Quarantine sites, and everybody kept apart at a site or at home."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.containment.actions.sites import amend_site
from phaodai.containment.actions.stays_shared import mine
from phaodai.containment.models import Site, Stay
from phaodai.containment.pages.stays import source_of
from phaodai.foundation.components import Action, Content
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import ChoiceFilter, Column, FlagFilter, Register
from phaodai.foundation.scope import Actor

EDITED = ("name", "contact_name", "phone")


def _open(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(closed_on=None)


def _closed(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.exclude(closed_on=None)


class Sites(Register):
    """Every quarantine site, open and closed."""

    key = "khu-cach-ly"
    record_route = "quarantine-site"
    model = Site
    title = gettext_lazy("Quarantine sites")
    one = gettext_lazy("quarantine site")
    room = "containment"
    read = Permission.CONTAINMENT_STAY_READ
    write = Permission.CONTAINMENT_SITE_MANAGE
    order = ("sort_key", "id")
    related = ("organisation",)
    edit_fields = EDITED
    empty = gettext_lazy("No quarantine site yet. Open the first one.")
    columns = (
        Column("name", gettext_lazy("Name"), order=("sort_key", "id"), opens=True, edit="name"),
        Column(
            "organisation",
            gettext_lazy("Run by"),
            plain=lambda one: one.organisation.short_name if one.organisation else "",
        ),
        Column("contact_name", gettext_lazy("Site contact"), edit="contact_name"),
        Column("phone", gettext_lazy("Telephone"), edit="phone"),
        Column("opened_on", gettext_lazy("Opened on")),
        Column("closed_on", pgettext_lazy("site", "Closed on")),
    )
    filters = (
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "mo": (pgettext_lazy("site", "Open"), _open),
                "dong": (pgettext_lazy("site", "Closed"), _closed),
            },
        ),
    )

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_site(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """Whoever answers for the site mends it."""
        return self.may_write(actor) and mine(actor, record)

    def buttons(self, actor: Actor) -> list[Content]:
        """The page of free places."""
        del actor
        return [Action(_("Free places"), reverse("quarantine"), "building")]


def _at_sites(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(state=Stay.State.INSIDE).exclude(site=None)


def _at_home(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(state=Stay.State.INSIDE, site=None)


def _due(rows: QuerySet[Any], _actor: Actor, moment: datetime) -> QuerySet[Any]:
    return rows.filter(state=Stay.State.INSIDE, release_on__lte=moment.date())


def _tomorrow(rows: QuerySet[Any], _actor: Actor, moment: datetime) -> QuerySet[Any]:
    return rows.filter(state=Stay.State.INSIDE, release_on=moment.date() + timedelta(days=1))


class Stays(Register):
    """Everybody kept apart, now and before; initials only."""

    key = "nguoi-cach-ly"
    record_route = "quarantine-stay"
    model = Stay
    title = gettext_lazy("People in quarantine")
    one = gettext_lazy("stay")
    room = "containment"
    read = Permission.CONTAINMENT_STAY_READ
    order = ("-admitted_at", "-id")
    related = ("site",)
    empty = gettext_lazy("Nobody is kept apart here. Admit somebody at a site, or begin a stay at home.")
    columns = (
        Column("initials", pgettext_lazy("stay", "Initials"), opens=True),
        Column("kind", pgettext_lazy("stay", "Kept apart as")),
        Column("where", pgettext_lazy("stay", "Where"), plain=lambda one: one.site.name if one.site else one.address),
        Column("state", gettext_lazy("State")),
        Column("admitted_at", pgettext_lazy("stay", "Admitted"), order=("admitted_at", "id")),
        Column("release_on", pgettext_lazy("stay", "Release planned")),
        Column("source", pgettext_lazy("stay", "By"), plain=source_of),
    )
    filters = (
        FlagFilter(
            "o",
            pgettext_lazy("stay", "Where"),
            flags={"khu": (gettext_lazy("at a site"), _at_sites), "nha": (gettext_lazy("at home"), _at_home)},
        ),
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "den-han": (gettext_lazy("could leave today"), _due),
                "mai": (gettext_lazy("free tomorrow"), _tomorrow),
            },
        ),
        ChoiceFilter("la", pgettext_lazy("stay", "Kept apart as"), field="kind", values=Stay.Kind.choices),
        ChoiceFilter("trang-thai", gettext_lazy("State"), field="state", values=Stay.State.choices),
    )

    def buttons(self, actor: Actor) -> list[Content]:
        """The page of free places, and the door of a stay at home."""
        places = Action(_("Free places"), reverse("quarantine"), "building")
        if not actor.may(Permission.CONTAINMENT_STAY_WRITE):
            return [places]
        return [places, Action(_("Begin a stay at home"), reverse("quarantine-home"), "home")]
