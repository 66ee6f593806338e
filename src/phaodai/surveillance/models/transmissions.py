"""Who infected whom, as far as anybody knows."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.models import Record, audited
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models.cases import Case, Setting


class TransmissionQuerySet(models.QuerySet["Transmission"]):
    """Links between cases."""

    def visible_to(self, actor: Actor) -> Self:
        """The database shows a link to whoever sees one of its cases."""
        del actor
        return self

    def standing(self) -> Self:
        """Links that nobody has withdrawn."""
        return self.filter(withdrawn=False)


@pghistory.track(*audited())
class Transmission(Record):
    """From the case that infected to the case that was infected. A case may have several possible sources."""

    class Certainty(models.TextChoices):
        """How well it is known."""

        PROVEN = "proven", _("Proven")
        LIKELY = "likely", _("Likely")
        POSSIBLE = "possible", _("Possible")

    source = models.ForeignKey(Case, models.CASCADE, related_name="infected", verbose_name=_("Infected by"))
    target = models.ForeignKey(Case, models.CASCADE, related_name="sources", verbose_name=_("Case"))
    certainty = models.CharField(_("Certainty"), max_length=8, choices=Certainty.choices, default=Certainty.LIKELY)
    setting = models.CharField(_("Setting"), max_length=12, choices=Setting.choices, blank=True)
    exposure = models.CharField(_("Exposure as reported"), max_length=200, blank=True)
    on = models.DateField(_("Day of contact"), null=True, blank=True)
    withdrawn = models.BooleanField(
        _("Withdrawn"), default=False, db_comment="found to be wrong; kept, and counted no more"
    )

    objects = TransmissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="transmission_once"),
            models.CheckConstraint(
                condition=~Q(source=F("target")),
                name="nobody_infects_oneself",
                violation_error_message=_("A case cannot be its own source. Choose another case."),
            ),
        ]
        indexes = [models.Index(fields=["target"])]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
