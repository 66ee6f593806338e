"""The bodies that give, take and answer for tasks."""

from typing import Self

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor, Area
from phaodai.territory.models import Tier, Unit


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations by tier and area."""

    def visible_to(self, actor: Actor) -> Self:
        """Who is accountable is public among officers: every organisation is seen by each of them."""
        del actor
        return self

    def open(self) -> Self:
        """Organisations that can take a task."""
        return self.filter(closed_on=None)

    def inside(self, area: Area) -> Self:
        """Organisations whose area lies in `area`."""
        narrowed = area.narrowing
        return self.filter(**narrowed)


@pghistory.track(*audited())
class Organisation(Record, AreaColumns):
    """A body with a head: a committee, an office, a department, a health centre, a station, a hospital, an enterprise.

    `reach` says what its officers see: a committee and its office see their whole `area`; a department sees its `own`
    tasks and everything that grew out of them.
    """

    class Kind(models.TextChoices):
        """What sort of body it is; the reader of documents matches names to these."""

        PARTY_COMMITTEE = "party_committee", _("Party committee")
        PEOPLES_COMMITTEE = "peoples_committee", _("People's Committee")
        STEERING_COMMITTEE = "steering_committee", _("Steering committee")
        OFFICE = "office", _("Office of a committee")
        DEPARTMENT = "department", _("Department")
        HEALTH_CENTRE = "health_centre", _("Health centre")
        HEALTH_STATION = "health_station", _("Health station")
        HOSPITAL = "hospital", _("Hospital")
        POLICE = "police", _("Police")
        MILITARY = "military", _("Military command")
        FRONT = "front", _("Fatherland Front and unions")
        MEDIA = "media", _("Press, radio and television")
        ZONE_BOARD = "zone_board", _("Industrial zones authority")
        ENTERPRISE = "enterprise", _("Enterprise")
        SCHOOL = "school", _("School")
        OTHER = "other", _("Other body")

    class Reach(models.TextChoices):
        """What the officers of an organisation see."""

        AREA = "area", _("Its whole area")
        OWN = "own", _("Its own tasks and what grew out of them")

    code = models.CharField(_("Code"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=200)
    short_name = models.CharField(_("Short name"), max_length=80)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind.choices)
    tier = models.PositiveSmallIntegerField(_("Tier"), choices=Tier.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="organisations", verbose_name=_("Unit"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subordinates", verbose_name=_("Answers to")
    )
    reach = models.CharField(_("Sees"), max_length=4, choices=Reach.choices, default=Reach.OWN)
    phone = models.CharField(_("Telephone"), max_length=30, blank=True)
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Taken over by")
    )
    sort_key = models.CharField(max_length=300, editable=False, db_collation="C")
    search_key = models.CharField(max_length=300, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["province_id", "tier"]),
            models.Index(fields=["district_id"]),
            models.Index(fields=["commune_id"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def area(self) -> Area:
        """The columns that a row of this organisation carries."""
        return Area(self.province_id, self.district_id, self.commune_id)
