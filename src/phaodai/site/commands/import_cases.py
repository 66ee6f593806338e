"""Take in a line list of cases (CSV, Excel) with its contact pairs; rows that cannot be used wait in a file."""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from phaodai.__main__ import Refused
from phaodai.foundation.database import DatabaseUnavailable

if TYPE_CHECKING:
    from phaodai.foundation.scope import Area
    from phaodai.surveillance.models import LineList
    from phaodai.surveillance.sheets.intake import Proposed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The form is fixed: `import-cases LINELIST [--contacts FILE] [--mapping FILE.toml] [--json]`."""
    parser.add_argument("linelist", type=Path, metavar="LINELIST", help="list of cases: .csv, .xlsx, .xls or .ods")
    parser.add_argument("--contacts", type=Path, metavar="FILE", help="contact pairs: columns from and to")
    parser.add_argument(
        "--mapping", type=Path, metavar="FILE.toml", help='what columns mean: [columns] "header" = "field"'
    )
    parser.add_argument("--unit", metavar="CODE", help="the unit whose cases they are; else the one province loaded")
    parser.add_argument("--json", action="store_true", help="print the counts as one JSON object")


def run(args: argparse.Namespace) -> int:
    """Read every file before anything is written; 0 also when rows wait, since none of them is lost."""
    listed, pairs, mapping = (_bytes(path) for path in (args.linelist, args.contacts, args.mapping))
    from phaodai.site.installation import open_installation

    try:
        server = open_installation(lambda line: print(line, file=sys.stderr))
    except DatabaseUnavailable as problem:
        raise Refused(str(problem)) from problem
    try:
        told = _take_in(args, listed or b"", pairs, mapping)
    finally:
        if server is not None:
            server.leave()
    _print(told, as_json=args.json)
    return 0


def _bytes(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"cannot read {path}: {error.strerror}; give the path of a file") from error


def _take_in(args: argparse.Namespace, listed: bytes, pairs: bytes | None, mapping: bytes | None) -> dict[str, Any]:
    """The console speaks English, as its messages about files do."""
    from django.utils import translation

    from phaodai.foundation.refusals import Refusal

    with translation.override("en"):
        try:
            area = _area(args.unit)
            found = _found(args.linelist.name, listed, area, mapping)
            line_list = _read(args.linelist.name, listed, area, found)
            told = _counts(line_list, args.linelist)
            return told if pairs is None else told | {"links": _links(args.contacts, pairs, line_list)}
        except Refusal as refusal:
            raise Refused(f"{_file_meant(args, refusal.field).name}: {refusal}") from None


def _file_meant(args: argparse.Namespace, field: str | None) -> Path:
    chosen: Path | None = {"contacts": args.contacts, "mapping": args.mapping}.get(field or "", args.linelist)
    return chosen or Path(args.linelist)


def _area(code: str | None) -> "Area":
    """The area of `--unit`, else of the one province that is loaded, else nowhere yet."""
    from phaodai.foundation import clock
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.surveillance.sheets.placing import home_area
    from phaodai.territory.models import Tier, Unit

    with entering(SYSTEM, why="import-cases"):
        if code is None:
            return home_area(clock.today())
        unit = Unit.objects.coded(code, clock.today()).exclude(tier=Tier.HAMLET).first()
        if unit is None:
            raise Refused(f"no unit has the code '{code}' today; see the codes at /dia-ban/")
        return unit.area


def _found(name: str, content: bytes, area: "Area", mapping: bytes | None) -> "Proposed":
    from phaodai.foundation import clock
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.surveillance.sheets.intake import choose, with_mapping
    from phaodai.surveillance.sheets.tables import read_tables

    tables = read_tables(name, content)
    with entering(SYSTEM, why="import-cases"):
        if mapping is not None:
            return with_mapping(tables, mapping)
        return choose(tables, province=area.province or 0, today=clock.today())


def _read(name: str, content: bytes, area: "Area", found: "Proposed") -> "LineList":
    from phaodai.foundation import clock
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.surveillance.sheets.intake import begin, read_through

    moment = clock.now()
    with entering(SYSTEM, why="import-cases"):
        line_list = begin(actor=SYSTEM, moment=moment, name=name, content=content, area=area, found=found)
    done = read_through(
        line_list, found, actor=SYSTEM, moment=moment, scope=lambda: entering(SYSTEM, why="import-cases")
    )
    if done.prefix:
        print(
            f"the case numbers of {name} are those of other people in the books; here they are {done.prefix}NUMBER",
            file=sys.stderr,
        )
    if done.problem:
        print(done.problem, file=sys.stderr)
    return done


def _counts(line_list: "LineList", source: Path) -> dict[str, Any]:
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.surveillance.sheets.parked import parked_sheet

    counts = {name: getattr(line_list, name) for name in ("rows", "inserted", "updated", "unchanged", "parked")}
    kept = None
    if line_list.parked:
        with entering(SYSTEM, why="import-cases"):
            kept = _keep(source, parked_sheet(line_list))
    return counts | {"parked_file": kept}


def _links(source: Path, content: bytes, line_list: "LineList") -> dict[str, Any]:
    from phaodai.foundation import clock
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.surveillance.actions.reasons import reason_of
    from phaodai.surveillance.sheets.intake import take_pairs
    from phaodai.surveillance.sheets.parked import sheet_of

    with entering(SYSTEM, why="import-cases"):
        pairs = take_pairs(
            actor=SYSTEM, moment=clock.now(), name=source.name, content=content, province=line_list.province_id,
            prefix=line_list.prefix,
        )  # fmt: skip
    if pairs.remark:
        print(pairs.remark, file=sys.stderr)
    waiting = [(row.cells, reason_of(row.code, row.field, "")) for row in pairs.parked]
    counts = {"rows": pairs.rows, "inserted": pairs.inserted, "unchanged": pairs.unchanged, "parked": len(waiting)}
    return counts | {"parked_file": _keep(source, sheet_of(waiting, pairs.headers)) if waiting else None}


def _keep(source: Path, content: bytes) -> str:
    """Beside the list, or where that may not be written in the present folder, or among the temporary files."""
    for folder in (source.resolve().parent, Path.cwd(), Path(tempfile.gettempdir())):
        if os.access(folder, os.W_OK):
            path = folder / f"{source.stem}-parked.xlsx"
            path.write_bytes(content)
            return str(path)
    raise Refused("the rows that wait could not be kept in a file: make the folder of the list writable")


def _print(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
        return
    print(
        f"{told['rows']} rows: {told['inserted']} new, {told['updated']} changed, {told['unchanged']} as before,"
        f" {told['parked']} waiting" + (f" in {told['parked_file']}" if told["parked_file"] else "")
    )
    if "links" in told:
        links = told["links"]
        print(f"{links['rows']} contact pairs: {links['inserted']} new links, {links['parked']} waiting")
