"""The rows of a list of units: what each says, and whether the list as a whole can be believed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Key = tuple[int, str]
"""Tier and code: names a unit within one list."""

TIERS = {1: "province", 2: "district", 3: "commune", 4: "hamlet"}
_LONGEST = {"code": 12, "name": 120, "type": 40, "name_en": 120}


class Unusable(ValueError):
    """A file or list that cannot be loaded; the message is one line that says where it is wrong and how to mend it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one list says of one unit.

    `parent` is the unit directly above; `area_km2` in square kilometres, longitude and latitude in degrees (WGS 84).
    `line` is the line of the file it came from, 0 when it came from none.
    """

    tier: int
    code: str
    name: str
    type: str
    parent: Key | None
    name_en: str = ""
    population: int | None = None
    area_km2: float | None = None
    longitude: float | None = None
    latitude: float | None = None
    line: int = 0

    @property
    def key(self) -> Key:
        """Tier and code."""
        return self.tier, self.code


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and the line it stands on."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}" if self.line else self.text


def refuse(problems: Sequence[Problem]) -> None:
    """Raise `Unusable` with the first problem and the number of the others; nothing when there is none."""
    if not problems:
        return
    more = len(problems) - 1
    others = f" ({more} more problem{'s' if more > 1 else ''} further down)" if more else ""
    raise Unusable(f"{problems[0]}{others}")


def check(entries: Sequence[Entry]) -> None:
    """Raise `Unusable` unless the rows form whole provinces: each code once, each parent there and one tier up."""
    if not any(entry.tier == 1 for entry in entries):
        raise Unusable("the list names no province (level 1); a list states provinces with everything below them")
    problems = [*_malformed(entries), *_doubled(entries), *_misplaced(entries), *_odd_lengths(entries)]
    refuse(sorted(problems, key=lambda problem: problem.line))


def _malformed(entries: Iterable[Entry]) -> Iterator[Problem]:
    for entry in entries:
        if entry.tier not in TIERS:
            yield Problem(
                entry.line, f"level {entry.tier} is none of 1 (province), 2 (district), 3 (commune), 4 (hamlet)"
            )
        for field, longest in _LONGEST.items():
            value = getattr(entry, field)
            if not value and field != "name_en":
                yield Problem(entry.line, f"the {field} is empty; write it, or take the row out")
            elif len(value) > longest:
                yield Problem(entry.line, f"the {field} has {len(value)} signs; at most {longest} are kept")


def _doubled(entries: Iterable[Entry]) -> Iterator[Problem]:
    first: dict[Key, int] = {}
    for entry in entries:
        if entry.key in first:
            where = f" (first on line {first[entry.key]})" if entry.line else ""
            yield Problem(
                entry.line, f"code {entry.code} stands twice at level {entry.tier}{where}; keep one of the rows"
            )
        first.setdefault(entry.key, entry.line)


def _misplaced(entries: Sequence[Entry]) -> Iterator[Problem]:
    keys = {entry.key for entry in entries}
    used = sorted({entry.tier for entry in entries})
    for entry in entries:
        if entry.tier == 1 and entry.parent:
            yield Problem(entry.line, f"province {entry.code} has a parent ({entry.parent[1]}); leave it empty")
        if entry.tier > 1 and entry.tier in TIERS:
            yield from _wrong_parent(entry, keys, max(tier for tier in used if tier < entry.tier))


def _wrong_parent(entry: Entry, keys: set[Key], tier_above: int) -> Iterator[Problem]:
    word, name = TIERS[tier_above], f"{TIERS[entry.tier]} {entry.code}"
    if entry.parent is None or not entry.parent[1]:
        yield Problem(entry.line, f"{name} has no parent; write the code of its {word}")
    elif entry.parent not in keys:
        yield Problem(
            entry.line, f"{name} stands under {entry.parent[1]}, which the list does not name; add it or mend the code"
        )
    elif entry.parent[0] != tier_above:
        yield Problem(
            entry.line,
            f"{name} stands under {entry.parent[1]}, a {TIERS[entry.parent[0]]}; give the code of its {word}",
        )


def _odd_lengths(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Codes of one tier have one length: a spreadsheet that took them for numbers has eaten the leading zeros."""
    by_tier: dict[int, list[Entry]] = {}
    for entry in entries:
        by_tier.setdefault(entry.tier, []).append(entry)
    for rows in by_tier.values():
        usual = max(Counter(len(row.code) for row in rows).items(), key=lambda item: (item[1], item[0]))[0]
        for row in rows:
            if row.code and len(row.code) != usual:
                text = f"code {row.code} has {len(row.code)} signs, others of level {row.tier} have {usual}"
                yield Problem(row.line, f"{text}: was a zero lost?")
