"""The chain of transmission that a case belongs to: every case linked with it, generations and serial intervals."""

import argparse
import json
import sys
from typing import Any

from phaodai.__main__ import Refused
from phaodai.foundation.database import DatabaseUnavailable

ROUNDED = 6
"""Decimals of the mean and the standard deviation in days."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The form is fixed: `chain CASE_ID --json`."""
    parser.add_argument("case", metavar="CASE_ID", help="number of the case, such as BM-00012")
    parser.add_argument("--json", action="store_true", help="everything as JSON instead of one line for each case")


def run(args: argparse.Namespace) -> int:
    """Print the chain; links that go round in a ring are named on standard error, for no true chain has one."""
    from phaodai.site.installation import open_installation

    try:
        server = open_installation(lambda line: print(line, file=sys.stderr))
    except DatabaseUnavailable as problem:
        raise Refused(str(problem)) from problem
    try:
        found, loops = _chain(args.case)
    finally:
        server.leave()
    for loop in loops:
        print(f"phaodai chain: these links go round in a ring: {' > '.join(loop)}", file=sys.stderr)
    _show(found, as_json=args.json)
    return 0


def _chain(code: str) -> tuple[dict[str, Any], list[list[str]]]:
    """The chain of the case of that number by numbers, and its rings."""
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.surveillance.models import Case
    from phaodai.surveillance.models.chains import walk

    with entering(SYSTEM, why="chain"):
        ids = list(Case.objects.filter(code=code.strip()).values_list("id", flat=True)[:2])
        if not ids:
            raise Refused(f"no case has the number '{code}'; import it first, or see the numbers at /giam-sat/ca-benh/")
        if len(ids) > 1:
            raise Refused(f"cases of two provinces have the number '{code}'; give one of them another number")
        walked = walk(ids[0])
    return _told(walked), [[walked.marks[one].code for one in loop] for loop in walked.chain.loops]


def _told(walked: Any) -> dict[str, Any]:
    from epidemic.chains import serial_intervals

    chain, marks = walked.chain, walked.marks
    serial = serial_intervals(chain.links, walked.onsets)
    return {
        "nodes": [
            {"id": marks[one].code, "onset": _day(marks[one].onset_on), "generation": chain.generation[one]}
            for one in chain.nodes
        ],
        "edges": [{"from": marks[source].code, "to": marks[target].code} for source, target in chain.links],
        "index_cases": [marks[one].code for one in chain.index_cases],
        "serial_intervals": {"n": serial.n, "mean": _rounded(serial.mean), "sd": _rounded(serial.sd)},
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, ROUNDED)


def _show(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        json.dump(found, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
        return
    for node in found["nodes"]:
        print(f"{node['id']}\t{node['onset'] or '–'}\t{node['generation']}")
