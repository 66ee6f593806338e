"""Registers supply with Django."""

from django.apps import AppConfig


class SupplyConfig(AppConfig):
    """Four on the spot: stock, equipment, donations, readiness, mutual aid."""

    name = "phaodai.supply"
    label = "supply"
    verbose_name = "Supply"
