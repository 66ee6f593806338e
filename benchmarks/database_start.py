"""Times of the private server: made from nothing, started again, joined, stopped."""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from phaodai.foundation.database import ensure_running, stop

IN_A_NEW_PROCESS = """
import time
begun = time.perf_counter()
import psycopg
from phaodai.foundation.database import ensure_running
server = ensure_running()
with psycopg.connect(**server.endpoints.app.for_psycopg()) as connection:
    connection.execute("select 1")
print(time.perf_counter() - begun)
"""


def first_answer() -> float:
    """Seconds from nothing imported to the first answer under the application role, in a new process."""
    answer = subprocess.run([sys.executable, "-c", IN_A_NEW_PROCESS], check=True, capture_output=True, text=True)
    return float(answer.stdout)


def timed(deed: Callable[[], object]) -> float:
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


def measure(home: Path) -> dict[str, float]:
    os.environ["PHAODAI_DATA"] = str(home)
    times = {"made and started": first_answer()}
    times["stopped"] = timed(stop)
    times["started again"] = first_answer()
    times["joined by a second process"] = first_answer()
    server = ensure_running()
    times["joined again in one process"] = timed(ensure_running)
    server.leave()
    stop()
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--postgres", choices=["system", "wheel"], default="wheel")
    chosen = parser.parse_args()
    os.environ["PHAODAI_POSTGRES"] = chosen.postgres
    os.environ.pop("DATABASE_URL", None)
    runs = []
    for _ in range(chosen.repeats):
        with tempfile.TemporaryDirectory(prefix="phaodai-benchmark-") as folder:
            runs.append(measure(Path(folder)))
    print(f"PostgreSQL of the {chosen.postgres}, {chosen.repeats} runs, load {os.getloadavg()[0]:.1f}")
    for name in runs[0]:
        seconds = sorted(run[name] for run in runs)
        print(f"{name:28} median {statistics.median(seconds):.3f} s   {seconds[0]:.3f} to {seconds[-1]:.3f} s")


if __name__ == "__main__":
    main()
