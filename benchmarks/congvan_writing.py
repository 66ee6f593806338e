"""Time to write a two-page daily report with a table of units and a chart, as .docx and as .pdf.

Run: python -m benchmarks.congvan_writing
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from congvan.writing import Paper, Paragraph, write_docx, write_pdf
from congvan.writing.typefaces import times_like_typeface
from tests.congvan.writing.samples import daily_report, decision

REPEATS = 30
Result = TypeVar("Result")


def main() -> None:
    _, milliseconds = timed(times_like_typeface)
    print(f"choose the typeface, once per process: {milliseconds:.0f} ms ({times_like_typeface().family})")
    for paper, name in ((daily_report(), "daily report, 2 pages, chart"), (decision(), "decision, 4 pages, 47 rows")):
        for writer in (write_docx, write_pdf):
            first, usual, size = measure(writer, paper)
            label = f"{name:30s} {writer.__name__:10s}"
            print(f"{label} first {first:5.0f} ms, others {usual:5.0f} ms, {size / 1000:.0f} kB")


def measure(writer: Callable[[Paper], bytes], paper: Paper) -> tuple[float, float, int]:
    """Milliseconds of the first paper, median of others that differ in number and words, and the size of the file."""
    papers = [
        replace(paper, number=number, body=(*paper.body, Paragraph(f"Lần {number}"))) for number in range(REPEATS)
    ]
    written, first = timed(lambda: writer(paper))
    others = [timed(lambda paper=paper: writer(paper))[1] for paper in papers]
    return first, statistics.median(others), len(written)


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What the work gives, and its milliseconds."""
    started = time.perf_counter()
    result = work()
    return result, 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    main()
