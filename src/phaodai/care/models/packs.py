"""What leaves a store for somebody at home: medicine packs, handed out under a rule, and oxygen brought to the door."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.care.models.alarms import HomeAlarm
from phaodai.care.models.home import HomeCare, of_seen_people
from phaodai.care.models.people import Worker
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer
from phaodai.supply.models import Batch, Item, Store


class PackHandoutQuerySet(models.QuerySet["PackHandout"]):
    """Packs by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the people whom the officer sees."""
        return of_seen_people(self, actor)


@pghistory.track(*audited())
class PackHandout(Record, AreaColumns):
    """One medicine pack given to one person. The program knows packs as stock: it gives no advice on doses."""

    class Pack(models.TextChoices):
        """The three packs of 6002/SYT-NVY."""

        A = "A", pgettext_lazy("pack", "Pack A")
        B = "B", pgettext_lazy("pack", "Pack B")
        C = "C", pgettext_lazy("pack", "Pack C")

    home_care = models.ForeignKey(HomeCare, models.PROTECT, related_name="packs")
    pack = models.CharField(pgettext_lazy("pack", "Pack"), max_length=1, choices=Pack.choices)
    key = models.UUIDField(unique=True, db_comment="of the handout and of its movement in the store")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("pack", "Item"))
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("pack", "Batch"))
    store = models.ForeignKey(Store, models.PROTECT, related_name="+", verbose_name=_("Store"))
    quantity = models.PositiveSmallIntegerField(pgettext_lazy("pack", "Handed out"), default=1)
    returned = models.PositiveSmallIntegerField(pgettext_lazy("pack", "Given back"), default=0)
    handed_at = models.DateTimeField(pgettext_lazy("pack", "Handed out at"))
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    prescriber = models.ForeignKey(
        Worker, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("pack", "Prescribed by")
    )
    answers = models.JSONField(default=dict, blank=True, db_comment="yes-or-no questions of the pack and their answers")
    decision = models.JSONField(default=dict, blank=True, db_comment="provision of medicine-pack, as it was read")
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    consent_on = models.DateField(pgettext_lazy("pack", "Written consent of"), null=True, blank=True)
    consent_by = models.CharField(pgettext_lazy("pack", "Consent signed by"), max_length=120, blank=True)

    objects = PackHandoutQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(pack="C") | (Q(consent_on__isnull=False) & ~Q(consent_by="")),
                name="pack_c_with_consent",
                violation_error_message=_("Pack C needs the written consent: who signed it, on which day."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, returned__lte=F("quantity")),
                name="pack_returned_at_most_handed",
                violation_error_message=_("More is given back than was handed out. Count again."),
            ),
        ]
        indexes = [models.Index(fields=["home_care", "-handed_at"], name="pack_of_home_care")]

    def __str__(self) -> str:
        return self.get_pack_display()


class OxygenRequestQuerySet(models.QuerySet["OxygenRequest"]):
    """Oxygen by officer and by what is owed."""

    def visible_to(self, actor: Actor) -> Self:
        """That of the people whom the officer sees."""
        return of_seen_people(self, actor)

    def awaited(self) -> Self:
        """Oxygen that was asked for and does not stand at the door yet."""
        return self.filter(state=OxygenRequest.State.ASKED)


@pghistory.track(*audited())
class OxygenRequest(Record, AreaColumns):
    """Oxygen brought to the door of somebody at home: asked for, delivered, taken back."""

    class State(models.TextChoices):
        """How far it has come."""

        ASKED = "asked", pgettext_lazy("oxygen", "Asked for")
        DELIVERED = "delivered", pgettext_lazy("oxygen", "At the door")
        BACK = "back", pgettext_lazy("oxygen", "Taken back")
        CANCELLED = "cancelled", pgettext_lazy("oxygen", "Not needed any more")

    home_care = models.ForeignKey(HomeCare, models.PROTECT, related_name="oxygen")
    alarm = models.ForeignKey(HomeAlarm, models.PROTECT, null=True, blank=True, related_name="oxygen")
    state = models.CharField(_("State"), max_length=9, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(pgettext_lazy("oxygen", "Asked"))
    due_at = models.DateTimeField(pgettext_lazy("oxygen", "Wanted by"))
    key = models.UUIDField(unique=True, db_comment="of the movement out of the store")
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="+")
    store = models.ForeignKey(Store, models.PROTECT, null=True, blank=True, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="+")
    quantity = models.PositiveSmallIntegerField(pgettext_lazy("oxygen", "Cylinders"), default=1)
    delivered_at = models.DateTimeField(pgettext_lazy("oxygen", "Delivered"), null=True, blank=True)
    back_at = models.DateTimeField(pgettext_lazy("oxygen", "Taken back at"), null=True, blank=True)
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    words = models.CharField(_("Note"), max_length=300, blank=True)

    objects = OxygenRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "cancelled"])
                | Q(delivered_at__isnull=False, item__isnull=False, store__isnull=False),
                name="oxygen_delivered_from_a_store",
            ),
            models.UniqueConstraint(
                fields=["home_care"],
                condition=Q(state="asked"),
                name="oxygen_asked_once",
                violation_error_message=_("Oxygen was asked for already and is on its way."),
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(state="asked"), name="oxygen_on_its_way")]

    def __str__(self) -> str:
        return self.home_care.initials
