"""Mobile health stations: a team, a store and some hamlets, for people in treatment at home."""

from datetime import datetime
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.care.models.people import Team
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.supply.models import Store
from phaodai.territory.models import Place, Unit


class MobileStationQuerySet(models.QuerySet["MobileStation"]):
    """Mobile stations by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province: whoever asks for help must know where it stands."""
        return self.filter(**actor.in_province)

    def open(self) -> Self:
        """Those that work."""
        return self.filter(closed_on=None)


@pghistory.track(*audited())
class MobileStation(Record, AreaColumns):
    """A mobile health station (trạm y tế lưu động). `capacity` is the plan: how many people it looks after at once."""

    name = models.CharField(pgettext_lazy("mobile station", "Name"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("mobile station", "Run by")
    )
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("mobile station", "Place"),
    )
    team = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("mobile station", "Team"),
    )
    store = models.ForeignKey(Store, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Store"))
    hamlets = models.ManyToManyField(Unit, through="MobileStationHamlet", related_name="+")
    phone = models.CharField(_("Telephone"), max_length=30)
    opens = models.TimeField(pgettext_lazy("mobile station", "Opens"))
    closes = models.TimeField(pgettext_lazy("mobile station", "Closes"))
    capacity = models.PositiveSmallIntegerField(pgettext_lazy("mobile station", "People it can look after"))
    opened_on = models.DateField(pgettext_lazy("mobile station", "Opened on"))
    closed_on = models.DateField(pgettext_lazy("mobile station", "Closed on"), null=True, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=300, editable=False)

    objects = MobileStationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(closed_on=None),
                name="mobile_station_name_once",
                violation_error_message=_("The organisation has a mobile station of that name. Choose another name."),
            ),
            models.CheckConstraint(
                condition=Q(closes__gt=models.F("opens")),
                name="mobile_station_closes_after_it_opens",
                violation_error_message=_("The station closes before it opens. Correct one of the two hours."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__gt=0),
                name="mobile_station_can_look_after_somebody",
                violation_error_message=_("A mobile station looks after at least one person."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "sort_key"], name="mobile_station_of_province")]

    def __str__(self) -> str:
        return self.name

    def is_open_at(self, moment: datetime) -> bool:
        """Whether somebody is there at this hour of its own country."""
        return self.closed_on is None and self.opens <= moment.time() < self.closes


class MobileStationHamlet(models.Model):
    """A hamlet that a mobile station looks after; one station each."""

    station = models.ForeignKey(MobileStation, models.CASCADE, related_name="grounds")
    hamlet = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hamlet"],
                condition=Q(until=None),
                name="hamlet_of_one_mobile_station",
                violation_error_message=_("Another mobile station looks after this hamlet."),
            )
        ]
