"""Officers and the posts they hold."""

from datetime import date
from typing import Self

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.models import Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models.organisations import Organisation
from phaodai.people.roles import PERMISSIONS, Role


@pghistory.track(*audited())
class Officer(Record):
    """A person in office: the name that is printed in full beside every task."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="officer")
    full_name = models.CharField(_("Full name"), max_length=120)
    phone = models.CharField(_("Telephone"), max_length=30, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    search_key = models.CharField(max_length=160, editable=False)

    def __str__(self) -> str:
        return self.full_name


class PostQuerySet(models.QuerySet["Post"]):
    """Posts by day."""

    def as_of(self, day: date) -> Self:
        """Posts held on `day`."""
        return self.filter(held__contains=day)

    def heads(self) -> Self:
        """The posts of heads."""
        return self.filter(is_head=True)

    def visible_to(self, actor: Actor) -> Self:
        """Who holds which office is known to every officer."""
        del actor
        return self


@pghistory.track(*audited())
class Post(Record):
    """An officer's place in an organisation over a period, with the role that gives the permissions."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="posts", verbose_name=_("Officer"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts", verbose_name=_("Organisation"))
    title = models.CharField(_("Title"), max_length=120)
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    is_head = models.BooleanField(_("Head of the unit"), default=False)
    held = DateRangeField(_("Held"))

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_head_at_a_time",
                expressions=[("organisation", RangeOperators.EQUAL), ("held", RangeOperators.OVERLAPS)],
                condition=models.Q(is_head=True),
                violation_error_message=_("The organisation already has a head in that period."),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "is_head"])]

    def __str__(self) -> str:
        return f"{self.officer}, {self.title}"

    def actor(self) -> Actor:
        """The holder of this post as somebody who acts."""
        return Actor(
            officer=self.officer_id,
            name=self.officer.full_name,
            organisation=self.organisation_id,
            organisation_name=self.organisation.name,
            area=self.organisation.area,
            reach="area" if self.organisation.reach == Organisation.Reach.AREA else "own",
            permissions=PERMISSIONS[Role(self.role)],
            title=self.title,
        )
