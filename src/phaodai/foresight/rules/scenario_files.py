"""Scenarios as files that `phaodai simulate` reads, and orders read back from such a file."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Order = Mapping[str, Any]
"""An order in the words of a scenario file, with its `kind`; days count from the first day of the scenario."""

BEGINNING = frozenset({"outbreak", "arrivals"})
KINDS = (
    "outbreak", "arrivals", "five_measures", "distancing", "closing", "lockdown", "stay_in_place", "checkpoint",
    "three_on_the_spot", "testing", "tracing", "quarantine", "isolation", "treatment", "vaccination",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Everything of a scenario file but its orders: the units with their people, the virus, the days, the seeds."""

    name: str
    start: date
    days: int
    variant: str
    reproduction: float
    seed: int
    runs: int
    communes: tuple[Mapping[str, Any], ...]
    parks: tuple[Mapping[str, Any], ...] = ()

    @property
    def people(self) -> int:
        """Everybody who lives in the units."""
        return sum(int(one["people"]) for one in self.communes)


def scenario_file(setting: Setting, orders: Iterable[Order], remark: str = "") -> str:
    """The whole scenario as TOML: read back it gives the same run on every machine."""
    lines = [f"# {line}" for line in remark.splitlines()]
    lines += [
        f"name = {_value(setting.name)}",
        f"start = {setting.start.isoformat()}",
        f"days = {setting.days}",
        f"runs = {setting.runs}",
        f"seed = {setting.seed}",
        "",
        "[virus]",
        f"variants = [{_value(setting.variant)}]",
        f"reproduction = {setting.reproduction}",
        "",
        "[province]",
        "seed = 1",
    ]
    for commune in setting.communes:
        lines += _table("province.commune", commune)
    for park in setting.parks:
        lines += _table("province.park", park)
    for order in orders:
        lines += _table(str(order["kind"]), {key: value for key, value in order.items() if key != "kind"})
    return "\n".join(lines) + "\n"


def _table(name: str, values: Mapping[str, Any]) -> list[str]:
    return ["", f"[[{name}]]", *(f"{key} = {_value(value)}" for key, value in values.items() if value is not None)]


def _value(value: Any) -> str:
    """A value as TOML writes it; its strings are those of JSON but for U+007F, which no name holds."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def orders_of_file(text: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Orders and parks of a scenario file, its dates as days from its start.

    Raises tomllib.TOMLDecodeError for what is no TOML; what the orders say is for the simulation's own reader to judge.
    """
    values = tomllib.loads(text)
    start = values.get("start")
    orders = [
        {"kind": kind} | {key: _day(value, start) for key, value in table.items()}
        for kind in KINDS
        for table in _tables(values.get(kind))
    ]
    province = values.get("province")
    return orders, _tables(province.get("park") if isinstance(province, dict) else None)


def _tables(found: Any) -> list[dict[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _day(value: Any, start: Any) -> Any:
    return (value - start).days if isinstance(value, date) and isinstance(start, date) else value
