"""Care at home in words: signs, findings, questions of the packs, what a home is looked at for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from phaodai.care.models import HomeCare, Reading
from phaodai.care.rules.alarms import SIGNS, WORKING
from phaodai.foundation.components import Reason
from phaodai.foundation.formats import number
from phaodai.foundation.registers.showing import language

SIGN_WORDS = {
    "breathlessness": pgettext_lazy("warning sign", "Short of breath at rest"),
    "chest pain": pgettext_lazy("warning sign", "Chest pain or tightness"),
    "blue lips": pgettext_lazy("warning sign", "Blue or grey lips, fingers"),
    "confusion": pgettext_lazy("warning sign", "Confused, drowsy, hard to wake"),
    "convulsion": pgettext_lazy("warning sign", "Convulsion"),
    "cannot drink": pgettext_lazy("warning sign", "Cannot eat or drink"),
    "bleeding": pgettext_lazy("warning sign", "Bleeding, coughing blood"),
    "high fever": pgettext_lazy("warning sign", "High fever that does not go down"),
    "vomiting": pgettext_lazy("warning sign", "Vomiting or diarrhoea many times"),
    "worse": pgettext_lazy("warning sign", "Feels worse than before"),
}
SIGN_CHOICES = [(code, SIGN_WORDS[code]) for code in SIGNS if code != "worse"]
MEASURED_WORDS = {
    "spo2": pgettext_lazy("measured", "SpO2 %(value)s%%"),
    "respiratory_rate": pgettext_lazy("measured", "%(value)s breaths a minute"),
}
QUESTION_WORDS = {
    "breathless_or_low": pgettext_lazy(
        "pack question", "Short of breath, more than 20 breaths a minute, or SpO2 below 95%?"
    ),
    "no_doctor_reached": pgettext_lazy("pack question", "No doctor can come or be reached in time?"),
    "pregnant": pgettext_lazy("pack question", "Pregnant?"),
    "breastfeeding": pgettext_lazy("pack question", "Breastfeeding?"),
    "ulcer": pgettext_lazy("pack question", "Stomach ulcer?"),
    "liver_or_kidney": pgettext_lazy("pack question", "Liver or kidney failure?"),
    "bleeding_risk": pgettext_lazy("pack question", "Bleeds easily, or takes blood thinners?"),
    "mild": pgettext_lazy("pack question", "Only mild symptoms?"),
    "consent": pgettext_lazy("pack question", "Written consent signed?"),
}
CONDITION_WORDS = {
    "own_room": pgettext_lazy("home condition", "A room of their own, aired"),
    "telephone": pgettext_lazy("home condition", "A telephone that is answered"),
    "thermometer": pgettext_lazy("home condition", "A thermometer"),
    "oximeter": pgettext_lazy("home condition", "A pulse oximeter (SpO2)"),
    "water_and_toilet": pgettext_lazy("home condition", "Water and a toilet nearby"),
}


def finding_words(finding: Mapping[str, Any]) -> str:
    """One reason for an alarm, with the document behind it, or that it is of the working list."""
    code = str(finding["code"])
    value = finding.get("value")
    measured = MEASURED_WORDS.get(code)
    said = str(measured) % {"value": number(value, 0)} if measured and value is not None else ""
    said = said or str(SIGN_WORDS.get(code, code))
    source = _("working list") if finding.get("source") == WORKING else finding.get("document", "")
    return f"{said} ({source})"


def findings_words(findings: Iterable[Mapping[str, Any]]) -> str:
    """All reasons in one line."""
    return ", ".join(map(finding_words, findings))


def reading_words(reading: Reading | None) -> str:
    """The values of a reading in one line: SpO2 97%, 36,8 °C, 18 breaths a minute."""
    if reading is None:
        return ""
    parts = [
        f"SpO2 {reading.spo2}%" if reading.spo2 else "",
        f"{number(float(reading.temperature), 1)} °C" if reading.temperature else "",
        str(MEASURED_WORDS["respiratory_rate"]) % {"value": reading.respiratory_rate}
        if reading.respiratory_rate
        else "",
        str(reading.get_feeling_display()).lower() if reading.feeling else "",
        ", ".join(str(SIGN_WORDS[sign]) for sign in reading.signs if sign in SIGN_WORDS),
    ]
    return " · ".join(filter(None, parts))


def reason_of(care: HomeCare) -> Reason | None:
    """Why somebody is cared for at home: what the rule said, and the officer's own reason where it said no."""
    record = care.decision
    why = (record.get("why") or {}).get(language(), "")
    said = " ".join(filter(None, [why, care.reason])) or _("No document of that day speaks of care at home.")
    awaited = record.get("awaiting_verification") or []
    unverified = ", ".join(f"{one['document']}" for one in awaited)
    return Reason(
        _("Care at home"),
        {True: _("allowed"), False: _("not allowed by the rule"), None: _("not concluded")}[care.allowed],
        said,
        record.get("clause") or "",
        record.get("document") or "",
        unverified=_("Not verified: %(documents)s") % {"documents": unverified} if unverified else "",
    )
