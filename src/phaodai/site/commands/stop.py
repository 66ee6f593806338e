"""Stop the private database server, even when somebody still uses it."""

import argparse

from phaodai.__main__ import Refused
from phaodai.foundation.database import DatabaseUnavailable, stop


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""
    del parser


def run(args: argparse.Namespace) -> int:
    """Stop it and say so; an external server is refused, and one that does not run is no fault."""
    del args
    try:
        print("the database is stopped" if stop() else "the database was not running")
    except DatabaseUnavailable as problem:
        raise Refused(str(problem)) from problem
    return 0
