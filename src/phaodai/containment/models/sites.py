"""Quarantine sites: buildings, rooms with numbered places, and the cohorts that may share a room."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.territory.models import Place


def columns_narrowed(actor: Actor) -> dict[str, int]:
    """The area columns that a row of the officer's area carries; nothing for those who see their own tasks alone."""
    return actor.area.narrowing


class SiteQuerySet(models.QuerySet["Site"]):
    """Sites by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Sites of the officer's area, or those that the officer's own organisation runs."""
        if actor.reach == "all":
            return self
        if actor.reach == "own":
            return self.filter(organisation_id=actor.organisation)
        return self.filter(Q(**columns_narrowed(actor)) | Q(organisation_id=actor.organisation))

    def open(self) -> Self:
        """Sites that take people in."""
        return self.filter(closed_on=None)


@pghistory.track(*audited())
class Site(Record, AreaColumns):
    """A place where contacts and arrivals are quarantined, and the organisation that runs it."""

    place = models.OneToOneField(
        Place, models.PROTECT, related_name="quarantine_site", verbose_name=pgettext_lazy("site", "Place")
    )
    name = models.CharField(_("Name"), max_length=160)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Run by")
    )
    contact_name = models.CharField(_("Site contact"), max_length=120, blank=True)
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    opened_on = models.DateField(_("Opened on"))
    closed_on = models.DateField(pgettext_lazy("site", "Closed on"), null=True, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=300, editable=False)

    objects = SiteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="site_closes_after_it_opened",
                violation_error_message=_("The site closes before it opened. Correct one of the two days."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "sort_key"]), models.Index(fields=["organisation"])]

    def __str__(self) -> str:
        return self.name


class Building(models.Model):
    """A house of a site."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="buildings")
    name = models.CharField(pgettext_lazy("site", "Building"), max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "name"],
                name="building_name_once",
                violation_error_message=_("The site has a building of that name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoomQuerySet(models.QuerySet["Room"]):
    """Rooms by what can be done with them."""

    def open(self) -> Self:
        """Rooms that take people in."""
        return self.filter(state=Room.State.OPEN)


@pghistory.track(*audited())
class Room(AreaColumns):
    """A room with places numbered from 1 to `places`. It never holds two cohorts: see `Placement`."""

    class State(models.TextChoices):
        """Whether it takes people in."""

        OPEN = "open", pgettext_lazy("room", "Open")
        CLEANING = "cleaning", pgettext_lazy("room", "Being disinfected")
        CLOSED = "closed", pgettext_lazy("room", "Closed")

    site = models.ForeignKey(Site, models.PROTECT, related_name="rooms")
    building = models.ForeignKey(
        Building, models.PROTECT, related_name="rooms", verbose_name=pgettext_lazy("site", "Building")
    )
    name = models.CharField(pgettext_lazy("site", "Room"), max_length=40)
    places = models.PositiveSmallIntegerField(pgettext_lazy("site", "Places"))
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.OPEN)

    objects = RoomQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["building", "name"],
                name="room_name_once",
                violation_error_message=_("The building has a room of that name already."),
            ),
            models.CheckConstraint(
                condition=Q(places__range=(1, 200)),
                name="room_has_places",
                violation_error_message=_("A room has between 1 and 200 places."),
            ),
        ]
        indexes = [models.Index(fields=["site", "state"])]

    def __str__(self) -> str:
        return self.name


class Cohort(models.Model):
    """People who may share a room: they came on one day, or were exposed together there (`mark` names the room)."""

    class Kind(models.TextChoices):
        """Whom it holds."""

        GUESTS = "guests", _("People in quarantine")
        STAFF = "staff", pgettext_lazy("cohort", "Staff")

    site = models.ForeignKey(Site, models.PROTECT, related_name="cohorts")
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.GUESTS)
    day = models.DateField(db_comment="day of arrival; of the last exposure after somebody in the room was positive")
    mark = models.CharField(max_length=60, blank=True, default="", db_comment="the room of a later exposure")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "kind", "day", "mark"], name="cohort_once")]

    def __str__(self) -> str:
        day = f"{self.day:%d/%m}"
        return " · ".join(filter(None, [str(self.get_kind_display()) if self.kind == "staff" else "", day, self.mark]))


class SiteAlertQuerySet(models.QuerySet["SiteAlert"]):
    """Alerts by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the sites that the officer answers for; the database shows no others."""
        del actor
        return self

    def open(self) -> Self:
        """Those that nobody has closed."""
        return self.filter(closed_at=None)


class SiteAlert(AreaColumns):
    """Somebody inside was positive: which room, who lay there with them, and what followed."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="alerts")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")
    stay = models.ForeignKey("containment.Stay", models.PROTECT, related_name="alerts")
    raised_at = models.DateTimeField(_("Raised"))
    roommates = models.JSONField(default=list, db_comment="row ids of the stays that begin again")
    closed_at = models.DateTimeField(_("Closed at"), null=True)
    closed_by = models.IntegerField(null=True, db_comment="officer")
    what_followed = models.TextField(_("What followed"), blank=True)

    objects = SiteAlertQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stay", "room"], name="alert_once_a_stay_and_room")]
        indexes = [models.Index(fields=["site"], condition=Q(closed_at=None), name="open_site_alert")]


class MealDay(models.Model):
    """Meals of one site on one day: how many were served. How many are owed is counted from who was inside."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="meal_days")
    day = models.DateField(_("Day"))
    served = models.PositiveIntegerField(_("Meal days served"))
    officer_id = models.IntegerField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "day"], name="meals_once_a_day")]
