"""Registers surveillance with Django."""

from django.apps import AppConfig


class SurveillanceConfig(AppConfig):
    """Cases and contacts: line lists, tracing, follow-up, chains and outbreaks."""

    name = "phaodai.surveillance"
    label = "surveillance"
    verbose_name = "Surveillance"

    def ready(self) -> None:
        """Have a part in the reports of every unit."""
        import phaodai.surveillance.report_part  # noqa: F401
