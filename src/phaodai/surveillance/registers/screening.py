"""Rounds of screening and the visits at the doors, as lists, sheets and interfaces."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.components import Action, Content
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import ChoiceFilter, Column, FlagFilter, Register
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.rounds import amend_round
from phaodai.surveillance.models import Round, ScreeningRecord, Source, Standing
from phaodai.surveillance.registers.folding import Folded
from phaodai.territory.models import Unit


def _running(rows: QuerySet[Any], _actor: Actor, moment: datetime) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.running(moment.astimezone(VIETNAM).date())  # type: ignore[attr-defined]
    return found


class Rounds(Register):
    """The rounds of the officer's area, the latest first."""

    key = "dot-ra-soat"
    model = Round
    title = gettext_lazy("Rounds of screening")
    one = gettext_lazy("round of screening")
    room = "surveillance"
    read = Permission.SURVEILLANCE_SCREENING_READ
    write = Permission.SURVEILLANCE_SCREENING_PLAN
    order = ("-starts_on", "-id")
    empty = gettext_lazy("No round yet. Open the first one.")
    columns = (
        Column("name", gettext_lazy("Name"), opens=True, edit="name"),
        Column("commune", gettext_lazy("Commune"), plain=lambda one: one.commune_name or ""),
        Column("starts_on", gettext_lazy("From"), order=("starts_on", "id")),
        Column("ends_on", pgettext_lazy("day", "Until"), edit="ends_on"),
        Column("target_percent", gettext_lazy("Target (per cent of doors)"), edit="target_percent", numeric=True),
        Column("closed_on", pgettext_lazy("round", "Closed on")),
    )
    filters = (FlagFilter("xem", gettext_lazy("Show"), flags={"dang-di": (gettext_lazy("Running today"), _running)}),)
    edit_fields = ("name", "starts_on", "ends_on", "target_percent")

    def rows(self, actor: Actor) -> QuerySet[Any]:
        name = Unit.objects.filter(pk=OuterRef("commune_id")).values("name")[:1]
        rows: QuerySet[Any] = Round.objects.visible_to(actor).annotate(commune_name=Subquery(name))
        return rows

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_round(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        return self.may_write(actor) and actor.reach != "own" and actor.area.holds(record)

    def buttons(self, actor: Actor) -> Sequence[Content]:
        doors: list[Content] = [Action(_("How far the rounds have come"), reverse("screening"), "table")]
        if actor.may(Permission.SURVEILLANCE_SCREENING_PLAN):
            doors.append(Action(_("New round"), reverse("screening-round-new"), "plus", "go"))
        return doors


class ScreeningVisits(Register):
    """Every visit at a door, the latest first. Nobody changes one: who was wrong visits again."""

    key = "luot-ra-soat"
    model = ScreeningRecord
    title = gettext_lazy("Visits at the doors")
    one = gettext_lazy("visit at a door")
    room = "surveillance"
    read = Permission.SURVEILLANCE_SCREENING_READ
    related = ("household", "team")
    search_field = "folded_address"
    order = ("-at", "-id")
    empty = gettext_lazy("No visit yet. They come in from the phones of the teams.")
    columns = (
        Column("at", gettext_lazy("Visited"), order=("at", "id"), opens=True),
        Column("household", gettext_lazy("Household"), plain=lambda one: one.household.address),
        Column("team", gettext_lazy("Team"), plain=lambda one: one.team.name if one.team else ""),
        Column("standing", gettext_lazy("State")),
        Column("persons", gettext_lazy("Persons"), numeric=True),
        Column("absent", pgettext_lazy("count of persons", "Not met"), numeric=True),
        Column("symptomatic", gettext_lazy("With symptoms"), numeric=True),
        Column("source", gettext_lazy("Written down"), on_phone=False),
        Column("received_at", pgettext_lazy("visit", "Received"), on_phone=False),
    )
    filters = (
        ChoiceFilter("trang-thai", gettext_lazy("State"), field="standing", values=Standing.choices),
        ChoiceFilter("nguon", gettext_lazy("Source"), field="source", values=Source.choices),
    )

    def rows(self, actor: Actor) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().rows(actor).annotate(folded_address=Folded("household__address"))
        return rows

    def heading(self, record: Any) -> str:
        return str(record.household.address)
