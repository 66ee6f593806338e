"""Take in who was where and who met whom: QR check-ins, declared journeys, proximity logs, interviews, rosters."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from phaodai.__main__ import Refused
from phaodai.foundation.database import DatabaseUnavailable

KINDS = ("checkin", "journey", "proximity", "interview", "roster")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`import-visits FILE --kind KIND [--unit CODE] [--pseudonyms FILE] [--json]`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="sheet: .csv or .xlsx, at most 40 MB")
    parser.add_argument("--kind", required=True, choices=KINDS, help="what the rows are")
    parser.add_argument("--unit", metavar="CODE", help="the province; else the one that is loaded")
    parser.add_argument(
        "--pseudonyms", type=Path, metavar="FILE", help="for a log: columns pseudonym and person (ID card or telephone)"
    )
    parser.add_argument("--json", action="store_true", help="print the counts as one JSON object")


def run(args: argparse.Namespace) -> int:
    """0 also when rows wait, since none of them is lost."""
    content = _bytes(args.file)
    pseudonyms = _pseudonyms(args.pseudonyms) if args.pseudonyms else {}
    from phaodai.site.installation import open_installation

    try:
        server = open_installation(lambda line: print(line, file=sys.stderr))
    except DatabaseUnavailable as problem:
        raise Refused(str(problem)) from problem
    try:
        told = _take_in(args, content, pseudonyms)
    finally:
        server.leave()
    if args.json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("  ".join(f"{name} {value}" for name, value in told.items()))
    return 0


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"cannot read {path}: {error.strerror}; give the path of a file") from error


def _pseudonyms(path: Path) -> dict[str, str]:
    """Which person each name of a log stands for."""
    from phaodai.site.commands.tables import read_text

    lines = [line.replace(";", ",").split(",") for line in read_text(path).splitlines()[1:] if line.strip()]
    if any(len(line) < 2 for line in lines):
        raise Refused(f"{path}: each line needs a pseudonym and a person, parted by a comma")
    return {line[0].strip(): line[1].strip() for line in lines}


def _take_in(args: argparse.Namespace, content: bytes, pseudonyms: dict[str, str]) -> dict[str, Any]:
    from django.utils import translation

    from phaodai.foundation import clock
    from phaodai.foundation.refusals import Refusal
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.surveillance.sheets.visit_intake import take_in_visits
    from phaodai.surveillance.sheets.visit_rows import Kind

    # The console speaks English, as its messages about files do.
    with translation.override("en"), entering(SYSTEM, why="import-visits"):
        try:
            taken = take_in_visits(
                actor=SYSTEM, moment=clock.now(), province_id=_province(args.unit), kind=Kind(args.kind),
                name=args.file.name, content=content, pseudonyms=pseudonyms,
            )  # fmt: skip
        except Refusal as refusal:
            raise Refused(f"{args.file.name}: {refusal}") from None
    counts = {"rows": taken.rows, "inserted": taken.inserted, "unchanged": taken.unchanged}
    return counts | {"parked": len(taken.parked), "parked_file": _parked_file(args.file, taken.parked)}


def _province(code: str | None) -> int:
    from phaodai.foundation import clock
    from phaodai.surveillance.sheets.placing import home_area
    from phaodai.territory.models import Tier, Unit

    if code is None:
        return home_area(clock.today()).province or 0
    unit = Unit.objects.coded(code, clock.today()).filter(tier=Tier.PROVINCE).first()
    if unit is None:
        raise Refused(f"no province has the code '{code}' today; see the codes at /dia-ban/")
    return int(unit.pk)


def _parked_file(source: Path, parked: list[Any]) -> str | None:
    """The rows that wait, beside the file they came in: mend them there and take that file in."""
    if not parked:
        return None
    from phaodai.foundation.sheets import write_sheet

    header = [*dict.fromkeys(name for row in parked for name in row.cells), "reason"]
    rows = [[*(row.cells.get(name, "") for name in header[:-1]), row.reason] for row in parked]
    target = source.with_name(f"{source.stem}.parked.xlsx")
    try:
        target.write_bytes(write_sheet("parked", header, rows))
    except OSError as error:
        raise Refused(f"cannot write {target}: {error.strerror}; copy the sheet to a folder of yours") from error
    return str(target)
