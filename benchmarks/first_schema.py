"""The tables of a new installation, made whole from the models, against those that every migration in turn brings about.

    .venv/bin/python benchmarks/first_schema.py

Makes both in databases of their own, prints how long each took (CPU and wall seconds), and compares them object by object
as `pg_dump` writes them: tables, columns, comments, constraints, indexes, triggers, functions, policies. The order of a
table's columns is left out: a column that a later migration added stands last there. Ends with 1 and names what differs.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("PHAODAI_DATA", tempfile.mkdtemp(prefix="phaodai-schema-"))

from phaodai.foundation.database import create_database, drop_database, endpoints, ensure_running
from phaodai.foundation.database.binaries import find
from phaodai.foundation.database.folders import Folders, data_folder
from phaodai.site.installation import pointing_at, start_django

HEAD = re.compile(r"\n--\n-- Name: (.*)\n--\n")


def made(name: str, make: Callable[[Any], None]) -> dict[str, str]:
    """A database filled by `make`, as its objects by name."""
    from django.db import connections

    drop_database(name)
    create_database(name)
    with pointing_at(name):
        wall, cpu = time.perf_counter(), time.process_time()
        make(connections["owner"])
        print(f"{name}: {time.process_time() - cpu:.1f} s CPU, {time.perf_counter() - wall:.1f} s")
    objects = objects_of(name)
    drop_database(name)
    return objects


def objects_of(name: str) -> dict[str, str]:
    """What `pg_dump --schema-only` says of each object."""
    door = endpoints(name).owner.for_django()
    program = find(Folders(data_folder())).folder / "pg_dump"
    where = ["-h", str(door["HOST"]), "-p", str(door["PORT"]), "-U", str(door["USER"])]
    environment = os.environ | {"PGPASSWORD": str(door["PASSWORD"] or "")}
    dump = subprocess.run(
        [str(program), "--schema-only", *where, name], capture_output=True, text=True, check=True, env=environment
    )
    _before, *parts = HEAD.split(dump.stdout.rpartition("\n--\n-- PostgreSQL database dump complete")[0])
    return dict(zip(parts[::2], map(in_any_order, parts[1::2]), strict=True))


def in_any_order(body: str) -> str:
    """The lines of a table's definition, sorted; of other objects as they are."""
    lines = [line.rstrip(",") for line in body.strip().splitlines()]
    return "\n".join(sorted(lines) if body.lstrip().startswith("CREATE TABLE") else lines)


def main() -> int:
    """Make both, compare."""
    start_django()
    from phaodai.site.first_schema import make_tables, run_migrations

    server = ensure_running()
    try:
        whole = made("phaodai_whole", make_tables)
        stepwise = made("phaodai_stepwise", run_migrations)
    finally:
        server.leave()
    differing = [name for name in sorted(whole.keys() | stepwise.keys()) if whole.get(name) != stepwise.get(name)]
    for name in differing:
        print(f"differs: {name}\n== whole\n{whole.get(name)}\n== stepwise\n{stepwise.get(name)}", file=sys.stderr)
    print(f"{len(whole)} objects, {len(differing)} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
