"""`phaodai chain`: the whole chain of a case as JSON of a fixed form; refused input is said in one line."""

import json
from datetime import date

import pytest

from phaodai.__main__ import main
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.surveillance.models import Case, Transmission
from tests.story import Story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own database stands already: nothing is started."""

    class Server:
        def leave(self) -> None: ...

    monkeypatch.setattr("phaodai.site.installation.open_installation", lambda _say: Server())


def test_the_form_is_the_contracts(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    with entering(SYSTEM):
        Case.objects.filter(code="Mốc ca 2").update(onset_on=date(2021, 11, 23))
    for asked in ("Mốc ca 1", "Mốc ca 2"):
        assert main(["chain", asked, "--json"]) == 0
        assert json.loads(capsys.readouterr().out) == {
            "nodes": [
                {"id": "Mốc ca 1", "onset": "2021-11-20", "generation": 0},
                {"id": "Mốc ca 2", "onset": "2021-11-23", "generation": 1},
            ],
            "edges": [{"from": "Mốc ca 1", "to": "Mốc ca 2"}],
            "index_cases": ["Mốc ca 1"],
            "serial_intervals": {"n": 1, "mean": 3.0, "sd": None},
        }


def test_a_ring_is_named_and_still_answered(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    with entering(SYSTEM):
        Transmission.objects.create(source=story.cases["Mốc ca 2"], target=story.cases["Mốc ca 1"])
    assert main(["chain", "Mốc ca 1", "--json"]) == 0
    said = capsys.readouterr()
    assert "ring: Mốc ca 1 > Mốc ca 2" in said.err
    assert len(json.loads(said.out)["index_cases"]) == 1


def test_a_number_that_no_case_has_is_refused(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chain", "BM-99999", "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert "BM-99999" in said.err
