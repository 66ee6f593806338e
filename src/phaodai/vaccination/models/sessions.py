"""Vaccination sessions: where and when, for how many, with which lots, and the account of every vial."""

from datetime import date, datetime, time, timedelta
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.supply.models import Store
from phaodai.territory.models import Place
from phaodai.vaccination.law.vocabulary import product_choices
from phaodai.vaccination.models.lots import VaccineLot


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions by officer and day."""

    def visible_to(self, actor: Actor) -> Self:
        """When and where people are vaccinated is known in the whole province; who comes is not."""
        return self.filter(**actor.in_province)

    def run_by(self, actor: Actor) -> Self:
        """Those that the officer may run: of the own area, or of the own organisation."""
        return self.filter(actor.in_area_or_body)

    def on(self, day: date) -> Self:
        """Those of one day."""
        return self.filter(day=day)


@pghistory.track(*audited())
class Session(Record, AreaColumns):
    """One day of vaccinating at one place, run by one organisation."""

    class State(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", pgettext_lazy("vaccination session", "Planned")
        OPEN = "open", pgettext_lazy("vaccination session", "Open")
        CLOSED = "closed", pgettext_lazy("vaccination session", "Closed")
        CANCELLED = "cancelled", pgettext_lazy("vaccination session", "Cancelled")

    name = models.CharField(pgettext_lazy("vaccination session", "Where"), max_length=160)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Registered place")
    )
    address = models.CharField(_("Address"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("vaccination session", "Run by")
    )
    store = models.ForeignKey(
        Store, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("vaccination session", "Vaccine from the store"),
    )  # fmt: skip
    day = models.DateField(_("Day"))
    starts_at = models.TimeField(pgettext_lazy("vaccination session", "From"), default=time(7, 30))
    ends_at = models.TimeField(pgettext_lazy("vaccination session", "Until"), default=time(16, 30))
    teams = models.PositiveSmallIntegerField(pgettext_lazy("vaccination session", "Vaccinating tables"), default=1)
    per_hour = models.PositiveSmallIntegerField(
        pgettext_lazy("vaccination session", "People an hour and table"), default=20
    )
    team = models.TextField(pgettext_lazy("vaccination session", "Team"), blank=True)
    groups = models.JSONField(
        pgettext_lazy("vaccination session", "Groups"), default=list, blank=True, db_comment="empty: every open group"
    )
    product = models.CharField(pgettext_lazy("vaccine", "Product"), max_length=40, blank=True, choices=product_choices)
    state = models.CharField(_("State"), max_length=9, choices=State.choices, default=State.PLANNED)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.IntegerField(null=True, db_comment="officer")
    note = models.CharField(pgettext_lazy("vaccination session", "Note"), max_length=300, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=300, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name", "day"],
                condition=~Q(state="cancelled"),
                name="session_once_a_day",
                violation_error_message=_("This session is planned already for that day."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_it_begins",
                violation_error_message=_("The session ends before it begins. Correct one of the two times."),
            ),
            models.CheckConstraint(
                condition=Q(teams__range=(1, 50)) & Q(per_hour__range=(1, 200)),
                name="session_has_capacity",
                violation_error_message=_("Between 1 and 50 tables, and between 1 and 200 people an hour and table."),
            ),
        ]
        indexes = [
            models.Index(fields=["province_id", "day", "id"], name="session_province"),
            models.Index(fields=["district_id", "day", "id"], name="session_district"),
            models.Index(fields=["commune_id", "day", "id"], name="session_commune"),
            models.Index(fields=["organisation", "day"], name="session_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.day:%d/%m/%Y}"

    @property
    def starts(self) -> datetime:
        """The moment at which it begins."""
        return datetime.combine(self.day, self.starts_at, VIETNAM)

    @property
    def hours(self) -> float:
        """How long it lasts."""
        return (datetime.combine(self.day, self.ends_at, VIETNAM) - self.starts) / timedelta(hours=1)

    @property
    def capacity(self) -> int:
        """How many people its tables can vaccinate."""
        return int(self.hours * self.per_hour * self.teams)


@pghistory.track(*audited())
class SessionLot(Record):
    """A lot at a session: vials brought, opened and taken back; doses given and wasted, and what does not fit."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="lots")
    lot = models.ForeignKey(VaccineLot, models.PROTECT, related_name="at_sessions", verbose_name=_("Lot"))
    brought = models.PositiveIntegerField(pgettext_lazy("vial account", "Vials brought"))
    returned = models.PositiveIntegerField(pgettext_lazy("vial account", "Vials taken back unopened"), null=True)
    given = models.PositiveIntegerField(pgettext_lazy("vial account", "Doses given"), null=True)
    wasted = models.JSONField(default=dict, db_comment="doses by reason: expired, broken, residue, cold, other")
    difference = models.IntegerField(
        default=0, db_comment="doses drawn less given and wasted; below 0: a vial gave more"
    )
    explanation = models.CharField(pgettext_lazy("vial account", "Explanation"), max_length=300, blank=True)
    brought_by = models.BigIntegerField(null=True, db_comment="movement out of the store")
    returned_by = models.BigIntegerField(null=True, db_comment="movement back into the store")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "lot"], name="lot_once_a_session"),
            models.CheckConstraint(
                condition=Q(returned=None) | Q(returned__lte=F("brought")),
                name="no_more_vials_back_than_brought",
                violation_error_message=_("More vials come back than were brought."),
            ),
            models.CheckConstraint(
                condition=Q(difference=0) | ~Q(explanation=""),
                name="vial_difference_explained",
                violation_error_message=_("Explain the difference before the session is closed."),
            ),
        ]

    @property
    def opened(self) -> int:
        """Vials that did not go back."""
        return self.brought - (self.returned or 0)
