"""Registers care with Django."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    """Facilities, beds and oxygen; patients and transfers; care at home; staff and rosters."""

    name = "phaodai.care"
    label = "care"
    verbose_name = "Care"

    def ready(self) -> None:
        """Have parts in the reports of every unit, and a panel on the page of every resident."""
        import phaodai.care.pages.patients_report
        import phaodai.care.pages.person
        import phaodai.care.report_part  # noqa: F401
