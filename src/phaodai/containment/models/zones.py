"""Lockdown zones (vùng phong tỏa): which ground and which houses, in what state, and the order behind each step."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.command.models import OutgoingPaper
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer
from phaodai.surveillance.models import Outbreak
from phaodai.territory.models import Unit


class ZoneQuerySet(models.QuerySet["Zone"]):
    """Zones by officer and by state."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province: a zone names no person, and everybody must know where it is."""
        return self.filter(**actor.in_province)

    def closed_off(self) -> Self:
        """Zones that people stay inside of now."""
        return self.filter(state__in=Zone.CLOSED_OFF)

    def waiting(self) -> Self:
        """Proposals that nobody has answered."""
        return self.filter(state=Zone.State.PROPOSED)


@pghistory.track(*audited())
class Zone(Record, AreaColumns):
    """A lockdown zone. Its ground stands in `parts`, its life in `steps`; the figures are those of the last reckoning."""

    class State(models.TextChoices):
        """How far it has come."""

        PROPOSED = "proposed", _("Proposed")
        DECIDED = "decided", _("Decided")
        OPEN = "open", pgettext_lazy("zone", "In lockdown")
        TIGHTENED = "tightened", pgettext_lazy("zone", "Tightened")
        SHRUNK = "shrunk", pgettext_lazy("zone", "Shrunk")
        LIFTED = "lifted", pgettext_lazy("zone", "Lifted")
        DECLINED = "declined", pgettext_lazy("zone", "Declined")

    CLOSED_OFF = (State.OPEN, State.TIGHTENED, State.SHRUNK)

    name = models.CharField(_("Name"), max_length=160)
    state = models.CharField(_("State"), max_length=9, choices=State.choices, default=State.PROPOSED)
    outbreak = models.ForeignKey(
        Outbreak, models.PROTECT, null=True, blank=True, related_name="zones", verbose_name=_("Outbreak")
    )
    proposed_at = models.DateTimeField(_("Proposed"))
    opened_on = models.DateField(pgettext_lazy("zone", "In lockdown since"), null=True, blank=True)
    planned_until = models.DateField(_("Planned end"), null=True, blank=True)
    lifted_on = models.DateField(pgettext_lazy("zone", "Lifted on"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    households = models.PositiveIntegerField(_("Households"), default=0)
    people = models.PositiveIntegerField(_("People"), default=0)
    area_km2 = models.FloatField(_("Area"), null=True, blank=True, db_comment="of what was drawn, square kilometres")
    by_hamlet = models.JSONField(
        default=list, blank=True, db_comment="[hamlet row id, households, people] at the last reckoning"
    )
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=250, editable=False)

    objects = ZoneQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "decided", "declined"]) | Q(opened_on__isnull=False),
                name="zone_in_lockdown_has_a_first_day",
                violation_error_message=_("A zone in lockdown has a first day. Open it first."),
            ),
            models.CheckConstraint(
                condition=Q(planned_until__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(planned_until__gte=F("opened_on")),
                name="zone_ends_after_it_begins",
                violation_error_message=_("The planned end is before the first day. Correct one of the two dates."),
            ),
            models.CheckConstraint(
                condition=~Q(state="lifted") | Q(lifted_on__isnull=False, lifted_on__gte=F("opened_on")),
                name="zone_lifted_on_a_day",
                violation_error_message=_("A zone is lifted on a day after it began. Correct the day."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "state", "sort_key"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed_off(self) -> bool:
        """Whether people stay inside of it now."""
        return self.state in self.CLOSED_OFF


class ZonePartQuerySet(models.QuerySet["ZonePart"]):
    """Parts by day."""

    def on(self, day: date) -> Self:
        """The parts that make up their zones on a day."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=day), from_on__lte=day)


class ZonePart(models.Model):
    """One piece of a zone over a period: a hamlet, a street, a list of households, or what was drawn on the map.

    Parts are closed and never changed, so that shrinking and growing is history.
    """

    class Kind(models.TextChoices):
        """How the piece is named."""

        HAMLET = "hamlet", _("Hamlet")
        STREET = "street", _("Street or lane")
        HOUSEHOLDS = "households", _("List of households")
        OUTLINE = "outline", _("Drawn on the map")

    zone = models.ForeignKey(Zone, models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    hamlet = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    commune = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", db_comment="of a street")
    street = models.CharField(max_length=160, blank=True)
    household_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    geometry = models.JSONField(null=True, blank=True, db_comment="GeoJSON Polygon or MultiPolygon, WGS 84")
    from_on = models.DateField(db_comment="first day")
    until_on = models.DateField(null=True, blank=True, db_comment="first day on which it belongs to the zone no more")

    objects = ZonePartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="zone_part_in_order"
            ),
            models.CheckConstraint(
                condition=Q(kind="hamlet", hamlet__isnull=False)
                | (Q(kind="street", commune__isnull=False) & ~Q(street=""))
                | (Q(kind="households") & ~Q(household_ids=[]))
                | Q(kind="outline", geometry__isnull=False),
                name="zone_part_says_where",
                violation_error_message=_("A part of a zone says which houses it holds. Choose or draw them."),
            ),
            models.UniqueConstraint(
                fields=["zone", "hamlet"],
                condition=Q(kind="hamlet", until_on__isnull=True),
                name="zone_hamlet_once",
                violation_error_message=_("This hamlet belongs to the zone already."),
            ),
        ]

    @property
    def shape(self) -> Mapping[str, Any] | None:
        """The geometry of what was drawn."""
        geometry: Mapping[str, Any] | None = self.geometry
        return geometry


@pghistory.track(*audited())
class ZoneStep(models.Model):
    """One step in the life of a zone with the order behind it; what the zone held after it."""

    class Kind(models.TextChoices):
        """What was done."""

        PROPOSE = "propose", pgettext_lazy("zone step", "Proposed")
        DECIDE = "decide", pgettext_lazy("zone step", "Decided")
        DECLINE = "decline", pgettext_lazy("zone step", "Declined")
        OPEN = "open", pgettext_lazy("zone step", "Lockdown began")
        TIGHTEN = "tighten", pgettext_lazy("zone step", "Tightened")
        EASE = "ease", pgettext_lazy("zone step", "Eased")
        SHRINK = "shrink", pgettext_lazy("zone step", "Shrunk")
        GROW = "grow", pgettext_lazy("zone step", "Widened")
        PROLONG = "prolong", pgettext_lazy("zone step", "End moved")
        LIFT = "lift", pgettext_lazy("zone step", "Lifted")

    zone = models.ForeignKey(Zone, models.CASCADE, related_name="steps")
    kind = models.CharField(pgettext_lazy("zone step", "Step"), max_length=8, choices=Kind.choices)
    on = models.DateField(_("Day"), db_comment="from which day it counts")
    at = models.DateTimeField(_("When"))
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("Officer"))
    title = models.CharField(_("Title"), max_length=120, blank=True)
    order_number = models.CharField(_("Number of the order"), max_length=60, blank=True)
    order_on = models.DateField(_("Date of the order"), null=True, blank=True)
    issuer = models.CharField(_("Issued by"), max_length=200, blank=True)
    paper = models.ForeignKey(OutgoingPaper, models.PROTECT, null=True, blank=True, related_name="zone_steps")
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    planned_until = models.DateField(_("Planned end"), null=True, blank=True)
    households = models.PositiveIntegerField(_("Households"), default=0)
    people = models.PositiveIntegerField(_("People"), default=0)
    area_km2 = models.FloatField(_("Area"), null=True, blank=True)
    basis = models.JSONField(default=dict, blank=True, db_comment="the decision of the rule behind it, as it was shown")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["propose", "decline", "open"]) | ~Q(order_number=""),
                name="zone_step_has_its_order",
                violation_error_message=_("This step needs the number of the order behind it."),
            ),
        ]
        indexes = [models.Index(fields=["zone", "at"])]
