"""Door-to-door screening (rà soát từng nhà): which team goes to which households, rounds, and what was found at each door."""

from datetime import date
from typing import Self

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Household, Officer, Person
from phaodai.surveillance.models.contacts import Team

_DAYS = Func("starts_on", "ends_on", Value("[]"), function="daterange", output_field=DateRangeField())


def _narrowed(actor: Actor) -> dict[str, int]:
    return actor.area.narrowing


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds by officer and by day."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area; the database refuses the rest as well."""
        return self.filter(**_narrowed(actor))

    def running(self, on: date) -> Self:
        """Rounds in which doors are knocked at on a day."""
        return self.filter(starts_on__lte=on, ends_on__gte=on, closed_on=None)


@pghistory.track(*audited())
class Round(Record, AreaColumns):
    """One going round of a commune: every household once between two days. A wider order opens a round in each commune."""

    name = models.CharField(_("Name"), max_length=120)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(pgettext_lazy("day", "Until"))
    target_percent = models.PositiveSmallIntegerField(_("Target"), default=100, db_comment="per cent of the households")
    questions = models.JSONField(_("Symptoms asked for"), default=list, db_comment="codes of rules.symptoms, in order")
    closed_on = models.DateField(pgettext_lazy("round", "Closed on"), null=True, blank=True)
    search_key = models.CharField(max_length=160, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="round_ends_after_it_began",
                violation_error_message=_("The round ends before it begins. Correct one of the two days."),
            ),
            models.CheckConstraint(
                condition=Q(target_percent__range=(1, 100)),
                name="round_target_possible",
                violation_error_message=_("The target lies between 1 and 100 per cent."),
            ),
            ExclusionConstraint(
                name="one_round_of_a_commune_at_a_time",
                expressions=[
                    ("commune_id", RangeOperators.EQUAL),
                    (_DAYS, RangeOperators.OVERLAPS),
                ],
                condition=Q(closed_on=None),
                violation_error_message=_("The commune has a round in these days. Close it or choose other days."),
            ),
        ]
        indexes = [
            models.Index(fields=["province_id", "-starts_on", "-id"], name="round_province"),
            models.Index(fields=["commune_id", "-starts_on"], name="round_commune"),
        ]

    def __str__(self) -> str:
        return self.name


class TeamHouseholdQuerySet(models.QuerySet["TeamHousehold"]):
    """Assignments by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area."""
        return self.filter(**_narrowed(actor))


class TeamHousehold(AreaColumns):
    """A household in the care of a team, with its place on the team's way. Every household has one team."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="households", verbose_name=_("Team"))
    household = models.OneToOneField(Household, models.CASCADE, related_name="care", verbose_name=_("Household"))
    position = models.PositiveIntegerField(_("Place on the way"))

    objects = TeamHouseholdQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["team", "position"]), models.Index(fields=["commune_id"])]


class Standing(models.TextChoices):
    """Where a household stands in a round."""

    DONE = "done", _("Everybody met")
    ABSENT = "absent", _("To visit again")


class Source(models.TextChoices):
    """How a visit was written down."""

    ONLINE = "online", _("At once")
    OFFLINE = "offline", _("Without network, sent later")


class ScreeningRecordQuerySet(models.QuerySet["ScreeningRecord"]):
    """Visits by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area."""
        return self.filter(**_narrowed(actor))


class ScreeningRecord(AreaColumns):
    """One visit at one door, as a phone wrote it down. Never changed: who was wrong visits again, and the last visit counts."""

    key = models.UUIDField(unique=True, db_comment="made by the phone with the record: sent twice, it is kept once")
    digest = models.CharField(max_length=64, db_comment="SHA-256 of the content: the same key with another is refused")
    round = models.ForeignKey(
        Round, models.PROTECT, related_name="records", verbose_name=pgettext_lazy("screening", "Round")
    )
    household = models.ForeignKey(Household, models.PROTECT, related_name="+", verbose_name=_("Household"))
    team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+", verbose_name=_("Team"))
    at = models.DateTimeField(_("Visited"), db_comment="by the server's clock")
    phone_at = models.DateTimeField(db_comment="what the phone's clock showed")
    received_at = models.DateTimeField(pgettext_lazy("visit", "Received"))
    source = models.CharField(_("Written down"), max_length=7, choices=Source.choices)
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))
    device = models.CharField(_("Device"), max_length=36, blank=True)
    standing = models.CharField(_("State"), max_length=6, choices=Standing.choices)
    persons = models.PositiveSmallIntegerField(_("Persons"))
    absent = models.PositiveSmallIntegerField(pgettext_lazy("count of persons", "Not met"))
    symptomatic = models.PositiveSmallIntegerField(_("With symptoms"))
    note = models.CharField(_("Note"), max_length=200, blank=True)

    objects = ScreeningRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(absent__lte=F("persons")) & Q(symptomatic__lte=F("persons")),
                name="screening_counts_its_persons",
            )
        ]
        indexes = [
            models.Index(fields=["round", "-at"], name="screening_round"),
            models.Index(fields=["commune_id", "-at", "-id"], name="screening_commune"),
            models.Index(fields=["district_id", "-at", "-id"], name="screening_district"),
            models.Index(fields=["province_id", "-at", "-id"], name="screening_province"),
            models.Index(fields=["household", "-at"], name="screening_household"),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.at:%d/%m %H:%M}"


class ScreeningFinding(AreaColumns):
    """What was found of one person at one visit."""

    class State(models.TextChoices):
        """How the person was."""

        WELL = "well", _("Well")
        SYMPTOMS = "symptoms", _("Has symptoms")
        ABSENT = "absent", pgettext_lazy("person", "Absent")
        MOVED = "moved", _("Moved away")

    record = models.ForeignKey(ScreeningRecord, models.CASCADE, related_name="findings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="screenings", verbose_name=_("Person"))
    state = models.CharField(_("State"), max_length=8, choices=State.choices)
    symptoms = models.CharField(_("Symptoms"), max_length=300, blank=True)
    temperature = models.DecimalField(_("Temperature"), max_digits=3, decimal_places=1, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "person"], name="screening_finding_once"),
            models.CheckConstraint(
                condition=Q(temperature__isnull=True) | Q(temperature__range=(30, 45)),
                name="screened_temperature_possible",
            ),
        ]
        indexes = [
            models.Index(fields=["commune_id", "state"], name="screening_finding_state"),
            models.Index(fields=["person"]),
        ]


class ScreenedDoorQuerySet(models.QuerySet["ScreenedDoor"]):
    """Doors by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area."""
        return self.filter(**_narrowed(actor))


class ScreenedDoor(AreaColumns):
    """A household's last visit in a round: what coverage counts, so that a province is counted in a moment."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="doors")
    household = models.ForeignKey(Household, models.CASCADE, related_name="+")
    hamlet_id = models.IntegerField(db_comment="of the household: where coverage is shown")
    record = models.ForeignKey(ScreeningRecord, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    standing = models.CharField(max_length=6, choices=Standing.choices)

    objects = ScreenedDoorQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "household"], name="screened_door_once")]
        indexes = [models.Index(fields=["round", "hamlet_id", "standing"], name="screened_door_coverage")]


class TestRequestQuerySet(models.QuerySet["TestRequest"]):
    """Requests by officer and by state."""

    __test__ = False

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area."""
        return self.filter(**_narrowed(actor))

    def waiting(self) -> Self:
        """Requests that nobody has answered with a sample or a reason."""
        return self.filter(state=TestRequest.State.ASKED)


@pghistory.track(*audited())
class TestRequest(Record, AreaColumns):
    """Somebody whom a team found with symptoms is to be sampled. Whoever takes samples answers it."""

    __test__ = False

    class State(models.TextChoices):
        """How far it has come."""

        ASKED = "asked", _("Sample to be taken")
        SAMPLED = "sampled", pgettext_lazy("request", "Sample taken")
        DECLINED = "declined", _("No sample")

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="requests", verbose_name=pgettext_lazy("screening", "Round")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="test_requests", verbose_name=_("Person"))
    record = models.ForeignKey(
        ScreeningRecord, models.PROTECT, related_name="requests", verbose_name=pgettext_lazy("door", "Visit")
    )
    symptoms = models.CharField(_("Symptoms"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("Asked for"))
    asked_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.ASKED)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)

    objects = TestRequestQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="test_request_once_a_round")]
        indexes = [models.Index(fields=["commune_id", "state"], name="test_request_state")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.asked_at:%d/%m}"


class RefusedVisitQuerySet(models.QuerySet["RefusedVisit"]):
    """Refused records by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area."""
        return self.filter(**_narrowed(actor))

    def waiting(self) -> Self:
        """Those that neither the phone nor the desk has mended."""
        return self.filter(settled_at=None)


class RefusedVisit(AreaColumns):
    """A record that a phone sent and the server could not take, kept as it came, so that nothing said at a door is lost."""

    class Settled(models.TextChoices):
        """How it ended."""

        WAITING = "", _("Waiting")
        MENDED = "mended", _("Mended and taken in")
        DROPPED = "dropped", _("Set aside")

    key = models.UUIDField(unique=True)
    content = models.JSONField()
    reason = models.CharField(_("Reason"), max_length=20, db_comment="code of rules.screening_records")
    about = models.CharField(max_length=120, blank=True, db_comment="the value that was refused")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("By"))
    device = models.CharField(max_length=36, blank=True)
    received_at = models.DateTimeField(pgettext_lazy("visit", "Received"))
    settled = models.CharField(max_length=7, choices=Settled.choices, blank=True, default="")
    settled_at = models.DateTimeField(null=True)

    objects = RefusedVisitQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["commune_id"], condition=Q(settled_at=None), name="refused_visit_waiting")]
