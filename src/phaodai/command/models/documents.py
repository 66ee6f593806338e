"""Incoming documents: the register, what the reader proposed, what a person confirmed."""

from typing import Any, Self

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.models import AreaColumns, KeptFile, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents by state and by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """The database's own policy decides (`protect` in the migrations); nothing narrower holds."""
        del actor
        return self

    def of_register(self, organisation_id: int | None) -> Self:
        """Documents in the incoming book of one organisation."""
        return self.filter(organisation_id=organisation_id)

    def to_confirm(self) -> Self:
        """Documents that wait for a person's eye."""
        return self.filter(state__in=[Document.State.RECEIVED, Document.State.READ])


@pghistory.track(*audited(), exclude=["text", "reading"])
class Document(Record, AreaColumns):
    """A document in the incoming book of one organisation: số đến, ngày đến, chuyển, hồ sơ, and what it says.

    `reading` keeps the machine's proposal as it was; the columns hold what a person confirmed.
    """

    class State(models.TextChoices):
        """How far the office has come with it."""

        RECEIVED = "received", _("Received")
        READ = "read", _("To confirm")
        CONFIRMED = "confirmed", _("Confirmed")
        DISPATCHED = "dispatched", _("Tasks sent")
        FILED = "filed", _("Filed, no task")

    class System(models.TextChoices):
        """Whose drafting rules the document follows."""

        STATE = "state", pgettext_lazy("drafting rules", "State")
        PARTY = "party", pgettext_lazy("drafting rules", "Party")
        MILITARY = "military", pgettext_lazy("drafting rules", "Military")

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="documents", verbose_name=_("Register of")
    )
    arrival_year = models.PositiveSmallIntegerField()
    arrival_number = models.PositiveIntegerField(_("Arrival number"))
    arrived_at = models.DateTimeField(_("Arrived"))
    forwarded_to = models.CharField(_("Forwarded to"), max_length=200, blank=True)
    file_code = models.CharField(_("File"), max_length=60, blank=True)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    state = models.CharField(_("State"), max_length=12, choices=State.choices, default=State.RECEIVED)

    system = models.CharField(_("System"), max_length=8, choices=System.choices, blank=True)
    kind = models.CharField(_("Kind"), max_length=40, blank=True)
    number = models.CharField(_("Number"), max_length=20, blank=True)
    symbol = models.CharField(_("Symbol"), max_length=60, blank=True)
    issued_on = models.DateField(_("Date of issue"), null=True, blank=True)
    place = models.CharField(_("Place"), max_length=80, blank=True)
    issuer = models.CharField(_("Issuer"), max_length=200, blank=True)
    issuer_parent = models.CharField(_("Superior of the issuer"), max_length=200, blank=True)
    subject = models.CharField(_("Subject"), max_length=600, blank=True)
    urgency = models.CharField(_("Urgency"), max_length=20, blank=True)
    signer_name = models.CharField(_("Signer"), max_length=120, blank=True)
    signer_title = models.CharField(_("Signer's title"), max_length=200, blank=True)
    recipients = models.JSONField(_("Addressees"), default=list, blank=True)
    distribution = models.JSONField(_("Distribution"), default=list, blank=True)

    text = models.TextField(blank=True)
    reading = models.JSONField(default=dict, blank=True)
    read_milliseconds = models.PositiveIntegerField(null=True, blank=True)
    confirmed_fields = models.JSONField(
        default=list, blank=True, db_comment="columns a person compared with the original"
    )
    confirmed_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    search_key = models.TextField(editable=False, default="")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "arrival_year", "arrival_number"],
                name="arrival_number_once_a_year",
                violation_error_message=_("This arrival number is already in the book of this year."),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-arrived_at"]), models.Index(fields=["number", "symbol"])]

    def __str__(self) -> str:
        return self.reference or self.subject or str(self.arrival_number)

    @property
    def reference(self) -> str:
        """Number and symbol as the document prints them: 2973/UBND-VXNV for the State, 571-CV/TU for the Party."""
        if not self.number:
            return ""
        joint = "-" if self.system == self.System.PARTY else "/"
        return f"{self.number}{joint}{self.symbol}" if self.symbol else self.number

    @property
    def warnings(self) -> list[dict[str, Any]]:
        """Repairs and doubts of the reader that a person should look at."""
        return list(self.reading.get("warnings", []))


class DocumentFile(KeptFile):
    """The original as it arrived."""

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="original")


class DocumentReach(models.Model):
    """An organisation outside the registering area that has work from the document, and so may read it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="reached")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "document"], name="document_reach_once")]


class Citation(models.Model):
    """Another document that this one names by number and date."""

    class Relation(models.TextChoices):
        """Why it is named."""

        REPLACES = "replaces", _("Replaces")
        BASIS = "basis", _("Basis")
        CITES = "cites", _("Cites")

    document = models.ForeignKey(Document, models.CASCADE, related_name="citations")
    raw = models.CharField(_("As printed"), max_length=300)
    kind = models.CharField(_("Kind"), max_length=40, blank=True)
    number = models.CharField(_("Number"), max_length=20, blank=True)
    symbol = models.CharField(_("Symbol"), max_length=60, blank=True)
    issued_on = models.DateField(_("Date of issue"), null=True, blank=True)
    issuer = models.CharField(_("Issuer"), max_length=200, blank=True)
    relation = models.CharField(_("Relation"), max_length=10, choices=Relation.choices, default=Relation.CITES)
    cited = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="cited_by")


class ClauseQuerySet(models.QuerySet["Clause"]):
    """Clauses in the order of the document."""

    def in_order(self) -> Self:
        """As printed."""
        return self.order_by("position")


class Clause(models.Model):
    """A numbered section of a document, with the characters of the source that it came from."""

    class Kind(models.TextChoices):
        """What a clause does."""

        TASK = "task", _("Task")
        CONTEXT = "context", _("Context")
        HEADING = "heading", _("Heading")
        ARTICLE = "article", _("Article")
        BASIS = "basis", _("Basis")
        CLOSING = "closing", _("Closing")

    document = models.ForeignKey(Document, models.CASCADE, related_name="clauses")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    path = models.CharField(_("Section"), max_length=40, db_comment="such as 3 or II.3.a")
    position = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField()
    marker = models.CharField(max_length=20, blank=True)
    heading = models.CharField(_("First words"), max_length=200)
    text = models.TextField()
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    settled = models.BooleanField(default=False, db_comment="a person has said what becomes of it")

    objects = ClauseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "path"], name="clause_path_once")]

    def __str__(self) -> str:
        return f"{self.path}. {self.heading}"


class Acknowledgement(models.Model):
    """An organisation has read a document and passed it on (quán triệt, phổ biến)."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="acknowledgements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "organisation"], name="acknowledged_once")]
