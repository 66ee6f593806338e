"""Load the official list of units of a day, with outlines and with the map from old units to new ones."""

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from phaodai.__main__ import Refused

T = TypeVar("T")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The form of the command."""
    parser.add_argument(
        "units",
        type=Path,
        metavar="UNITS.csv",
        help="list of units: level,code,name,type and parent_code or province_code",
    )
    parser.add_argument(
        "--on",
        type=date.fromisoformat,
        metavar="DATE",
        help="first day of the list; else the date in the file's name, else today",
    )
    parser.add_argument(
        "--boundaries",
        type=Path,
        action="append",
        default=[],
        metavar="FILE.geojson",
        help="outlines of its units; may be repeated",
    )
    parser.add_argument(
        "--mapping",
        type=Path,
        action="append",
        default=[],
        metavar="FILE.csv",
        help="old_code,new_code,coverage; may be repeated",
    )


def run(args: argparse.Namespace) -> int:
    """Read and check every file first, then load them; prints what was done as one JSON object."""
    from phaodai.site.installation import open_installation
    from phaodai.territory.rules.outlines import read_outlines
    from phaodai.territory.rules.tables import day_in_name, read_map, read_units

    units = _read(args.units, read_units)
    outlines = [(path, _read(path, read_outlines)) for path in args.boundaries]
    maps = [(path, _read(path, read_map)) for path in args.mapping]
    open_installation()
    from phaodai.foundation import clock

    on = args.on or day_in_name(args.units.name) or clock.today()
    print(json.dumps(_load(on, (args.units, units), outlines, maps), ensure_ascii=False, default=str))
    return 0


def _read(path: Path, reader: Callable[[bytes], T]) -> T:
    from phaodai.territory.rules.units import Unusable

    try:
        return reader(path.read_bytes())
    except OSError as error:
        raise Refused(f"cannot read {path}: {error.strerror}; give the path of a file") from error
    except Unusable as error:
        raise Refused(f"{path.name}: {error}") from error


def _load(
    on: date, units: tuple[Path, Any], outlines: list[tuple[Path, Any]], maps: list[tuple[Path, Any]]
) -> dict[str, Any]:
    """Load everything in one transaction: nothing is half-loaded."""
    from django.db import transaction
    from django.utils import translation

    from phaodai.foundation import clock
    from phaodai.foundation.refusals import Refusal
    from phaodai.foundation.scope import SYSTEM
    from phaodai.territory.actions import load_list, load_outlines, load_successions
    from phaodai.territory.actions.writing import OWNER

    common: dict[str, Any] = {"actor": SYSTEM, "moment": clock.now(), "on": on, "using": OWNER}
    try:
        # The console speaks English, as its messages about files do.
        with translation.override("en"), transaction.atomic(using=OWNER):
            told: dict[str, Any] = asdict(load_list(**common, entries=units[1], source=units[0].name))
            told["boundaries"] = [
                asdict(load_outlines(**common, outlines=rows, source=path.name)) for path, rows in outlines
            ]
            told["mapping"] = [
                asdict(load_successions(**common, passages=rows, source=path.name)) for path, rows in maps
            ]
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal
    return told
