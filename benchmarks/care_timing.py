"""What one page costs: the first look of a process, the wall clock of the others, and the processor time of Python alone.

On a busy machine the wall clock tells of the neighbours; processor time tells of the page. PostgreSQL's own is not in it.
"""

import statistics
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any


@dataclass(frozen=True)
class Timing:
    """Milliseconds of one page asked for many times."""

    first: float
    median: float
    p95: float
    processor: float
    processor_p95: float
    statements: int
    weight: int

    def __str__(self) -> str:
        return (
            f"first {self.first:6.1f}  median {self.median:6.1f}  p95 {self.p95:6.1f} ms"
            f"   processor median {self.processor:5.1f}  p95 {self.processor_p95:5.1f} ms"
            f"   {self.statements} statements  {self.weight} kB"
        )


def timed(client: Any, url: str, rounds: int) -> Timing:
    """Ask `rounds` times after the first look, and once more to count statements."""
    first = _look(client, url)[0]
    looks = [_look(client, url) for _round in range(rounds)]
    wall, processor = ([look[place] for look in looks] for place in (0, 1))
    statements, weight = _counted(client, url)
    return Timing(
        first, statistics.median(wall), _p95(wall), statistics.median(processor), _p95(processor), statements, weight
    )


def _look(client: Any, url: str) -> tuple[float, float]:
    wall, processor = perf_counter(), process_time()
    response = client.get(url)
    took = ((perf_counter() - wall) * 1000, (process_time() - processor) * 1000)
    assert response.status_code == 200, f"{url}: {response.status_code}"
    return took


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[18]


def _counted(client: Any, url: str) -> tuple[int, int]:
    from django.db import connection

    statements: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        response = client.get(url)
    return len(statements), round(len(response.content) / 1000)
