"""Registers the rulebook with Django; its rules, packs and decisions need no Django."""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    """The law as dated data, and what a province's officers have verified of it."""

    name = "phaodai.rulebook"
    label = "rulebook"
    verbose_name = "Rulebook"
