"""Registers the site with Django."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Settings, routes, sign-in and the board; the only place that mounts pages."""

    name = "phaodai.site"
    label = "phaodai_site"
    verbose_name = "Site"

    def ready(self) -> None:
        """Tell the pages how an account becomes an officer."""
        from phaodai.foundation.pages import Door
        from phaodai.site.accounts import find_actor

        Door.find_actor = staticmethod(find_actor)
