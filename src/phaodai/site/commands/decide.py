"""Decide one case by the rule in force on a date, citing document and clause, with reasons in both languages."""

import argparse
import datetime as dt
import json
import sys

from phaodai.__main__ import Refused
from phaodai.rulebook import DEFAULT_DISEASE, Decision, PackError, Refusal, load
from phaodai.rulebook.record import as_record
from phaodai.rulebook.rules import RULES

CONCLUDED, CANNOT_CONCLUDE = 0, 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The form is fixed: `decide RULE --on DATE key=value … --json`."""
    parser.add_argument("rule", metavar="RULE", help=f"one of: {', '.join(RULES)}")
    parser.add_argument("facts", metavar="key=value", nargs="*", help="facts of the case; dates ISO, shares 0 to 1")
    parser.add_argument("--on", metavar="DATE", required=True, help="the day whose law counts, such as 2021-10-24")
    parser.add_argument("--disease", default=DEFAULT_DISEASE, help="the policy pack")
    parser.add_argument("--json", action="store_true", help="all fields as JSON instead of the reasons alone")
    # Facts may stand before or after the options.
    parser.parse_args = parser.parse_intermixed_args  # type: ignore[method-assign]


def run(arguments: argparse.Namespace) -> int:
    """0 concluded, 3 cannot conclude as a value awaits verification; raises Refused for facts that are not accepted."""
    try:
        on = _day(arguments.on)
        decision = load(arguments.disease).decide(arguments.rule, on, _facts(arguments.facts))
    except (Refusal, PackError) as refusal:
        raise Refused(str(refusal)) from None
    if decision.status in ("incomplete", "refused"):
        raise Refused(_mend(decision))
    _show(decision, as_json=arguments.json)
    return CONCLUDED if decision.status == "concluded" else CANNOT_CONCLUDE


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Refusal(f"--on {text} is no date; write it like 2021-10-24") from None


def _facts(pairs: list[str]) -> dict[str, str]:
    facts: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise Refusal(f"'{pair}' is no fact; write it like key=value")
        if name in facts:
            raise Refusal(f"'{name}' is given twice; give it once")
        facts[name] = value
    return facts


def _mend(decision: Decision) -> str:
    if decision.missing:
        return (
            f"{decision.rule} needs more on {decision.on}: give {', '.join(f'{name}=…' for name in decision.missing)}"
        )
    return decision.why.en


def _show(decision: Decision, *, as_json: bool) -> None:
    record = as_record(decision)
    if as_json:
        json.dump(record, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(f"{json.dumps(record['outcome'], ensure_ascii=False)}\n{decision.why.vi}\n{decision.why.en}\n")
    if decision.status != "concluded":
        sys.stderr.write(f"phaodai decide: {_awaited(decision)}\n")


def _awaited(decision: Decision) -> str:
    values = [f"{one.name} ({one.document.number})" for one in decision.awaiting if not one.verified]
    if not values:
        return "cannot conclude: no provision has been entered for this case"
    return f"cannot conclude: this value awaits verification: {', '.join(values)}"
