"""Runs on other processes give what runs on threads give; and an address where nobody answers is said in words."""

from pathlib import Path

import numpy as np
import pytest

from epidemic.simulation import FiveMeasures, Outbreak, Scenario, Tracing, build_population, simulate_many
from epidemic.simulation.territory import invented_province
from phaodai.__main__ import main

distributed = pytest.importorskip("distributed")


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_processes_of_their_own_give_the_same_runs() -> None:
    population = build_population(invented_province(2_000, 4), seed=3)
    scenario = Scenario(days=40, orders=(Outbreak(infected=20), FiveMeasures(), Tracing()))
    here = simulate_many(population, scenario, seeds=range(4), threads=1)
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as local,
        distributed.Client(local) as client,
    ):
        pids = client.run(lambda: __import__("os").getpid())
        there = simulate_many(population, scenario, seeds=range(4), cluster=client)
    assert len({*pids.values(), __import__("os").getpid()}) == 3
    assert there.seeds == here.seeds
    for one, other in zip(here.runs, there.runs, strict=True):
        for name in ("daily", "communes", "bands"):
            assert np.array_equal(getattr(one.tallies, name), getattr(other.tallies, name))
        assert np.array_equal(one.infected_by, other.infected_by)
        assert np.array_equal(one.infected_on, other.infected_on)


def test_an_address_where_nobody_answers(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("phaodai.site.commands.simulate.TO_CONNECT", 1)
    scenario = tmp_path / "a.toml"
    scenario.write_text(
        "days = 5\nruns = 1\n[province]\npeople = 1000\ncommunes = 2\n[[outbreak]]\ninfected = 5\n", "utf-8"
    )
    assert main(["simulate", str(scenario), "--cluster", "tcp://127.0.0.1:9"]) == 2
    assert "tcp://127.0.0.1:9" in capsys.readouterr().err
