"""The severe for command: how many of each severity where, who is severe now, who waits for a place. No names."""

from collections import defaultdict
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.care.models import DeathReview, Patient, Transfer
from phaodai.care.models.patients_figures import breathing_now, course_between, patients_by_severity
from phaodai.foundation import clock
from phaodai.foundation.components import KeyFigure, KeyFigures
from phaodai.foundation.formats import ago, number
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models import Case
from phaodai.territory.models import Unit

SHOWN = 100


@page(Permission.CARE_BED_READ)
def severe(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Figures by unit, then everybody who is severe or critical, those without a bed first."""
    now = clock.now()
    rows = Patient.objects.visible_to(actor).open().filter(severity__in=("severe", "critical"))
    listed = rows.select_related("facility").order_by(F("state").desc(), "severity", "assessed_at")
    shown = {
        "figures": _figures(actor, rows.count()),
        "severities": Case.Severity.choices,
        "units": _by_unit(actor),
        "patients": [_line(one, actor, now) for one in listed[:SHOWN]],
        "left": max(rows.count() - SHOWN, 0),
    }
    return render(request, "care/patients_severe.html", shown)


def _figures(actor: Actor, severe_now: int) -> KeyFigures:
    now, words = clock.now(), language()
    begin = now.replace(hour=0, minute=0, second=0, microsecond=0)
    breathing, course = breathing_now(actor.area), course_between(actor.area, begin, now)
    late = Transfer.objects.visible_to(actor).live().filter(due_at__lt=now).count()
    owed = DeathReview.objects.visible_to(actor).owed().filter(due_on__lt=now.date()).count()
    told = (
        (_("Severe and critical"), severe_now, "", severe_now > 0),
        (_("On oxygen"), breathing.oxygen, "", False),
        (_("High flow or ventilator"), breathing.intensive, "", False),
        (_("Admitted today"), course.admitted, "", False),
        (_("Died today"), course.died, "", course.died > 0),
        (_("Late transfers"), late, reverse("care-transfers"), late > 0),
        (_("Reviews of deaths overdue"), owed, "", owed > 0),
    )
    may_open = actor.may(Permission.CARE_PATIENT_READ)
    return KeyFigures(
        [
            KeyFigure(label, number(value, 0, words), url=url if may_open else "", late=is_late)
            for label, value, url, is_late in told
        ]
    )


def _by_unit(actor: Actor) -> list[dict[str, Any]]:
    """One line a district (a commune inside a district) with the patients of each severity."""
    if actor.area.province is None:
        return []
    tier = "district" if actor.area.district is None else "commune"
    counts: dict[int | None, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in patients_by_severity(actor.area.province, clock.today(), tier):
        counts[one.unit][one.severity] += one.count
    names = dict(Unit.objects.filter(pk__in=[unit for unit in counts if unit]).values_list("pk", "name"))
    lines = [
        {
            "name": names.get(unit or 0, _("Unit not known")),
            "counts": [(label, found[value]) for value, label in Case.Severity.choices],
            "grave": found[Case.Severity.SEVERE] + found[Case.Severity.CRITICAL],
            "unknown": found[""],
            "total": sum(found.values()),
        }
        for unit, found in counts.items()
    ]
    return sorted(lines, key=lambda line: (-line["grave"], -line["total"], line["name"]))


def _line(one: Patient, actor: Actor, now: Any) -> dict[str, Any]:
    """One patient without a name; whoever may read patients finds the door to the record."""
    age = now.year - one.birth_year if one.birth_year else None
    return {
        "patient": one,
        "age": age,
        "url": reverse("care-patient", args=[one.pk]) if actor.may(Permission.CARE_PATIENT_READ) else "",
        "since": ago(one.assessed_at, now, language()) if one.assessed_at else "",
    }
