"""Arrivals: who came through a checkpoint, what follows by the law of that day, and whose work it now is."""

from datetime import date, datetime
from typing import Any, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.containment.models.checkpoints import Checkpoint
from phaodai.containment.models.declarations import Declaration, FromSomewhere, Traveller
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation, Person
from phaodai.territory.models import Unit


class ArrivalGroupQuerySet(models.QuerySet["ArrivalGroup"]):
    """Buses by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's province: a bus carries people of many communes."""
        return self.filter(**actor.in_province)


@pghistory.track(*audited())
class ArrivalGroup(FromSomewhere, Record, AreaColumns):
    """A bus, a lorry, a train coach: people who travel together, known by plate and day."""

    plate = models.CharField(_("Number plate"), max_length=20, db_comment="capitals and digits alone")
    travelling_on = models.DateField(pgettext_lazy("arrival", "Travels on"))
    expected_at = models.DateTimeField(pgettext_lazy("arrival", "Expected at"))
    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="groups", verbose_name=_("Checkpoint"))
    abroad = models.BooleanField(pgettext_lazy("arrival", "Comes from abroad"), default=False)
    origin = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("arrival", "Comes from"),
    )
    origin_words = models.CharField(pgettext_lazy("arrival", "Commune, district, country"), max_length=160, blank=True)
    note = models.CharField(pgettext_lazy("arrival", "Note"), max_length=200, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=300, editable=False)

    objects = ArrivalGroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["province_id", "plate", "travelling_on"],
                name="arrival_group_once",
                violation_error_message=_("This vehicle is expected on that day already. Open its list."),
            ),
            models.CheckConstraint(condition=~Q(plate=""), name="arrival_group_has_a_plate"),
        ]
        indexes = [models.Index(fields=["province_id", "-expected_at"])]

    def __str__(self) -> str:
        return self.plate


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    """Arrivals by officer and by what waits."""

    def visible_to(self, actor: Actor) -> Self:
        """The database shows those bound for the officer's area, and those that the own organisation let through."""
        del actor
        return self

    def waiting(self) -> Self:
        """Arrivals about whom somebody has to do something."""
        return self.filter(step__in=Arrival.WAITING)


@pghistory.track(*audited())
class Arrival(Record, Traveller):
    """Somebody came through a checkpoint. The decision stays as it was made, with its rule and clause (`record`)."""

    class Outcome(models.TextChoices):
        """What the law, or an officer, asks of the person."""

        CENTRALISED = "centralised", pgettext_lazy("arrival", "Quarantine at a site")
        HOME = "home", pgettext_lazy("arrival", "Quarantine at home")
        LODGING = "lodging", pgettext_lazy("arrival", "Quarantine at the lodging")
        MONITOR = "monitor", pgettext_lazy("arrival", "Watch one's health")
        FREE = "free", pgettext_lazy("arrival", "Go on; 5K")
        UNDECIDED = "undecided", pgettext_lazy("arrival", "Cannot be concluded yet")

    class Step(models.TextChoices):
        """Whose work it is."""

        TO_DECIDE = "to-decide", pgettext_lazy("arrival", "Waits for a decision")
        TO_PLACE = "to-place", pgettext_lazy("arrival", "To be placed at a site")
        TO_VISIT = "to-visit", pgettext_lazy("arrival", "To be visited at home")
        IN_QUARANTINE = "quarantine", pgettext_lazy("arrival", "In quarantine")
        MONITORED = "monitored", pgettext_lazy("arrival", "Being monitored")
        DONE = "done", pgettext_lazy("arrival", "Nothing more to do")

    WAITING = (Step.TO_DECIDE, Step.TO_PLACE, Step.TO_VISIT)

    key = models.UUIDField(unique=True, editable=False, db_comment="given by the telephone: a repetition counts once")
    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="arrivals", verbose_name=_("Checkpoint"))
    group = models.ForeignKey(
        ArrivalGroup, models.PROTECT, null=True, blank=True, related_name="arrivals", verbose_name=_("Vehicle")
    )
    declaration = models.ForeignKey(
        Declaration, models.PROTECT, null=True, blank=True, related_name="arrivals", verbose_name=_("Declaration")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="arrivals", verbose_name=_("Person")
    )
    has_papers = models.BooleanField(pgettext_lazy("arrival", "Shows papers"), default=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Registered by"))
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("Recorded by"))
    at = models.DateTimeField(pgettext_lazy("arrival", "Came through"))
    phone_said = models.DateTimeField(pgettext_lazy("arrival", "By the telephone's clock"), null=True)
    received_at = models.DateTimeField(pgettext_lazy("arrival", "Received"))
    clock_off = models.IntegerField(default=0, db_comment="seconds by which the telephone's clock was ahead")
    origin_level = models.PositiveSmallIntegerField(pgettext_lazy("arrival", "Level of origin"), null=True)
    outcome = models.CharField(pgettext_lazy("arrival", "What follows"), max_length=12, choices=Outcome.choices)
    quarantine_until = models.DateField(pgettext_lazy("arrival", "Quarantine until"), null=True)
    monitor_until = models.DateField(pgettext_lazy("arrival", "Monitoring until"), null=True)
    test_on = ArrayField(models.DateField(), default=list, verbose_name=_("Test days"))
    urgent = models.BooleanField(pgettext_lazy("arrival", "Needs a health worker now"), default=False)
    record = models.JSONField(default=dict)
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("Decided by"))
    decided_at = models.DateTimeField(_("Decided at"), null=True)
    step = models.CharField(pgettext_lazy("arrival", "Stands at"), max_length=10, choices=Step.choices)
    taken_over_at = models.DateTimeField(pgettext_lazy("arrival", "Taken over"), null=True)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quarantine_until=None) | Q(outcome__in=("centralised", "home", "lodging")),
                name="arrival_quarantine_has_an_end_only_if_ordered",
            ),
            models.CheckConstraint(
                condition=Q(step="to-decide", outcome="undecided") | (~Q(step="to-decide") & ~Q(outcome="undecided")),
                name="arrival_waits_while_undecided",
            ),
        ]
        indexes = [
            models.Index(fields=["province_id", "-at"]),
            models.Index(fields=["district_id", "-at"]),
            models.Index(fields=["commune_id", "step", "-at"]),
            models.Index(fields=["checkpoint", "-at"]),
            models.Index(fields=["organisation", "-at"]),
        ]

    @property
    def why(self) -> dict[str, str]:
        """The reason in both languages."""
        return dict(self.record.get("why", {}))

    @property
    def facts(self) -> dict[str, Any]:
        """What the law asks about vaccination and recovery; what is not known is left out."""
        known = {"doses": self.doses, "last_dose_on": self.last_dose_on, "recovered_on": self.recovered_on}
        return {name: value for name, value in known.items() if value is not None}


class MonitoringQuerySet(models.QuerySet["Monitoring"]):
    """Monitoring by officer and by day."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area; the database refuses the rest as well."""
        return self.filter(**actor.area.narrowing)

    def running_on(self, day: date) -> Self:
        """People who are to be asked on a day."""
        return self.filter(state=Monitoring.State.RUNNING, starts_on__lte=day)


@pghistory.track(*audited())
class Monitoring(Record, AreaColumns):
    """The days of watching that follow quarantine, or stand in its place."""

    class State(models.TextChoices):
        """How it goes."""

        RUNNING = "running", pgettext_lazy("monitoring", "Running")
        FINISHED = "finished", pgettext_lazy("monitoring", "Finished")
        STOPPED = "stopped", pgettext_lazy("monitoring", "Stopped")

    class Word(models.TextChoices):
        """How the person was."""

        WELL = "well", pgettext_lazy("monitoring", "Well")
        UNWELL = "unwell", pgettext_lazy("monitoring", "Unwell")
        AWAY = "away", pgettext_lazy("monitoring", "Not met")

    arrival = models.OneToOneField(
        Arrival, models.PROTECT, related_name="monitoring", verbose_name=pgettext_lazy("arrival", "Arrival")
    )
    starts_on = models.DateField(pgettext_lazy("monitoring", "First day"))
    ends_on = models.DateField(pgettext_lazy("monitoring", "Last day"))
    state = models.CharField(
        pgettext_lazy("monitoring", "State"), max_length=8, choices=State.choices, default="running"
    )
    last_word = models.CharField(
        pgettext_lazy("monitoring", "Last word"), max_length=6, choices=Word.choices, blank=True
    )
    last_asked_on = models.DateField(pgettext_lazy("monitoring", "Last asked"), null=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)

    objects = MonitoringQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="monitoring_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(state="stopped") | ~Q(reason=""), name="monitoring_stops_for_a_reason"),
        ]
        indexes = [models.Index(fields=["commune_id", "state", "ends_on"])]

    def asked_on(self, moment: datetime) -> bool:
        """Whether the person was asked on the day of `moment`."""
        return self.last_asked_on == moment.date()
