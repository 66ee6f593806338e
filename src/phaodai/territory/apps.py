"""Registers the territory with Django."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    """Units of every tier with dates and successors, outlines, neighbours and population."""

    name = "phaodai.territory"
    label = "territory"
    verbose_name = "Territory"
