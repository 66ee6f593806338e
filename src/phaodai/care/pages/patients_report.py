"""What patients put into the reports of a unit: who is treated, how severely, who came, left and died."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.care.models import Patient
from phaodai.care.models.patients_figures import breathing_now, course_between
from phaodai.command.report_parts import Figures, ReportPart, add_report_part
from phaodai.command.rules.periods import Period
from phaodai.foundation.formats import number
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Area

SEVERE = ("severe", "critical")


def figures_in(area: Area, period: Period, until: datetime) -> Figures | None:
    """Treated and breathing support as they stand when the report is drafted; admissions and ends of the period."""
    rows = Patient.objects.filter(registered_at__lte=until, **area.narrowing)
    if not rows.exists():
        return None
    course, breathing = course_between(area, period.since(until), until), breathing_now(area)
    return {
        "treated": rows.open().count(),
        "severe": rows.open().filter(severity__in=SEVERE).count(),
        "oxygen": breathing.oxygen,
        "intensive": breathing.intensive,
        "admitted": course.admitted,
        "discharged": course.discharged,
        "died": course.died,
    }


def words_of(figures: Figures) -> list[str]:
    """Two sentences."""
    counts = {name: number(value, 0, language()) for name, value in figures.items()}
    return [
        _(
            "Under treatment: %(treated)s patients, %(severe)s of them severe or critical; %(oxygen)s on oxygen, "
            "%(intensive)s on high flow or a ventilator."
        )
        % counts,
        _("In the period: %(admitted)s admitted, %(discharged)s discharged, %(died)s died.") % counts,
    ]


add_report_part(
    ReportPart(key="care-patients", title=gettext_lazy("Patients"), place=41, figures=figures_in, words=words_of)
)
