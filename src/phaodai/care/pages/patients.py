"""One patient: how severe and why, where a place is free, the course over time, who may leave and what is missing."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaodai.care.actions.outcomes import leaving_of
from phaodai.care.actions.patients_assessing import judgement_of
from phaodai.care.actions.patients_shared import answers_for, runs
from phaodai.care.models import Assessment, BedStay, Facility, InsideInfection, Patient, PatientStep, Transfer
from phaodai.care.models.placement import places_for
from phaodai.care.pages import patients_forms as asked
from phaodai.care.pages.patients_chart import assessments_chart
from phaodai.care.pages.patients_words import (
    awaited_doors,
    clock_of,
    leaving_words,
    offer_words,
    reason_of,
    risk_reason,
    severity_mark,
    tier_words,
)
from phaodai.care.rules.patients_severity import Findings
from phaodai.care.rules.transfers import urgency_of
from phaodai.foundation import clock
from phaodai.foundation.components import Content, Fact, Facts, Log, LogEntry, Masked, Why
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person

ASSESSMENTS_SHOWN, STEPS_SHOWN = 60, 60


def seen_patient(actor: Actor, pk: int) -> Patient:
    """The patient of an address, as far as this officer may see them."""
    found = Patient.objects.visible_to(actor).select_related("facility__organisation").filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return found


@page(Permission.CARE_PATIENT_READ)
def patient(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Everything about one patient."""
    return render(request, "care/patient.html", context_of(seen_patient(actor, pk), actor))


def context_of(patient: Patient, actor: Actor, **refused: Any) -> dict[str, Any]:
    """What the page shows; a refused form of the caller takes the place of a fresh one."""
    now = clock.now()
    rows = list(patient.assessments.select_related("officer").order_by("-at", "-pk")[:ASSESSMENTS_SHOWN])
    way = Transfer.objects.live().filter(patient=patient).select_related("to_facility__organisation").first()
    may_write = patient.is_open and actor.may(Permission.CARE_PATIENT_WRITE)
    mine = may_write and answers_for(actor, patient)
    return {
        "patient": patient,
        "masked": _masked(patient, actor),
        "mark": severity_mark(patient),
        "tier": tier_words(patient.tier),
        "facts": _facts(patient),
        "assessments": rows,
        **_judged(rows),
        "unruled": mine and not _has_rule(patient, now),
        "chart": assessments_chart(rows),
        "log": _log(patient),
        "stay": BedStay.objects.now().select_related("bed__ward").filter(patient=patient).first(),
        "way": way,
        "clock": clock_of(way, now) if way else None,
        "inside": InsideInfection.objects.filter(patient=patient).first(),
        "may_write": mine,
        "may_review": patient.state == Patient.State.DIED and actor.may(Permission.CARE_TRANSFER_DECIDE),
        **(_forms(patient, actor, way, now, mine=mine) if may_write else {}),
        **refused,
    }


def _judged(rows: list[Assessment]) -> dict[str, Any]:
    if not rows:
        return {}
    risk = risk_reason(rows[0])
    return {
        "why": Why(reason_of(rows[0])),
        "risk": (risk.outcome, Why(risk)) if risk else None,
        "awaited": awaited_doors(rows[0]) if rows[0].chosen else [],
    }


def _has_rule(patient: Patient, now: datetime) -> bool:
    """Whether a verified rule of severity is in force today."""
    return judgement_of(patient, Findings(spo2=98, respiratory_rate=16, comorbidity=False), now).concluded


def _forms(patient: Patient, actor: Actor, way: Transfer | None, now: datetime, *, mine: bool) -> dict[str, Any]:
    inside = patient.state == Patient.State.INSIDE
    here = facility_to_lie_in(patient, actor, way)
    forms: dict[str, Any] = {
        "bed_form": asked.BedForm(facility=here) if here is not None else None,
        "bed_facility": here,
    }
    if not mine:
        return forms
    leaving = leaving_of(patient, now.date()) if inside else None
    return forms | {
        "offers": [(one, offer_words(one, now)) for one in places_for(patient, now)] if way is None else [],
        "urgency": urgency_of(patient.severity),
        "key": uuid4(),
        "assess_form": asked.AssessForm(initial={"support": patient.support}),
        "course_form": asked.CourseForm.of(patient),
        "request_form": asked.RequestForm(actor=actor, initial={"urgency": urgency_of(patient.severity)}),
        "discharge_form": asked.ReasonForm(),
        "leaving": leaving_words(leaving) if leaving else "",
        "may_leave": leaving is not None and leaving.may is not False and not leaving.missing,
        "death_form": asked.DeathForm(initial={"at": now}),
        "reason_form": asked.ReasonForm(),
        "link_form": asked.LinkForm(),
        "look_form": asked.LookForm(),
    }


def facility_to_lie_in(patient: Patient, actor: Actor, way: Transfer | None) -> Facility | None:
    """Where this officer may lay the patient in a bed now: where the transfer ends, or where they came."""
    if way is not None:
        return way.to_facility if runs(actor, way.to_facility) else None
    return patient.facility if runs(actor, patient.facility) else None


def _masked(patient: Patient, actor: Actor) -> Masked:
    """Initials; where the person is known the register's own door opens the name, and the look is logged."""
    detail = " · ".join(filter(None, [patient.code, str(patient.get_sex_display())]))
    may_open = patient.person_id and actor.may(Permission.PEOPLE_PERSON_REVEAL)
    known = may_open and Person.objects.filter(pk=patient.person_id or 0).exists()
    return Masked(patient.initials, detail, reverse("people-reveal", args=[patient.person_id]) if known else "")


def _facts(patient: Patient) -> Facts:
    said: dict[str, Content] = {
        _("State"): patient.get_state_display(),
        pgettext("patient", "Treated for"): patient.get_reason_display(),
        pgettext("patient", "Case"): patient.case_code,
        _("Facility"): patient.facility.name if patient.facility else "",
        _("Bed needed"): patient.get_need_display(),
        _("Breathing support"): patient.get_support_display(),
        pgettext("patient", "Registered"): moment_words(patient.registered_at, language()),
        pgettext("patient", "Admitted"): _moment(patient.admitted_at),
        _("Onset"): _day(patient.onset_on),
        _("Symptoms ended on"): _day(patient.symptoms_end_on),
        _("First positive sample"): _day(patient.positive_on),
        _("Last negative sample"): _day(patient.negative_on),
        _("Underlying disease"): patient.conditions or _yes_no(patient.comorbidity),
        _("Pregnant or just given birth"): _yes_no(patient.pregnant) if patient.sex != Person.Sex.MALE else "",
        _("Fully vaccinated"): _yes_no(patient.fully_vaccinated),
        pgettext("patient", "Ended"): _moment(patient.ended_at),
    }
    return Facts([Fact(label, value) for label, value in said.items() if value])


def _yes_no(value: bool | None) -> str:  # noqa: FBT001  (a fact, not a switch)
    return "" if value is None else pgettext("patient", "yes") if value else pgettext("patient", "no")


def _moment(value: datetime | None) -> str:
    return moment_words(value, language()) if value else ""


def _day(value: Any) -> str:
    return day_words(value, language()) if value else ""


def _log(patient: Patient) -> Log:
    steps = PatientStep.objects.filter(patient=patient).select_related("officer").order_by("-at", "-pk")[:STEPS_SHOWN]
    return Log([LogEntry(moment_words(one.at, language()), _step_words(one)) for one in steps])


def _step_words(step: PatientStep) -> str:
    by = step.officer.full_name if step.officer else ""
    return " · ".join(filter(None, [str(step.get_what_display()), step.words, by]))
