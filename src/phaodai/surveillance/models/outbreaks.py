"""Outbreaks (ổ dịch): linked cases that are fought as one."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer
from phaodai.territory.models import Place


class OutbreakQuerySet(models.QuerySet["Outbreak"]):
    """Outbreaks by officer and by state."""

    def visible_to(self, actor: Actor) -> Self:
        """The database shows those of the officer's area, and those to which a case of that area belongs."""
        del actor
        return self

    def proposed(self) -> Self:
        """Linked cases that nobody has called an outbreak yet."""
        return self.filter(state=Outbreak.State.PROPOSED)

    def open(self) -> Self:
        """Outbreaks that are being fought."""
        return self.filter(state=Outbreak.State.OPEN)


@pghistory.track(*audited())
class Outbreak(Record, AreaColumns):
    """Cases with one chain: proposed by the machine, opened by a person, closed by the end rule in force."""

    class State(models.TextChoices):
        """How far it has come."""

        PROPOSED = "proposed", _("Proposed")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Over")
        REFUSED = "refused", _("Not an outbreak")

    name = models.CharField(_("Name"), max_length=160)
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.PROPOSED)
    setting = models.CharField(_("Setting"), max_length=12, blank=True)
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outbreaks",
        verbose_name=pgettext_lazy("site", "Place"),
    )
    opened_on = models.DateField(_("Opened"), null=True, blank=True)
    closed_on = models.DateField(_("Over since"), null=True, blank=True)
    closing = models.JSONField(
        default=dict, blank=True, db_comment="the decision that closed it: rule, figures, document"
    )
    decided_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Decided by")
    )
    notes = models.TextField(_("Notes"), blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=250, editable=False)

    objects = OutbreakQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(opened_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="outbreak_ends_after_it_opened",
                violation_error_message=_("The outbreak ends before it was opened. Correct one of the two dates."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "state", "-opened_on"])]

    def __str__(self) -> str:
        return self.name
