"""Requests and offers of mutual aid."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.foundation.components import Action, Content
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import ChoiceFilter, Column, FlagFilter, Register
from phaodai.foundation.scope import Actor
from phaodai.supply.models import AidRequest
from phaodai.supply.pages.aid import state_mark


def _late(rows: Any, _actor: Actor, moment: datetime) -> Any:
    return rows.overdue(moment)


def _unthanked(rows: Any, _actor: Actor, _moment: datetime) -> Any:
    return rows.unthanked()


class AidRequests(Register):
    """Every piece of mutual aid, to us and from us."""

    key = "so-tuong-tro"
    record_route = "supply-aid"
    model = AidRequest
    title = gettext_lazy("Mutual aid")
    one = pgettext_lazy("record kind", "piece of mutual aid")
    room = "supply"
    read = Permission.SUPPLY_AID_READ
    order = ("-asked_at", "-id")
    related = ("organisation",)
    empty = gettext_lazy("Nothing was asked for or offered yet.")
    columns = (
        Column("subject", pgettext_lazy("aid", "About"), opens=True),
        Column("kind", gettext_lazy("Kind")),
        Column("direction", pgettext_lazy("aid", "Direction")),
        Column("partner", pgettext_lazy("aid", "With whom"), order=("partner",)),
        Column("paper_number", gettext_lazy("Number of the paper"), on_phone=False),
        Column("asked_at", pgettext_lazy("aid", "Asked or offered"), order=("asked_at",)),
        Column("expected_at", pgettext_lazy("aid", "Expected"), order=("expected_at",)),
        Column("arrived_at", pgettext_lazy("aid", "Arrived at"), order=("arrived_at",)),
        Column("organisation", gettext_lazy("Unit"), plain=lambda one: one.organisation.short_name, on_phone=False),
        Column("state", gettext_lazy("State"), shown=lambda one, _m: state_mark(one)),
    )
    filters = (
        ChoiceFilter(
            "chieu", pgettext_lazy("aid", "Direction"), field="direction", values=AidRequest.Direction.choices
        ),
        ChoiceFilter("trang-thai", gettext_lazy("State"), field="state", values=AidRequest.State.choices),
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "qua-han": (gettext_lazy("Expected and not here"), _late),
                "cam-on": (gettext_lazy("Not thanked for yet"), _unthanked),
            },
        ),
    )

    def buttons(self, actor: Actor) -> list[Content]:
        """What moves now."""
        del actor
        return [Action(_("What moves now"), reverse("supply-aid-board"), "table")]
