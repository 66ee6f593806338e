"""The made province is served, and however the command ends, nothing of it stays behind."""

import os
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from phaodai.__main__ import main
from tests.demo.loading.conftest import Made, phaodai
from tests.waiting import eventually

pytestmark = pytest.mark.usefixtures("made")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(*command: str) -> Iterator[tuple[subprocess.Popen[str], list[psutil.Process], str, str]]:
    """The running command, its children, what it printed up to its address, and the address."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    program = phaodai(*command, "--port", str(port))
    children: list[psutil.Process] = []
    try:
        assert program.stdout is not None
        printed = ""
        for line in program.stdout:
            printed += line
            if address in line:
                break
        children = psutil.Process(program.pid).children(recursive=True)
        yield program, children, printed, address
    finally:
        for process in [program, *children]:
            if psutil.pid_exists(process.pid):
                process.kill()
        program.communicate()


def all_gone(processes: list[psutil.Process]) -> bool:
    return not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes)


def test_the_address_answers_as_soon_as_it_is_printed(made: Made) -> None:
    with served("demo") as (program, children, printed, address):
        assert printed.startswith(made.output)
        with urllib.request.urlopen(address) as answer:
            assert answer.status == 200
        assert any("procrastinate" in child.cmdline() for child in children)
        program.send_signal(signal.SIGINT)
        assert program.wait(timeout=120) == 0
        assert all_gone(children)


@pytest.mark.fault
def test_a_killed_command_leaves_no_server_behind() -> None:
    with served("serve") as (program, children, _printed, _address):
        assert len(children) >= 4
        os.kill(program.pid, signal.SIGKILL)
        eventually(lambda: all_gone(children))


@pytest.mark.fault
@pytest.mark.parametrize("part", ["granian", "procrastinate"])
def test_parts_end_together(part: str) -> None:
    with served("serve") as (program, children, _printed, _address):
        first = next(child for child in children if part in child.cmdline())
        first.kill()
        assert program.wait(timeout=120) == 1
        eventually(lambda: all_gone(children))


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_taken_port_is_refused_before_anything_is_made(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main([command, "--port", str(port)]) == 2
    assert f"--port {port + 1}" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "65536", "-1"])
def test_what_is_no_port_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--port", port]) == 2
    assert "--port" in capsys.readouterr().err
