"""Write the report of a unit for a day or a week as an official document: the signed one, else a draft of the data."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from phaodai.__main__ import Refused
from phaodai.foundation.database import DatabaseUnavailable

if TYPE_CHECKING:
    from phaodai.command.models import Report
    from phaodai.people.models import Organisation

SUFFIXES = (".docx", ".pdf")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which report, of whom, for when, and where to."""
    parser.add_argument("kind", choices=["daily", "weekly"], help="of the day, or of its week from Monday to Sunday")
    parser.add_argument(
        "--unit", required=True, metavar="CODE", help="code of a unit (982) or of an organisation (98-VPTU)"
    )
    parser.add_argument("--date", required=True, metavar="YYYY-MM-DD")
    parser.add_argument("--output", required=True, type=Path, metavar="FILE.docx|FILE.pdf")


def run(args: argparse.Namespace) -> int:
    """Write the file; prints its path and the figures' moment."""
    if args.output.suffix not in SUFFIXES:
        raise Refused(
            f"cannot write {args.output.suffix or 'a file without ending'}; name a file that ends in .docx or .pdf"
        )
    try:
        on = date.fromisoformat(args.date)
    except ValueError:
        raise Refused(f"'{args.date}' is no day; write it as 2021-11-24") from None
    from phaodai.site.installation import open_installation

    try:
        server = open_installation(lambda line: print(line, file=sys.stderr))
    except DatabaseUnavailable as problem:
        raise Refused(str(problem)) from problem
    try:
        return _write(args.kind, args.unit, on, args.output)
    finally:
        server.leave()


def _write(kind: str, code: str, on: date, output: Path) -> int:
    from phaodai.command.papers import paper_of, write_paper
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM, why="write-report"):
        organisation = _organisation(code)
        report = _report(kind, organisation, on)
        content = write_paper(paper_of(report), output.suffix[1:])
    try:
        output.write_bytes(content)
    except OSError as problem:
        raise Refused(f"cannot write {output}: {problem.strerror}; choose a folder that you may write to") from None
    print(
        f"{output}: {organisation.name}, {report.period}, figures as of {report.as_of:%H:%M %d/%m/%Y}, {report.state}"
    )
    return 0


def _organisation(code: str) -> "Organisation":
    """The organisation of that code, or the People's Committee (else the first body with an area) of the unit of that code."""
    from phaodai.foundation import clock
    from phaodai.people.models import Organisation
    from phaodai.territory.models import Tier, Unit

    found = Organisation.objects.open().filter(code=code).first()
    if found:
        return found
    unit = Unit.objects.as_of(clock.today()).filter(code=code).exclude(tier=Tier.HAMLET).order_by("tier").first()
    if unit is None:
        raise Refused(
            f"no unit and no organisation has the code '{code}'; see the codes at /dia-ban/ and /chi-huy/co-quan/"
        )
    bodies = Organisation.objects.open().filter(unit=unit)
    committee = bodies.filter(kind=Organisation.Kind.PEOPLES_COMMITTEE).first()
    body = committee or bodies.filter(reach=Organisation.Reach.AREA).order_by("pk").first()
    if body is None:
        raise Refused(f"{unit.name} has no organisation that reports; add its People's Committee first")
    return body


def _report(kind: str, organisation: "Organisation", on: date) -> "Report":
    """The report kept for that day or week, or one made of the data and kept nowhere."""
    from phaodai.command.actions.reports import bring_up_to
    from phaodai.command.models import Report
    from phaodai.command.rules.periods import week_of
    from phaodai.foundation import clock

    first = week_of(on).first if kind == Report.Kind.WEEKLY else on
    kept = (
        Report.objects.select_related("organisation__parent", "signer")
        .filter(organisation=organisation, kind=kind, on=first)
        .first()
    )
    if kept is not None and kept.state == Report.State.SIGNED:
        return kept
    now = clock.now()
    if on > now.date():
        raise Refused(f"there are no figures for {on:%d/%m/%Y} yet; the installation's day is {now:%d/%m/%Y}")
    return bring_up_to(kept or Report(organisation=organisation, kind=kind, on=first), now)
