"""Outgoing papers other than reports: written here, signed by name, numbered in the outgoing book."""

from typing import Self

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.command.models.documents import Document
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation


class OutgoingPaperQuerySet(models.QuerySet["OutgoingPaper"]):
    """Papers by officer."""

    def visible_to(self, actor: Actor) -> Self:
        """The database's own policy decides (`protect` in the migrations); nothing narrower holds."""
        del actor
        return self


@pghistory.track(*audited())
class OutgoingPaper(Record, AreaColumns):
    """A paper of one organisation, from the first draft to the copies that were sent.

    The columns of the outgoing book are those of Decree 30/2020/NĐ-CP, Appendix IV. `body` is plain text, a paragraph or
    a numbered item on each line; `rules.drafting` says how it is read.
    """

    class Kind(models.TextChoices):
        """The kinds that are issued; the value is the code under which the outgoing book counts."""

        LETTER = "CV", _("Official letter")
        DIRECTIVE = "CT", _("Directive")
        URGENT_DISPATCH = "CĐ", _("Urgent dispatch")
        NOTICE = "TB", _("Notice")
        PLAN = "KH", _("Plan")
        DECISION = "QĐ", _("Decision")
        REPORT = "BC", pgettext_lazy("kind of paper", "Report")

    class System(models.TextChoices):
        """Whose rules of form it follows."""

        STATE = "state", pgettext_lazy("drafting rules", "State")
        PARTY = "party", pgettext_lazy("drafting rules", "Party")

    class Urgency(models.TextChoices):
        """Marks of urgency, as printed."""

        FLASH = "HỎA TỐC", _("Flash")
        IMMEDIATE = "THƯỢNG KHẨN", _("Immediate")
        URGENT = "KHẨN", _("Urgent")

    class Authority(models.TextChoices):
        """In whose place the signer signs; empty lets the signer's post say it."""

        ON_BEHALF = "TM", _("On behalf of the collective (TM., T/M)")
        FOR_HEAD = "KT", _("For the head (KT., K/T)")
        BY_ORDER = "TL", _("By order (TL., T/L)")

    class State(models.TextChoices):
        """Whether it can still be mended."""

        DRAFT = "draft", _("Draft")
        SIGNED = "signed", _("Signed")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="papers", verbose_name=_("Unit"))
    kind = models.CharField(_("Kind"), max_length=4, choices=Kind.choices, default=Kind.LETTER)
    system = models.CharField(_("System"), max_length=8, choices=System.choices, default=System.STATE)
    urgency = models.CharField(_("Urgency"), max_length=20, choices=Urgency.choices, blank=True)
    subject = models.CharField(_("Subject"), max_length=600)
    body = models.TextField(_("Text"), blank=True)
    annexes = models.JSONField(
        default=list,
        blank=True,
        db_comment="tables behind the text: title, header, rows and whether it lies on its side",
    )
    recipients = models.JSONField(_("Addressees"), default=list, blank=True)
    addressed = models.ManyToManyField(Organisation, related_name="+", blank=True, verbose_name=_("Sent inside to"))
    distribution = models.JSONField(_("Distribution"), default=list, blank=True)
    state = models.CharField(_("State"), max_length=8, choices=State.choices, default=State.DRAFT)
    number = models.PositiveIntegerField(_("Number"), null=True, blank=True)
    symbol = models.CharField(_("Symbol"), max_length=60, blank=True)
    authority = models.CharField(_("Signs"), max_length=4, choices=Authority.choices, blank=True)
    signer = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Signer")
    )
    signer_title = models.CharField(_("Signer's title"), max_length=120, blank=True)
    signed_at = models.DateTimeField(_("Signed"), null=True, blank=True)
    archive = models.CharField(_("Copy kept by"), max_length=120, default="VT")
    copies = models.PositiveSmallIntegerField(_("Copies"), default=1)
    forwarded_on = models.DateField(_("Forwarded on"), null=True, blank=True)
    received_by = models.CharField(_("Received and signed for"), max_length=120, blank=True)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    search_key = models.TextField(editable=False, default="")

    objects = OutgoingPaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="paper_signed_by_name",
                condition=models.Q(state="draft")
                | models.Q(signer__isnull=False, signed_at__isnull=False, number__isnull=False),
                violation_error_message=_("A signed paper carries its number, its signer and the moment."),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-signed_at"])]

    def __str__(self) -> str:
        return self.reference or self.subject

    @property
    def reference(self) -> str:
        """Number and symbol as printed; empty while it is a draft."""
        if self.number is None:
            return ""
        joint = "-" if self.system == self.System.PARTY else "/"
        return f"{self.number:02}{joint}{self.symbol}"


class Delivery(models.Model):
    """A signed paper in the incoming book of an addressed organisation."""

    paper = models.ForeignKey(OutgoingPaper, models.CASCADE, related_name="deliveries")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    document = models.OneToOneField(Document, models.PROTECT, related_name="delivery")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "organisation"], name="delivered_once")]
