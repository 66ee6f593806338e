"""What the application role may do with what the owner made."""

from collections.abc import Collection
from fnmatch import fnmatchcase
from typing import Any

import psycopg
from psycopg import sql

from phaodai.foundation.database.addresses import endpoints

RELATIONS = """
    select relkind::text, oid::regclass::text, relname from pg_class
    where relkind in ('r', 'p', 'v', 'm', 'S') and relnamespace = %s::regnamespace
      and relowner = (select oid from pg_roles where rolname = current_user)
"""
ROUTINES = """
    select oid::regprocedure::text from pg_proc where pronamespace = %s::regnamespace
      and proowner = (select oid from pg_roles where rolname = current_user)
"""
ORDINARY, APPENDED, READ = "select, insert, update, delete", "select, insert", "select"
SEQUENCE = "usage, select"
FUTURE = {"tables": ORDINARY, "sequences": SEQUENCE, "routines": "execute"}


def grant_to_app(
    owner_connection: psycopg.Connection[Any],
    *,
    append_only: Collection[str] = (),
    read_only: Collection[str] = ("django_migrations",),
    schema: str = "public",
) -> None:
    """Give the application role its rights on all that the owner made; call it after migrations, as the owner.

    Tables are read and written, `append_only` ones (history) read and added to, `read_only` ones read; both take
    shell patterns such as "*_event". Rights beyond these are taken away. Tables made later start as ordinary ones.
    """
    role, place = sql.Identifier(endpoints().app.user), sql.Identifier(schema)
    with owner_connection.transaction():
        for statement in _statements(owner_connection, schema, append_only, read_only):
            owner_connection.execute(sql.SQL(statement).format(role=role, place=place))


def _statements(
    connection: psycopg.Connection[Any], schema: str, append_only: Collection[str], read_only: Collection[str]
) -> list[str]:
    """Statements in which `{role}` and `{place}` are still open; the names come quoted from the server."""
    statements = ["grant usage on schema {place} to {role}"]
    for kind, name, table in connection.execute(RELATIONS, [schema]).fetchall():
        word = "sequence" if kind == "S" else "table"
        rights = SEQUENCE if kind == "S" else _rights(table, append_only, read_only)
        target = f"{word} {_escaped(name)}"
        statements += [f"revoke all on {target} from {{role}}", f"grant {rights} on {target} to {{role}}"]
    for (signature,) in connection.execute(ROUTINES, [schema]).fetchall():
        statements.append(f"grant execute on routine {_escaped(signature)} to {{role}}")
    for kind, rights in FUTURE.items():
        statements.append(f"alter default privileges in schema {{place}} grant {rights} on {kind} to {{role}}")
    return statements


def _rights(table: str, append_only: Collection[str], read_only: Collection[str]) -> str:
    if any(fnmatchcase(table, pattern) for pattern in read_only):
        return READ
    return APPENDED if any(fnmatchcase(table, pattern) for pattern in append_only) else ORDINARY


def _escaped(name: str) -> str:
    return name.replace("{", "{{").replace("}", "}}")
