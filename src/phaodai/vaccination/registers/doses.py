"""The doses as a register: list, search, Excel and interface, and on each dose what the rule says and what followed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.foundation.components import Action, Content, Fact, Facts, Masked, State
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import ChoiceFilter, Column, FlagFilter, Register
from phaodai.foundation.scope import Actor
from phaodai.vaccination.law.vocabulary import product_choices, product_label
from phaodai.vaccination.models import Dose
from phaodai.vaccination.models.doses import listed
from phaodai.vaccination.pages.doses_showing import course_facts, doubt_facts, reaction_facts


def _ours(rows: QuerySet[Any], actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(organisation_id=actor.organisation)


def _unmatched(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(person=None)


def _doubted(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(doubted=True)


def _struck(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(struck_at__isnull=False)


class Doses(Register):
    """Every dose that the officer's post may see, the latest first."""

    key = "mui-tiem"
    model = Dose
    title = gettext_lazy("Doses given")
    one = gettext_lazy("dose given")
    room = "vaccination"
    read = Permission.VACCINATION_DOSE_READ
    related = ("organisation", "lot")
    order = ("-given_at", "-id")
    empty = gettext_lazy("No dose yet. They come from the tables of the sessions, or from a sheet.")
    columns = (
        Column(
            "name", gettext_lazy("Person"), plain=lambda one: one.masked,
            shown=lambda one, _moment: Masked(one.masked, one.get_sex_display()), opens=True,
        ),
        Column("number", gettext_lazy("Dose number"), numeric=True),
        Column("product", gettext_lazy("Vaccine"), plain=lambda one: product_label(one.product)),
        Column("lot", gettext_lazy("Lot"), plain=lambda one: one.lot_number),
        Column("given_at", pgettext_lazy("dose", "Given at"), order=("given_at", "id")),
        Column(
            "organisation", pgettext_lazy("dose", "Given by"),
            plain=lambda one: one.organisation.short_name if one.organisation else one.facility, on_phone=False,
        ),
        Column("joined", gettext_lazy("Matched"), on_phone=False),
        Column(
            "state", gettext_lazy("State"), plain=lambda one: str(_state(one)[0]),
            shown=lambda one, _moment: State(*_state(one)),
        ),
    )  # fmt: skip
    filters = (
        FlagFilter(
            "xem", gettext_lazy("Show"),
            flags={
                "minh-tiem": (pgettext_lazy("doses", "Given by us"), _ours),
                "chua-ghep": (pgettext_lazy("doses", "Nobody's yet"), _unmatched),
                "nghi": (pgettext_lazy("doses", "Doubted"), _doubted),
                "gach": (pgettext_lazy("doses", "Struck out"), _struck),
            },
        ),
        ChoiceFilter("vac-xin", gettext_lazy("Vaccine"), field="product", values=tuple(product_choices())),
    )  # fmt: skip

    def listed(self, actor: Actor) -> QuerySet[Any]:
        return Dose.objects.filter(listed(actor)).select_related(*self.related)

    def heading(self, record: Any) -> str:
        number = {"who": record.masked, "number": record.number}
        return _("%(who)s, dose %(number)s") % number

    def panels(self, record: Any, actor: Actor, moment: datetime) -> Sequence[Content]:
        panels: list[Content] = []
        if record.struck_at is not None:
            panels.append(Facts([Fact(_("Struck out: never given"), record.struck_reason)]))
        panels.append(Facts(course_facts(record, actor, moment.date())))
        doubts, reactions = doubt_facts(record), reaction_facts(record)
        panels += [Facts(found) for found in (doubts, reactions) if found]
        if actor.may(Permission.VACCINATION_EVENT_WRITE):
            panels.append(Action(_("Write down a reaction"), f"{reverse('dose-reactions')}?mui={record.pk}", "plus"))
        return panels

    def buttons(self, actor: Actor) -> Sequence[Content]:
        doors: list[Content] = [Action(_("Doubts"), reverse("dose-doubts"), "warning")]
        if actor.may(Permission.VACCINATION_IDENTITY_DECIDE):
            doors.append(Action(_("Whose dose?"), reverse("dose-identities"), "people"))
        if actor.may(Permission.VACCINATION_EVENT_READ):
            doors.append(Action(_("Reactions"), reverse("dose-reactions"), "bell"))
        if actor.may(Permission.VACCINATION_DOSE_IMPORT):
            doors.append(Action(_("Take a sheet in"), reverse("dose-sheets"), "upload"))
        return doors


Loudness = Literal["", "act", "late"]


def _state(one: Dose) -> tuple[Any, Loudness]:
    """What should be said of a dose at first sight, and how loudly."""
    if one.struck_at is not None:
        return pgettext_lazy("dose", "Struck out"), ""
    if one.doubted:
        return pgettext_lazy("dose", "Doubted"), "late"
    if one.person_id is None:
        return pgettext_lazy("dose", "Nobody's yet"), "act"
    return pgettext_lazy("dose", "In order"), ""
