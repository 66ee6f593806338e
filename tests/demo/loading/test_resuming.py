"""The command after a kill, a second time, and where somebody else's work lies."""

import pytest
from django.db import connection

from demo.loading.databases import Holding, holding
from phaodai.__main__ import main
from phaodai.foundation.models import ClockShift
from tests.demo.loading.conftest import Made, at_home, phaodai


@pytest.mark.fault
def test_a_killed_attempt_leaves_no_province(made: Made) -> None:
    assert "Telling nine days of work" in made.killed_at
    assert made.held_after_kill == Holding.NOTHING.name


@pytest.mark.fault
def test_the_next_attempt_makes_a_whole_one(made: Made) -> None:
    assert "The province stands, with 2,000 people" in made.errors
    with at_home():
        assert holding() is Holding.PROVINCE


def test_a_second_time_only_serves(province: Made) -> None:
    before = ClockShift.stored()
    command = phaodai("demo", "--build-only", "--people", "9000")
    output, errors = command.communicate()
    assert (command.returncode, output) == (0, province.output)
    assert "--anew" in errors
    assert ClockShift.stored() == before


@pytest.mark.django_db
def test_an_installation_in_use_is_not_touched() -> None:
    assert holding(str(connection.settings_dict["NAME"])) is Holding.OTHER


def test_an_installation_in_use_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("demo.loading.databases.holding", lambda: Holding.OTHER)
    assert main(["demo", "--build-only"]) == 2
    told = capsys.readouterr().err.strip()
    assert "PHAODAI_DATA" in told
    assert "\n" not in told


@pytest.mark.parametrize("people", ["0", "1999", "2000001", "-5"])
def test_a_size_that_cannot_be_made_is_refused(people: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--build-only", "--people", people]) == 2
    assert "choose --people between 2,000 and 2,000,000" in capsys.readouterr().err
