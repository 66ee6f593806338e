"""The lists that units send, and each person on them once, whichever lists name them."""

from datetime import date
from typing import Self

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation, Person
from phaodai.people.models.persons import masked_name
from phaodai.territory.models import Unit
from phaodai.vaccination.law.vocabulary import group_choices


class PriorityListQuerySet(models.QuerySet["PriorityList"]):
    """Lists by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area, or those that the own organisation sent."""
        if actor.reach == "all":
            return self
        if actor.reach == "own":
            return self.filter(organisation_id=actor.organisation)
        return self.filter(**actor.area.narrowing)


@pghistory.track(*audited(), exclude=["content"])
class PriorityList(Record, AreaColumns):
    """One sheet of people that a unit sent. It is read in steps, each in one transaction with the place reached."""

    class State(models.TextChoices):
        """How far it has been read."""

        RUNNING = "running", pgettext_lazy("priority list", "Being read")
        FINISHED = "finished", pgettext_lazy("priority list", "Read")

    name = models.CharField(pgettext_lazy("priority list", "List"), max_length=200)
    sender = models.CharField(pgettext_lazy("priority list", "Unit that sent it"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Taken in by")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Unit"))
    group = models.CharField(pgettext_lazy("vaccination", "Priority group"), max_length=20, choices=group_choices)
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.RUNNING)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(default=b"")
    rows = models.PositiveIntegerField(_("Rows"), default=0)
    reached = models.PositiveIntegerField(_("Rows read"), default=0)
    added = models.PositiveIntegerField(pgettext_lazy("priority list", "New people"), default=0)
    joined = models.PositiveIntegerField(pgettext_lazy("priority list", "On another list already"), default=0)
    parked = models.PositiveIntegerField(_("Set aside"), default=0)
    received_at = models.DateTimeField(pgettext_lazy("priority list", "Received"))
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    objects = PriorityListQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "group", "sha256"],
                name="priority_list_once",
                violation_error_message=_("This file was taken in already for this unit and group."),
            ),
        ]
        indexes = [models.Index(fields=["province_id", "-received_at"])]

    def __str__(self) -> str:
        return self.name


class ListEntryQuerySet(models.QuerySet["ListEntry"]):
    """People on the lists, by officer and by what they wait for."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the officer's area; for those who see their own alone, whom their organisation put on a list.

        Whoever is invited to a session is seen there by whoever runs it, wherever they live.
        """
        if actor.reach == "own":
            return self.filter(organisation_id=actor.organisation)
        return self.filter(**actor.area.smallest)

    def waiting(self) -> Self:
        """Those whom nobody has invited for their next dose."""
        return self.filter(state=ListEntry.State.WAITING)

    def of_age(self, day: date, least: int) -> Self:
        """Those who are at least `least` years old on `day`; of a year alone, the year's end is not waited for."""
        born = day.replace(year=day.year - least, day=min(day.day, 28))
        return self.filter(Q(birth_date__lte=born) | Q(birth_date=None, birth_year__lte=day.year - least))


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ListEntry(Record, AreaColumns):
    """One person who is to be vaccinated, on however many lists. Identities stay as the lists wrote them."""

    class State(models.TextChoices):
        """Where the person stands with the next dose."""

        WAITING = "waiting", pgettext_lazy("list entry", "Waiting")
        INVITED = "invited", pgettext_lazy("list entry", "Invited")
        VACCINATED = "vaccinated", pgettext_lazy("list entry", "Vaccinated")
        DECLINED = "declined", pgettext_lazy("list entry", "Declined")
        DEFERRED = "deferred", pgettext_lazy("list entry", "Deferred")
        NOT_FOUND = "not_found", pgettext_lazy("list entry", "Not found")
        MOVED = "moved", pgettext_lazy("list entry", "Moved away")

    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    full_name = models.CharField(_("Full name"), max_length=120)
    birth_date = models.DateField(_("Date of birth"), null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("Year of birth"), null=True, blank=True)
    sex = models.CharField(_("Sex"), max_length=1, choices=Person.Sex.choices, blank=True)
    identity_number = models.CharField(_("ID card number"), max_length=12, blank=True)
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    workplace = models.CharField(pgettext_lazy("list entry", "Works or studies at"), max_length=160, blank=True)
    hamlet = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Hamlet"))
    hamlet_name = models.CharField(pgettext_lazy("list entry", "Hamlet as written"), max_length=120, blank=True)
    group = models.CharField(pgettext_lazy("vaccination", "Priority group"), max_length=20, choices=group_choices)
    rank = models.PositiveSmallIntegerField(
        pgettext_lazy("vaccination", "Place in the order"), default=99, db_comment="99 where no verified order names it"
    )
    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.WAITING)
    state_reason = models.CharField(pgettext_lazy("list entry", "Why"), max_length=200, blank=True)
    state_at = models.DateTimeField(null=True)
    state_by = models.IntegerField(null=True, db_comment="officer")
    next_number = models.PositiveSmallIntegerField(pgettext_lazy("vaccination", "Next dose"), default=1)
    due_from = models.DateField(
        pgettext_lazy("vaccination", "Due from"), null=True, blank=True,
        db_comment="earliest day of the next dose by the interval rule; empty for the first, or where no rule is verified",
    )  # fmt: skip
    last_product = models.CharField(max_length=40, blank=True, db_comment="rulebook key of the last dose")
    last_given_on = models.DateField(pgettext_lazy("vaccination", "Last dose on"), null=True, blank=True)
    lookalike = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("list entry", "May be the same as"),
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", db_comment="whose officer put the person on a list"
    )
    same_key = models.CharField(
        max_length=200, db_collation="C", db_comment="folded name, sex and birth: what makes two rows alike"
    )
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=160, editable=False)

    objects = ListEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identity_number"],
                condition=~Q(identity_number=""),
                name="listed_identity_once",
                violation_error_message=_("Somebody with this ID card number is on the lists already."),
            ),
            models.UniqueConstraint(fields=["person"], condition=~Q(person=None), name="listed_person_once"),
            models.CheckConstraint(
                condition=~Q(state="deferred") | ~Q(state_reason=""),
                name="deferred_with_a_reason",
                violation_error_message=_("Say why the dose is deferred."),
            ),
            models.CheckConstraint(condition=~Q(lookalike=F("id")), name="nobody_looks_like_oneself"),
        ]
        indexes = [
            models.Index(fields=["province_id", "sort_key", "id"], name="listed_province"),
            models.Index(fields=["district_id", "sort_key", "id"], name="listed_district"),
            models.Index(fields=["commune_id", "sort_key", "id"], name="listed_commune"),
            models.Index(fields=["organisation", "sort_key", "id"], name="listed_organisation"),
            models.Index(fields=["same_key", "commune_id"], name="listed_alike"),
            # What the chips of the list count and narrow to.
            *(
                models.Index(fields=[f"{tier}_id", "state", "group"], name=f"listed_state_{tier}")
                for tier in ("province", "district", "commune")
            ),
            *(
                models.Index(fields=[f"{tier}_id", "group"], name=f"listed_group_{tier}")
                for tier in ("province", "district", "commune")
            ),
            *(
                models.Index(
                    fields=[f"{tier}_id", "state", "group"],
                    condition=Q(identity_number=""),
                    name=f"listed_numberless_{tier}",
                )
                for tier in ("province", "district", "commune")
            ),
            models.Index(
                fields=["province_id", "district_id", "commune_id"],
                condition=~Q(lookalike=None),
                name="listed_lookalike",
            ),
            *(
                models.Index(
                    fields=[f"{tier}_id", "-next_number", "rank", "due_from", "id"],
                    condition=Q(state="waiting"),
                    name=f"listed_turn_{tier}",
                )
                for tier in ("province", "district", "commune")
            ),
            *(
                models.Index(
                    fields=[f"{tier}_id", "due_from", "group"],
                    condition=Q(state="waiting", due_from__isnull=False),
                    name=f"listed_due_{tier}",
                )
                for tier in ("province", "district", "commune")
            ),
            GinIndex(fields=["search_key"], opclasses=["gin_trgm_ops"], name="listed_search"),
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """Initials and birth year."""
        return masked_name(self.full_name, self.birth_year)


class ListSource(models.Model):
    """That a list names a person, in which row: one person on two lists is one entry with two of these."""

    entry = models.ForeignKey(ListEntry, models.CASCADE, related_name="sources")
    priority_list = models.ForeignKey(PriorityList, models.CASCADE, related_name="sources")
    row_number = models.PositiveIntegerField(_("Row"))
    group = models.CharField(max_length=20, choices=group_choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["priority_list", "row_number"], name="listed_row_once")]
