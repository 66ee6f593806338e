"""How somebody is now: severity, tier and bed by the rule in force, or by a doctor's word with its reason."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.patients_shared import keep, patient_for
from phaodai.care.models import Assessment, Patient, PatientStep, Support
from phaodai.care.rules.patients_severity import SEVERITIES, Findings, Judgement, judge, need_of, suits, tier_of
from phaodai.foundation.clock import local_day
from phaodai.foundation.constraints import worded
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal, not_to_come
from phaodai.foundation.scope import Actor
from phaodai.rulebook.provincial import rulebook_for
from phaodai.surveillance.rules.symptoms import SYMPTOMS


@transaction.atomic
def assess(
    *,
    actor: Actor,
    moment: datetime,
    patient_id: int,
    found: Findings,
    severity: str = "",
    need: str = "",
    reason: str = "",
    at: datetime | None = None,
) -> Assessment:
    """Write down how somebody is. The rule of that day says severity and tier.

    Where it cannot (no verified value), `severity` is the doctor's own with a `reason`; a `severity` other than the rule's
    needs a `reason` too. `need` chooses a better bed than the working rule asks for.
    """
    actor.require(Permission.CARE_PATIENT_WRITE)
    patient, seen = patient_for(actor, patient_id), at or moment
    not_to_come(moment, seen, "at")
    _refuse_unknown(found, severity)
    found = _with_background(found, patient, moment)
    judgement = judgement_of(patient, found, seen)
    chosen = bool(severity) and severity != judgement.severity
    if not judgement.concluded and not severity:
        raise Refusal(
            _("No verified rule says how severe this is. Write the severity yourself and say why."), field="severity"
        )
    if chosen and not reason.strip():
        raise Refusal(_("Say why this severity was chosen; the reason stays with the patient."), field="reason")
    settled = severity or str(judgement.severity)
    row = Assessment(
        patient=patient, at=seen, officer_id=actor.officer, **_seen(found), severity=settled, chosen=chosen,
        tier=_tier(patient, judgement, settled, seen), need=_need(settled, found, need), reason=reason.strip(),
        decision=dict(judgement.decision), risk=dict(judgement.risk),
    )  # fmt: skip
    with worded():
        row.save()
    _carry_over(patient, row)
    keep(patient, PatientStep.What.ASSESSED, actor=actor, moment=moment, words=_words(row), severity=settled)
    return row


def judgement_of(patient: Patient, found: Findings, at: datetime) -> Judgement:
    """What the rules in force in the patient's province on a day say."""
    return judge(rulebook_for(patient.province_id), local_day(at), found)


def _refuse_unknown(found: Findings, severity: str) -> None:
    if severity and severity not in SEVERITIES:
        raise Refusal(_("Choose a severity of the list."), field="severity")
    if any(one not in SYMPTOMS for one in found.symptoms):
        raise Refusal(_("Choose symptoms of the list."), field="symptoms")
    if found.support not in Support.values:
        raise Refusal(_("Choose the breathing support of the list."), field="support")
    if found.spo2 is not None and not 30 <= found.spo2 <= 100:
        raise Refusal(_("SpO2 lies between 30 and 100 per cent. Look at the device again."), field="spo2")
    if found.respiratory_rate is not None and not 4 <= found.respiratory_rate <= 90:
        raise Refusal(_("A breathing rate lies between 4 and 90 a minute. Count again."), field="respiratory_rate")
    if found.lesion_share is not None and not 0 <= found.lesion_share <= 1:
        raise Refusal(_("A share of the lungs lies between 0 and 100 per cent."), field="lesion_share")


def _with_background(found: Findings, patient: Patient, moment: datetime) -> Findings:
    """The findings with what is known of somebody already."""
    age = found.age if found.age is not None or patient.birth_year is None else moment.year - patient.birth_year
    known: Mapping[str, Any] = {
        name: getattr(patient, name)
        for name in ("comorbidity", "pregnant", "fully_vaccinated")
        if getattr(found, name) is None
    }
    return replace(found, age=age, **known)


def _seen(found: Findings) -> dict[str, Any]:
    names = ("spo2", "respiratory_rate", "lesion_share", "critical", "support")
    return {"symptoms": list(found.symptoms), **{name: getattr(found, name) for name in names}}


def _tier(patient: Patient, judgement: Judgement, severity: str, at: datetime) -> int | None:
    if severity == judgement.severity and judgement.tier is not None:
        return judgement.tier
    return tier_of(rulebook_for(patient.province_id), local_day(at), severity)[0]


def _need(severity: str, found: Findings, wanted: str) -> str:
    least = need_of(severity, found.support, found.critical)
    if not wanted:
        return least
    if not suits(wanted, least):
        raise Refusal(_("This bed gives less than the patient needs now."), field="need")
    return wanted


def _carry_over(patient: Patient, row: Assessment) -> None:
    """The patient's record repeats the last assessment; one written down later for an earlier moment changes nothing."""
    if patient.assessed_at is not None and row.at < patient.assessed_at:
        return
    patient.severity, patient.tier, patient.need = row.severity, row.tier, row.need
    patient.support, patient.assessed_at = row.support, row.at
    if row.symptoms and patient.onset_on is None:
        patient.onset_on = local_day(row.at)


def _words(row: Assessment) -> str:
    figures = [f"SpO2 {row.spo2}%" if row.spo2 else "", row.get_severity_display(), row.reason]
    return " · ".join(str(one) for one in figures if one)
