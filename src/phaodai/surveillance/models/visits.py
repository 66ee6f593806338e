"""Visits: who was where and when, kept as immutable blocks of a day with a small table of late ones beside them.

About 60 million visits in two weeks for a province (design, section 3). A block holds one day's visits of a place, or of
256 persons, as bytes of `epidemic.tracing.blocks`; persons and places are their row ids.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from phaodai.people.models import Person
from phaodai.territory.models import Place


class VisitBlock(models.Model):
    """One day's visits of a place or of a run of persons, as bytes."""

    class Side(models.IntegerChoices):
        """Sorted by what."""

        PLACE = 1, _("by place")
        PERSON = 2, _("by person")

    province_id = models.IntegerField()
    day = models.DateField()
    side = models.PositiveSmallIntegerField(choices=Side.choices)
    first_key = models.IntegerField(db_comment="row id of the place, or of the first person of the run")
    visits = models.PositiveIntegerField()
    latest = models.PositiveIntegerField(db_comment="last minute of the block, counted from its day's midnight")
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["province_id", "day", "side", "first_key"], name="visit_block_once"),
        ]


class VisitDay(models.Model):
    """What the blocks of one day are, so that a cache knows whether it is still of them."""

    province_id = models.IntegerField()
    day = models.DateField()
    visits = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    built_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["province_id", "day"], name="visit_day_once")]


class LateVisit(models.Model):
    """A visit that came after its day was packed, or the retraction of one that was wrong."""

    province_id = models.IntegerField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    started_at = models.DateTimeField()
    minutes = models.PositiveIntegerField()
    retracts = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__lte=7 * 1440),
                name="visit_ends_in_a_week",
                violation_error_message=_("A visit lasts a week at most. Correct when it began or ended."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "recorded_at"]), models.Index(fields=["started_at"])]
