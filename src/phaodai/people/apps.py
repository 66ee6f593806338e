"""Registers the people with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Organisations, officers and their posts; persons and households."""

    name = "phaodai.people"
    label = "people"
    verbose_name = "People"

    def ready(self) -> None:
        """Show the organisations of a unit on its page."""
        import phaodai.people.unit_panels  # noqa: F401
