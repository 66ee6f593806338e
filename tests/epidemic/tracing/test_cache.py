import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from epidemic.tracing import SegmentCache, VisitIndex, Visits, VisitSegment, build_segment, present_at
from epidemic.tracing.arrays import ArraysError, map_arrays, write_arrays
from tests.epidemic.tracing.days import DAY, ROWS, kept, visits


def held(segment: VisitSegment) -> list[list[int]]:
    sides = (segment.by_place, segment.by_person)
    return [
        column.tolist()
        for side in sides
        for column in (side.pointers, side.other, side.start, side.duration, side.longest)
    ]


def never() -> Visits:
    raise AssertionError("the day was there already")


@pytest.fixture
def cache(tmp_path: Path) -> SegmentCache:
    return SegmentCache(tmp_path / "cache")


def test_what_is_mapped_is_what_was_built(cache: SegmentCache) -> None:
    built = build_segment(visits(), persons=300, places=20)
    mapped = kept(cache)
    assert held(mapped) == held(built)
    assert mapped.origin == built.origin
    assert present_at(VisitIndex((mapped,)), 3, mapped.origin, mapped.origin + 1440).person.size > 0


def test_a_day_is_built_once(cache: SegmentCache) -> None:
    first = kept(cache)
    again = SegmentCache(cache.folder).segment(DAY, "seed 1", never, persons=300, places=20)
    assert held(again) == held(first)


def test_changed_visits_are_built_anew_while_readers_keep_what_they_had(cache: SegmentCache) -> None:
    before = kept(cache)
    old = held(before)
    after = kept(cache, seed=2)
    assert held(before) == old
    assert held(after) == held(build_segment(visits(2), persons=300, places=20))


def damaged(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 0xFF
    path.unlink()
    path.write_bytes(data)


@pytest.mark.parametrize("at", [0, 9, 13, 40])
def test_a_damaged_head_is_built_anew(cache: SegmentCache, at: int) -> None:
    kept(cache)
    damaged(cache.folder / f"{DAY}.visits", at)
    assert cache.stored(DAY, "seed 1") is None
    assert held(kept(cache)) == held(build_segment(visits(), persons=300, places=20))


@pytest.mark.parametrize("size", [0, 10, 200, 40_000])
def test_a_file_cut_short_is_built_anew(cache: SegmentCache, size: int) -> None:
    kept(cache)
    path = cache.folder / f"{DAY}.visits"
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[:size])
    assert cache.stored(DAY, "seed 1") is None
    assert len(kept(cache)) == ROWS


def test_verifying_notices_a_changed_row(cache: SegmentCache) -> None:
    kept(cache)
    damaged(cache.folder / f"{DAY}.visits", 30_000)
    assert cache.stored(DAY, "seed 1") is not None
    assert cache.stored(DAY, "seed 1", verify=True) is None


def test_a_file_of_another_version_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("epidemic.tracing.arrays.VERSION", 2)
        write_arrays(tmp_path / "later", {}, {"some": np.arange(3)})
    with pytest.raises(ArraysError, match="is of version 2, this program reads version 1"):
        map_arrays(tmp_path / "later")


def test_objects_are_never_written_nor_read(tmp_path: Path) -> None:
    write_arrays(tmp_path / "floats", {}, {"some": np.zeros(3, np.float32)})
    with pytest.raises(ArraysError, match="'some' is not whole"):
        map_arrays(tmp_path / "floats")


def test_old_days_are_dropped(cache: SegmentCache) -> None:
    for day in (DAY, DAY + 1, DAY + 2):
        kept(cache, day=day)
    cache.drop_before(DAY + 2)
    assert cache.days() == [DAY + 2]


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError("no space left on the disk")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space left"):
        write_arrays(tmp_path / "some", {}, {"some": np.arange(3)})
    assert list(tmp_path.iterdir()) == []


WRITER = """
import itertools, sys
from pathlib import Path
from tests.epidemic.tracing.days import kept
from epidemic.tracing import SegmentCache
cache = SegmentCache(Path(sys.argv[1]))
print("ready", flush=True)
for turn in itertools.count():
    kept(cache, seed=turn % 2 + 1)
"""


@pytest.mark.fault
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_writers_killed_at_any_moment_leave_a_whole_day_or_none(cache: SegmentCache) -> None:
    """Two writers replace a day without end, this process reads it all the while, and both are killed at 8 moments."""
    expected = {seed: held(build_segment(visits(seed), persons=300, places=20)) for seed in (1, 2)}
    seen, reads = set(), 0
    for pause in np.random.default_rng(7).integers(1, 60, 8):
        writers = [start_writer(cache.folder) for _ in range(2)]
        for _ in range(pause):
            reads += 1
            seen |= whole_seeds(cache, expected)
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
            writer.communicate()
        assert whole_seeds(cache, expected)
    assert seen == {1, 2}
    SegmentCache(cache.folder)
    assert sorted(path.name for path in cache.folder.iterdir()) == [f"{DAY}.visits", "lock"]


def start_writer(folder: Path) -> subprocess.Popen[bytes]:
    surroundings = {**os.environ, "EPIDEMIC_ENGINE": "numpy"}
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, env=surroundings)
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"ready\n"
    return writer


def whole_seeds(cache: SegmentCache, expected: dict[int, list[list[int]]]) -> set[int]:
    """Seeds whose segment is there, after comparing every row of it."""
    found = {seed: cache.stored(DAY, f"seed {seed}", verify=True) for seed in expected}
    for seed, segment in found.items():
        assert segment is None or held(segment) == expected[seed]
    return {seed for seed, segment in found.items() if segment is not None}
