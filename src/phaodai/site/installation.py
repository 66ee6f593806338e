"""From nothing to a running installation: server, schema, rights, assets and translations. Each step is done once."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from phaodai.foundation.assets import build_assets, compile_messages
from phaodai.foundation.database import Server, endpoints, ensure_running, grant_to_app

# What the history tables of pghistory are called: rows are added by triggers and never change.
HISTORY_TABLES = tuple(
    f"{context}_*event"
    for context in (
        "rulebook",
        "territory",
        "people",
        "command",
        "surveillance",
        "containment",
        "foresight",
        "playbook",
        "supply",
        "care",
        "vaccination",
    )
)

Say = Callable[[str], None]


def start_django() -> None:
    """Compile the translations, load the settings and the apps; the database need not run yet."""
    compile_messages([Path(__file__).parents[1]])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaodai.site.settings")
    import django

    django.setup()


def open_installation(say: Say = lambda _line: None) -> Server:
    """Start or join the database, bring the schema up to date, and collect the files that pages need."""
    server = ensure_running()
    start_django()
    build_static(say)
    migrate(say)
    return server


@contextmanager
def pointing_at(database: str) -> Iterator[None]:
    """Let this process use another database of the server inside the block: one that is being made, or a test's."""
    from django.conf import settings

    before = {alias: dict(settings.DATABASES[alias]) for alias in ("default", "owner")}
    doors = endpoints(database)
    _connect_to({"default": doors.app.for_django(), "owner": doors.owner.for_django()})
    try:
        yield
    finally:
        _connect_to(before)


def _connect_to(addresses: dict[str, dict[str, Any]]) -> None:
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    for alias, address in addresses.items():
        settings.DATABASES[alias].update(address)
        connections[alias].settings_dict.update(address)


def migrate(say: Say = lambda _line: None) -> None:
    """Bring the schema up to date as the owner, and give the application role its rights and no more."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from phaodai.site.first_schema import is_empty, make_tables, run_migrations

    owner = connections["owner"]
    executor = MigrationExecutor(owner)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    say("Preparing the tables")
    if is_empty(owner):
        make_tables(owner)
    run_migrations(owner)
    give_rights(owner)


def give_rights(owner: Any) -> None:
    """The application role's rights on every table, as the installation's rules say."""
    owner.ensure_connection()
    grant_to_app(owner.connection, append_only=HISTORY_TABLES)


def build_static(say: Say = lambda _line: None) -> None:
    """Collect scripts, styles and fonts out of the installed packages, once for each set of versions."""
    from django.conf import settings
    from django.core.management import call_command

    fresh = build_assets(settings.ASSETS)
    settings.STATICFILES_DIRS = [settings.ASSETS]
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not fresh and manifest.exists() and manifest.stat().st_mtime > _newest_static() and _holds_all(manifest):
        return
    say("Collecting styles, scripts and fonts")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def _holds_all(manifest: Path) -> bool:
    """Whether every file of every application was collected: an upgrade may bring an application of older files."""
    from django.contrib.staticfiles.finders import get_finders

    collected = json.loads(manifest.read_text("utf-8"))["paths"]
    return all(path in collected for finder in get_finders() for path, _storage in finder.list([]))


def _newest_static() -> float:
    source = Path(__file__).parents[1]
    return max((path.stat().st_mtime for path in source.glob("*/static/**/*") if path.is_file()), default=0.0)
