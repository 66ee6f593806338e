"""Registers containment with Django."""

from django.apps import AppConfig


class ContainmentConfig(AppConfig):
    """Risk levels of units: weekly indicators, levels with their reasons, decisions and notice."""

    name = "phaodai.containment"
    label = "containment"
    verbose_name = "Containment"

    def ready(self) -> None:
        """Have a part in the reports of every unit, and count for readiness."""
        import phaodai.containment.readiness_provider
        import phaodai.containment.report_part  # noqa: F401
