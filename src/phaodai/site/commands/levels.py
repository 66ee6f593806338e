"""The risk level of every commune below a unit on a day, with the figures, the rule and the reasons it rests on."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from phaodai.__main__ import Refused
from phaodai.foundation.database import DatabaseUnavailable

if TYPE_CHECKING:
    from phaodai.containment.actions.levels import Assessment

CONCLUDED, CANNOT_CONCLUDE = 0, 3
UNKNOWN_LAW = ("unverified", "unprovided")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The form is fixed: `levels --unit CODE --on DATE --json`."""
    parser.add_argument("--unit", required=True, metavar="CODE", help="code of a province, district or commune")
    parser.add_argument("--on", required=True, metavar="DATE", help="the day, such as 2021-11-24")
    parser.add_argument("--json", action="store_true", help="everything as JSON instead of one line for each commune")


def run(args: argparse.Namespace) -> int:
    """0 when every level is concluded or lacks figures only; 3 when one rests on a value that nobody has verified."""
    on = _day(args.on)
    from phaodai.site.installation import open_installation

    try:
        server = open_installation(lambda line: print(line, file=sys.stderr))
    except DatabaseUnavailable as problem:
        raise Refused(str(problem)) from problem
    try:
        found = _levels(args.unit, on)
    finally:
        server.leave()
    _show(found, as_json=args.json)
    unknown = [one["code"] for one in found["levels"] if one["status"] in UNKNOWN_LAW]
    if unknown:
        print(f"phaodai levels: {len(unknown)} communes await a value that nobody has verified", file=sys.stderr)
    return CANNOT_CONCLUDE if unknown else CONCLUDED


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"--on {text} is no date; write it like 2021-11-24") from None


def _levels(code: str, on: date) -> dict[str, Any]:
    """The unit, the day and its communes' levels, assessed from the figures at hand; nothing is written."""
    from django.utils import translation

    from phaodai.containment.actions.levels import assess_area
    from phaodai.foundation.refusals import Refusal
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.territory.models import Tier, Unit

    # The console speaks English, as its messages about files do.
    with translation.override("en"), entering(SYSTEM, why="levels"):
        unit = Unit.objects.coded(code, on).exclude(tier=Tier.HAMLET).first()
        if unit is None:
            raise Refused(f"no unit has the code '{code}' on {on}; see the codes at /dia-ban/")
        try:
            assessment = assess_area(unit, on)
        except Refusal as refusal:
            raise Refused(str(refusal)) from None
        return {"unit": {"code": unit.code, "name": unit.name}, "on": on.isoformat(), "levels": list(_told(assessment))}


def _told(assessment: "Assessment") -> Iterator[dict[str, Any]]:
    from phaodai.territory.models import Tier

    units = assessment.units
    for place, (level, record) in enumerate(assessment.records()):
        if units.tiers[place] == Tier.COMMUNE:
            in_force = assessment.in_force.get(units.ids[place])
            week = assessment.figures.week_ending[place]
            yield {
                "code": units.codes[place],
                "name": units.names[place],
                "level": level,
                "in_force": in_force,
                "week_ending": week.isoformat() if week else None,
                **record,
            }


def _show(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        json.dump(found, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
        return
    for one in found["levels"]:
        level = "–" if one["level"] is None else one["level"]
        print(f"{one['code']}\t{level}\t{one['name']}\t{one['why']['vi']}")
