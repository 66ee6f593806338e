"""What is done about one patient: assessed, sent, laid in a bed, moved, discharged, named, linked to a case."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.care.actions import outcomes, patients, patients_beds, transfers
from phaodai.care.actions.patients_assessing import assess
from phaodai.care.models import Patient, Transfer
from phaodai.care.pages import patients_forms as asked
from phaodai.care.pages.patients import context_of, facility_to_lie_in, seen_patient
from phaodai.care.pages.patients_words import tier_words
from phaodai.foundation import clock
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models import Case

UNREADABLE = 422


@page(Permission.CARE_PATIENT_WRITE, deed=True)
def deed(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Do what the form names in `viec`; a refused form comes back with its reason."""
    patient = seen_patient(actor, pk)
    found = DEEDS.get(request.POST.get("viec", ""))
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    shown, make, do = found
    form = make(request.POST, patient, actor)
    if form.is_valid():
        done = act(form, lambda: do(patient, actor, form.cleaned_data))
        if isinstance(done, Patient):
            return render(request, "care/patient.html", context_of(done, actor, named=done))
        if done is not None:
            messages.success(request, done)
            return redirect("care-patient", pk=pk)
    refused = {shown: form, "refused_deed": request.POST["viec"]}
    return render(request, "care/patient.html", context_of(patient, actor, **refused), status=UNREADABLE)


def _assess(patient: Patient, actor: Actor, values: dict[str, Any]) -> str:
    row = assess(
        actor=actor, moment=clock.now(), patient_id=patient.pk, found=asked.found_of(values),
        severity=values["severity"], need=values["need"], reason=values["reason"],
    )  # fmt: skip
    about = {"severity": row.get_severity_display(), "tier": tier_words(row.tier)}
    return _("Assessed: %(severity)s, %(tier)s.") % about


def _course(patient: Patient, actor: Actor, values: dict[str, Any]) -> str:
    patients.note_course(actor=actor, moment=clock.now(), patient_id=patient.pk, **values)
    return _("Written down.")


def _request(patient: Patient, actor: Actor, values: dict[str, Any]) -> str:
    facility = values.pop("facility")
    way = transfers.request_transfer(
        actor=actor, moment=clock.now(), patient_id=patient.pk, facility_id=facility.pk, **values
    )
    return _("Transfer to %(facility)s asked for.") % {"facility": way.to_facility.name}


def _bed(patient: Patient, actor: Actor, values: dict[str, Any]) -> str:
    inside = patient.state == Patient.State.INSIDE and patient.facility_id == values["bed"].facility_id
    deed = patients_beds.move if inside else patients_beds.admit
    stay = deed(
        actor=actor, moment=clock.now(), patient_id=patient.pk, bed_id=values["bed"].pk, reason=values["reason"]
    )
    return _("Lies in %(ward)s, bed %(bed)s.") % {"ward": stay.bed.ward.name, "bed": stay.bed.label}


def _discharge(patient: Patient, actor: Actor, values: dict[str, Any]) -> str:
    outcomes.discharge(actor=actor, moment=clock.now(), patient_id=patient.pk, reason=values["reason"])
    return _("%(who)s is discharged; surveillance is told.") % {"who": patient.initials}


def _death(patient: Patient, actor: Actor, values: dict[str, Any]) -> str:
    outcomes.note_death(actor=actor, moment=clock.now(), patient_id=patient.pk, **values)
    return _("Written down. The review of this death is owed within a week.")


def _gone(*, away: bool) -> Any:
    def do(patient: Patient, actor: Actor, values: dict[str, Any]) -> str:
        outcomes.note_departure(
            actor=actor, moment=clock.now(), patient_id=patient.pk, away=away, reason=values["reason"]
        )
        return _("Written down.")

    return do


def _link(patient: Patient, actor: Actor, values: dict[str, Any]) -> str:
    case = Case.objects.visible_to(actor).filter(code=values["code"].strip()).first()
    if case is None:
        raise Refusal(_("There is no such case that your post may see."), field="code")
    patients.link_case(actor=actor, moment=clock.now(), patient_id=patient.pk, case_id=case.pk)
    return _("Linked to case %(code)s.") % {"code": case.code}


def _look(patient: Patient, actor: Actor, values: dict[str, Any]) -> Patient:
    return patients.look_at_name(actor=actor, moment=clock.now(), patient_id=patient.pk, purpose=values["purpose"])


Make = Callable[[Any, Patient, Actor], Any]
Do = Callable[[Patient, Actor, dict[str, Any]], Any]


def _plain(form_class: Any) -> Make:
    return lambda data, _patient, _actor: form_class(data)


def _beds(data: Any, patient: Patient, actor: Actor) -> Any:
    way = Transfer.objects.live().filter(patient=patient).select_related("to_facility__organisation").first()
    return asked.BedForm(data, facility=facility_to_lie_in(patient, actor, way))


DEEDS: dict[str, tuple[str, Make, Do]] = {
    "kham": ("assess_form", _plain(asked.AssessForm), _assess),
    "dien-bien": ("course_form", _plain(asked.CourseForm), _course),
    "xin-chuyen": ("request_form", lambda data, _patient, actor: asked.RequestForm(data, actor=actor), _request),
    "giuong": ("bed_form", _beds, _bed),
    "ra-vien": ("discharge_form", _plain(asked.ReasonForm), _discharge),
    "tu-vong": ("death_form", _plain(asked.DeathForm), _death),
    "noi-khac": ("reason_form", _plain(asked.ReasonForm), _gone(away=True)),
    "bo-di": ("reason_form", _plain(asked.ReasonForm), _gone(away=False)),
    "gan-ca": ("link_form", _plain(asked.LinkForm), _link),
    "ten": ("look_form", _plain(asked.LookForm), _look),
}
