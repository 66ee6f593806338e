"""Stop the private database server, even while something uses it."""

import argparse

from phaodai.__main__ import Refused
from phaodai.foundation.database import DatabaseUnavailable, stop


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""
    del parser


def run(args: argparse.Namespace) -> int:
    """Stop it and say what was done; stopping what does not run is no failure."""
    del args
    try:
        print("stopped" if stop() else "was not running")
    except DatabaseUnavailable as problem:
        raise Refused(str(problem)) from problem
    return 0
