"""Who lay in which bed from when to when. The database keeps one patient a bed and one bed a patient."""

from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from phaodai.care.models.facilities import Bed, Facility
from phaodai.care.models.patients import Patient
from phaodai.care.models.rosters import MomentRange
from phaodai.foundation.models import AreaColumns, audited
from phaodai.foundation.scope import Actor

_PERIOD = MomentRange(F("since"), F("until"), Value("[)"))


class BedStayQuerySet(models.QuerySet["BedStay"]):
    """Bed stays by officer and by moment."""

    def visible_to(self, actor: Actor) -> Self:
        """Which beds are taken is known in the whole province; who lies there is not."""
        return self.filter(**actor.in_province)

    def now(self) -> Self:
        """Which beds are taken at present."""
        return self.filter(until=None)


@pghistory.track(*audited())
class BedStay(AreaColumns):
    """One patient in one bed over one period. The area is that of the facility."""

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="bed_stays")
    bed = models.ForeignKey(Bed, models.PROTECT, related_name="stays", verbose_name=_("Bed"))
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="bed_stays", verbose_name=_("Facility"))
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = BedStayQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="bed_holds_one_patient",
                expressions=[("bed", RangeOperators.EQUAL), (_PERIOD, RangeOperators.OVERLAPS)],
                violation_error_message=_("Another patient lies in this bed. Choose another bed."),
            ),
            ExclusionConstraint(
                name="patient_lies_in_one_bed",
                expressions=[("patient", RangeOperators.EQUAL), (_PERIOD, RangeOperators.OVERLAPS)],
                violation_error_message=_("This patient lies in another bed at that time. Move them instead."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="bed_stay_ends_after_it_began",
                violation_error_message=_(
                    "The patient left the bed before coming to it. Correct one of the two times."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["facility", "bed"], condition=Q(until=None), name="bed_taken_now"),
            models.Index(fields=["patient", "-since"], name="bed_stays_of_patient"),
            models.Index(fields=["facility", "until"], name="bed_stays_until"),
        ]
