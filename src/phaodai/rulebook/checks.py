"""What a pack must satisfy beyond its spelling: periods, bands, complete values, templates that can be filled."""

import datetime as dt
import itertools
import string
from collections import defaultdict
from collections.abc import Iterable, Mapping

from phaodai.rulebook.conditions import Interval, OneOf, intervals, terms
from phaodai.rulebook.errors import PackError
from phaodai.rulebook.pack import Pack
from phaodai.rulebook.provisions import CONFIDENCES, Provision
from phaodai.rulebook.tables import Row, TableSpec, rows_on
from phaodai.rulebook.words import listed

DAY = dt.timedelta(days=1)


def check_pack(pack: Pack, rules: Iterable[str] = ()) -> None:
    """Raise PackError at the first contradiction; `rules` are the names that tables may give as theirs."""
    by_table: dict[str, list[Provision]] = defaultdict(list)
    for provision in pack.provisions:
        problem = problem_of(provision, pack.tables[provision.table], pack.facts)
        if problem:
            raise _error(pack, provision, problem)
        by_table[provision.table].append(provision)
    for name, provisions in by_table.items():
        _check_rule(pack, pack.tables[name], provisions[0], set(rules))
        _check_time(pack, provisions)
        if pack.tables[name].bands:
            _check_bands(pack, pack.tables[name], provisions)


def _error(pack: Pack, provision: Provision, problem: str) -> PackError:
    origin = pack.origins[provision.name]
    return PackError(origin.path, origin.line, problem)


def _check_rule(pack: Pack, spec: TableSpec, first: Provision, rules: set[str]) -> None:
    if spec.rule and rules and spec.rule not in rules:
        raise _error(
            pack, first, f"table '{spec.name}' belongs to no rule '{spec.rule}'; choose one of: {listed(rules)}"
        )


def problem_of(provision: Provision, spec: TableSpec, facts: Iterable[str]) -> str | None:
    """What is wrong with one provision by itself, and how to mend it; None where nothing is."""
    if provision.end is not None and provision.end < provision.begin:
        return f"{provision.name} ends before it begins; mend 'from' or 'to'"
    if any(letter not in CONFIDENCES for letter in provision.doubtful.values()):
        return f"a letter under 'doubtful' is none of: {', '.join(CONFIDENCES)}"
    found = _problem_of_fields(provision, spec) if provision.state == "set" else None
    return found or _problem_of_reason(provision, {*facts, *spec.fields, *spec.optional, "then"})


def _problem_of_fields(provision: Provision, spec: TableSpec) -> str | None:
    if not spec.fields and not spec.optional:
        return _problem_of_range(provision, spec)
    if not isinstance(provision.then, Mapping):
        return f"'then' of {spec.name} must be a table with: {', '.join(spec.fields)}"
    lacking = [name for name in spec.fields if name not in provision.then and name not in provision.doubtful]
    if lacking:
        return f"'then' of {spec.name} lacks '{lacking[0]}'; add it, or name it under 'doubtful'"
    surplus = [name for name in provision.then if name not in (*spec.fields, *spec.optional)]
    if surplus:
        return f"'then' of {spec.name} has no field '{surplus[0]}'; it has: {listed(spec.fields + spec.optional)}"
    return None


def _problem_of_range(provision: Provision, spec: TableSpec) -> str | None:
    is_number = isinstance(provision.then, int | float) and not isinstance(provision.then, bool)
    if is_number and not spec.low <= provision.then <= spec.high:
        return f"'then' of {spec.name} is {provision.then}; it runs from {spec.low:g} to {spec.high:g}"
    return None


def _problem_of_reason(provision: Provision, known: set[str]) -> str | None:
    for template in provision.reason:
        for _, name, _, _ in string.Formatter().parse(template):
            if name is not None and name not in known:
                return f"the reason names '{{{name}}}', which is neither a fact nor a field of the value"
    return None


def _check_time(pack: Pack, provisions: list[Provision]) -> None:
    """Versions of one value follow each other; an overlap names what it supersedes, a hole says why it is there."""
    versions: dict[tuple[str, str], list[Provision]] = defaultdict(list)
    for provision in provisions:
        versions[provision.row, provision.scope].append(provision)
    for several in versions.values():
        ordered = sorted(several, key=lambda one: one.begin)
        for earlier, later in itertools.pairwise(ordered):
            _check_neighbours(pack, earlier, later)


def _check_neighbours(pack: Pack, earlier: Provision, later: Provision) -> None:
    overlaps = earlier.end is None or earlier.end >= later.begin
    if overlaps and earlier.document.number not in later.supersedes:
        problem = (
            f'{later.name} overlaps {earlier.name}; end the earlier or write supersedes = ["{earlier.document.number}"]'
        )
        raise _error(pack, later, problem)
    if (
        not overlaps
        and earlier.end is not None
        and later.begin > earlier.end + DAY
        and not pack.origins[later.name].gap
    ):
        problem = f"nothing counts between {earlier.name} and {later.name}; close the gap or say why under 'gap'"
        raise _error(pack, later, problem)


def _check_bands(pack: Pack, spec: TableSpec, provisions: list[Provision]) -> None:
    """On each day on which something begins, the intervals of one number are whole: no overlap, no gap."""
    for day in sorted({one.begin for one in provisions}):
        groups: dict[tuple[OneOf, ...], list[tuple[Interval, Row]]] = defaultdict(list)
        for row in rows_on(day, provisions):
            numbers = intervals(row.provision.when)
            # A row that asks a second number is an exception within a band, not a band.
            if len(numbers) == 1 and numbers[0].fact == spec.bands:
                groups[tuple(terms(row.provision.when))].append((numbers[0], row))
        for group in groups.values():
            _check_group(
                pack, spec, sorted(group, key=lambda pair: -float("inf") if pair[0].low is None else float(pair[0].low))
            )


def _check_group(pack: Pack, spec: TableSpec, group: list[tuple[Interval, Row]]) -> None:
    first, last = group[0], group[-1]
    if first[0].low is not None and (float(first[0].low), first[0].low_closed) != (spec.bands_from, True):
        raise _error(pack, first[1].provision, f"the bands of {spec.bands} do not begin at {spec.bands_from:g}")
    ceiling = pack.facts[spec.bands].high
    if last[0].high is not None and not (last[0].high_closed and float(last[0].high) >= ceiling):
        raise _error(pack, last[1].provision, f"the bands of {spec.bands} stop at {last[0].high}; add the last one")
    for (lower, _), (upper, row) in itertools.pairwise(group):
        if lower.high != upper.low or lower.high_closed == upper.low_closed:
            raise _error(pack, row.provision, f"the bands of {spec.bands} overlap or leave a gap at {upper.low}")
