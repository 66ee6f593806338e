"""How long `phaodai demo` takes to make the invented province, step by step, in a data folder of its own.

    python benchmarks/demo_install.py [PEOPLE]

The database's first start (initdb) is counted; the folder is removed at the end.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from shutil import rmtree
from time import perf_counter


class Stopwatch:
    """Hears of the steps as the progress bar does."""

    def __init__(self) -> None:
        self.marks = [("First start of the database", perf_counter())]

    def step(self, name: str) -> None:
        self.marks.append((name, perf_counter()))

    def advance(self, part: float) -> None:
        """Only whole steps are timed."""

    def report(self) -> None:
        ends = [*self.marks, ("", perf_counter())]
        for (name, start), (_, end) in pairwise(ends):
            print(f"{end - start:6.1f} s  {name}")
        print(f"{ends[-1][1] - ends[0][1]:6.1f} s  together")


@contextmanager
def own_data_folder() -> Iterator[None]:
    """A data folder that nobody else uses, open to the database's own user."""
    folder = Path(tempfile.mkdtemp(prefix="phaodai-benchmark-"))
    folder.chmod(0o711)
    os.environ["PHAODAI_DATA"] = str(folder)
    try:
        yield
    finally:
        from phaodai.foundation.database import stop

        stop()
        rmtree(folder)


def measure(people: int) -> None:
    """Make the province as the command does."""
    watch = Stopwatch()
    from phaodai.foundation.database import ensure_running
    from phaodai.site.commands.demo import make_province

    ensure_running()
    make_province(people, watch)
    print(f"{people:,} people")
    watch.report()


if __name__ == "__main__":
    with own_data_folder():
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else 180_000)
