"""Scenarios: what might be ordered, what the simulation says of it, and the seeds that a run has got through."""

from typing import Self

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer
from phaodai.territory.models import Unit

SHORTEST, LONGEST = 14, 180
HIGHEST_REPRODUCTION = 20


class Variant(models.TextChoices):
    """The variants whose figures the simulation holds (`epidemic.simulation.variants`)."""

    WILD = "wild", _("first strain (2020)")
    ALPHA = "alpha", "Alpha"
    DELTA = "delta", "Delta"
    OMICRON = "omicron", "Omicron"


class ScenarioPlanQuerySet(models.QuerySet["ScenarioPlan"]):
    """Plans by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """The plans of the officer's whole province: they carry no person."""
        return self.filter(**actor.in_province)


@pghistory.track(*audited())
class ScenarioPlan(Record, AreaColumns):
    """A path that may be taken in a unit from a day on, beside the path of today.

    `beginning` is the present that both paths start from, with where it was read; `today` and `orders` are lists of orders
    in the words of a scenario file, each with its `kind`, days counted from `start`.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="scenario_plans", verbose_name=_("Unit"))
    name = models.CharField(_("Name"), max_length=120)
    start = models.DateField(_("First day"))
    days = models.PositiveSmallIntegerField(
        _("Days ahead"), default=60, validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)]
    )
    variant = models.CharField(_("Variant"), max_length=8, choices=Variant.choices, default=Variant.DELTA)
    reproduction = models.FloatField(
        _("R0 with nothing done"),
        validators=[MinValueValidator(0.1), MaxValueValidator(HIGHEST_REPRODUCTION)],
        help_text=_("How many one person infects when nothing is done. Poorly known: try several."),
    )
    seed = models.PositiveIntegerField(_("First seed"), default=1)
    beginning = models.JSONField(default=dict, blank=True)
    today = models.JSONField(default=list, blank=True)
    orders = models.JSONField(default=list, blank=True)
    parks = models.JSONField(default=list, blank=True)
    officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Author")
    )

    objects = ScenarioPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=SHORTEST, days__lte=LONGEST),
                name="scenario_days_fit",
                violation_error_message=_("A scenario looks 14 to 180 days ahead."),
            )
        ]
        indexes = [models.Index(fields=["province_id", "-created_at"])]

    def __str__(self) -> str:
        return self.name


class ScenarioRunQuerySet(models.QuerySet["ScenarioRun"]):
    """Runs by officer and by what is to be done with them."""

    def visible_to(self, actor: Actor) -> Self:
        """The runs of the officer's whole province."""
        return self.filter(**actor.in_province)

    def open(self) -> Self:
        """Runs that wait or go on, oldest first."""
        states = (ScenarioRun.State.WAITING, ScenarioRun.State.RUNNING)
        return self.filter(state__in=states).order_by("queued_at", "pk")

    def light(self) -> Self:
        """Without what is heavy and a list does not show."""
        return self.defer("recipe", "results")


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["results", "recipe", "done", "beat_at"])
class ScenarioRun(AreaColumns):
    """One computation: some paths, each run with the same seeds, so that their differences are exact.

    `recipe` holds the `setting` and the `paths` (key, name, orders), today's first, as they stood when it was asked for:
    all that is needed to compute it again. `results` is what the seeds gave together (`rules.scenario_sums`).
    """

    class Kind(models.TextChoices):
        """What is asked."""

        QUICK = "quick", _("comparison with today's path")
        FRONTIER = "frontier", _("dual-goal frontier")

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", _("waits for the machine")
        RUNNING = "running", _("is being computed")
        FINISHED = "finished", _("has been computed")
        CANCELLED = "cancelled", _("cancelled")
        FAILED = "failed", _("could not be computed")

    plan = models.ForeignKey(ScenarioPlan, models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.QUICK)
    state = models.CharField(_("State"), max_length=9, choices=State.choices, default=State.WAITING)
    recipe = models.JSONField(default=dict)
    first_seed = models.PositiveIntegerField(_("First seed"))
    seeds = models.PositiveSmallIntegerField(_("Seeds"))
    done = models.PositiveSmallIntegerField(default=0)
    people = models.PositiveIntegerField(_("People"))
    simulated = models.PositiveIntegerField(_("People simulated"))
    engine = models.CharField(_("Version of the method"), max_length=12)
    queued_at = models.DateTimeField(_("Asked for"))
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True, db_comment="last sign of life, by the machine's clock")
    ended_at = models.DateTimeField(_("Ended"), null=True)
    seconds = models.FloatField(_("Seconds of computing"), default=0)
    results = models.JSONField(null=True)
    problem = models.CharField(max_length=500, blank=True)
    officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Asked by")
    )
    seen_at = models.DateTimeField(null=True)

    objects = ScenarioRunQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["province_id", "-queued_at"]),
            models.Index(fields=["queued_at"], condition=Q(state__in=["waiting", "running"]), name="scenario_run_open"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} ({self.pk})"

    @property
    def factor(self) -> float:
        """How many people one simulated person stands for."""
        return self.people / self.simulated

    @property
    def percent(self) -> int:
        """How much of it is done, 0 to 100."""
        return 100 * self.done // max(self.seeds, 1)

    @property
    def is_open(self) -> bool:
        """Whether it waits or goes on."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def last_seed(self) -> int:
        return self.first_seed + self.seeds - 1


class ScenarioSeed(models.Model):
    """What one seed of a run gave, kept until the run is summed up, so that a run goes on where it was broken off."""

    run = models.ForeignKey(ScenarioRun, models.CASCADE, related_name="kept_seeds")
    seed = models.PositiveIntegerField()
    arrays = models.BinaryField(db_comment="NumPy .npz, compressed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "seed"], name="seed_once_a_run")]
