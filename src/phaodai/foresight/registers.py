"""The record kinds of this context."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy

from phaodai.foresight.actions.counts import FIGURES, amend_count, record_count
from phaodai.foresight.models import DailyCount, EarlyWarning
from phaodai.foresight.showing import unit_url
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import ChoiceFilter, Column, FlagFilter, Register
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Tier

WEEK = timedelta(weeks=1)


def _of_the_last_week(rows: QuerySet[Any], _actor: Actor, moment: datetime) -> QuerySet[Any]:
    return rows.filter(day__gt=moment.date() - WEEK, day__lte=moment.date())


class DailyCounts(Register):
    """New cases by unit and day, each report a row of its own."""

    key = "so-ca-ngay"
    model = DailyCount
    title = gettext_lazy("Daily counts")
    one = gettext_lazy("report of a day")
    room = "foresight"
    read = Permission.FORESIGHT_FORECAST_READ
    write = Permission.FORESIGHT_SERIES_WRITE
    search_field = "unit__search_key"
    order = ("-day", "unit__tier", "unit__sort_key", "-reported_on")
    related = ("unit",)
    natural_key = ("code", "day", "reported_on")
    create_fields = ("code", "day", "reported_on", *FIGURES)
    edit_fields = FIGURES
    empty = gettext_lazy("No daily counts yet. Send the first sheet: unit, day, day of report, cases.")
    columns = (
        Column("unit", gettext_lazy("Unit"), plain=lambda c: c.unit.name, order=("unit__sort_key",), opens=True),
        Column("code", gettext_lazy("Unit code"), order=("code",)),
        Column("day", gettext_lazy("Day"), order=("day",)),
        Column("reported_on", gettext_lazy("Reported on"), order=("reported_on",)),
        Column("cases", gettext_lazy("New community cases"), order=("cases",), edit="cases", numeric=True),
        Column("imported", gettext_lazy("Cases infected elsewhere"), edit="imported", numeric=True),
        Column("deaths", gettext_lazy("Deaths"), edit="deaths", numeric=True),
    )
    filters = (
        ChoiceFilter("cap", gettext_lazy("Tier"), field="unit__tier", values=Tier.choices),
        FlagFilter("xem", gettext_lazy("Show"), flags={"tuan-nay": (gettext_lazy("Last week"), _of_the_last_week)}),
    )

    def create(self, *, actor: Actor, moment: datetime, **values: Any) -> Model:
        return record_count(actor=actor, moment=moment, **values)

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_count(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """The whole province reads them; who is responsible for the area mends them."""
        return self.may_write(actor) and actor.area.holds(record)


class EarlyWarnings(Register):
    """Units that left the band of their own forecast."""

    key = "canh-bao-som"
    record_route = "foresight-unit"
    model = EarlyWarning
    title = gettext_lazy("Early warnings")
    one = gettext_lazy("warning")
    room = "foresight"
    read = Permission.FORESIGHT_FORECAST_READ
    search_field = "unit__search_key"
    order = ("-day", "unit__tier", "unit__sort_key")
    related = ("unit",)
    empty = gettext_lazy(
        "No unit has left its band. Yesterday's counts are held against the forecast of a week before."
    )
    columns = (
        Column("unit", gettext_lazy("Unit"), plain=lambda w: w.unit.name, order=("unit__sort_key",), opens=True),
        Column("day", gettext_lazy("Day"), order=("day",)),
        Column("cases", gettext_lazy("New community cases"), order=("cases",), numeric=True),
        Column("median", gettext_lazy("Forecast"), numeric=True),
        Column("upper", gettext_lazy("Upper end of the 95% band"), numeric=True),
        Column("forecast_on", gettext_lazy("Forecast on")),
    )
    filters = (ChoiceFilter("cap", gettext_lazy("Tier"), field="unit__tier", values=Tier.choices),)

    def record_url(self, record: Model) -> str:
        """The page of the unit, where the band is drawn."""
        assert isinstance(record, EarlyWarning)
        return unit_url(record.unit_id)
