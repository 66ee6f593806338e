"""Registers the command context with Django."""

from django.apps import AppConfig


class CommandConfig(AppConfig):
    """Directives, tasks, follow-up and reports; the only door to `congvan`."""

    name = "phaodai.command"
    label = "command"
    verbose_name = "Command"
