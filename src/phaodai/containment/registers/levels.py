"""Weekly figures, and the decisions about levels that rest on them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.containment.actions.deciding import decide_level
from phaodai.containment.actions.indicators import FIGURES, amend_indicator, record_indicator
from phaodai.containment.models import LevelDecision, WeeklyIndicator
from phaodai.containment.showing import level_mark, reference_of, unit_url
from phaodai.foundation.components import Action, Content
from phaodai.foundation.formats import percent
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import Bulk, ChoiceFilter, Column, FlagFilter, Register
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Tier

WEEK = timedelta(weeks=1)


def share_words(part: int | None, whole: int | None) -> str:
    """A share with its people: 76,8% (1.759/2.290)."""
    if part is None or not whole:
        return ""
    return f"{percent(part / whole, 1, language())} ({part}/{whole})"


def _of_this_week(rows: QuerySet[Any], _actor: Actor, moment: datetime) -> QuerySet[Any]:
    return rows.filter(week_ending__gt=moment.date() - WEEK, week_ending__lte=moment.date())


def _without_cases(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(community_cases=None)


class WeeklyIndicators(Register):
    """What the criteria of risk levels count: typed, or sent as a sheet once a week."""

    key = "chi-bao-tuan"
    model = WeeklyIndicator
    title = gettext_lazy("Weekly indicators")
    one = gettext_lazy("row of figures")
    room = "containment"
    read = Permission.CONTAINMENT_LEVEL_READ
    write = Permission.CONTAINMENT_INDICATOR_WRITE
    search_field = "unit__search_key"
    order = ("-week_ending", "unit__tier", "unit__sort_key")
    related = ("unit",)
    natural_key = ("code", "week_ending")
    create_fields = ("code", "week_ending", *FIGURES)
    edit_fields = FIGURES
    empty = gettext_lazy("No weekly figures yet. Send the first sheet.")
    columns = (
        Column("unit", gettext_lazy("Unit"), plain=lambda i: i.unit.name, order=("unit__sort_key",), opens=True),
        Column("code", gettext_lazy("Unit code"), order=("code",)),
        Column("week_ending", gettext_lazy("Week ending"), order=("week_ending",)),
        Column(
            "community_cases",
            gettext_lazy("Community cases"),
            order=("community_cases",),
            edit="community_cases",
            numeric=True,
        ),
        Column("population", gettext_lazy("Population"), order=("population",), edit="population", numeric=True),
        Column(
            "adults_one_dose",
            gettext_lazy("18 and over, one dose"),
            plain=lambda i: share_words(i.adults_one_dose, i.adults),
            numeric=True,
        ),
        Column(
            "elderly_full",
            gettext_lazy("Older people, fully vaccinated"),
            plain=lambda i: share_words(i.elderly_full, i.elderly),
            numeric=True,
        ),
        Column("treatment_plan", gettext_lazy("Treatment plan"), plain=lambda i: i.treatment_plan),
    )
    filters = (
        ChoiceFilter("cap", gettext_lazy("Tier"), field="unit__tier", values=Tier.choices),
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "tuan-nay": (gettext_lazy("Last week"), _of_this_week),
                "thieu": (gettext_lazy("Without cases"), _without_cases),
            },
        ),
    )

    def create(self, *, actor: Actor, moment: datetime, **values: Any) -> Model:
        return record_indicator(actor=actor, moment=moment, **values)

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_indicator(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """The whole province reads them; who is responsible for the area mends them."""
        return self.may_write(actor) and actor.area.holds(record)

    def panels(self, record: Any, actor: Actor, moment: datetime) -> Sequence[Content]:
        del actor, moment
        return [Action(_("The level that rests on them"), unit_url(record.unit_id, record.week_ending), "containment")]


def _not_waiting(decision: LevelDecision, _actor: Actor) -> str | None:
    return None if decision.state == LevelDecision.State.PROPOSED else _("already answered")


def _decide(*, actor: Actor, moment: datetime, record: LevelDecision) -> LevelDecision:
    return decide_level(actor=actor, moment=moment, decision_id=record.pk)


class LevelDecisions(Register):
    """Proposals and decisions about levels: the history of every unit."""

    key = "quyet-dinh-cap-do"
    record_route = "containment-unit"
    model = LevelDecision
    title = gettext_lazy("Level decisions")
    one = gettext_lazy("decision")
    room = "containment"
    read = Permission.CONTAINMENT_LEVEL_READ
    search_field = "unit__search_key"
    order = ("-proposed_at", "unit__tier", "unit__sort_key")
    related = ("unit", "organisation", "decided_by")
    empty = gettext_lazy("No level was proposed yet. Levels are computed each night from the weekly indicators.")
    columns = (
        Column("unit", gettext_lazy("Unit"), plain=lambda d: d.unit.name, order=("unit__sort_key",), opens=True),
        Column("from_level", gettext_lazy("From level"), shown=lambda d, _m: level_mark(d.from_level), numeric=True),
        Column("to_level", gettext_lazy("To level"), shown=lambda d, _m: level_mark(d.to_level), numeric=True),
        Column("state", gettext_lazy("State")),
        Column("proposed_at", gettext_lazy("Proposed"), order=("proposed_at",)),
        Column("takes_effect_at", gettext_lazy("Takes effect"), order=("takes_effect_at",)),
        Column("number", gettext_lazy("Decision"), plain=reference_of),
        Column(
            "decided_by", gettext_lazy("Decided by"), plain=lambda d: d.decided_by.full_name if d.decided_by else ""
        ),
        Column("announced_at", gettext_lazy("Announced")),
    )
    filters = (ChoiceFilter("trang-thai", gettext_lazy("State"), field="state", values=LevelDecision.State.choices),)
    bulk = (
        Bulk(
            "ky",
            gettext_lazy("Sign as proposed"),
            Permission.CONTAINMENT_LEVEL_DECIDE,
            _decide,
            "sign",
            skip=_not_waiting,
        ),
    )

    def record_url(self, record: Model) -> str:
        """The page of the unit, where the decision stands with its reasons."""
        assert isinstance(record, LevelDecision)
        return unit_url(record.unit_id, record.assessed_on)
