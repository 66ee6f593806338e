"""Registers the playbook with Django."""

from django.apps import AppConfig


class PlaybookConfig(AppConfig):
    """When this happens, that follows: consequences across contexts, in one place."""

    name = "phaodai.playbook"
    label = "playbook"
    verbose_name = "Playbook"
