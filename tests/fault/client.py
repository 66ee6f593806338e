"""A program that uses the database, to be killed: `client.py hold` or `client.py commit`."""

import os
import sys
from itertools import count

import psycopg

from phaodai.foundation.database import DatabaseUnavailable, ensure_running


def hold() -> None:
    """Use the server until standard input is closed."""
    print("up", ensure_running().version, os.getpid(), flush=True)
    sys.stdin.read()


def commit() -> None:
    """Insert one row a transaction, naming each once the server has acknowledged it."""
    server = ensure_running()
    with psycopg.connect(**server.endpoints.owner.for_psycopg(), autocommit=True) as connection:
        connection.execute("create table if not exists acknowledged (number integer primary key)")
        for number in count():
            connection.execute("insert into acknowledged values (%s)", [number])
            print(number, flush=True)


if __name__ == "__main__":
    try:
        {"hold": hold, "commit": commit}[sys.argv[1]]()
    except DatabaseUnavailable as problem:
        print("unavailable:", problem, flush=True)
        sys.exit(2)
