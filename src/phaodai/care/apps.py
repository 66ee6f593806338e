"""Registers care with Django."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    """Facilities, beds and oxygen; patients and transfers; care at home; staff and rosters."""

    name = "phaodai.care"
    label = "care"
    verbose_name = "Care"

    def ready(self) -> None:
        """Have parts in the reports of every unit, a panel on the page of every resident, and count for readiness."""
        import phaodai.care.pages.patients_report
        import phaodai.care.pages.person
        import phaodai.care.readiness_provider
        import phaodai.care.report_part  # noqa: F401
