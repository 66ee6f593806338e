"""`phaodai levels`: every commune below a unit with figures, rule and reasons; exit 3 where a value awaits verification."""

import json
from typing import Any

import pytest

from phaodai.__main__ import main
from tests.phaodai.containment.weeks import tell_weeks
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own database stands already: nothing is started."""

    class Server:
        def leave(self) -> None: ...

    monkeypatch.setattr("phaodai.site.installation.open_installation", lambda _say: Server())


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    code = main(["levels", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_every_commune_with_figures_and_rule(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    tell_weeks(world, "98001", (14, 10), elderly_full=1_599)
    tell_weeks(world, "98002", (0, 0))
    code, told = ask(capsys, "--unit", "980", "--on", "2021-11-24")
    assert code == 0
    assert told["unit"] == {"code": "980", "name": "Huyện Thuận Hòa"}
    found = {one["code"]: one for one in told["levels"]}
    assert {name: one["level"] for name, one in found.items()} == {"98001": 3, "98002": 1}
    first = found["98001"]
    assert first["figures"]["cases_per_100k_week"] == 120
    assert (first["rule"], first["document"], first["in_force_to"]) == ("risk-level", "4800/QĐ-BYT", "2022-01-26")
    assert set(first["why"]) == {"vi", "en"}


def test_three_where_a_value_awaits_verification(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    tell_weeks(world, "98001", (3, 3))
    code, told = ask(capsys, "--unit", "98001", "--on", "2021-11-24")
    assert (code, told["levels"][0]["level"], told["levels"][0]["status"]) == (3, None, "unverified")


def test_missing_figures_are_null_and_no_failure(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = ask(capsys, "--unit", "98", "--on", "2021-11-24")
    assert code == 0
    assert {one["status"] for one in told["levels"]} == {"incomplete"}
    assert len(told["levels"]) == 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--unit", "12345", "--on", "2021-11-24"], "no unit has the code"),
        (["--unit", "98", "--on", "24/11/2021"], "write it like"),
        (["--unit", "98", "--on", "2020-06-01"], "No document of 01/06/2020"),
    ],
)
def test_what_is_refused_says_how_to_mend_it(
    words: list[str], said: str, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["levels", *words]) == 2
    assert said in capsys.readouterr().err
