"""The progress bar on a terminal and elsewhere."""

import pytest

from demo.loading.progress import SECONDS, Progress, Step


def test_elsewhere_it_is_a_line_a_step(capsys: pytest.CaptureFixture[str]) -> None:
    bar = Progress()
    for step in Step:
        bar.step(step)
        bar.advance(0.5)
    bar.finish("Done")
    lines = capsys.readouterr().err.splitlines()
    assert [line[6:] for line in lines[:-1]] == list(Step)
    assert lines[0].startswith("  0%")
    assert lines[-1].startswith("Done (")


def test_on_a_terminal_one_line_is_drawn_over(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    bar = Progress()
    bar.step(Step.TABLES)
    for tenth in range(11):
        bar.advance(tenth / 10)
    bar.finish("Done")
    drawn = capsys.readouterr().err
    assert drawn.count("\n") == 1
    assert drawn.endswith("s)\n")
    assert f"{SECONDS[Step.TABLES] / sum(SECONDS.values()):4.0%}  {Step.TABLES}" in drawn


def test_it_never_passes_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    bar = Progress()
    for step in (*Step, Step.STORY):
        bar.step(step)
    assert "101%" not in capsys.readouterr().err
