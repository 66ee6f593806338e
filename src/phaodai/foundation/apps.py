"""Registers the ground floor with Django."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """Clock, journal, permissions, scope, registers, sheets, jobs and database; knows no word of the domain."""

    name = "phaodai.foundation"
    label = "foundation"
    verbose_name = "Foundation"
