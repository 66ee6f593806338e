"""Say whether everything is healthy: database, schema, rights, assets, jobs."""

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
    state = status()
    print(f"database: {'private' if state.private else 'external'}, {state.place}, {'running' if state.running else 'not running'}")
    if state.problem:
        print(f"database: {state.problem}")
    try:
        return 0 if all([_check(name, question) for name, question in _questions()]) else 1
    except DatabaseUnavailable as problem:
        print(f"database: {problem}", file=sys.stderr)
        return 1


def _check(name: str, question: Callable[[], str]) -> bool:
    answer = question()
    print(f"{name}: {answer or 'in order'}")
    return not answer


def _questions() -> list[tuple[str, Callable[[], str]]]:
    from phaodai.site import health
    from phaodai.site.installation import open_installation

    open_installation()
    return [("schema", health.schema), ("rights", health.rights), ("row security", health.row_security), ("jobs", health.jobs)]
