"""How fast documents are read: one text of 40 kB, the first reading of a process, and 1,000 documents on two cores.

usage: python benchmarks/congvan_reading.py [--documents 1000] [--processes 2]
"""

import argparse
import statistics
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import congvan

DOCUMENTS = Path(__file__).parents[1] / "tests" / "congvan" / "documents"
LARGE = 40_000


def large_text() -> str:
    """A letter of 40 kB: the head and the foot of one of our documents around its points, again and again."""
    text = (DOCUMENTS / "cong-van-so-hoa-toc.txt").read_text(encoding="utf-8")
    head, rest = text.split("\n1. ", 1)
    points, foot = ("1. " + rest).split("\nNơi nhận:", 1)
    body = [point.split(" ", 1)[1] for point in points.replace("\n- ", "\n+ ").split("\n") if point[:1].isdigit()]
    numbered: list[str] = []
    while len("\n".join(numbered).encode()) < LARGE:
        numbered.append(f"{len(numbered) + 1}. {body[len(numbered) % len(body)]} {points.replace(chr(10), ' ')}")
    return "\n".join([head, *numbered]) + "\nNơi nhận:" + foot


def seconds(text: str) -> tuple[float, float]:
    """Seconds on the clock, and of the processor: other work on the machine stretches the first only."""
    start, used = time.perf_counter(), time.process_time()
    congvan.read_text(text)
    return time.perf_counter() - start, time.process_time() - used


def first_reading(path: Path) -> float:
    """Seconds of a new process that reads one text: imports, tables, patterns and the reading."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import congvan; congvan.read({str(path)!r})"], check=True)
    return time.perf_counter() - start


def read_file(path: Path) -> int:
    return len(congvan.read(path).sections)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    text = large_text()
    seconds(text)
    waited, used = (statistics.median(column) * 1000 for column in zip(*(seconds(text) for _ in range(9)), strict=True))
    print(f"one text of {len(text.encode()) / 1000:.0f} kB: {waited:.0f} ms, {used:.0f} ms of them of the processor")
    paths = sorted(DOCUMENTS.glob("*.txt"))
    print(f"first reading of a process: {statistics.median(first_reading(paths[0]) for _ in range(5)):.2f} s")
    many = [paths[place % len(paths)] for place in range(arguments.documents)]
    start = time.perf_counter()
    with ProcessPoolExecutor(arguments.processes) as pool:
        sections = sum(pool.map(read_file, many, chunksize=20))
    took = time.perf_counter() - start
    size = sum(path.stat().st_size for path in many) / len(many) / 1000
    print(
        f"{len(many)} documents ({size:.1f} kB on average, {sections} sections) on {arguments.processes} processes: "
        f"{took:.1f} s, {len(many) / took:.0f} a second"
    )


if __name__ == "__main__":
    main()
