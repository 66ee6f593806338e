"""Registers the people with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Organisations, officers and their posts; persons and households."""

    name = "phaodai.people"
    label = "people"
    verbose_name = "People"
