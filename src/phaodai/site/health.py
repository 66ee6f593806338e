"""Questions that `phaodai check` asks; each answers with what is wrong, or nothing."""

import shutil

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from phaodai.foundation.database import data_folder
from phaodai.foundation.database.roles import VOUCHED

SMALLEST_FREE_SPACE = 1_000_000_000  # bytes: a week of a busy province's files and write-ahead log

# Tables of libraries hold accounts, sessions and jobs, not the province's data.
PROTECTED_APPS = (
    *("foundation", "rulebook", "territory", "people", "command", "surveillance", "containment", "foresight"),
    *("playbook", "supply", "care", "vaccination"),
)


def schema() -> str:
    """Migrations that were not run."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(plan)} migrations were not run" if plan else ""


def rights() -> str:
    """Tables that the application role owns, or rights it should not have."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_class where relowner = current_user::regrole and relkind in ('r', 'p', 'v', 'S')"
        )
        owned = int(cursor.fetchone()[0])
        cursor.execute("select rolsuper or rolbypassrls or rolcreaterole from pg_roles where rolname = current_user")
        above = bool(cursor.fetchone()[0])
    return "the application role owns or bypasses what it must not" if owned or above else ""


def unprotected_tables() -> list[str]:
    """Tables of our contexts without forced row-level security."""
    models = [
        model for label in PROTECTED_APPS for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relname = any(%s) and not (relrowsecurity and relforcerowsecurity)",
            [tables],
        )
        return sorted(row[0] for row in cursor.fetchall())


def row_security() -> str:
    """Names of unprotected tables."""
    return ", ".join(unprotected_tables())


def search() -> str:
    """What keeps a word from being found through an index under row-level security."""
    with connection.cursor() as cursor:
        cursor.execute("select proleakproof from pg_proc where oid = %s::regprocedure", [VOUCHED])
        allowed = bool(cursor.fetchone()[0])
    return (
        "" if allowed else f"by reading every row of an area; let a superuser run: alter function {VOUCHED} leakproof"
    )


def jobs() -> str:
    """Jobs that failed and wait for a person."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where status = 'failed'")
        failed = int(cursor.fetchone()[0])
    return f"{failed} failed jobs; see the server's log" if failed else ""


def disk() -> str:
    """Whether there is room left beside the data."""
    free = shutil.disk_usage(data_folder()).free
    return f"{free // 1_000_000} MB are free in {data_folder()}; make room" if free < SMALLEST_FREE_SPACE else ""
