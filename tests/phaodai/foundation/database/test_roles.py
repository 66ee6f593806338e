"""What the application role may and may not do, asked of the server itself."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from psycopg import errors

from phaodai.foundation.database import (
    Endpoints,
    create_database,
    drop_database,
    endpoints,
    ensure_running,
    grant_to_app,
)
from phaodai.foundation.database.roles import prepare

NAME = f"roles_{os.getpid()}"
SCHEMA = """
    create table task (number integer generated always as identity primary key, title text not null);
    create table task_event (number serial primary key, title text);
    create table "Odd Name" (number integer);
    create table django_migrations (name text);
    create function double(value integer) returns integer language sql as 'select 2 * value';
    revoke execute on function double from public;
"""


@pytest.fixture(scope="module")
def doors() -> Iterator[Endpoints]:
    ensure_running()
    drop_database(NAME)
    create_database(NAME)
    doors = endpoints(NAME)
    with psycopg.connect(**doors.owner.for_psycopg(), autocommit=True) as owner:
        owner.execute(SCHEMA)
        grant_to_app(owner, append_only=["*_event"])
    yield doors
    drop_database(NAME)


@pytest.fixture
def app(doors: Endpoints) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(**doors.app.for_psycopg(), autocommit=True) as connection:
        yield connection


def test_ordinary_tables_are_read_and_written(app: psycopg.Connection[Any]) -> None:
    number = app.execute("insert into task (title) values ('a') returning number").fetchone()[0]
    app.execute("update task set title = 'b' where number = %s", [number])
    app.execute("delete from task where number = %s", [number])
    app.execute('select * from "Odd Name"')
    assert app.execute("select double(21)").fetchone() == (42,)


def test_history_is_only_added_to(app: psycopg.Connection[Any]) -> None:
    app.execute("insert into task_event (title) values ('a')")
    for change in ("update task_event set title = 'b'", "delete from task_event", "truncate task_event"):
        with pytest.raises(errors.InsufficientPrivilege):
            app.execute(change)


@pytest.mark.parametrize(
    "deed",
    [
        "insert into django_migrations values ('forged')",
        "create table mine (number integer)",
        "create temporary table mine (number integer)",
        "create schema mine",
        "create extension pg_stat_statements",
        "create role mine",
        "create database mine",
        "alter table task add column mine integer",
        "alter table task disable row level security",
        "drop table task",
        "set role phaodai_owner",
        "set session authorization phaodai_admin",
        "set row_security = off; set log_statement = 'none'",
        "copy task to program 'true'",
        "copy task to '/tmp/task'",
        "select pg_read_file('/etc/passwd')",
        "alter role phaodai_app superuser",
    ],
)
def test_the_application_role_may_not(app: psycopg.Connection[Any], deed: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        app.execute(deed)


def test_granting_again_takes_rights_away(doors: Endpoints, app: psycopg.Connection[Any]) -> None:
    with psycopg.connect(**doors.owner.for_psycopg(), autocommit=True) as owner:
        owner.execute("create table later (number integer)")
        app.execute("insert into later values (1)")
        grant_to_app(owner, append_only=["*_event"], read_only=["django_migrations", "later"])
    with pytest.raises(errors.InsufficientPrivilege):
        app.execute("insert into later values (2)")
    assert app.execute("select number from later").fetchall() == [(1,)]


def test_long_statements_and_idle_transactions_are_bounded(app: psycopg.Connection[Any]) -> None:
    for setting in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        assert app.execute(f"show {setting}").fetchone() != ("0",)


def test_row_security_holds_for_the_application_and_the_owner(doors: Endpoints, app: psycopg.Connection[Any]) -> None:
    with psycopg.connect(**doors.owner.for_psycopg(), autocommit=True) as owner:
        owner.execute(
            "create table guarded (number integer); insert into guarded values (1), (2);"
            "alter table guarded enable row level security; alter table guarded force row level security;"
            "create policy one on guarded using (number = 1)"
        )
        assert owner.execute("select number from guarded").fetchall() == [(1,)]
    assert app.execute("select number from guarded").fetchall() == [(1,)]


def test_a_copy_of_a_database_keeps_tables_and_rights(doors: Endpoints) -> None:
    copy = f"{NAME}_copy"
    create_database(copy, template=NAME)
    try:
        with psycopg.connect(**endpoints(copy).app.for_psycopg()) as connection:
            connection.execute("insert into task (title) values ('a')")
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute("create temporary table mine (number integer)")
    finally:
        drop_database(copy)


def test_programs_that_come_to_an_empty_server_together_make_one_database() -> None:
    name = f"together_{os.getpid()}"
    ensure_running()
    drop_database(name)
    try:
        with ThreadPoolExecutor(6) as pool:
            assert len(set(pool.map(prepare, [name] * 6))) == 1
    finally:
        drop_database(name)
