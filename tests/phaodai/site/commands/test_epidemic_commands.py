"""The contracts of `phaodai estimate-r` and `phaodai forecast`."""

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from epidemic.delays import discretised_serial_interval
from epidemic.reproduction import estimate_reproduction
from epidemic.scoring import QUANTILE_LEVELS
from phaodai.__main__ import main

CASES = [3, 4, 6, 5, 9, 8, 12, 14, 13, 20, 18, 22, 25, 21, 30, 28, 33, 31, 40, 38]


def write(path: Path, rows: list[tuple[object, ...]]) -> Path:
    path.write_text("\n".join(",".join(str(cell) for cell in row) for row in rows) + "\n", encoding="utf-8")
    return path


def days(count: int, first: str = "2021-01-03") -> list[date]:
    return [date.fromisoformat(first) + timedelta(days=day) for day in range(count)]


@pytest.fixture
def incidence(tmp_path: Path) -> Path:
    return write(tmp_path / "cases.csv", [("dates", "I"), *zip(days(len(CASES)), CASES, strict=True)])


def output(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(capsys.readouterr().out.splitlines()))


def test_estimates_are_printed_by_window(incidence: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate-r", str(incidence), "--si-mean", "2.6", "--si-sd", "1.5", "--window", "7"]) == 0
    rows = output(capsys)
    assert list(rows[0]) == ["t_start", "t_end", "mean", "sd", "q025", "median", "q975"]
    expected = estimate_reproduction(CASES, discretised_serial_interval(len(CASES), 2.6, 1.5))
    assert [int(row["t_start"]) for row in rows] == expected.t_start.tolist()
    np.testing.assert_allclose([float(row["mean"]) for row in rows], expected.mean[:, 0], rtol=1e-12)
    np.testing.assert_allclose([float(row["q975"]) for row in rows], expected.quantiles[0.975][:, 0], rtol=1e-12)


def test_places_come_first_and_each_as_if_alone(
    tmp_path: Path, incidence: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [(day, place, cases) for day, cases in zip(days(20), CASES, strict=True) for place in ("An", "Bình")]
    both = write(tmp_path / "both.csv", [("date", "location", "cases"), *rows[4:]])
    main(["estimate-r", str(both), "--si-mean", "5", "--si-sd", "2"])
    located = output(capsys)
    alone = write(tmp_path / "alone.csv", [("date", "cases"), *zip(days(20)[2:], CASES[2:], strict=True)])
    main(["estimate-r", str(alone), "--si-mean", "5", "--si-sd", "2"])
    single = output(capsys)
    assert next(iter(located[0])) == "location"
    for place in ("An", "Bình"):
        assert [
            {k: v for k, v in row.items() if k != "location"} for row in located if row["location"] == place
        ] == single


def test_a_tabulated_interval_replaces_mean_and_sd(
    tmp_path: Path, incidence: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weights = discretised_serial_interval(len(CASES), 2.6, 1.5)
    table = write(tmp_path / "si.csv", [("k", "w"), *enumerate(weights)])
    main(["estimate-r", str(incidence), "--si-distribution", str(table)])
    tabulated = output(capsys)
    main(["estimate-r", str(incidence), "--si-mean", "2.6", "--si-sd", "1.5"])
    assert tabulated == output(capsys)


def test_an_uncertain_interval_repeats_with_its_seed(incidence: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = [
        "estimate-r",
        str(incidence),
        "--si-mean",
        "2.6",
        "--si-sd",
        "1.5",
        "--si-mean-sd",
        "0.5",
        "--si-sd-sd",
        "0.3",
    ]
    command += ["--si-mean-range", "1.5", "4", "--si-sd-range", "0.5", "2.5", "--draws", "10", "--seed", "4"]
    assert main(command) == main(command) == 0
    rows = output(capsys)
    assert rows[: len(rows) // 2] == rows[len(rows) // 2 + 1 :]


def test_mended_counts_hide_a_day_whose_cases_came_later(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steady = [200] * 40
    late = [*steady[:30], 0, 400, *steady[32:]]
    estimates = {}
    for name, counts, options in (("steady", steady, []), ("late", late, []), ("mended", late, ["--mend"])):
        table = write(tmp_path / f"{name}.csv", [("date", "cases"), *zip(days(40), counts, strict=True)])
        main(["estimate-r", str(table), "--si-mean", "5", "--si-sd", "2", "--window", "3", *options])
        estimates[name] = [float(row["median"]) for row in output(capsys)[10:]]
    assert estimates["mended"] == pytest.approx(estimates["steady"], rel=1e-6)
    assert max(estimates["late"]) > 1.2


def test_dumps_and_windows_of_few_cases_are_told_beside_the_estimates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = [*[0] * 20, *[100] * 20, 155_000, *[100] * 9]
    table = write(tmp_path / "dump.csv", [("date", "cases"), *zip(days(50), counts, strict=True)])
    assert main(["estimate-r", str(table), "--si-mean", "5", "--si-sd", "2"]) == 0
    told = capsys.readouterr().err
    assert "2021-02-12 has 155000 cases, far more than the days around support" in told
    assert "13 windows hold fewer than 11 cases" in told


REFUSED = {
    "no interval": (["estimate-r", "cases.csv"], "no serial interval"),
    "no such file": (["estimate-r", "none.csv", "--si-mean", "3", "--si-sd", "1"], "cannot be read"),
    "long window": (["estimate-r", "cases.csv", "--si-mean", "3", "--si-sd", "1", "--window", "30"], "window"),
    "short interval": (["estimate-r", "cases.csv", "--si-mean", "0.5", "--si-sd", "1"], "exceed 1 day"),
    "bad table": (["estimate-r", "cases.csv", "--si-distribution", "cases.csv"], "columns k (days) and w (weight)"),
    "half uncertain": (
        ["estimate-r", "cases.csv", "--si-mean", "3", "--si-sd", "1", "--si-mean-sd", "1"],
        "needs all of",
    ),
    "negative": (["estimate-r", "negative.csv", "--si-mean", "3", "--si-sd", "1"], "2021-01-03 has -1 cases"),
    "weekly": (["estimate-r", "weekly.csv", "--si-mean", "3", "--si-sd", "1"], "one row per day"),
    "bad date": (["forecast", "cases.csv", "--as-of", "yesterday"], "YYYY-MM-DD"),
    "nothing known": (["forecast", "cases.csv", "--as-of", "2020-01-01"], "no row"),
    "horizon": (["forecast", "cases.csv", "--as-of", "2021-01-20", "--horizon-weeks", "0"], "1 to 12"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_is_refused_in_one_line(
    case: str, incidence: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(incidence.parent)
    write(Path("negative.csv"), [("date", "cases"), *zip(days(20), [-1, *CASES[1:]], strict=True)])
    write(Path("weekly.csv"), [("date", "cases"), *zip(days(140)[::7], CASES, strict=True)])
    command, message = REFUSED[case]
    assert main(command) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert message in printed.err
    assert printed.err.count("\n") == 1


@pytest.fixture
def series(tmp_path: Path) -> Path:
    generator = np.random.default_rng(5)
    counts = generator.poisson([[900, 40]] * 120)
    rows = [(day, place, counts[i, j]) for i, day in enumerate(days(120)) for j, place in enumerate(("An", "Bình"))]
    return write(tmp_path / "series.csv", [("date", "location", "cases"), *rows])


def test_a_forecast_has_every_place_week_and_quantile(series: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forecast", str(series), "--as-of", "2021-04-10", "--horizon-weeks", "4"]) == 0
    rows = output(capsys)
    assert list(rows[0]) == ["location", "target_end_date", "quantile", "value"]
    assert len(rows) == 2 * 4 * 23
    assert sorted({row["target_end_date"] for row in rows}) == ["2021-04-17", "2021-04-24", "2021-05-01", "2021-05-08"]
    np.testing.assert_allclose([float(row["quantile"]) for row in rows[:23]], QUANTILE_LEVELS)
    assert 5500 < float(rows[11]["value"]) < 7000


def test_rows_after_the_day_never_change_a_forecast(
    series: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = series.read_text(encoding="utf-8").splitlines()
    past = [line for line in lines if line[:10] <= "2021-04-10" or line.startswith("date")]
    changed = tmp_path / "changed.csv"
    changed.write_text(
        "\n".join([*past, "2021-04-11,An,999999", "2021-04-12,Cần,7", "2021-04-12,An,many"]) + "\n", encoding="utf-8"
    )
    main(["forecast", str(series), "--as-of", "2021-04-10"])
    whole = capsys.readouterr().out
    main(["forecast", str(changed), "--as-of", "2021-04-10"])
    assert capsys.readouterr().out == whole


def test_weekly_counts_are_forecast_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    weekly = write(tmp_path / "weekly.csv", [("date", "cases"), *((day, 700) for day in days(280, "2021-01-02")[::7])])
    assert main(["forecast", str(weekly), "--as-of", "2021-10-02", "--horizon-weeks", "1"]) == 0
    rows = output(capsys)
    assert {row["location"] for row in rows} == {"all"}
    assert float(rows[11]["value"]) == pytest.approx(700, rel=0.05)
