"""Gatherings that their organisers announce: what the rule answers, what the commune decides, what was found on the day."""

from datetime import date, timedelta
from typing import Any, Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import AreaColumns, KeptFile, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer
from phaodai.territory.models import Unit

CONTACT = ["organiser_name", "organiser_phone", "search_key"]
"""Who organises: kept out of the history, so that it is gone when it is forgotten."""


class Outcome(models.TextChoices):
    """What an organiser is told."""

    ALLOWED = "allowed", _("may be held")
    LIMITED = "limited", _("may be held, with limits")
    STOPPED = "stopped", _("cannot be held")
    OPEN = "open", _("the commune decides")


class GatheringQuerySet(models.QuerySet["Gathering"]):
    """Gatherings by officer and by day."""

    def visible_to(self, actor: Actor) -> Self:
        """Those in the officer's area."""
        return self.filter(**actor.in_province)

    def live(self) -> Self:
        """Those whose organisers did not withdraw them."""
        return self.exclude(state=Gathering.State.WITHDRAWN)

    def ahead(self, on: date) -> Self:
        """Live ones with a day still to come, `on` included."""
        return self.live().filter(last_day__gte=on)

    def waiting(self) -> Self:
        """Those that the commune must answer."""
        return self.filter(state=Gathering.State.WAITING)


@pghistory.track(*audited(), exclude=CONTACT)
class Gathering(Record, AreaColumns):
    """One announced gathering, once or at an interval, with the answer that counts now.

    Who organises it is personal data, kept to reach them until a month after the last day, and never in the history.
    """

    class Kind(models.TextChoices):
        """What people come together for."""

        WEDDING = "wedding", pgettext_lazy("gathering", "Wedding")
        FUNERAL = "funeral", pgettext_lazy("gathering", "Funeral")
        WORSHIP = "worship", pgettext_lazy("gathering", "Worship")
        FESTIVAL = "festival", pgettext_lazy("gathering", "Festival")
        ELECTION = "election", pgettext_lazy("gathering", "Election")
        MARKET = "market", pgettext_lazy("gathering", "Market day")
        MEETING = "meeting", pgettext_lazy("gathering", "Meeting")
        OTHER = "other", pgettext_lazy("gathering", "Other gathering")

    class State(models.TextChoices):
        """Who spoke last."""

        ANSWERED = "answered", pgettext_lazy("gathering", "Answered by the rule")
        WAITING = "waiting", pgettext_lazy("gathering", "Waits for the commune")
        RULED = "ruled", pgettext_lazy("gathering", "Decided by the commune")
        WITHDRAWN = "withdrawn", pgettext_lazy("gathering", "Withdrawn")

    class Promise(models.TextChoices):
        """What an organiser promises: the five measures (5K), as far as an organiser can keep them, and fresh air."""

        MASKS = "masks", _("Masks for everybody")
        HANDS = "hands", _("Soap or hand sanitiser at the door")
        DISTANCE = "distance", _("Seats apart")
        SHIFTS = "shifts", _("Guests come at different hours")
        LIST = "list", _("A list or QR code of who came")
        AIR = "air", _("Open windows")

    class Interval(models.IntegerChoices):
        """Days from one day of a market or a service to the next."""

        DAILY = 1, _("every day")
        FIFTH = 5, _("every fifth day")
        WEEKLY = 7, _("every week")

    reference = models.CharField(_("Reference code"), max_length=10, unique=True)
    kind = models.CharField(_("Kind"), max_length=8, choices=Kind.choices)
    organiser_name = models.CharField(_("Organiser"), max_length=120, blank=True)
    organiser_phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="gatherings", verbose_name=_("Commune"))
    venue = models.CharField(pgettext_lazy("gathering", "Where"), max_length=160)
    begins_at = models.DateTimeField(_("Begins"))
    ends_at = models.DateTimeField(pgettext_lazy("gathering", "Ends"))
    every_days = models.PositiveSmallIntegerField(_("Again"), choices=Interval.choices, null=True, blank=True)
    last_day = models.DateField(_("Last day"))
    expected = models.PositiveIntegerField(_("People expected"))
    indoors = models.BooleanField(_("Indoors"), default=True)
    promises = ArrayField(
        models.CharField(max_length=8, choices=Promise.choices), default=list, blank=True, verbose_name=_("Promised")
    )
    note = models.CharField(_("Note"), max_length=500, blank=True)
    state = models.CharField(_("State"), max_length=9, choices=State.choices)
    outcome = models.CharField(_("Answer"), max_length=7, choices=Outcome.choices)
    most = models.PositiveIntegerField(_("At most"), null=True, blank=True, db_comment="people; null: no number is set")
    level = models.PositiveSmallIntegerField(_("Level"), null=True, db_comment="of the commune on the day answered for")
    answered_for = models.DateField(_("Answered for"))
    ruling_reason = models.CharField(_("Reason"), max_length=500, blank=True)
    ruled_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("Decided by"))
    ruled_at = models.DateTimeField(_("Decided at"), null=True)
    search_key = models.CharField(max_length=300, editable=False)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="gathering_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(expected__gte=1), name="gathering_has_people"),
            models.CheckConstraint(
                condition=~Q(state="ruled") | Q(ruled_at__isnull=False), name="gathering_ruling_is_dated"
            ),
        ]
        indexes = [models.Index(fields=["commune_id", "last_day"]), models.Index(fields=["province_id", "last_day"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.venue}"

    @property
    def first_day(self) -> date:
        """The day on which it is held first, in Vietnam."""
        return self.begins_at.astimezone(VIETNAM).date()

    def next_day(self, today: date) -> date:
        """The next day on which it is held, `today` included; its last one once all are past."""
        first = self.first_day
        if not self.every_days or today <= first:
            return first
        rounds = -(-(min(today, self.last_day) - first).days // self.every_days)
        return min(first + timedelta(days=rounds * self.every_days), self.last_day)

    def held_on(self, day: date) -> bool:
        """Whether it takes place on a day."""
        return self.next_day(day) == day


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class GatheringAnswer(models.Model):
    """What was answered at a moment, with everything it rests on. Nothing of it is changed; the last one counts."""

    class Cause(models.TextChoices):
        """Why it was looked at."""

        ASKED = "asked", pgettext_lazy("answer", "The organiser asked")
        LEVEL = "level", pgettext_lazy("answer", "The level of the commune changed")
        LAW = "law", pgettext_lazy("answer", "The rule changed")
        DAY = "day", pgettext_lazy("answer", "The next day of it comes")
        COMMUNE = "commune", pgettext_lazy("answer", "The commune decided")

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="answers")
    at = models.DateTimeField(_("Answered"))
    cause = models.CharField(_("Cause"), max_length=7, choices=Cause.choices)
    on = models.DateField(_("Day"), db_comment="the day of the gathering")
    level = models.PositiveSmallIntegerField(_("Level"), null=True)
    outcome = models.CharField(_("Answer"), max_length=7, choices=Outcome.choices)
    most = models.PositiveIntegerField(_("At most"), null=True)
    record = models.JSONField(default=dict, db_comment="the decision of the rulebook; empty where the commune decided")
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}: {self.outcome}"

    def why(self, language: str) -> str:
        """The rule's reason in words; empty where the commune spoke."""
        why: dict[str, Any] = self.record.get("why", {})
        return str(why.get(language, ""))


@pghistory.track(*audited())
class GatheringVisit(AreaColumns):
    """What an officer saw on the day."""

    class Found(models.TextChoices):
        """In one word."""

        KEPT = "kept", pgettext_lazy("gathering visit", "As answered and promised")
        REMINDED = "reminded", pgettext_lazy("gathering visit", "Reminded, put right at once")
        OVER = "over", pgettext_lazy("gathering visit", "More people than allowed")
        ENDED = "ended", pgettext_lazy("gathering visit", "Ended early")
        NONE = "none", pgettext_lazy("gathering visit", "Did not take place")

    gathering = models.ForeignKey(
        Gathering, models.PROTECT, related_name="visits", verbose_name=pgettext_lazy("gathering", "Gathering")
    )
    at = models.DateTimeField(_("Seen at"))
    counted = models.PositiveIntegerField(_("People counted"))
    found = models.CharField(_("What was found"), max_length=8, choices=Found.choices)
    note = models.CharField(_("Note"), max_length=500, blank=True)
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("Seen by"))
    key = models.UUIDField(unique=True, editable=False, db_comment="of the form that was sent")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.gathering_id}, {self.at:%d/%m/%Y %H:%M}"


class GatheringPhoto(KeptFile):
    """A picture taken on the day."""

    visit = models.ForeignKey(GatheringVisit, models.CASCADE, related_name="photos")
