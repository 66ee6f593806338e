"""Names that documents use and that no rule fits: which organisations a person said they stand for."""

from typing import Self

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from phaodai.command.models.documents import Document
from phaodai.foundation.models import AreaColumns, Record, audited
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation


class NameMatchQuerySet(models.QuerySet["NameMatch"]):
    """Remembered names by book."""

    def visible_to(self, actor: Actor) -> Self:
        """The database's own policy decides (`protect` in the migrations); nothing narrower holds."""
        del actor
        return self

    def in_use(self, organisation_id: int | None) -> Self:
        """What the book of one organisation remembers and nobody has told it to forget."""
        return self.filter(organisation_id=organisation_id, forgotten_at=None)


@pghistory.track(*audited())
class NameMatch(Record, AreaColumns):
    """One printed name and its organisations, remembered by a person for the book of one organisation.

    Each book remembers for itself: "the health centre" in a district's papers is another one than in the province's.
    A name that is forgotten stays in the list of what was; a new answer is a new row.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Register of"))
    printed = models.CharField(_("As printed"), max_length=300)
    folded = models.CharField(
        max_length=300, db_comment="lower case, no accents, abbreviations as the matcher has them"
    )
    organisations = models.ManyToManyField(Organisation, related_name="+", verbose_name=_("Stands for"))
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name=_("First met in"))
    remembered_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name=_("Who"))
    remembered_at = models.DateTimeField(_("When"))
    forgotten_at = models.DateTimeField(_("Forgotten"), null=True, blank=True)
    forgotten_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Forgotten by")
    )
    search_key = models.TextField(editable=False, default="")

    objects = NameMatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "folded"],
                condition=models.Q(forgotten_at=None),
                name="name_remembered_once",
            ),
        ]

    def __str__(self) -> str:
        return self.printed
