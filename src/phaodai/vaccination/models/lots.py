"""Vaccine as doses: what a batch of the store holds, who may have how much of it, and what must not be used."""

from datetime import date
from typing import TYPE_CHECKING, Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.constraints import say_constraint
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer
from phaodai.supply.models import Batch, Store
from phaodai.vaccination.law.vocabulary import product_choices

if TYPE_CHECKING:
    from phaodai.vaccination.models.sessions import Session


class VaccineLotQuerySet(models.QuerySet["VaccineLot"]):
    """Lots by officer and by what may be done with them."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province."""
        return self.filter(**actor.in_province)

    def unexpired(self, day: date) -> Self:
        """Lots that may still be given on `day` by what is printed on them."""
        return self.filter(expires_on__gte=day)

    def held(self) -> Self:
        """Lots with a hold that nobody has lifted, anywhere."""
        return self.filter(holds__released_at=None, holds__isnull=False).distinct()


@pghistory.track(*audited())
class VaccineLot(Record):
    """A batch of vaccine: the product by the rulebook's key, and how many doses a vial gives."""

    province_id = models.IntegerField(_("Province"))
    batch = models.OneToOneField(Batch, models.PROTECT, related_name="vaccine_lot", verbose_name=_("Batch"))
    product = models.CharField(pgettext_lazy("vaccine", "Product"), max_length=40, choices=product_choices)
    number = models.CharField(pgettext_lazy("vaccine", "Lot"), max_length=60)
    expires_on = models.DateField(pgettext_lazy("vaccine", "Expires on"))
    doses_per_vial = models.PositiveSmallIntegerField(pgettext_lazy("vaccine", "Doses in a vial"))
    open_hours = models.PositiveSmallIntegerField(
        pgettext_lazy("vaccine", "Hours an opened vial keeps"), default=6, db_comment="as printed on the leaflet"
    )
    certificate = models.CharField(pgettext_lazy("vaccine", "Release certificate"), max_length=120, blank=True)
    sort_key = models.CharField(max_length=120, editable=False, db_collation="C")
    search_key = models.CharField(max_length=160, editable=False)

    objects = VaccineLotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["province_id", "product", "number"],
                name="vaccine_lot_once",
                violation_error_message=_("This lot is registered already."),
            ),
            models.CheckConstraint(
                condition=Q(doses_per_vial__range=(1, 50)),
                name="vial_holds_doses",
                violation_error_message=_("A vial holds between 1 and 50 doses."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "expires_on", "id"])]

    def __str__(self) -> str:
        return f"{self.product} {self.number}"


say_constraint(
    "held_lot_stays",
    _("This lot is held: it leaves no store until somebody decides about it. Choose another lot."),
)


class LotHoldQuerySet(models.QuerySet["LotHold"]):
    """Holds by officer and state."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province: a lot may lie in several districts."""
        return self.filter(**actor.in_province)

    def standing(self) -> Self:
        """Those that nobody has lifted."""
        return self.filter(released_at=None)

    def of_lot(self, lot_id: int, store_id: int | None) -> Self:
        """What forbids a lot at a store: a hold on that store, or on the lot everywhere."""
        return self.standing().whole().filter(lot_id=lot_id).filter(Q(store=None) | Q(store_id=store_id))

    def whole(self) -> Self:
        """Those that forbid every vial of a lot, at a store or everywhere."""
        return self.filter(vials=None, session=None)

    def some(self) -> Self:
        """Those that forbid a number of vials, in a fridge or on the shelf of a store."""
        return self.filter(vials__isnull=False)


@pghistory.track(*audited())
class LotHold(Record):
    """A lot that may be neither issued nor given until a person decides: everywhere, at one store, some vials of it in a
    fridge or on the shelf of a store, or what was brought to one session.
    """

    province_id = models.IntegerField()
    lot = models.ForeignKey(VaccineLot, models.PROTECT, related_name="holds")
    store = models.ForeignKey(Store, models.PROTECT, null=True, related_name="+", db_comment="empty: everywhere")
    place = models.ForeignKey("vaccination.ColdPlace", models.PROTECT, null=True, related_name="holds")
    vials = models.PositiveIntegerField(null=True, db_comment="how many in the fridge, or on the shelf; empty: all")
    session = models.ForeignKey(
        "vaccination.Session", models.PROTECT, null=True, related_name="+", db_comment="what was brought there"
    )
    excursion = models.ForeignKey("vaccination.Excursion", models.PROTECT, null=True, related_name="holds")
    reason = models.CharField(_("Reason"), max_length=300)
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=8, blank=True, db_comment="use or discard")
    release_reason = models.CharField(max_length=300, blank=True)

    objects = LotHoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at=None) | ~Q(release_reason=""),
                name="hold_lifted_with_a_reason",
                violation_error_message=_("Say why the lot may be used again, or why it is thrown away."),
            ),
            models.CheckConstraint(
                condition=(Q(place=None) | Q(vials__isnull=False))
                & (Q(vials=None) | Q(session=None) & Q(store__isnull=False)),
                name="some_vials_of_a_store",
            ),
        ]
        indexes = [models.Index(fields=["lot"], condition=Q(released_at=None), name="standing_hold")]

    def forbids_at(self, session: "Session") -> bool:
        """Whether no dose of the lot is given at a session. Some vials held in a store are not among those brought there."""
        if self.session_id is not None:
            return self.session_id == session.pk
        return self.vials is None and self.store_id in (None, session.store_id)


class AllotmentQuerySet(models.QuerySet["Allotment"]):
    """Allotments by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province: what one unit gets another does not."""
        return self.filter(**actor.in_province)


@pghistory.track(*audited())
class Allotment(Record, AreaColumns):
    """How many vials of a lot a unit is to have, by which reckoning; sent as a transfer of the store."""

    class State(models.TextChoices):
        """Whether it has left."""

        PROPOSED = "proposed", pgettext_lazy("allotment", "Proposed")
        SENT = "sent", pgettext_lazy("allotment", "Sent")
        DROPPED = "dropped", pgettext_lazy("allotment", "Dropped")

    lot = models.ForeignKey(VaccineLot, models.PROTECT, related_name="allotments")
    source = models.ForeignKey(Store, models.PROTECT, related_name="+")
    store = models.ForeignKey(Store, models.PROTECT, related_name="+")
    vials = models.PositiveIntegerField(pgettext_lazy("vaccine", "Vials"))
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    grounds = models.JSONField(default=dict, db_comment="people waiting, dose 2 due, doses there already")
    movement_id = models.BigIntegerField(null=True, db_comment="transfer in supply")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    objects = AllotmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(vials__gt=0), name="allotment_of_something"),
            models.CheckConstraint(condition=~Q(source=F("store")), name="allotment_to_another_store"),
        ]
        indexes = [models.Index(fields=["province_id", "state"])]
