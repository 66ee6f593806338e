"""Counts of people to be vaccinated, typed or sent as a sheet."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.foundation.components import Action, Content
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import ChoiceFilter, Column, Register
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Tier
from phaodai.vaccination.actions.denominators import FIGURES, amend_denominator, record_denominator
from phaodai.vaccination.law.coverage import WORDS
from phaodai.vaccination.models import Denominator


class Denominators(Register):
    """How many people each unit has, by population, day and source."""

    key = "mau-so"
    model = Denominator
    title = gettext_lazy("Counts of people")
    one = gettext_lazy("count of people")
    room = "vaccination"
    read = Permission.VACCINATION_COVERAGE_READ
    write = Permission.VACCINATION_DOSE_IMPORT
    search_field = "unit__search_key"
    order = ("-counted_on", "unit__tier", "unit__sort_key", "population")
    related = ("unit",)
    natural_key = ("code", "population", "counted_on")
    create_fields = ("code", "population", "counted_on", *FIGURES)
    edit_fields = FIGURES
    empty = gettext_lazy("Nobody has counted the people yet, so no share can be said. Send the first sheet.")
    columns = (
        Column("unit", gettext_lazy("Unit"), plain=lambda d: d.unit.name, order=("unit__sort_key",), opens=True),
        Column("code", gettext_lazy("Unit code"), order=("code",)),
        Column("population", pgettext_lazy("coverage", "Who")),
        Column("people", pgettext_lazy("coverage", "People"), order=("people",), edit="people", numeric=True),
        Column("counted_on", pgettext_lazy("coverage", "Counted on"), order=("counted_on",)),
        Column("source", pgettext_lazy("coverage", "Source"), edit="source"),
        Column("note", pgettext_lazy("coverage", "Note"), on_phone=False),
    )
    filters = (
        ChoiceFilter("cap", gettext_lazy("Tier"), field="unit__tier", values=Tier.choices),
        ChoiceFilter("ai", pgettext_lazy("coverage", "Who"), field="population", values=tuple(WORDS.items())),
    )

    def create(self, *, actor: Actor, moment: datetime, **values: Any) -> Model:
        return record_denominator(actor=actor, moment=moment, **values)

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_denominator(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """The whole province reads them; who is responsible for the area mends them."""
        return self.may_write(actor) and actor.area.holds(record)

    def panels(self, record: Any, actor: Actor, moment: datetime) -> Sequence[Content]:
        del actor, moment
        url = f"{reverse('vaccination-coverage')}?don-vi={record.unit_id}&ai={record.population}"
        return [Action(_("The coverage that rests on it"), url, "vaccination")]
