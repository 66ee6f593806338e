"""The test province: a real PostgreSQL, the real schema, the application role, and a small world of named people."""

import fcntl
import os
from collections.abc import Generator, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import django
import psutil
import pytest
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker

from tests.environment import BUILD, ROOT
from tests.story import Story, build_story, find_story
from tests.world import World, build_world, find_world

# How long an example takes says more of the machine than of the program. Before a change lands the examples are the same
# each time, so that a check of one change does not fail for what another brought; elsewhere new ones are looked for.
settings.register_profile(
    "phaodai",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="PHAODAI_SAME_EXAMPLES" in os.environ,
)
settings.load_profile("phaodai")

TEMPLATE, OWN, SCHEMA = "phaodai_template_of_tests", "phaodai_test_", "phaodai_schema_"


# What these build for themselves takes longer than most of their tests: each is one worker's work, by module or as a whole.
BY_MODULE = ("tests/browser", "tests/phaodai/foundation/ui", "tests/phaodai/territory", "tests/fault")
AS_A_WHOLE = ("tests/demo/loading", "tests/epidemic/tracing")
# Whoever simulates first waits half a minute for the compiler where nothing was compiled yet.
SIMULATING = (
    "tests/epidemic/simulation/",
    "tests/browser/test_scenarios.py",
    "tests/phaodai/foresight/test_scenarios.py",
    "tests/phaodai/site/commands/test_simulate.py",
)

# Run by `make proof` and before every change lands, not by `make test`, which is to end within ten minutes.
PROOFS = (
    "tests/browser/test_story_phone.py",
    "tests/fault",
    "tests/demo/loading",
    "tests/demo/test_geography.py",
    "tests/epidemic/simulation/test_cluster.py",
    "tests/epidemic/simulation/test_measures.py",
    "tests/epidemic/simulation/test_epidemics.py",
    "tests/epidemic/tracing/test_trace_properties.py",
    "tests/phaodai/territory/test_vietnam.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together what shares a server, a browser, a province or compiled code; mark the longer proofs."""
    for item in items:
        module = item.path.relative_to(ROOT).as_posix()
        if module.startswith(PROOFS):
            item.add_marker(pytest.mark.proof)
        if group := _group(module):
            item.add_marker(pytest.mark.xdist_group(group))


def _group(module: str) -> str | None:
    """Whose work a module is: tests of one group run in one worker."""
    if module.startswith(SIMULATING):
        return "simulating"
    whole = next((place for place in AS_A_WHOLE if module.startswith(f"{place}/")), None)
    return whole or (module if module.startswith(tuple(f"{place}/" for place in BY_MODULE)) else None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One database for each worker, copied from a template that holds schema and world."""
    from phaodai.foundation.database import create_database, drop_database, ensure_running

    name = f"{OWN}{os.getpid()}"
    ensure_running()
    with django_db_blocker.unblock():
        with _alone(BUILD / "test-template.lock"):
            _need_not_outlive_the_machine()
            if not os.environ.get("PYTEST_XDIST_WORKER") or not _made_this_run():
                _make_template()
            drop_database(name)
            create_database(name, template=TEMPLATE)
        _point_at(name)
        _drop_orphans()
        yield
        _point_at("phaodai")
        drop_database(name)


def _need_not_outlive_the_machine() -> None:
    """Let the private server of the tests answer before the disk has: a killed server loses nothing by it, and a machine
    without power may lose these databases. Somebody else's server is left as it is."""
    from phaodai.foundation.database.addresses import administrator, is_external
    from phaodai.foundation.database.roles import connected

    if is_external():
        return
    with connected(administrator()) as connection:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"alter system set {name} = off")
        connection.execute("select pg_reload_conf()")


def _drop_orphans() -> None:
    """Databases of runs that were killed: their names end with a process that is no more."""
    from phaodai.foundation.database import drop_database

    for name in _databases(OWN):
        process = name.removeprefix(OWN)
        if not process.isdigit() or not psutil.pid_exists(int(process)):
            drop_database(name)


def _databases(beginning: str) -> list[str]:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("select datname from pg_database where starts_with(datname, %s)", [beginning])
        return [name for (name,) in cursor.fetchall()]


class _alone:  # noqa: N801  (reads as a word: with _alone(file))
    """One process at a time."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a+")

    def __enter__(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _made_this_run() -> bool:
    """Whether another worker of this run made the template already."""
    stamp = BUILD / "test-template.run"
    run = os.environ["PYTEST_XDIST_TESTRUNUID"]
    if stamp.exists() and stamp.read_text() == run:
        return True
    stamp.write_text(run)
    return False


def _make_template() -> None:
    from phaodai.foundation.database import create_database, drop_database
    from tests.clients import open_sessions

    drop_database(TEMPLATE)
    create_database(TEMPLATE, template=_schema())
    _point_at(TEMPLATE)
    build_world()
    build_story(find_world())
    open_sessions()
    _close_all()


def _schema() -> str:
    """The empty tables of these very models: made once, and kept for the runs that change none of them.

    As in a new installation they are made whole; with PHAODAI_TABLES=migrations by every migration in turn, which takes
    a minute, as in one that was upgraded.
    """
    from django.db import connections

    from phaodai.foundation.database import create_database, drop_database
    from phaodai.site.first_schema import make_tables, run_migrations
    from phaodai.site.installation import give_rights

    name = f"{SCHEMA}{_migrations_mark()}"
    if name in (kept := _databases(SCHEMA)):
        return name
    for old in (*kept, f"{SCHEMA}making"):
        drop_database(old)
    create_database(f"{SCHEMA}making")
    _point_at(f"{SCHEMA}making")
    make = run_migrations if _by_migrations() else make_tables
    make(connections["owner"])
    give_rights(connections["owner"])
    _close_all()
    # Under its name it is there whole or not at all, also when this run is killed.
    create_database(name, template=f"{SCHEMA}making")
    drop_database(f"{SCHEMA}making")
    return name


def _by_migrations() -> bool:
    return os.environ.get("PHAODAI_TABLES") == "migrations"


def _migrations_mark() -> str:
    """What the schema depends on: every migration and model, and how a policy and a right are written."""
    sources = ROOT / "src" / "phaodai"
    files = [
        *sources.glob("*/migrations/*.py"),
        *sources.glob("*/models.py"),
        *sources.glob("*/models/**/*.py"),
        sources / "foundation/row_security.py",
        sources / "site/first_schema.py",
        sources / "site/installation.py",
    ]
    digest = sha256(f"{django.__version__} {_by_migrations()}".encode())
    for path in sorted(files):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _point_at(name: str) -> None:
    from django.conf import settings
    from django.db import connections

    from phaodai.foundation.database import endpoints

    _close_all()
    doors = endpoints(name)
    for alias, door in (("default", doors.app), ("owner", doors.owner)):
        settings.DATABASES[alias].update(door.for_django())
        connections[alias].settings_dict.update(door.for_django())


def _close_all() -> None:
    from django.db import connections

    connections.close_all()


@pytest.fixture(scope="session")
def compiled_simulator() -> None:
    """Machine code of the simulator, made before a test opens a transaction: it may take longer than one may lie idle."""
    pytest.importorskip("numba")
    from epidemic.simulation import DELTA, Isolation, Outbreak, Scenario, build_population, invented_province, simulate

    orders = (Outbreak(infected=5), Isolation(share=1.0))
    simulate(build_population(invented_province(600, 2), seed=1), Scenario(days=3, variants=(DELTA,), orders=orders))


@pytest.fixture
def world(db: None) -> World:
    """The small world: two districts, four communes, their bodies and officers by name."""
    return find_world()


@pytest.fixture
def story(world: World) -> Story:
    """What the small world is doing: documents, tasks, reports and residents by their marks."""
    return find_story()


@pytest.fixture
def moment() -> datetime:
    """The morning on which the tests' stories begin."""
    from phaodai.foundation.clock import VIETNAM

    return datetime(2021, 11, 24, 6, 40, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def _pinned_clock(moment: datetime) -> Iterator[None]:
    from phaodai.foundation import clock

    with clock.at(moment):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything is installed, a skipped test is a failed one: `PHAODAI_NO_SKIPS=1`."""
    del item, call
    report = yield
    if report.skipped and os.environ.get("PHAODAI_NO_SKIPS") == "1" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {report.longrepr}"
    return report
