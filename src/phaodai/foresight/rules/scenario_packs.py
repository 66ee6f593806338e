"""The working values of scenarios (`packs/scenarios.toml`): what goes on today, packages of a frontier, staff."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from phaodai.foresight.rules.scenario_files import Order

PER = 100_000
"""Amounts of the pack stand for so many people."""
AMOUNTS = ("cases_a_day", "tests_a_day", "places", "doses_a_day")
UPTAKE = 0.95


@dataclass(frozen=True)
class Package:
    """A point of a frontier: what it takes off today's path and what it orders instead."""

    key: str
    name: Mapping[str, str]
    replaces: tuple[str, ...]
    orders: tuple[Order, ...]

    def applied(self, today: Sequence[Order], people: int) -> list[Order]:
        """Today's path with this package in place of the orders that it replaces."""
        kept = [order for order in today if order["kind"] not in self.replaces]
        return [*kept, *(for_people(order, people) for order in self.orders)]


@cache
def pack() -> dict[str, Any]:
    """The pack as it stands in its file."""
    return tomllib.loads(files("phaodai.foresight").joinpath("packs/scenarios.toml").read_text("utf-8"))


@cache
def packages() -> tuple[Package, ...]:
    """The points of a frontier in the order of the file."""
    return tuple(
        Package(one["key"], one["name"], tuple(one["replaces"]), tuple(one.get("orders", ())))
        for one in pack()["package"]
    )


def staff_norms() -> dict[str, float]:
    """Staff for each bed, place and test used in a day, by series."""
    return {name: value for name, value in pack()["staff"].items() if isinstance(value, float)}


def unfound() -> float:
    """People infected and not found for each case found in a week."""
    return float(pack()["beginning"]["unfound"])


def for_people(order: Order, people: int) -> dict[str, Any]:
    """An order whose amounts stand for 100,000 people, for so many."""
    return {key: max(1, round(value * people / PER)) if key in AMOUNTS else value for key, value in order.items()}


@dataclass(frozen=True)
class Present:
    """What is known of a unit's communes on a morning, by code: cases of seven days, levels decided, and doses.

    `rest` are cases of the unit that no commune counted; `vaccinated` is the share of adults with a full course, None where
    nobody counted. `beds` by kind (plain, oxygen, icu) and `places` in quarantine are those set up today; none known: no limit.
    """

    people: int
    cases: Mapping[str, int]
    levels: Mapping[str, int]
    rest: int = 0
    vaccinated: float | None = None
    beds: Mapping[str, int] = field(default_factory=dict)
    places: int = 0


def todays_path(present: Present) -> list[dict[str, Any]]:
    """The path of today: who is infected now, who is protected, the levels in force, and the working values of the pack."""
    return [
        *_outbreaks(present),
        *_protected(present),
        *_levels(present),
        *(_with_places(for_people(order, present.people), present) for order in pack()["today"]),
        *_treatment(present),
    ]


def _with_places(order: dict[str, Any], present: Present) -> dict[str, Any]:
    """Quarantine ends at the places that there are."""
    return order | {"places": present.places} if order["kind"] == "quarantine" and present.places else order


def _treatment(present: Present) -> list[dict[str, Any]]:
    """A bed treats whom it can: a plain one the first tier, one with oxygen the second, intensive care the third."""
    if not any(present.beds.values()):
        return []
    plain, oxygen, intensive = (present.beds.get(kind, 0) for kind in ("plain", "oxygen", "icu"))
    return [
        {
            "kind": "treatment",
            "tier_1": plain,
            "tier_2": oxygen,
            "tier_3": intensive,
            "oxygen": oxygen + intensive,
        }
    ]


def _outbreaks(present: Present) -> list[dict[str, Any]]:
    found = {code: round(count * (1 + unfound())) for code, count in present.cases.items() if count}
    rows = [{"kind": "outbreak", "infected": count, "area": [code]} for code, count in found.items()]
    # A unit without a case still has somebody who comes home infected: without anybody there is nothing to compute.
    rest = round(present.rest * (1 + unfound())) or int(not rows)
    return [*rows, {"kind": "outbreak", "infected": rest}] if rest else rows


def _protected(present: Present) -> list[dict[str, Any]]:
    if not present.vaccinated:
        return []
    already = round(min(1.0, present.vaccinated / UPTAKE), 3)
    return [{"kind": "vaccination", "doses_a_day": 0, "uptake": UPTAKE, "already": already}]


def _levels(present: Present) -> list[dict[str, Any]]:
    """One order for all communes of a level; level 1 leaves everything open."""
    return [
        {
            "kind": "distancing",
            "level": f"level-{level}",
            "area": sorted(code for code, one in present.levels.items() if one == level),
        }
        for level in sorted(set(present.levels.values()) - {1})
    ]
