"""Questions that `phaodai check` asks; each answers with what is wrong, or nothing."""

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

# Tables of libraries hold accounts, sessions and jobs, not the province's data.
PROTECTED_APPS = ("foundation", "territory", "people", "command", "playbook")


def schema() -> str:
    """Migrations that were not run."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(plan)} migrations were not run" if plan else ""


def rights() -> str:
    """Tables that the application role owns, or rights it should not have."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_class where relowner = current_user::regrole and relkind in ('r', 'p', 'v', 'S')")
        owned = int(cursor.fetchone()[0])
        cursor.execute("select rolsuper or rolbypassrls or rolcreaterole from pg_roles where rolname = current_user")
        above = bool(cursor.fetchone()[0])
    return "the application role owns or bypasses what it must not" if owned or above else ""


def unprotected_tables() -> list[str]:
    """Tables of our contexts without forced row-level security."""
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.app_label in PROTECTED_APPS]
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relname = any(%s) and not (relrowsecurity and relforcerowsecurity)", [tables])
        return sorted(row[0] for row in cursor.fetchall())


def row_security() -> str:
    """Names of unprotected tables."""
    return ", ".join(unprotected_tables())


def jobs() -> str:
    """Jobs that failed and wait for a person."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where status = 'failed'")
        failed = int(cursor.fetchone()[0])
    return f"{failed} failed jobs; see the server's log" if failed else ""
