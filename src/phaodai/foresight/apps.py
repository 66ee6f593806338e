"""Registers foresight with Django."""

from django.apps import AppConfig


class ForesightConfig(AppConfig):
    """What is to come: daily counts, nowcast, reproduction number, forecast, early warning."""

    name = "phaodai.foresight"
    label = "foresight"
    verbose_name = "Foresight"

    def ready(self) -> None:
        """Have a part in the reports of every unit."""
        import phaodai.foresight.report_part  # noqa: F401
