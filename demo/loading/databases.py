"""Which database holds the province, and how a new one takes its place whole or not at all.

A province is made in a database of its own, which is renamed when it is complete: whatever is killed at whatever moment
leaves either no province or a whole one. What was half made is dropped by the next run.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

import psycopg
from psycopg import sql

from demo import GAZETTEER
from phaodai.foundation.database import DatabaseUnavailable, create_database, drop_database, endpoints
from phaodai.foundation.database.addresses import DEFAULT_DATABASE, administrator
from phaodai.foundation.database.roles import connected, explained

UNFINISHED = "phaodai_unfinished"
"""Where a province is made."""

HELD_BY_PEOPLE = ("territory_unit", "people_organisation", "auth_user")
"""Tables that an installation in use has rows in."""


class Holding(Enum):
    """What the installation's database holds."""

    NOTHING = "nothing"
    PROVINCE = "the invented province"
    OTHER = "somebody's work"


def holding(database: str = DEFAULT_DATABASE) -> Holding:
    """What is in a database, the served one unless named."""
    with connected(endpoints(database).owner) as connection:
        tables = [name for name in HELD_BY_PEOPLE if _exists(connection, name)]
        # The owner too sees protected rows only when it says so.
        connection.execute("select set_config('phaodai.reach', 'all', false)")
        if "territory_unit" in tables and _gazetteer(connection):
            return Holding.PROVINCE
        return Holding.OTHER if any(_has_rows(connection, name) for name in tables) else Holding.NOTHING


def _exists(connection: psycopg.Connection[tuple[object, ...]], table: str) -> bool:
    return connection.execute("select to_regclass(%s)", [table]).fetchone() != (None,)


def _gazetteer(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    found = connection.execute("select from territory_territorylist where gazetteer = %s limit 1", [GAZETTEER])
    return found.fetchone() is not None


def _has_rows(connection: psycopg.Connection[tuple[object, ...]], table: str) -> bool:
    return connection.execute(sql.SQL("select from {} limit 1").format(sql.Identifier(table))).fetchone() is not None


@contextmanager
def making_alone() -> Iterator[None]:
    """One process at a time makes a province; the server frees the lock when that process ends, in whatever way."""
    with connected(administrator()) as connection:
        row = connection.execute("select pg_try_advisory_lock(hashtext('phaodai demo'))").fetchone()
        if row != (True,):
            raise DatabaseUnavailable("another `phaodai demo` is making the province; wait until it is done")
        yield


def begin() -> None:
    """An empty database to make the province in."""
    drop_database(UNFINISHED)
    create_database(UNFINISHED)


def put_in_place() -> None:
    """Let the finished database take the place of the one that was served."""
    served = endpoints().owner.database
    drop_database(DEFAULT_DATABASE)
    renaming = sql.SQL("alter database {} rename to {}").format(sql.Identifier(UNFINISHED), sql.Identifier(served))
    with connected(administrator()) as connection, explained("put the province in place"):
        connection.execute(renaming)
