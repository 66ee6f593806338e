"""Patients, with initials alone; ambulances."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.care.actions.ambulances import FIELDS, add_ambulance, amend_ambulance
from phaodai.care.models import Ambulance, Facility, Patient, TreatmentTier
from phaodai.foundation.asked import whole
from phaodai.foundation.components import Action, Content, Text
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import ChoiceFilter, Column, Filter, FlagFilter, Register
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models import Case

MOST_CHIPS = 6


def _severe(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(severity__in=("severe", "critical"), ended_at=None)


def _unplaced(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(state=Patient.State.WAITING)


def _unassessed(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(assessed_at=None, ended_at=None)


@dataclass(frozen=True)
class FacilityFilter(Filter):
    """The facilities that the officer's organisation runs; any other one by its row id in the address."""

    def choices(self, actor: Actor) -> list[tuple[str, Text]]:
        rows = Facility.objects.filter(organisation=actor.organisation).order_by("sort_key")[:MOST_CHIPS]
        return [(str(one.pk), one.name) for one in rows]

    def narrow(self, rows: QuerySet[Any], value: str, actor: Actor, moment: datetime) -> QuerySet[Any]:
        del actor, moment
        return rows.filter(facility=whole(value))

    def words(self, value: str) -> Text:
        found = Facility.objects.filter(pk=whole(value)).first()
        return found.name if found else ""


class Patients(Register):
    """Everybody under treatment, now and before; initials only."""

    key = "benh-nhan"
    record_route = "care-patient"
    model = Patient
    title = gettext_lazy("Patients")
    one = gettext_lazy("patient")
    room = "care"
    read = Permission.CARE_PATIENT_READ
    order = ("-registered_at", "-id")
    related = ("facility",)
    empty = gettext_lazy(
        "No patient here. Bring a case under treatment from its page, or take up somebody at the door."
    )
    columns = (
        Column("initials", pgettext_lazy("patient", "Initials"), opens=True),
        Column("code", gettext_lazy("Patient number"), on_phone=False),
        Column("severity", gettext_lazy("Severity")),
        Column("tier", gettext_lazy("Treatment tier")),
        Column("state", gettext_lazy("State")),
        Column("facility", gettext_lazy("Facility"), plain=lambda one: one.facility.name if one.facility else ""),
        Column("support", gettext_lazy("Breathing support"), on_phone=False),
        Column("registered_at", pgettext_lazy("patient", "Registered"), order=("registered_at", "id")),
        Column("assessed_at", pgettext_lazy("patient", "Last assessed"), on_phone=False),
    )
    filters = (
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "nang": (pgettext_lazy("patient", "severe now"), _severe),
                "cho": (pgettext_lazy("patient", "waiting for a place"), _unplaced),
                "chua-kham": (pgettext_lazy("patient", "not assessed"), _unassessed),
            },
        ),
        FacilityFilter("co-so", gettext_lazy("Facility")),
        ChoiceFilter("muc-do", gettext_lazy("Severity"), field="severity", values=Case.Severity.choices),
        ChoiceFilter("tang", gettext_lazy("Treatment tier"), field="tier", values=TreatmentTier.choices),
        ChoiceFilter("trang-thai", gettext_lazy("State"), field="state", values=Patient.State.choices),
    )

    def buttons(self, actor: Actor) -> list[Content]:
        """The doors of admission, of transfers and of infections inside."""
        doors: list[Content] = [
            Action(_("Transfers"), reverse("care-transfers"), "arrow-right"),
            Action(_("Infections inside"), reverse("care-inside"), "warning"),
        ]
        if actor.may(Permission.CARE_PATIENT_WRITE):
            doors.append(Action(_("Take up at the door"), reverse("care-patient-new"), "plus"))
        return doors


def _in_service(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(closed_on=None)


class Ambulances(Register):
    """What drives patients in the province."""

    key = "xe-cuu-thuong"
    model = Ambulance
    title = gettext_lazy("Ambulances")
    one = gettext_lazy("ambulance")
    room = "care"
    read = Permission.CARE_PATIENT_READ
    write = Permission.CARE_TRANSFER_DECIDE
    order = ("plate", "id")
    related = ("organisation",)
    create_fields = FIELDS
    edit_fields = (*FIELDS[2:], "closed_on")
    natural_key = ("plate",)
    empty = gettext_lazy("No ambulance yet. Write down the first one.")
    columns = (
        Column("plate", gettext_lazy("Number plate"), order=("plate", "id"), opens=True),
        Column("organisation", pgettext_lazy("ambulance", "Run by"), plain=lambda one: one.organisation.short_name),
        Column("equipment", pgettext_lazy("ambulance", "Equipment")),
        Column("crew", pgettext_lazy("ambulance", "Crew"), edit="crew"),
        Column("phone", gettext_lazy("Telephone"), edit="phone"),
        Column("closed_on", pgettext_lazy("ambulance", "Out of service since")),
    )
    filters = (
        FlagFilter(
            "xem", gettext_lazy("Show"), flags={"dang": (pgettext_lazy("ambulance", "in service"), _in_service)}
        ),
    )

    def create(self, *, actor: Actor, moment: datetime, **values: Any) -> Model:
        return add_ambulance(actor=actor, moment=moment, **values)

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_ambulance(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """Whoever runs it, or answers for where it stands."""
        ours = record.organisation_id == actor.organisation
        return self.may_write(actor) and (ours or (actor.reach != "own" and actor.area.holds(record)))
