"""Reference data: not part of the project, read where they lie beside it (`../shared`)."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture
def reference_path() -> Callable[[str], Path]:
    """Path of a reference file, by its name under the folder; skips the test where it is not there."""

    def find(name: str) -> Path:
        path = FOLDER / name
        if not path.exists():
            pytest.skip(f"needs the reference file {name}")
        return path

    return find


@pytest.fixture
def reference_rows(reference_path: Callable[[str], Path]) -> Callable[[str], list[dict[str, str]]]:
    """Rows of a reference CSV."""
    return lambda name: list(csv.DictReader(reference_path(name).read_text(encoding="utf-8-sig").splitlines()))
