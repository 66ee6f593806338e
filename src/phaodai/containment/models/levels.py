"""What the law in force concludes about a unit on a day, with everything it rests on."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.models import AreaColumns
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Unit

STATUSES = (
    ("concluded", _("concluded")),
    ("unverified", _("a value awaits verification")),
    ("unprovided", _("no provision speaks of this case")),
    ("incomplete", _("figures are missing")),
    ("refused", _("the figures contradict each other")),
)


class LevelQuerySet(models.QuerySet["Level"]):
    """Levels by day and by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """Every level of the officer's province: a level is there to be known."""
        return self.filter(**actor.in_province)

    def by_unit(self, units: Iterable[int], on: date) -> "dict[int, Level]":
        """The levels of some units on a day."""
        return {level.unit_id: level for level in self.filter(unit_id__in=units, on=on)}


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Level(AreaColumns):
    """One assessment: the level, or null where nothing can be concluded, and the record of the decision.

    `record` holds figures, assumptions, rule and version, document, clause, period in force, confidence, reasons in both
    languages and the values that await verification (`rulebook.record`). What would change it is asked of the rulebook
    again, from the figures.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="levels", verbose_name=_("Unit"))
    on = models.DateField(_("Day"))
    level = models.PositiveSmallIntegerField(_("Level"), null=True)
    status = models.CharField(_("State"), max_length=10, choices=STATUSES)
    week_ending = models.DateField(_("Week ending"), null=True, db_comment="the last week of the figures used")
    record = models.JSONField()
    computed_at = models.DateTimeField(_("Computed"))

    objects = LevelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "on"], name="one_level_a_day"),
            models.CheckConstraint(
                condition=models.Q(level=None) | models.Q(level__range=(1, 4), status="concluded"),
                name="level_only_when_concluded",
            ),
        ]
        indexes = [models.Index(fields=["province_id", "on"], include=["unit", "level"], name="level_of_a_day")]

    def __str__(self) -> str:
        return f"{self.unit}, {self.on:%d/%m/%Y}: {self.level or '–'}"

    def why(self, language: str) -> str:
        """The reason in words."""
        return str(self.record["why"][language])

    @property
    def awaiting(self) -> list[dict[str, Any]]:
        """The values that nobody has verified and that this level rests on."""
        return list(self.record["awaiting_verification"])
