"""Work that the clock does: run by the worker that `phaodai serve` starts beside the web server."""

from procrastinate import App


def on_app_ready(app: App) -> None:
    """Register the periodic jobs of every context."""
    from phaodai.playbook.jobs import register

    register(app)
