"""How reference data is written: by the installation, through the owner's door, in one transaction, set by set."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _
from psycopg import sql

from phaodai.foundation.refusals import NotAllowed
from phaodai.foundation.scope import Actor

OWNER = "owner"
"""The database alias of the installation itself."""


@contextmanager
def writing(actor: Actor, *, using: str) -> Iterator[CursorWrapper]:
    """One transaction that may write the territory; its constraints are checked before it ends, so that they can be told."""
    if actor.reach != "all":
        raise NotAllowed(_("Only the installation loads the territory: ask whoever keeps this system."))
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("select set_config('phaodai.reach', 'all', true)")
        yield cursor
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def stage(cursor: CursorWrapper, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
    """Copy rows into a temporary table of these columns and types; tables under row-level security take no COPY."""
    name = sql.Identifier(table)
    fields = sql.SQL(", ").join(sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(kind)) for column, kind in columns.items())
    cursor.execute(sql.SQL("drop table if exists {}").format(name))
    cursor.execute(sql.SQL("create temporary table {} ({}) on commit drop").format(name, fields))
    with cursor.copy(sql.SQL("copy {} from stdin").format(name)) as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute(sql.SQL("analyze {}").format(name))
