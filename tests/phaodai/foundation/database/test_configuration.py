"""The server's settings follow the machine."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.foundation.database import configuration
from phaodai.foundation.database.configuration import MEBIBYTE, machine_memory, memory_settings

GIBIBYTE = 1 << 30


def megabytes(settings: dict[str, str], name: str) -> int:
    return int(settings[name].removesuffix("MB"))


@given(st.integers(min_value=GIBIBYTE // 2, max_value=1024 * GIBIBYTE))
def test_the_server_never_takes_the_machine(total: int) -> None:
    settings = memory_settings(total)
    assert megabytes(settings, "shared_buffers") * MEBIBYTE <= total / 4
    assert megabytes(settings, "maintenance_work_mem") * MEBIBYTE <= total / 8
    assert megabytes(settings, "work_mem") <= 64


def test_a_province_s_machine_gets_four_gigabytes_of_buffers() -> None:
    assert memory_settings(24 * GIBIBYTE)["shared_buffers"] == "4096MB"


@pytest.mark.parametrize(("limit", "seen"), [("536870912\n", 536870912), ("max\n", None)])
def test_a_container_s_limit_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, seen: int | None
) -> None:
    (tmp_path / "memory.max").write_text(limit)
    monkeypatch.setattr(configuration, "CGROUP_LIMITS", (tmp_path / "memory.max", tmp_path / "none"))
    assert machine_memory() == (seen or configuration.psutil.virtual_memory().total)
