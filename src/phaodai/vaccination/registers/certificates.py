"""Certificates: whose, how far, and the verbs of the three steps for many at once."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.foundation.components import Action, Content, Text
from phaodai.foundation.formats import masked
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import Bulk, ChoiceFilter, Column, Register
from phaodai.foundation.scope import Actor
from phaodai.vaccination.actions.certificates import check_certificate, seal_certificate, sign_certificate
from phaodai.vaccination.law.vocabulary import product_label
from phaodai.vaccination.models import Certificate
from phaodai.vaccination.models.doses import listed
from phaodai.vaccination.pages.certificates_one import panels_of

State = Certificate.State


def _whose(row: Certificate) -> str:
    return masked(row.full_name, int(row.birth[:4]))


def _verb(key: str, label: Promise, action: Callable[..., Certificate], state: str, icon: str) -> Bulk:
    def run(*, actor: Actor, moment: datetime, record: Certificate) -> Certificate:
        return action(actor=actor, moment=moment, pk=record.pk)

    def skip(record: Certificate, _actor: Actor) -> Text | None:
        return None if record.state == state else _("stands at another step")

    return Bulk(key, label, Permission.VACCINATION_CERTIFICATE_ISSUE, run, icon, skip=skip)


class Certificates(Register):
    """Every certificate of the officer's area, or that the own unit issues."""

    key = "chung-nhan"
    model = Certificate
    title = gettext_lazy("Vaccination certificates")
    one = gettext_lazy("certificate")
    room = "vaccination"
    read = Permission.VACCINATION_CERTIFICATE_ISSUE
    related = ("organisation", "person")
    order = ("-id",)
    empty = gettext_lazy("No certificate yet. It begins with a person whose doses are matched and beyond doubt.")
    columns = (
        Column("person", gettext_lazy("Person"), plain=_whose, opens=True),
        Column("dose_number", pgettext_lazy("certificate", "Dose number"), numeric=True),
        Column("vaccinated_on", pgettext_lazy("certificate", "Vaccinated on"), order=("vaccinated_on",)),
        Column("product", pgettext_lazy("certificate", "Product"), plain=lambda row: product_label(row.product)),
        Column("state", pgettext_lazy("certificate", "State")),
        Column("organisation", pgettext_lazy("certificate", "Issuing unit"), plain=lambda row: row.organisation.name),
        Column("sealed_at", pgettext_lazy("certificate", "Issued at"), order=("sealed_at",)),
        Column("expires_at", pgettext_lazy("certificate", "Expires"), plain=lambda row: row.expires_on),
        Column("code", pgettext_lazy("certificate", "Certificate ID"), shown=lambda row, _moment: f"…{row.code[-8:]}"),
    )
    filters = (ChoiceFilter("trang-thai", pgettext_lazy("certificate", "State"), field="state", values=State.choices),)
    bulk = (
        _verb("doi-chieu", gettext_lazy("Checked with the papers"), check_certificate, State.DRAFTED, "check"),
        _verb("ky", gettext_lazy("Sign for the unit"), sign_certificate, State.CHECKED, "sign"),
        _verb("cap", gettext_lazy("Issue with the key"), seal_certificate, State.SIGNED, "lock"),
    )

    def listed(self, actor: Actor) -> QuerySet[Any]:
        return self.rows(actor).filter(listed(actor))

    def buttons(self, actor: Actor) -> Sequence[Content]:
        """The door of issuing."""
        del actor
        return [Action(_("Issue certificates"), reverse("certificates"), "plus", "go")]

    def heading(self, record: Any) -> Text:
        """Initials and birth year; the name stands on the paper alone."""
        return _whose(record)

    def panels(self, record: Any, actor: Actor, moment: datetime) -> Sequence[Content]:
        del moment
        return panels_of(record, actor)

    def record_url(self, record: Model) -> str:
        """The register's own page of a record."""
        return reverse("chung-nhan-record", args=[record.pk])
