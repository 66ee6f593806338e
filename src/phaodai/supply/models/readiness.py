"""Four on the spot: what a scenario asks of a unit by week, what the unit says it has, and drills that count it."""

from datetime import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation
from phaodai.supply.models.donations import OfAreaQuerySet, quantity_field
from phaodai.territory.models import Tier, Unit


class Pillar(models.TextChoices):
    """The four on the spot (bốn tại chỗ): 571-CV/TU Bắc Giang, section 2."""

    COMMAND = "command", pgettext_lazy("four on the spot", "Command")
    FORCES = "forces", pgettext_lazy("four on the spot", "Forces")
    MEANS = "means", pgettext_lazy("four on the spot", "Means")
    LOGISTICS = "logistics", pgettext_lazy("four on the spot", "Logistics")


class Figure(models.TextChoices):
    """What units report of themselves; beds, places and staff under the names that scenarios use for them."""

    COMMAND_BODY = "command_body", pgettext_lazy("readiness", "Command body")
    ON_CALL = "on_call", pgettext_lazy("readiness", "On call")
    STAFF = "staff", pgettext_lazy("readiness", "Staff on duty")
    TRACING = "teams_tracing", pgettext_lazy("readiness", "Tracing teams")
    SAMPLING = "teams_sampling", pgettext_lazy("readiness", "Sampling teams")
    COMMUNITY = "teams_community", pgettext_lazy("readiness", "Community COVID teams")
    BEDS_1 = "beds_tier_1", pgettext_lazy("readiness", "Beds, tier 1")
    BEDS_2 = "beds_tier_2", pgettext_lazy("readiness", "Beds with oxygen, tier 2")
    BEDS_3 = "beds_tier_3", pgettext_lazy("readiness", "Intensive care beds, tier 3")
    PLACES = "quarantine_site", pgettext_lazy("readiness", "Places of quarantine sites")
    VENTILATORS = "ventilators", pgettext_lazy("readiness", "Ventilators")
    CONCENTRATORS = "oxygen_concentrators", pgettext_lazy("readiness", "Oxygen concentrators")
    AMBULANCES = "ambulances", pgettext_lazy("readiness", "Ambulances")

    @property
    def pillar(self) -> Pillar:
        """Which of the four it belongs to."""
        return PILLAR_OF[self]

    @property
    def is_worded(self) -> bool:
        """Whether it is said in words instead of a number."""
        return self.pillar == Pillar.COMMAND


PILLAR_OF = {
    **dict.fromkeys((Figure.COMMAND_BODY, Figure.ON_CALL), Pillar.COMMAND),
    **dict.fromkeys((Figure.STAFF, Figure.TRACING, Figure.SAMPLING, Figure.COMMUNITY), Pillar.FORCES),
    **dict.fromkeys((Figure.BEDS_1, Figure.BEDS_2, Figure.BEDS_3, Figure.PLACES), Pillar.MEANS),
    **dict.fromkeys((Figure.VENTILATORS, Figure.CONCENTRATORS, Figure.AMBULANCES), Pillar.MEANS),
}


@pghistory.track(*audited())
class NeedMapping(Record, AreaColumns):
    """How a quantity of a scenario is met: by an item of the store, or by a figure that units report. Edited by people."""

    key = models.CharField(
        pgettext_lazy("need", "Quantity of the scenario"), max_length=40, db_comment="such as tests, kits, beds_tier_3"
    )
    pillar = models.CharField(_("Of the four on the spot"), max_length=10, choices=Pillar.choices)
    item = models.ForeignKey(
        "supply.Item",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("need", "Item"),
    )
    figure = models.CharField(_("Figure of the unit"), max_length=40, blank=True)
    factor = models.DecimalField(
        _("How many for one"), max_digits=12, decimal_places=4, default=1, db_comment="items for one of the quantity"
    )
    down_to = models.PositiveSmallIntegerField(
        pgettext_lazy("need", "Asked down to"), choices=Tier.choices, default=Tier.COMMUNE,
        db_comment="lowest tier of which it is asked: no commune needs intensive care beds of its own",
    )  # fmt: skip
    note = models.CharField(_("Where the number comes from"), max_length=300, blank=True)

    objects = OfAreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["province_id", "key", "item", "figure"],
                name="need_mapped_once",
                nulls_distinct=False,
                violation_error_message=_("This quantity is already met by that item or figure."),
            ),
            models.CheckConstraint(
                condition=Q(item=None) ^ Q(figure=""),
                name="need_met_by_one_thing",
                violation_error_message=_("Name an item of the store or a figure of the unit, one of the two."),
            ),
            models.CheckConstraint(
                condition=Q(factor__gt=0),
                name="need_factor_positive",
                violation_error_message=_("The number must be more than 0."),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ReadinessPlanQuerySet(OfAreaQuerySet):
    """Plans by use."""

    def in_use(self) -> Self:
        """Those that units are measured against."""
        return self.filter(in_use=True)


@pghistory.track(*audited())
class ReadinessPlan(AreaColumns):
    """What the chosen scenario asks of a unit by week, as it was handed over; the newest one counts."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="readiness_plans", verbose_name=_("Unit"))
    scenario_name = models.CharField(_("Scenario"), max_length=160)
    in_use = models.BooleanField(pgettext_lazy("readiness plan", "In use"), default=True)
    taken_at = models.DateTimeField(pgettext_lazy("readiness plan", "Handed over"))
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("Handed over by"))

    objects = ReadinessPlanQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit"], condition=Q(in_use=True), name="one_plan_in_use")]

    def __str__(self) -> str:
        return self.scenario_name


class ReadinessLine(models.Model):
    """One quantity of one week of a plan."""

    plan = models.ForeignKey(ReadinessPlan, models.CASCADE, related_name="lines")
    week_start = models.DateField(pgettext_lazy("readiness plan", "Week from"))
    key = models.CharField(max_length=40)
    quantity = models.PositiveIntegerField(_("Quantity"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "week_start", "key"], name="need_stated_once")]


@pghistory.track(*audited())
class ReadinessFigure(Record, AreaColumns):
    """One thing that a unit says of its readiness: a number, or words such as who is on call. The last word counts."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="readiness_figures", verbose_name=_("Unit"))
    pillar = models.CharField(_("Of the four on the spot"), max_length=10, choices=Pillar.choices)
    key = models.CharField(_("Figure"), max_length=40)
    quantity = quantity_field(_("Quantity"), null=True, blank=True)
    words = models.CharField(pgettext_lazy("readiness", "In words"), max_length=1000, blank=True)
    as_of = models.DateTimeField(pgettext_lazy("readiness", "As of"))
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("Recorded by"))
    search_key = models.CharField(max_length=300, editable=False, default="")

    objects = OfAreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "key"], name="figure_once_a_unit"),
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(quantity__gte=0),
                name="readiness_not_negative",
                violation_error_message=_("A number cannot be less than 0."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "key"])]

    def __str__(self) -> str:
        return self.key


@pghistory.track(*audited())
class ReadinessDrill(Record, AreaColumns):
    """A drill of readiness: units are asked to count within a time, without notice."""

    class State(models.TextChoices):
        """Whether units may still answer."""

        OPEN = "open", pgettext_lazy("drill", "Under way")
        CLOSED = "closed", pgettext_lazy("drill", "Closed")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Called by"))
    title = models.CharField(pgettext_lazy("drill", "Name of the drill"), max_length=160)
    called_at = models.DateTimeField(pgettext_lazy("drill", "Called"))
    due_at = models.DateTimeField(pgettext_lazy("drill", "Answer by"))
    keys = models.JSONField(default=list, db_comment="what to count: figures by key, items as item:CODE")
    state = models.CharField(_("State"), max_length=6, choices=State.choices, default=State.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    lesson = models.CharField(pgettext_lazy("drill", "What was learned"), max_length=1000, blank=True)
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    objects = OfAreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__gt=models.F("called_at")),
                name="drill_leaves_time",
                violation_error_message=_("The answer is due after the call."),
            )
        ]
        indexes = [models.Index(fields=["province_id", "-called_at"])]

    def __str__(self) -> str:
        return self.title


class DrillCallQuerySet(OfAreaQuerySet):
    """Calls by whether they were answered."""

    def waiting(self) -> Self:
        """Units that have not counted yet, of drills under way."""
        return self.filter(answered_at=None, drill__state=ReadinessDrill.State.OPEN)

    def owed_by(self, actor: Actor) -> Self:
        """Those that the officer's own unit has not counted for yet, the first to end first."""
        if actor.reach != "area":
            return self.none()
        own = self.visible_to(actor).waiting().filter(**actor.area.columns)
        return own.select_related("drill", "unit").order_by("drill__due_at", "pk")


@pghistory.track(*audited())
class DrillCall(AreaColumns):
    """One unit called in a drill, and who answered when."""

    drill = models.ForeignKey(ReadinessDrill, models.PROTECT, related_name="calls", verbose_name=_("Drill"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Unit"))
    answered_at = models.DateTimeField(pgettext_lazy("drill", "Answered"), null=True, blank=True)
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("Answered by"))
    note = models.CharField(_("Note"), max_length=300, blank=True)

    objects = DrillCallQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["drill", "unit"], name="called_once_a_drill")]

    def __str__(self) -> str:
        return str(self.unit)

    def is_late(self, now: datetime) -> bool:
        """Whether the answer came, or is still missing, after the time allowed."""
        return (self.answered_at or now) > self.drill.due_at


class DrillCount(models.Model):
    """One thing that was counted, beside what the books said at that moment."""

    call = models.ForeignKey(DrillCall, models.PROTECT, related_name="counts")
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    booked = quantity_field(pgettext_lazy("drill", "In the books"), null=True)
    counted = quantity_field(pgettext_lazy("drill", "Counted"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="counted_once_a_call"),
            models.CheckConstraint(condition=Q(counted__gte=0), name="counted_not_negative"),
        ]
