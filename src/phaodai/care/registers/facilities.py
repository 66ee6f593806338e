"""Facilities, beds, bed reports, oxygen and planned beds."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.care.actions.beds_reports import NUMBERS, amend_report, report_beds
from phaodai.care.actions.facilities import AMENDED, amend_facility
from phaodai.care.actions.facilities_shared import mine
from phaodai.care.actions.upgrades import amend_upgrade
from phaodai.care.models import Bed, BedKind, BedReport, BedStay, Facility, OxygenSource, TreatmentTier, UpgradePlan
from phaodai.care.pages.facilities_words import age_of
from phaodai.foundation.components import Action, Content
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import ChoiceFilter, Column, FlagFilter, Register
from phaodai.foundation.scope import Actor

TIERS = ChoiceFilter("tang", pgettext_lazy("care", "Tier"), field="tier", values=TreatmentTier.choices)


def _open(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(closed_on=None)


def _closed(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.exclude(closed_on=None)


def _facility_of(record: Any) -> str:
    return str(record.facility.name)


class _OfFacility(Register):
    """What belongs to a facility: shown on its page, changed by whoever answers for it."""

    room = "care"
    read = Permission.CARE_BED_READ
    record_route = "care-facility"
    related: ClassVar[Sequence[str]] = ("facility__organisation",)
    search_field = "facility__search_key"

    def record_url(self, record: Any) -> str:
        """The page of the facility."""
        return reverse(self.record_route, args=[record.facility_id])

    def may_amend(self, record: Any, actor: Actor) -> bool:
        return self.may_write(actor) and mine(actor, record.facility)


class Facilities(Register):
    """Every facility with its tier, open and closed."""

    key = "co-so-dieu-tri"
    record_route = "care-facility"
    model = Facility
    title = gettext_lazy("Facilities")
    one = gettext_lazy("facility")
    room = "care"
    read = Permission.CARE_BED_READ
    write = Permission.CARE_BED_MANAGE
    order = ("sort_key", "id")
    related = ("organisation",)
    edit_fields = AMENDED
    empty = gettext_lazy("No facility yet. Open the first one.")
    columns = (
        Column("name", gettext_lazy("Name"), order=("sort_key", "id"), opens=True, edit="name"),
        Column("code", pgettext_lazy("facility", "Code")),
        Column("tier", pgettext_lazy("care", "Tier")),
        Column("kind", pgettext_lazy("facility", "Kind")),
        Column(
            "organisation",
            gettext_lazy("Run by"),
            plain=lambda one: one.organisation.short_name if one.organisation else "",
        ),
        Column("contact_name", pgettext_lazy("facility", "Contact"), edit="contact_name"),
        Column("phone", gettext_lazy("Telephone"), edit="phone"),
        Column("opened_on", gettext_lazy("Opened on")),
        Column("closed_on", pgettext_lazy("site", "Closed on")),
    )
    filters = (
        TIERS,
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "mo": (pgettext_lazy("ward", "Open"), _open),
                "dong": (pgettext_lazy("ward", "Closed"), _closed),
            },
        ),
    )

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_facility(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """Whoever answers for the facility mends it."""
        return self.may_write(actor) and mine(actor, record)

    def buttons(self, actor: Actor) -> list[Content]:
        """The board of free beds."""
        del actor
        return [Action(_("Beds and oxygen"), reverse("care"), "care")]


def _free(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.usable().exclude(pk__in=BedStay.objects.now().values("bed_id"))  # type: ignore[attr-defined, no-any-return]


def _taken(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(pk__in=BedStay.objects.now().values("bed_id"))


class Beds(_OfFacility):
    """Every bed of a bed book, by kind."""

    key = "giuong"
    model = Bed
    title = gettext_lazy("Beds")
    one = gettext_lazy("bed")
    order = ("sort_key", "id")
    search_field = "search_key"
    related = ("facility", "ward")
    empty = gettext_lazy("No beds yet. Add them on the page of a facility.")
    columns = (
        Column("label", pgettext_lazy("bed", "Bed"), order=("sort_key", "id"), opens=True),
        Column("facility", pgettext_lazy("care", "Facility"), plain=_facility_of),
        Column("ward", pgettext_lazy("facility", "Ward"), plain=lambda one: one.ward.name),
        Column("cohort", pgettext_lazy("ward", "Who lies there"), plain=lambda one: one.ward.get_cohort_display()),
        Column("kind", pgettext_lazy("bed", "Kind")),
        Column("state", gettext_lazy("State")),
        Column("state_since", pgettext_lazy("bed", "State since")),
    )
    filters = (
        ChoiceFilter("loai", pgettext_lazy("bed", "Kind"), field="kind", values=BedKind.choices),
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={"trong": (pgettext_lazy("bed", "Free"), _free), "dung": (pgettext_lazy("bed", "Taken"), _taken)},
        ),
        ChoiceFilter("trang-thai", gettext_lazy("State"), field="state", values=Bed.State.choices),
    )


class BedReports(_OfFacility):
    """Six numbers a day from facilities without a bed book, by telephone or Excel."""

    key = "bao-cao-giuong"
    model = BedReport
    title = gettext_lazy("Bed reports")
    one = gettext_lazy("bed report")
    write = Permission.CARE_BED_MANAGE
    order = ("-day", "-id")
    create_fields = ("facility", "day", *NUMBERS)
    edit_fields = NUMBERS
    natural_key = ("facility", "day")
    empty = gettext_lazy("No bed report yet. Facilities without a bed book send one a day.")
    columns = (
        Column("facility", pgettext_lazy("care", "Facility"), plain=_facility_of, opens=True),
        Column("day", gettext_lazy("Day"), order=("day", "id")),
        *(
            Column(name, BedReport._meta.get_field(name).verbose_name, numeric=True, edit=name)  # type: ignore[union-attr]
            for name in NUMBERS
        ),
        Column(
            "counted_at",
            pgettext_lazy("bed", "Counted at"),
            shown=lambda one, moment: age_of(one.counted_at, moment).mark,
        ),
    )

    def form_class(self, fields: Sequence[str]) -> "type[forms.ModelForm[Any]]":
        """A facility is named by its code."""
        made = super().form_class(fields)
        if "facility" in made.base_fields:
            made.base_fields["facility"] = _by_code(Facility.objects.open())
        return made

    def create(self, *, actor: Actor, moment: datetime, **values: Any) -> Model:
        facility = values.pop("facility")
        return report_beds(actor=actor, moment=moment, facility_id=facility.pk, **values)

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_report(actor=actor, moment=moment, pk=pk, version=version, **values)


def _by_code(facilities: QuerySet[Facility]) -> forms.ModelChoiceField:  # type: ignore[type-arg]
    label = _("Code of the facility")
    return forms.ModelChoiceField(facilities, to_field_name="code", label=label, widget=forms.TextInput)


class OxygenSources(_OfFacility):
    """Cylinders, tanks and lines of every facility."""

    key = "nguon-o-xy"
    model = OxygenSource
    title = gettext_lazy("Oxygen sources")
    one = gettext_lazy("oxygen source")
    order = ("facility__sort_key", "id")
    related = ("facility",)
    empty = gettext_lazy("No source is written down. Count them on the page of a facility.")
    columns = (
        Column("name", gettext_lazy("Name"), opens=True),
        Column("facility", pgettext_lazy("care", "Facility"), plain=_facility_of, order=("facility__sort_key", "id")),
        Column("kind", pgettext_lazy("oxygen", "Kind")),
        Column("count", pgettext_lazy("oxygen", "Full ones"), numeric=True),
        Column("litres", pgettext_lazy("oxygen", "Litres of gas in each"), numeric=True),
        Column("flow", pgettext_lazy("oxygen", "Litres a minute"), numeric=True),
        Column(
            "counted_at",
            pgettext_lazy("oxygen", "Counted at"),
            shown=lambda one, moment: age_of(one.counted_at, moment).mark,
        ),
        Column("removed_on", pgettext_lazy("oxygen", "Removed on")),
    )
    filters = (ChoiceFilter("loai", pgettext_lazy("oxygen", "Kind"), field="kind", values=OxygenSource.Kind.choices),)


class UpgradePlans(_OfFacility):
    """Beds that are planned, opened and dropped."""

    key = "ke-hoach-giuong"
    model = UpgradePlan
    title = gettext_lazy("Planned beds")
    one = gettext_lazy("plan of beds")
    write = Permission.CARE_BED_MANAGE
    order = ("ready_on", "id")
    related = ("facility__organisation", "answers")
    edit_fields = ("ready_on", "beds", "doctors", "nurses", "oxygen_flow")
    empty = gettext_lazy("No beds are planned. Plan them on the page of a facility.")
    columns = (
        Column("facility", pgettext_lazy("care", "Facility"), plain=_facility_of, opens=True),
        Column("beds", pgettext_lazy("upgrade", "Beds"), numeric=True, edit="beds"),
        Column("kind", pgettext_lazy("upgrade", "Beds of the kind")),
        Column("way", pgettext_lazy("upgrade", "How")),
        Column("ready_on", pgettext_lazy("upgrade", "Ready on"), order=("ready_on", "id"), edit="ready_on"),
        Column("doctors", pgettext_lazy("upgrade", "Doctors needed"), numeric=True, edit="doctors"),
        Column("nurses", pgettext_lazy("upgrade", "Nurses needed"), numeric=True, edit="nurses"),
        Column("oxygen_flow", pgettext_lazy("upgrade", "Oxygen needed, litres a minute"), numeric=True),
        Column("answers", pgettext_lazy("upgrade", "Who answers for it"), plain=lambda one: one.answers.short_name),
        Column("order_reference", pgettext_lazy("facility", "By order")),
        Column("state", gettext_lazy("State")),
    )
    filters = (ChoiceFilter("trang-thai", gettext_lazy("State"), field="state", values=UpgradePlan.State.choices),)

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_upgrade(actor=actor, moment=moment, pk=pk, version=version, **values)
