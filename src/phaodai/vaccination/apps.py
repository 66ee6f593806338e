"""Registers vaccination with Django."""

from django.apps import AppConfig


class VaccinationConfig(AppConfig):
    """Plan, sessions, doses, adverse events, coverage, certificates."""

    name = "phaodai.vaccination"
    label = "vaccination"
    verbose_name = "Vaccination"

    def ready(self) -> None:
        """Have a part in the reports of every unit, and a panel on the page of every resident."""
        import phaodai.vaccination.pages.person
        import phaodai.vaccination.report_part  # noqa: F401
