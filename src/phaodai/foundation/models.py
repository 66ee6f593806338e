"""What every context's tables are made of: records with a version, rows with an area, kept files, journalled facts."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Self

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from phaodai.foundation import clock


def audited() -> tuple[pghistory.RowEvent, ...]:
    """Trackers of every insert, change and removal; new ones each time, because pghistory ties a tracker to one table."""
    return (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())


class Stamp(models.DateTimeField):  # type: ignore[type-arg]  # not generic at run time
    """When a row was made or changed, by the installation's clock: in a replay, the moment of the story."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001  (Django's own signature)
        if self.auto_now or (self.auto_now_add and add):
            setattr(model_instance, self.attname, clock.now())
            return getattr(model_instance, self.attname)
        return super().pre_save(model_instance, add)

    def deconstruct(self) -> Any:
        """To migrations it is a moment like any other."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.DateTimeField", arguments, options


class Record(models.Model):
    """A row that people edit: its version grows with each change, so that a second editor is told, not overwritten."""

    version = models.PositiveIntegerField(_("Version"), default=1, db_default=1)
    created_at = Stamp(_("Created"), auto_now_add=True)
    updated_at = Stamp(_("Changed"), auto_now=True)

    class Meta:
        abstract = True


class AreaColumns(models.Model):
    """The row ids of the units a row lies in, one plain column a tier: what row-level security compares."""

    province_id = models.IntegerField(_("Province"), db_comment="territory unit of tier 1")
    district_id = models.IntegerField(_("District"), null=True, blank=True, db_comment="territory unit of tier 2")
    commune_id = models.IntegerField(_("Commune"), null=True, blank=True, db_comment="territory unit of tier 3")

    class Meta:
        abstract = True


class KeptFile(models.Model):
    """A file kept in the database beside its record, so that a backup, a transaction and a policy cover it too."""

    name = models.CharField(_("File name"), max_length=255)
    content_type = models.CharField(_("Content type"), max_length=120)
    size = models.PositiveIntegerField(_("Size"), db_comment="bytes")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        abstract = True

    @staticmethod
    def facts_of(name: str, content_type: str, content: bytes) -> dict[str, Any]:
        """The column values of a file, for an action that keeps it."""
        digest = sha256(content).hexdigest()
        return {
            "name": name[:255],
            "content_type": content_type,
            "size": len(content),
            "sha256": digest,
            "content": content,
        }


class ClockShift(models.Model):
    """How far this installation's clock runs from the machine's: zero but for replays, drills and the demo province."""

    only = models.BooleanField(primary_key=True, default=True, editable=False)
    shift = models.DurationField(default=timedelta(0))
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="one_clock_shift")]

    @classmethod
    def stored(cls) -> timedelta:
        """The shift in force; zero when none was ever set."""
        row = cls.objects.first()
        return row.shift if row else timedelta(0)


class FactQuerySet(models.QuerySet["Fact"]):
    """Facts that later contexts act on."""

    def waiting(self) -> Self:
        """Facts that the playbook has not followed yet, oldest first."""
        return self.filter(followed_at=None).order_by("id")


class Fact(models.Model):
    """Something that happened, told by a lower context so that `playbook` may say what follows."""

    kind = models.CharField(max_length=60, db_comment="context:thing:what happened")
    subject_id = models.BigIntegerField(db_comment="row id of the thing it happened to")
    moment = models.DateTimeField()
    officer_id = models.IntegerField(null=True)
    payload = models.JSONField(default=dict)
    followed_at = models.DateTimeField(null=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["id"], condition=models.Q(followed_at=None), name="fact_waiting")]

    @classmethod
    def tell(cls, kind: str, *, subject: models.Model, moment: datetime, officer: int | None, **payload: Any) -> "Fact":
        """Journal a fact inside the transaction that made it true."""
        return cls.objects.create(kind=kind, subject_id=subject.pk, moment=moment, officer_id=officer, payload=payload)


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Views by officer."""

    def kept_by(self, officer_id: int | None, register: str) -> Self:
        """What an officer kept of one register."""
        return self.filter(officer_id=officer_id, register=register).order_by("name")


class SavedView(models.Model):
    """A register's address with a name, kept for one officer; the one without a name holds the columns they chose."""

    officer_id = models.IntegerField()
    register = models.CharField(max_length=60)
    name = models.CharField(_("Name"), max_length=80, blank=True)
    query = models.CharField(max_length=500, blank=True)
    columns = models.JSONField(default=list, blank=True, db_comment="names of the columns shown; empty: all of them")

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer_id", "register", "name"], name="saved_view_name")]


class ParkedRowQuerySet(models.QuerySet["ParkedRow"]):
    """Rows that wait to be mended."""

    def waiting(self, register: str, officer_id: int | None) -> Self:
        """Parked rows of one register that this officer sent and has not cleared."""
        return self.filter(register=register, officer_id=officer_id, cleared_at=None)


class ParkedRow(models.Model):
    """A row of a sheet that was refused: kept as it came, with the reason, until its sender has mended it."""

    register = models.CharField(max_length=60)
    officer_id = models.IntegerField(null=True)
    sheet = models.CharField(_("Sheet"), max_length=200)
    row_number = models.PositiveIntegerField(_("Row"))
    cells = models.JSONField()
    reason = models.CharField(_("Reason"), max_length=1000)
    parked_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    objects = ParkedRowQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["officer_id", "register"])]
