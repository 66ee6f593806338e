"""Syndromic counts as a list, a sheet and an interface."""

from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy

from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import ChoiceFilter, Column, FlagFilter, Register
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.signal_counts import FIGURES, amend_signal, record_signal
from phaodai.surveillance.models import SignalCount, SignalSource
from phaodai.surveillance.rules.early_detection import EPISODE


def _of_the_last_week(rows: QuerySet[Any], _actor: Actor, moment: datetime) -> QuerySet[Any]:
    return rows.filter(day__gt=moment.date() - EPISODE, day__lte=moment.date())


class SignalCounts(Register):
    """Signs by unit, day and source: what schools, plants, pharmacies and stations send, and what the program counts itself."""

    key = "so-dau-hieu"
    model = SignalCount
    title = gettext_lazy("Counts of signs")
    one = gettext_lazy("count of a day")
    room = "surveillance"
    read = Permission.SURVEILLANCE_SIGNAL_READ
    write = Permission.SURVEILLANCE_SIGNAL_WRITE
    search_field = "unit__search_key"
    order = ("-day", "unit__sort_key", "source")
    related = ("unit",)
    natural_key = ("code", "day", "source")
    create_fields = ("code", "day", "source", *FIGURES)
    edit_fields = FIGURES
    empty = gettext_lazy("No count yet. Send the first sheet: unit, day, source, how many, out of how many.")
    columns = (
        Column("unit", gettext_lazy("Unit"), plain=lambda one: one.unit.name, order=("unit__sort_key",), opens=True),
        Column("code", gettext_lazy("Unit code"), order=("code",), on_phone=False),
        Column("day", gettext_lazy("Day"), order=("day",)),
        Column("source", gettext_lazy("Source"), order=("source",)),
        Column("count", gettext_lazy("With the sign"), order=("count",), edit="count", numeric=True),
        Column("denominator", gettext_lazy("Out of"), edit="denominator", numeric=True),
    )
    filters = (
        ChoiceFilter("nguon", gettext_lazy("Source"), field="source", values=SignalSource.choices),
        FlagFilter("xem", gettext_lazy("Show"), flags={"tuan-nay": (gettext_lazy("Last week"), _of_the_last_week)}),
    )

    def create(self, *, actor: Actor, moment: datetime, **values: Any) -> Model:
        return record_signal(actor=actor, moment=moment, **values)

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_signal(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """The whole province reads them; who answers for the area mends what was sent."""
        return self.may_write(actor) and actor.area.holds(record) and not record.counted
