"""kill -9 of every process there is: what was acknowledged stays, nothing is left running, the next user is served."""

import signal
import subprocess
import time

import psycopg
import pytest

from phaodai.foundation.database import ensure_running, status, stop
from phaodai.foundation.database.supervisor import LINGER_SECONDS, POLL_SECONDS, RESTARTS
from tests.fault.conftest import Place, finish, is_alive, leave, said_by
from tests.waiting import eventually

pytestmark = pytest.mark.fault


def rows() -> int:
    with psycopg.connect(**ensure_running().endpoints.owner.for_psycopg()) as connection:
        return connection.execute("select count(*) from acknowledged").fetchone()[0]


def test_the_last_user_to_leave_has_the_server_stopped(place: Place) -> None:
    first, second = place.holder(), place.holder()
    server = place.server()
    finish(first)
    time.sleep(1.5 * LINGER_SECONDS)  # longer than the supervisor waits for another user
    assert server.is_running()
    finish(second)
    eventually(place.is_silent)


def test_a_killed_user_leaves_no_server_behind(place: Place) -> None:
    finish(place.holder(), signal.SIGKILL)
    eventually(place.is_silent)
    place.holder()


def test_a_program_started_by_a_user_does_not_keep_the_server(place: Place) -> None:
    ensure_running()
    child = subprocess.Popen(["sleep", "60"], close_fds=False)
    try:
        leave(place.home)
        eventually(place.is_silent)
    finally:
        child.kill()
        child.wait()


def test_acknowledged_commits_survive_the_death_of_the_server(place: Place) -> None:
    writer = place.program("commit")
    for _ in range(200):
        last = int(said_by(writer))
    server = place.server()
    server.kill()
    last = max([last, *map(int, finish(writer).split())])
    eventually(lambda: place.server_or_none() not in (None, server))
    assert rows() in (last + 1, last + 2)


def test_a_busy_session_of_a_killed_server_does_not_bar_the_next(place: Place) -> None:
    server = ensure_running()
    connection = psycopg.connect(**server.endpoints.owner.for_psycopg(), autocommit=True)
    session = connection.info.backend_pid
    connection.pgconn.send_query(b"select count(*) from generate_series(1, 100000000000)")
    connection.pgconn.flush()
    eventually(lambda: status().sessions == 1)
    place.server().kill()
    eventually(lambda: status().running)
    connection.close()
    assert not is_alive(session)
    assert ensure_running().version == server.version


def test_killing_the_supervisor_stops_the_server_and_the_next_user_starts_it(place: Place) -> None:
    holder = place.holder()
    place.supervisor().kill()
    eventually(place.is_silent)
    assert status().running is False
    ensure_running()
    assert status().running
    finish(holder)


def test_killing_user_and_supervisor_together_leaves_nothing(place: Place) -> None:
    holder = place.holder()
    place.supervisor().kill()
    finish(holder, signal.SIGKILL)
    eventually(place.is_silent)


def test_killing_supervisor_and_server_together_loses_nothing(place: Place) -> None:
    writer = place.program("commit")
    for _ in range(50):
        last = int(said_by(writer))
    supervisor, server = place.supervisor(), place.server()
    supervisor.kill()
    server.kill()
    last = max([last, *map(int, finish(writer).split())])
    assert rows() in (last + 1, last + 2)


def test_killing_every_process_at_once_loses_nothing(place: Place) -> None:
    writer = place.program("commit")
    for _ in range(50):
        last = int(said_by(writer))
    victims = place.processes()
    for process in victims:
        process.suspend()
    for process in victims:
        process.kill()
    last = max([last, *map(int, finish(writer, signal.SIGKILL).split())])
    assert rows() in (last + 1, last + 2)


def test_stop_ends_a_server_in_use_and_the_next_call_starts_it_again(place: Place) -> None:
    ensure_running()
    assert stop()
    assert place.is_silent()
    assert not stop()
    ensure_running()
    assert status().running


def test_a_server_that_dies_again_and_again_is_given_up(place: Place) -> None:
    ensure_running()
    supervisor = place.supervisor()
    for _ in range(RESTARTS + 1):
        eventually(lambda: status().running)
        # Its supervisor sees that it runs a little later than we do; one that is killed before did not start at all.
        time.sleep(5 * POLL_SECONDS)
        place.server().kill()
    eventually(lambda: not is_alive(supervisor.pid))
    assert f"ended {RESTARTS} times" in place.folders.start_log.read_text()
    ensure_running()
