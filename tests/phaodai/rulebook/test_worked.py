"""Cases that a jurist worked by hand from the texts, put to the command as anybody would type them."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from phaodai.__main__ import main

LINES = [
    line
    for line in (Path(__file__).parent / "worked.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
UNVERIFIED, REFUSED = 3, 2


def expected(text: str) -> Any:
    """An outcome as JSON, or a bare word."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def decided(line: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    """Exit code and outcome of one line."""
    rule, day, *facts = shlex.split(line)
    code = main(["decide", rule, "--on", day, *facts, "--json"])
    printed = capsys.readouterr()
    assert printed.err.count("\n") == (0 if code == 0 else 1)
    return code, json.loads(printed.out)["outcome"] if printed.out else None


@pytest.mark.parametrize("line", LINES)
def test_worked_case(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked, answer = line.split(" => ")
    outcome, (code, found) = expected(answer), decided(asked, capsys)
    if outcome in (None, "refused"):
        assert (code, found) == (UNVERIFIED if outcome is None else REFUSED, None)
    elif isinstance(outcome, dict):
        assert code == 0
        assert {name: found[name] for name in outcome} == outcome
    else:
        assert (code, found) == (0, outcome)
        assert type(found) is type(outcome)


def test_every_rule_was_worked() -> None:
    assert len({line.split()[0] for line in LINES}) == 14
    assert len(set(LINES)) == len(LINES) >= 300
