"""Everybody who is or was in treatment at home, initials only: as a list, a sheet and JSON."""

from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.care.actions.home import AMENDED, amend_home_care
from phaodai.care.models import HomeCare
from phaodai.care.pages.home import state_of
from phaodai.foundation.components import Action, Content
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import ChoiceFilter, Column, FlagFilter, Register
from phaodai.foundation.scope import Actor


def _alarmed(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(state=HomeCare.State.AT_HOME, door__alarm_at__isnull=False)


def _missing(rows: QuerySet[Any], _actor: Actor, moment: datetime) -> QuerySet[Any]:
    return rows.filter(state=HomeCare.State.AT_HOME, door__due_at__lt=moment)


class HomeCares(Register):
    """People in treatment at home, now and before."""

    key = "dieu-tri-tai-nha"
    record_route = "care-home-one"
    model = HomeCare
    title = gettext_lazy("Care at home")
    one = gettext_lazy("person in treatment at home")
    room = "care"
    read = Permission.CARE_HOME_READ
    write = Permission.CARE_HOME_FOLLOW
    order = ("-started_at", "-id")
    related = ("organisation", "door", "mobile_station")
    edit_fields = AMENDED
    empty = gettext_lazy("Nobody is in treatment at home here. Begin it from the page of a case.")
    columns = (
        Column("initials", pgettext_lazy("home care", "Initials"), opens=True),
        Column("case", pgettext_lazy("home care", "Case"), plain=lambda one: one.case_code or ""),
        Column("state", gettext_lazy("State")),
        Column("due_at", gettext_lazy("Next reading due"), plain=lambda one: one.door.due_at, shown=state_of),
        Column("started_at", pgettext_lazy("home care", "Began"), order=("started_at", "id")),
        Column("last_reading", gettext_lazy("Last reading"), plain=lambda one: one.door.last_reading_at),
        Column("phone", gettext_lazy("Telephone"), edit="phone"),
        Column(
            "organisation", pgettext_lazy("home care", "Looked after by"), plain=lambda one: one.organisation.short_name
        ),
        Column(
            "mobile_station",
            gettext_lazy("Mobile station"),
            plain=lambda one: one.mobile_station.name if one.mobile_station else "",
        ),
        Column("ended_at", pgettext_lazy("home care", "Ended")),
    )
    filters = (
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "bao-dong": (gettext_lazy("with an alarm"), _alarmed),
                "thieu": (gettext_lazy("reading missing"), _missing),
            },
        ),
        ChoiceFilter("trang-thai", gettext_lazy("State"), field="state", values=HomeCare.State.choices),
    )

    def rows(self, actor: Actor) -> QuerySet[Any]:
        """With the number of the case, where the officer may see it."""
        return super().rows(actor).with_case_code()  # type: ignore[attr-defined, no-any-return]

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_home_care(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """While the care goes on."""
        return self.may_write(actor) and record.is_open

    def buttons(self, actor: Actor) -> list[Content]:
        """The list for a thumb, and the door of a new care at home."""
        today = Action(_("My people today"), reverse("care-home"), "phone")
        if not actor.may(Permission.CARE_HOME_FOLLOW):
            return [today]
        return [today, Action(_("Begin care at home"), reverse("care-home-new"), "home")]
