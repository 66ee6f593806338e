"""Roles and databases: an owner who migrates, and an application role that owns nothing and bypasses nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from phaodai.foundation.database.addresses import DEFAULT_DATABASE, Address, administrator, endpoints, is_external
from phaodai.foundation.database.binaries import EXTENSIONS, OLDEST
from phaodai.foundation.database.configuration import APPLICATION, OWNER
from phaodai.foundation.database.errors import DatabaseUnavailable

Connection = psycopg.Connection[Any]

# A page that takes longer has a defect; long jobs raise theirs with SET LOCAL.
APPLICATION_SETTINGS = {
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
    "search_path": "public",
}
# Row-level security uses an index only for conditions that cannot tell of rows which the policy hides. LIKE is one: its
# only error is about the pattern. PostgreSQL does not vouch for it, so a word would be looked for in every row of an area
# (docs/decisions/0005). A dump does not carry this: it is seen to whenever the database is prepared.
VOUCHED = "pg_catalog.textlike(text, text)"
FORBIDDEN_RIGHTS = ("rolsuper", "rolbypassrls", "rolcreaterole", "rolcreatedb", "rolreplication")


@contextmanager
def connected(address: Address) -> Iterator[Connection]:
    """A connection in autocommit. Raises DatabaseUnavailable with the server's own reason on one line."""
    try:
        connection = psycopg.connect(**address.for_psycopg(), autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as problem:
        raise DatabaseUnavailable(
            f"cannot sign in to database '{address.database}' as '{address.user}': {one_line(problem)}"
        ) from None
    try:
        yield connection
    except psycopg.OperationalError as problem:
        raise DatabaseUnavailable(f"lost database '{address.database}': {one_line(problem)}") from None
    finally:
        connection.close()


def one_line(problem: psycopg.Error) -> str:
    return " ".join(str(problem).split())


@contextmanager
def explained(deed: str) -> Iterator[None]:
    """Turn what the server refuses into one line that names the deed."""
    try:
        yield
    except psycopg.errors.InsufficientPrivilege as problem:
        raise DatabaseUnavailable(
            f"cannot {deed}: {one_line(problem)};"
            " the user of DATABASE_URL needs CREATEROLE and CREATEDB, and to own the database"
        ) from None
    except psycopg.Error as problem:
        raise DatabaseUnavailable(f"cannot {deed}: {one_line(problem)}") from None


def prepare(database: str = DEFAULT_DATABASE) -> int:
    """See that the database, its roles and its extensions are there; returns the server's version (such as 180006).

    Cheap when all is in place. Raises DatabaseUnavailable, saying what the administrator may not do.
    """
    target = administrator(endpoints(database).owner.database)
    try:
        version = _prepare_at(target, database)
    except DatabaseUnavailable:
        if not _is_missing(target.database):
            raise
        _create_once(database, target.database)
        version = _prepare_at(target, database)
    _require_sign_in(database)
    return version


def _create_once(database: str, name: str) -> None:
    """Make a database that is missing; of two programs that come to an empty server together, the second waits."""
    with connected(administrator()) as connection:
        connection.execute("select pg_advisory_lock(hashtext('phaodai databases'))")
        if _is_missing(name):
            create_database(database)


def create_database(name: str, template: str | None = None) -> None:
    """Make a database owned by the owner role, with extensions; `template` is copied and must have no sessions."""
    doors = endpoints(name)
    statement = sql.SQL("create database {} owner {} template {} encoding 'UTF8'").format(
        sql.Identifier(doors.owner.database), sql.Identifier(doors.owner.user), sql.Identifier(template or "template0")
    )
    with connected(administrator()) as connection, explained(f"make database '{name}'"):
        if not is_external():
            _ensure_owner(connection)
        connection.execute(statement)
    _prepare_at(administrator(doors.owner.database), name)


def drop_database(name: str) -> None:
    """Remove a database and throw out its sessions; nothing happens when it does not exist."""
    target = endpoints(name).owner.database
    with connected(administrator()) as connection, explained(f"drop database '{name}'"):
        connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(target)))


def count_sessions(connection: Connection) -> int:
    """Sessions of clients on the whole server, without the one that asks."""
    counting = "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
    return int(_value(connection, counting))


def version_if_prepared(database: str = DEFAULT_DATABASE) -> int | None:
    """The server's version when the database can be used as it is, else None."""
    doors = endpoints(database)
    try:
        with connected(administrator(doors.owner.database)) as connection:
            return connection.info.server_version if _is_prepared(connection, doors.app.user) else None
    except DatabaseUnavailable:
        return None


def _is_prepared(connection: Connection, role: str) -> bool:
    settings = [f"{name}={value}" for name, value in APPLICATION_SETTINGS.items()] if role == APPLICATION else []
    question = """
        select (select count(*) from pg_extension where extname = any(%(extensions)s)) = cardinality(%(extensions)s)
           and coalesce(role.rolconfig, '{}') @> %(settings)s
           and has_database_privilege(role.oid, current_database(), 'connect')
           and not has_database_privilege(role.oid, current_database(), 'temporary')
           and (searches.proleakproof or not (select rolsuper from pg_roles where rolname = current_user))
        from pg_roles as role, pg_proc as searches
        where role.rolname = %(role)s and searches.oid = %(vouched)s::regprocedure
    """
    found = connection.execute(
        question, {"extensions": list(EXTENSIONS), "settings": settings, "role": role, "vouched": VOUCHED}
    ).fetchone()
    return found is not None and bool(found[0])


def _prepare_at(target: Address, database: str) -> int:
    role = endpoints(database).app
    with connected(target) as connection, explained(f"prepare database '{target.database}'"):
        _require_fit_server(connection)
        if not _is_prepared(connection, role.user):
            _set_up(connection, role)
        _require_humble(connection, role.user)
        return connection.info.server_version


def _set_up(connection: Connection, role: Address) -> None:
    database = sql.Identifier(connection.info.dbname)
    # Two programs may set up one external server at the same time.
    connection.execute("select pg_advisory_lock(hashtext('phaodai roles'))")
    for extension in EXTENSIONS:
        connection.execute(sql.SQL("create extension if not exists {} schema public").format(sql.Identifier(extension)))
    if role.user == APPLICATION:
        _ensure_application(connection, role.password)
    app = sql.Identifier(role.user)
    connection.execute(sql.SQL("revoke create, temporary on database {} from public").format(database))
    connection.execute(sql.SQL("revoke create on schema public from public"))
    connection.execute(sql.SQL("grant connect on database {} to {}").format(database, app))
    connection.execute(sql.SQL("grant usage on schema public to {}").format(app))
    if _value(connection, "select rolsuper from pg_roles where rolname = current_user"):
        connection.execute(f"alter function {VOUCHED} leakproof")


def _ensure_owner(connection: Connection) -> None:
    if not _role_exists(connection, OWNER):
        connection.execute(sql.SQL("create role {} login").format(sql.Identifier(OWNER)))


def _ensure_application(connection: Connection, password: str) -> None:
    name = sql.Identifier(APPLICATION)
    if not _role_exists(connection, APPLICATION):
        connection.execute(sql.SQL("create role {} login noinherit").format(name))
        _set_password(connection, password)
    for setting, value in APPLICATION_SETTINGS.items():
        statement = sql.SQL("alter role {} set {} = {}").format(name, sql.Identifier(setting), sql.Literal(value))
        connection.execute(statement)


def _set_password(connection: Connection, password: str) -> None:
    if password:
        statement = sql.SQL("alter role {} password {}").format(sql.Identifier(APPLICATION), sql.Literal(password))
        connection.execute(statement)


def _require_fit_server(connection: Connection) -> None:
    if connection.info.server_version < OLDEST * 10000:
        version = connection.info.server_version // 10000
        raise DatabaseUnavailable(f"the server of DATABASE_URL is PostgreSQL {version}; {OLDEST} or newer is needed")
    encoding = _value(connection, "show server_encoding")
    if encoding != "UTF8":
        raise DatabaseUnavailable(f"database '{connection.info.dbname}' is encoded in {encoding}; make one in UTF8")
    missing = sorted(set(EXTENSIONS) - set(_column(connection, "select name::text from pg_available_extensions")))
    if missing:
        raise DatabaseUnavailable(f"the server lacks {', '.join(missing)}; install its package postgresql-contrib")
    if not _value(connection, "select has_schema_privilege('public', 'create')"):
        raise DatabaseUnavailable(
            f"'{connection.info.user}' may not make tables in '{connection.info.dbname}'; let it own the database"
        )


def _require_humble(connection: Connection, role: str) -> None:
    """Row-level security protects nothing from a role that may bypass it, or become one that may."""
    rights = sql.SQL(" or ").join(map(sql.Identifier, FORBIDDEN_RIGHTS))
    question = sql.SQL("select {} or pg_has_role(oid, current_user, 'member') from pg_roles where rolname = {}")
    if _value(connection, question.format(rights, sql.Literal(role))):
        raise DatabaseUnavailable(
            f"the application's role '{role}' may do too much (superuser, owner, bypass of row security);"
            " name an ordinary role in DATABASE_APP_URL"
        )


def _require_sign_in(database: str) -> None:
    """See that the application role's password is the one that we keep; set it when no other installation uses it."""
    doors = endpoints(database)
    try:
        with connected(doors.app):
            return
    except DatabaseUnavailable as problem:
        if not is_external() or doors.app.user != APPLICATION or not _reset_password(doors.owner, doors.app.password):
            raise DatabaseUnavailable(f"{problem}; give the role's address in DATABASE_APP_URL") from None
    with connected(doors.app):
        return


def _reset_password(owner: Address, password: str) -> bool:
    with connected(owner) as connection, explained(f"set the password of '{APPLICATION}'"):
        if _value(connection, "select exists (select from pg_stat_activity where usename = %s)", APPLICATION):
            return False
        _set_password(connection, password)
        return True


def _is_missing(database: str) -> bool:
    try:
        with connected(administrator()) as connection:
            return not _value(connection, "select exists (select from pg_database where datname = %s)", database)
    except DatabaseUnavailable:
        return False


def _role_exists(connection: Connection, role: str) -> bool:
    return bool(_value(connection, "select exists (select from pg_roles where rolname = %s)", role))


def _column(connection: Connection, question: str, *values: object) -> list[str]:
    return [row[0] for row in connection.execute(question, values).fetchall()]


def _value(connection: Connection, question: str | sql.Composed, *values: object) -> Any:
    row = connection.execute(question, values or None).fetchone()
    return None if row is None else row[0]
