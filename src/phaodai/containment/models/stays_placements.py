"""Who lay in which room, on which place, with which cohort, from when to when. The database keeps cohorts apart."""

from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from phaodai.containment.models.sites import Cohort, Room, Site
from phaodai.containment.models.stays import Stay, period
from phaodai.foundation.models import AreaColumns, audited
from phaodai.foundation.scope import Actor


class PlacementQuerySet(models.QuerySet["Placement"]):
    """Placements by officer and by moment."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the sites that the officer answers for; the database shows no others."""
        del actor
        return self

    def now(self) -> Self:
        """Who lies where at present."""
        return self.filter(until=None)


@pghistory.track(*audited())
class Placement(AreaColumns):
    """One person on one numbered place of one room over one period.

    Exclusion constraints refuse two cohorts in a room, two people on a place and one person in two rooms at any moment,
    past ones included. `places` repeats the room's number of places through a foreign key on (room, places), so that a
    place beyond it cannot be taken, and a room cannot shrink under those who lie in it.
    """

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="placements")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, related_name="placements")
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="placements")
    place = models.PositiveSmallIntegerField(db_comment="from 1 to the room's places")
    places = models.PositiveSmallIntegerField(db_comment="the room's places, kept equal by the database")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_cohort_in_a_room",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    ("cohort", RangeOperators.NOT_EQUAL),
                    (period("since", "until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "Another cohort lies in this room. People who came on different days do not share a room."
                ),
            ),
            ExclusionConstraint(
                name="one_person_on_a_place",
                expressions=[
                    ("room", RangeOperators.EQUAL),
                    ("place", RangeOperators.EQUAL),
                    (period("since", "until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This place is taken. Choose another place or another room."),
            ),
            ExclusionConstraint(
                name="one_place_for_a_stay",
                expressions=[
                    ("stay", RangeOperators.EQUAL),
                    (period("since", "until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person lies in another room at that time. Move them instead."),
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1) & (Q(until__isnull=False) | Q(place__lte=F("places"))),
                name="place_within_the_room",
                violation_error_message=_("The room is full. Choose another room, or open one."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="placement_ends_after_it_began"
            ),
        ]
        indexes = [
            models.Index(
                fields=["room"],
                include=["site", "cohort", "place", "province_id", "district_id", "commune_id"],
                condition=Q(until__isnull=True),
                name="placement_now",
            ),
        ]
