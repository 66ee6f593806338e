"""Scenario files: a province, a virus, an outbreak and orders, written as TOML (docs/epidemic-simulation.md)."""

import csv
import tomllib
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_type_hints

from epidemic.simulation.course import Biology
from epidemic.simulation.measures import (
    CLOSED,
    LEVELS,
    Arrivals,
    Checkpoint,
    Closing,
    Distancing,
    FiveMeasures,
    Isolation,
    Lockdown,
    Order,
    Outbreak,
    Quarantine,
    Sampling,
    StayInPlace,
    ThreeOnTheSpot,
    Tracing,
    Treatment,
    Vaccination,
)
from epidemic.simulation.plan import Scenario
from epidemic.simulation.programmes import GROUPS
from epidemic.simulation.reading import Lines, ScenarioError, Table
from epidemic.simulation.territory import Commune, Park, Province, ProvinceError, invented_province, province_of
from epidemic.simulation.variants import VARIANTS, Variant

ORDERS: dict[str, type[Order]] = {
    "outbreak": Outbreak,
    "arrivals": Arrivals,
    "five_measures": FiveMeasures,
    "distancing": Distancing,
    "closing": Closing,
    "lockdown": Lockdown,
    "stay_in_place": StayInPlace,
    "checkpoint": Checkpoint,
    "three_on_the_spot": ThreeOnTheSpot,
    "testing": Sampling,
    "tracing": Tracing,
    "quarantine": Quarantine,
    "isolation": Isolation,
    "treatment": Treatment,
    "vaccination": Vaccination,
}
CHOICES: dict[str, tuple[str, ...]] = {
    "level": tuple(LEVELS),
    "what": tuple(CLOSED),
    "who": ("symptomatic", "random", "targeted"),
    "groups": tuple(GROUPS),
}
SHARES = frozenset({
    "compliance", "adherence", "share", "found", "passing", "sensitivity", "at_site", "household", "school", "work",
    "community", "gathering", "second", "uptake", "already", "alike", "severe", "infection", "passing_on",
})  # fmt: skip
AT_LEAST_ONE = frozenset({"every", "pool", "days", "interval", "without_care", "without_intensive_care"})
LONGEST, LARGEST, MOST_RUNS = 1_000, 10_000_000, 10_000
LONGEST_QUARANTINE, MOST_INFECTED = 62, 60_000
INFINITE = float("inf")


@dataclass(frozen=True, kw_only=True)
class ScenarioFile:
    """What a file says: its scenario, the province it is about, and how often it is to be run."""

    name: str
    start: date | None
    province: Province
    province_seed: int
    scenario: Scenario
    seed: int
    runs: int


def read_scenario(path: Path) -> ScenarioFile:
    """Read a scenario file; units named in it are looked for beside it.

    Raises
    ------
    ScenarioError
        For a file that cannot be read, is no TOML, or says what cannot be run: the line, the key and how to mend it.
    """
    return read_scenario_text(_text_of(path), path.parent)


def read_scenario_text(text: str, folder: Path | None = None) -> ScenarioFile:
    """Read what a scenario file holds; without a folder it may name no file of units beside it.

    Raises
    ------
    ScenarioError
        As `read_scenario`.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"no valid TOML: {error}") from error
    return _read(Table(values, Lines(text)), folder)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ScenarioError(f"{path} cannot be read ({error.strerror}): check the path") from error
    except UnicodeDecodeError as error:
        raise ScenarioError(f"{path} is not UTF-8 text: save it as UTF-8") from error


def _read(top: Table, folder: Path | None) -> ScenarioFile:
    start = top.value("start")
    if start is not None and type(start) is not date:
        raise top.refusal("start", f"is {start}: give a date such as 2021-05-08, without quotes")
    virus, place = top.table("virus"), top.table("province")
    variants, province = _variants(virus), _province(place, folder)
    scenario = Scenario(
        days=top.whole("days", 120, 1, LONGEST),
        variants=variants,
        biology=Biology(dispersion=virus.number("dispersion", 0.45, 0, 100)),
        immunity_half_life=virus.number("immunity_half_life", INFINITE, 1, INFINITE),
        orders=tuple(_orders(top, start, Names.of(variants, province))),
    )
    virus.refuse_others()
    read = ScenarioFile(
        name=top.text("name", ""),
        start=start,
        province=province,
        province_seed=place.whole("seed", 1, 0, 2**62),
        scenario=scenario,
        seed=top.whole("seed", 1, 0, 2**62),
        runs=top.whole("runs", 20, 1, MOST_RUNS),
    )
    place.refuse_others()
    top.refuse_others()
    return read


def _variants(virus: Table) -> tuple[Variant, ...]:
    names = virus.texts("variants", ("delta",), tuple(VARIANTS))
    if not names or len(set(names)) < len(names):
        raise virus.refusal("variants", "must name each variant once, and at least one")
    found = [VARIANTS[name] for name in names]
    if virus.has("reproduction"):
        found[0] = found[0].with_reproduction(virus.number("reproduction", None, 0, 20))
    return tuple(found)


def _province(place: Table, folder: Path | None) -> Province:
    parks = [_park(table) for table in place.tables("park")]
    communes = [_commune(table) for table in place.tables("commune")]
    try:
        if communes:
            return province_of(communes, parks)
        if place.has("units"):
            if folder is None:
                raise place.refusal("units", "names a file, and there is none beside: give [[province.commune]] tables")
            return province_of(_units(place, folder / place.text("units", None)), parks)
        people = place.whole("people", 100_000, 1, LARGEST)
        number = place.whole("communes", max(1, people // 8_000), 1, 2_000)
        return invented_province(people, number, parks=parks, seed=place.whole("seed", 1, 0, 2**62))
    except ProvinceError as error:
        raise place.refusal("", f"cannot be settled: {error}") from error


def _park(table: Table) -> Park:
    park = Park(
        name=table.text("name", None),
        commune=table.text("commune", None),
        workers=table.whole("workers", None, 1, LARGEST),
        lodged=table.number("lodged", 0.0, 0, 1),
    )
    table.refuse_others()
    return park


def _commune(table: Table) -> Commune:
    commune = Commune(
        code=table.text("code", None),
        people=table.whole("people", None, 1, LARGEST),
        district=table.text("district", ""),
        name=table.text("name", ""),
    )
    table.refuse_others()
    return commune


def _units(place: Table, path: Path) -> list[Commune]:
    rows = csv.DictReader(StringIO(_text_of(path)))
    lacking = {"code", "people"} - set(rows.fieldnames or ())
    if lacking:
        raise place.refusal(
            "units", f"{path.name} has no column {', '.join(sorted(lacking))}: code, people, district, name"
        )
    return [_unit(place, path, number, row) for number, row in enumerate(rows, start=2)]


def _unit(place: Table, path: Path, number: int, row: dict[str, str]) -> Commune:
    people = (row["people"] or "").strip()
    if not people.isdigit():
        raise place.refusal("units", f"{path.name} row {number}: people is '{people}': give a whole number")
    return Commune(
        code=row["code"].strip(),
        people=int(people),
        district=(row.get("district") or "").strip(),
        name=(row.get("name") or "").strip(),
    )


@dataclass(frozen=True)
class Names:
    """What orders may name."""

    variants: tuple[str, ...]
    areas: frozenset[str]

    @classmethod
    def of(cls, variants: tuple[Variant, ...], province: Province) -> "Names":
        units = {name for unit in province.communes for name in (unit.code, unit.name, unit.district)}
        return cls(
            tuple(one.name for one in variants), frozenset(units.union(park.name for park in province.parks) - {""})
        )


def _orders(top: Table, start: date | None, names: Names) -> list[Order]:
    found = [_order(table, kind, start, names) for name, kind in ORDERS.items() for table in top.tables(name)]
    kinds = {type(order) for order in found}
    if Tracing in kinds and Quarantine not in kinds:
        raise top.refusal("tracing", "does nothing without [[quarantine]]: add it")
    if Quarantine in kinds and Tracing not in kinds:
        raise top.refusal("quarantine", "finds nobody without [[tracing]]: add it")
    if not kinds & {Outbreak, Arrivals}:
        raise top.refusal("outbreak", "is missing: add [[outbreak]] or [[arrivals]], or nobody is ever infected")
    return found


def _order(table: Table, kind: type[Order], start: date | None, names: Names) -> Order:
    hints = get_type_hints(kind)
    since, until = table.day("from", 0, start), table.day("until", None, start)
    if until is not None and until < (since or 0):
        raise table.refusal("until", "lies before from: change one of them")
    values: dict[str, Any] = {"since": since, "until": until, "area": _area(table, names)}
    for one in fields(kind):
        if one.name not in values:
            values[one.name] = _field(table, kind, one, hints[one.name], names)
    table.refuse_others()
    return kind(**values)


def _area(table: Table, names: Names) -> tuple[str, ...]:
    area = table.texts("area", ())
    for name in area:
        if name not in names.areas and name.rpartition("/")[0] not in names.areas:
            near = get_close_matches(name, sorted(names.areas), 1) or sorted(names.areas)[:3]
            raise table.refusal(
                "area", f"holds '{name}', which is no commune, district or park: is it {' or '.join(near)}?"
            )
    return area


def _field(table: Table, kind: type[Order], one: Field[Any], hint: Any, names: Names) -> Any:
    """A value of the type that the order declares, within the bounds that its name implies."""
    default = None if one.default is MISSING else one.default
    if one.name == "variant":
        return table.text(one.name, "", ("", *names.variants))
    if one.name == "contacts":
        return _contacts(table)
    if hint is str:
        return table.text(one.name, default, CHOICES.get(one.name, ()))
    if hint is int:
        return table.whole(one.name, default, int(one.name in AT_LEAST_ONE), _most_whole(kind, one.name))
    if hint is float:
        least, most = _bounds(kind, one.name)
        return table.number(one.name, default, least, most)
    return _several(table, one.name, default, hint)


def _most_whole(kind: type[Order], name: str) -> int:
    if name in ("days", "second_days"):
        return LONGEST_QUARANTINE
    return MOST_INFECTED if kind is Outbreak else LARGEST


def _bounds(kind: type[Order], name: str) -> tuple[float, float]:
    if name in SHARES or (kind is Arrivals and name == "infected"):
        return 0.0, 1.0
    return (1.0 if name in AT_LEAST_ONE else 0.0), INFINITE


def _several(table: Table, name: str, default: Any, hint: UnionType) -> Any:
    inner = get_args(hint)[0]
    if inner is str:
        return table.texts(name, default, CHOICES.get(name, ()))
    value = table.value(name, default)
    wanted = "whole numbers from 0 to 62" if inner is int else "two numbers from 0 to 1"
    good = isinstance(value, list | tuple) and all(_is_good(one, inner) for one in value)
    if not good or (inner is float and len(value) != 2):
        raise table.refusal(name, f"is {value}: give a list of {wanted}")
    return tuple(inner(one) for one in value)


def _is_good(value: object, inner: type) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 <= value <= LONGEST_QUARANTINE and isinstance(value, int) if inner is int else 0 <= value <= 1


def _contacts(table: Table) -> dict[str, float]:
    known = ("school", "work", "park", "community", "gathering", "travel", "leaving")
    value = table.value("contacts", {})
    for name, share in value.items() if isinstance(value, dict) else [("", None)]:
        if name not in known or isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            raise table.refusal("contacts", f"must be a table of shares from 0 to 1 of {', '.join(known)}")
    return dict(value)
