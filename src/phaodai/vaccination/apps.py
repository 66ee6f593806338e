"""Registers vaccination with Django."""

from django.apps import AppConfig


class VaccinationConfig(AppConfig):
    """Plan, sessions, doses, adverse events, coverage, certificates."""

    name = "phaodai.vaccination"
    label = "vaccination"
    verbose_name = "Vaccination"
