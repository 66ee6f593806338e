"""Say whether everything is healthy: database, schema, rights, row security, jobs, room on the disk."""

import argparse
import sys
from collections.abc import Callable

from phaodai.foundation.database import DatabaseUnavailable, status


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""
    del parser


def run(args: argparse.Namespace) -> int:
    """Print a line for each part; exit 1 when one is unwell."""
    del args
    try:
        questions = _questions()
    except DatabaseUnavailable as problem:
        print(f"database: {problem}", file=sys.stderr)
        return 1
    _print_database()
    well = [_check(name, question) for name, question in questions]
    _print_search()
    return 0 if all(well) else 1


def _print_database() -> None:
    state = status()
    kind = "private" if state.private else "external"
    version = f"PostgreSQL {state.version // 10000}" if state.version else "not running"
    print(f"database: {kind}, {state.place}, {version}")


def _print_search() -> None:
    """Slow, not unwell: an external server whose administrator has not allowed it reads the rows of an area."""
    from phaodai.site import health

    print(f"search: {health.search() or 'by index'}")


def _check(name: str, question: Callable[[], str]) -> bool:
    answer = question()
    print(f"{name}: {answer or 'in order'}")
    return not answer


def _questions() -> list[tuple[str, Callable[[], str]]]:
    """Open the installation first: whoever asks before the first start gets it started."""
    from phaodai.site.installation import open_installation

    open_installation()
    from phaodai.site import health

    return [
        ("schema", health.schema),
        ("rights", health.rights),
        ("row security", health.row_security),
        ("jobs", health.jobs),
        ("disk", health.disk),
    ]
