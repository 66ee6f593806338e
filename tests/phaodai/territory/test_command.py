"""`phaodai load-territory`, as the one who keeps the system calls it."""

import json
from datetime import date
from pathlib import Path

import pytest

from phaodai.__main__ import main
from phaodai.territory.actions import writing
from phaodai.territory.models import Succession, TerritoryList, Unit, UnitOutline
from tests.phaodai.territory.rules.test_tables import THREE, TWO

MAP = "old_code,new_code,coverage\n06,19,full\n01834,01840,partial\n"


@pytest.fixture
def installation(everything: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's database in place of the installation's own, without units of other tests."""
    monkeypatch.setattr("phaodai.site.installation.open_installation", lambda: None)
    monkeypatch.setattr(writing, "OWNER", "default")
    Unit.objects.update(gazetteer="small world")


def written(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def square(code: str) -> str:
    ring = [[105.0, 21.0], [106.0, 21.0], [106.0, 22.0], [105.0, 22.0], [105.0, 21.0]]
    feature = {"type": "Feature", "properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def test_two_lists_with_outlines_and_a_map(
    installation: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = written(tmp_path, "units_2021-07-01.csv", THREE)
    new = written(tmp_path, "units_2026-07-25_two_tier.csv", TWO)
    assert main(["load-territory", old]) == 0
    first = json.loads(capsys.readouterr().out)
    assert (first["on"], first["tiers"], first["units"], first["opened"]) == ("2021-07-01", 3, 4, 4)
    more = [
        "--on",
        "2025-07-01",
        "--boundaries",
        written(tmp_path, "b.geojson", square("19")),
        "--mapping",
        written(tmp_path, "m.csv", MAP),
    ]
    assert main(["load-territory", new, *more]) == 0
    second = json.loads(capsys.readouterr().out)
    assert (second["opened"], second["closed"], second["kept"]) == (2, 4, 0)
    assert second["boundaries"] == [{"joined": 1, "unknown": []}]
    assert second["mapping"] == [{"stated": 2, "joined": 2, "unknown_old": [], "unknown_new": []}]
    assert [heir.unit.name for heir in Unit.objects.get(code="06").became(date(2026, 1, 1))] == ["Tỉnh Thái Nguyên"]


def test_a_list_without_a_date_is_of_today(installation: None, tmp_path: Path) -> None:
    assert main(["load-territory", written(tmp_path, "units.csv", THREE)]) == 0
    assert TerritoryList.objects.get().on == date(2021, 11, 24)


@pytest.mark.parametrize(
    ("flag", "content", "told"),
    [
        ("--boundaries", square("77"), "None of the 1 outlines has the code"),
        ("--boundaries", "level,code\n", "x: the file is no GeoJSON"),
        ("--mapping", THREE, "x: the first line lacks coverage, new_code, old_code"),
    ],
)
def test_nothing_is_half_loaded(
    installation: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], flag: str, content: str, told: str
) -> None:
    units = written(tmp_path, "units_2021-07-01.csv", THREE)
    assert main(["load-territory", units, flag, written(tmp_path, "x", content)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"phaodai load-territory: {told}")
    assert printed.err.count("\n") == 1
    assert not Unit.objects.filter(gazetteer="national").exists()
    assert not TerritoryList.objects.exists()
    assert not Succession.objects.exists()
    assert not UnitOutline.objects.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (THREE.replace("2,058", "2,058x"), "line 4: commune 01834 stands under 058"),
        (THREE.encode("utf-16"), "the file is not in UTF-8"),
        (MAP, "this file maps old units to new ones"),
        (b"", "the file holds no rows"),
    ],
)
def test_a_bad_list_is_refused_before_anything_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, content: str | bytes, told: str
) -> None:
    monkeypatch.setattr("phaodai.site.installation.open_installation", lambda: pytest.fail("nothing may start"))
    assert main(["load-territory", written(tmp_path, "units.csv", content)]) == 2
    assert capsys.readouterr().err.startswith(f"phaodai load-territory: units.csv: {told}")


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load-territory", "nowhere/units.csv"]) == 2
    assert capsys.readouterr().err == (
        "phaodai load-territory: cannot read nowhere/units.csv: No such file or directory; give the path of a file\n"
    )
