"""Whom a case met within its infectious window, and whom those met: household, places, workplaces, logs, interviews."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from phaodai.__main__ import Refused
from phaodai.foundation.database import DatabaseUnavailable

if TYPE_CHECKING:
    from phaodai.surveillance.models import Case
    from phaodai.surveillance.tracing import Traced


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The form is fixed: `trace CASE_ID [--degree 2] [--as-of DATETIME] --json`."""
    parser.add_argument("case", metavar="CASE_ID", help="number of the case, as its line list writes it")
    parser.add_argument("--degree", type=int, choices=(1, 2), default=2, help="2 also names contacts of contacts")
    parser.add_argument("--as-of", metavar="DATETIME", help="answer with what was known then, such as 2021-11-24T06:40")
    parser.add_argument("--json", action="store_true", help="everything as JSON instead of one line for each contact")


def run(args: argparse.Namespace) -> int:
    """Prints the contacts; exit 2 where no case has this number or no day of it is known."""
    as_of = _moment(args.as_of) if args.as_of else None
    from phaodai.site.installation import open_installation

    try:
        server = open_installation(lambda line: print(line, file=sys.stderr))
    except DatabaseUnavailable as problem:
        raise Refused(str(problem)) from problem
    try:
        found = _trace(args.case, args.degree, as_of)
    finally:
        server.leave()
    _show(found, as_json=args.json)
    return 0


def _moment(text: str) -> datetime:
    from phaodai.foundation.formats import VIETNAM

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(f"--as-of {text} is no moment; write it like 2021-11-24T06:40") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def _trace(code: str, degree: int, as_of: datetime | None) -> dict[str, Any]:
    from phaodai.foundation import clock
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.rulebook import Refusal
    from phaodai.surveillance.tracing import trace_case

    with entering(SYSTEM, why="trace"):
        case = _case(code)
        try:
            traced = trace_case(case, moment=clock.now(), degree=degree, as_of=as_of)
        except Refusal as refusal:
            raise Refused(f"{code}: {refusal}") from None
        return _told(case, traced)


def _case(code: str) -> "Case":
    from phaodai.surveillance.models import Case

    found = list(Case.objects.filter(code=code).select_related("person")[:2])
    if not found:
        raise Refused(f"no case has the number '{code}'; import its line list first, or see the numbers at /giam-sat/")
    if len(found) > 1:
        raise Refused(f"several provinces have a case '{code}'; open it from the province's own list")
    return found[0]


def _told(case: "Case", traced: "Traced") -> dict[str, Any]:
    window = traced.window
    return {
        "case": case.code,
        "window": {"from": window.begin.isoformat(), "to": window.end.isoformat(), "document": window.document},
        "contacts": list(_contacts(traced)),
        "visits_searched": traced.searched,
        "milliseconds": round(traced.milliseconds, 3),
    }


def _contacts(traced: "Traced") -> Iterator[dict[str, Any]]:
    from phaodai.surveillance.models import Case
    from phaodai.surveillance.tracing import moment_at
    from phaodai.territory.models import Place

    persons, places = set(traced.contacts.person.tolist()), set(traced.contacts.place.tolist())
    numbers = dict(Case.objects.filter(person__in=persons).order_by("-episode").values_list("person_id", "code"))
    names = dict(Place.objects.filter(pk__in=places).values_list("id", "name"))
    for one in dict.fromkeys(traced.contacts):
        undated = one.start == traced.undated and one.minutes is None
        yield {
            "person": numbers.get(one.person, f"person-{one.person}"),
            "degree": one.degree,
            "via": one.via.name.lower(),
            "place": names.get(one.place) if one.place is not None else None,
            "from": None if undated else moment_at(one.start).isoformat(),
            "to": None if undated else moment_at(one.end).isoformat(),
            "minutes": one.minutes,
        }


def _show(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        json.dump(found, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
        return
    for one in found["contacts"]:
        print("\t".join(str("–" if value is None else value) for value in one.values()))
    print(f"{found['visits_searched']} visits searched in {found['milliseconds']} ms", file=sys.stderr)
