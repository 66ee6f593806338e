"""Equipment with a serial number: whence it came, where it is, in what state; and proposals to move it where the gap is."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.supply.models.items import Item
from phaodai.supply.models.stores import Store
from phaodai.territory.models import Place


class EquipmentQuerySet(models.QuerySet["Equipment"]):
    """Equipment by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """That of the province: a ventilator that stands idle is looked for from everywhere."""
        return self.filter(**actor.in_province)

    def movable(self) -> Self:
        """What works, or will after a repair."""
        return self.filter(state__in=[Equipment.State.WORKING, Equipment.State.REPAIR])


@pghistory.track(*audited())
class Equipment(Record, AreaColumns):
    """One thing with a serial number."""

    class Origin(models.TextChoices):
        """Whence it came."""

        BOUGHT = "bought", pgettext_lazy("origin", "Bought")
        GIVEN = "given", pgettext_lazy("origin", "Given")
        ABOVE = "above", pgettext_lazy("origin", "From the tier above")
        LENT = "lent", pgettext_lazy("origin", "Lent")

    class State(models.TextChoices):
        """Whether it serves."""

        WORKING = "working", pgettext_lazy("equipment", "Working")
        REPAIR = "repair", pgettext_lazy("equipment", "In repair")
        BROKEN = "broken", pgettext_lazy("equipment", "Broken")
        WRITTEN_OFF = "off", pgettext_lazy("equipment", "Written off")

    serial = models.CharField(_("Serial number"), max_length=60)
    item = models.ForeignKey(
        Item, models.PROTECT, related_name="equipment", verbose_name=pgettext_lazy("equipment", "What it is")
    )
    name = models.CharField(pgettext_lazy("equipment", "Model, mark"), max_length=160, blank=True)
    origin = models.CharField(
        pgettext_lazy("equipment", "Came as"), max_length=8, choices=Origin.choices, default=Origin.BOUGHT
    )
    given_by = models.CharField(pgettext_lazy("equipment", "Bought from or given by"), max_length=160, blank=True)
    acquired_on = models.DateField(pgettext_lazy("equipment", "Since"), null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("equipment", "Held by")
    )
    to_organisation_id = models.IntegerField(null=True, db_comment="organisation it is on the way to")
    store = models.ForeignKey(
        Store, models.PROTECT, null=True, blank=True, related_name="equipment", verbose_name=_("Store")
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=pgettext_lazy("equipment", "Place")
    )
    where = models.CharField(pgettext_lazy("equipment", "Where it stands"), max_length=160, blank=True)
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.WORKING)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=900, editable=False, blank=True)

    objects = EquipmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "serial"],
                name="equipment_serial_once",
                violation_error_message=_("Equipment with this serial number is known already."),
            ),
        ]
        indexes = [
            models.Index(fields=["province_id", "sort_key"]),
            models.Index(fields=["organisation"]),
            models.Index(fields=["place"]),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.serial}"


class EquipmentStep(models.Model):
    """One line of its history: where it went, what was done with it."""

    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    what = models.CharField(max_length=12, db_comment="registered, sent, taken, placed, or a state")
    words = models.CharField(max_length=300, blank=True)
    officer_id = models.IntegerField(null=True)
    officer_name = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["equipment", "at"])]

    def __str__(self) -> str:
        return self.what


class RedeploymentQuerySet(models.QuerySet["Redeployment"]):
    """Proposals by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the province."""
        return self.filter(**actor.in_province)

    def open(self) -> Self:
        """Those that nobody has decided."""
        return self.filter(state=Redeployment.State.PROPOSED)


class Redeployment(AreaColumns):
    """One thing that stood at a place which closed, and where it is missed. Its area is that of the thing."""

    class State(models.TextChoices):
        """Whether somebody decided."""

        PROPOSED = "proposed", pgettext_lazy("redeployment", "Proposed")
        ACCEPTED = "accepted", pgettext_lazy("redeployment", "Sent there")
        DECLINED = "declined", pgettext_lazy("redeployment", "Stays")

    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="redeployments")
    organisation_id = models.IntegerField(db_comment="organisation that holds the thing")
    closed = models.CharField(max_length=160, db_comment="name of the place that closed")
    to_store = models.ForeignKey(Store, models.PROTECT, null=True, related_name="+")
    missing = models.DecimalField(max_digits=14, decimal_places=2, default=0, db_comment="how many are missed there")
    why = models.CharField(max_length=12, default="", blank=True, db_comment="order, least, or above: no gap is known")
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = RedeploymentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["equipment"], condition=Q(state="proposed"), name="one_open_redeployment_a_thing"
            ),
        ]
        indexes = [models.Index(fields=["province_id", "state"])]

    def __str__(self) -> str:
        return f"{self.equipment}"
