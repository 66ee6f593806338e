"""Whether the rules of the day allow what a path orders: asked order by order, with what was asked and what was answered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from phaodai.foresight.rules.scenario_files import Order

Standing = Literal["allowed", "against", "unverified", "unjudged"]
WORST_FIRST: tuple[Standing, ...] = ("against", "unverified", "allowed", "unjudged")

ACTIVITIES = {
    "schools": "schools",
    "gatherings": "gatherings",
    "parks": "production",
    "workplaces": "offices",
    "markets": "traditional-markets",
}
"""What closing means in the words of the rulebook's measures."""
RESTRICTING = frozenset({"distancing", "closing", "stay_in_place", "lockdown", "checkpoint"})
STRICT_DIRECTIVES = ("15", "16")
LOWEST, MISSING = 1, -1
MOVEMENT = "movement"
OPEN = "allowed"


@dataclass(frozen=True)
class Answer:
    """What the rulebook says of an activity at a level: its outcome (None: unverified or no rule), document, words."""

    outcome: str | None
    document: str = ""
    words: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Ruling:
    """How one order stands to the rules of the day; an order of -1 stands for one that is missing.

    `why` names the case, for words (`pages.scenario_words`).
    """

    order: int
    standing: Standing
    why: Literal[
        "level", "above-level", "below-level", "directive", "closing", "open", "unverified", "no-level", "unasked"
    ]
    level: int | None = None
    document: str = ""


Ask = Callable[[str, int], Answer]
"""Asks the rulebook: activity and level of the commune."""


def rulings(
    orders: Sequence[Order], levels: Mapping[str, int | None], ask: Ask, directive: Callable[[str], bool]
) -> list[Ruling]:
    """How each order that restricts anybody stands to the rules.

    `levels` holds the level in force of every commune; `directive` says whether a directive is still applied on the day.
    """
    restricting = [(place, order) for place, order in enumerate(orders) if order["kind"] in RESTRICTING]
    found = [_ruling(place, order, _levels_inside(order, levels), ask, directive) for place, order in restricting]
    return [*found, *_too_loose(orders, levels)]


def _too_loose(orders: Sequence[Order], levels: Mapping[str, int | None]) -> list[Ruling]:
    """Communes above level 1 whose measures the path leaves out on its first day; the highest such level."""
    distancing = [one for one in orders if one["kind"] == "distancing" and not one.get("from")]
    left_out = [
        level
        for code, level in levels.items()
        if level is not None and level > LOWEST and not any(_covers(one, code, level) for one in distancing)
    ]
    return [Ruling(MISSING, "against", "below-level", max(left_out))] if left_out else []


def _covers(order: Order, code: str, level: int) -> bool:
    """Whether an order is at least as strict as a level in a commune."""
    area, ordered = order.get("area") or (), str(order["level"])
    strict = int(ordered[-1]) >= level if ordered.startswith("level-") else ordered in STRICT_DIRECTIVES
    return strict and (not area or code in area)


def _levels_inside(order: Order, levels: Mapping[str, int | None]) -> list[int | None]:
    area = order.get("area") or ()
    codes = {name.rpartition("/")[0] or name for name in area} & set(levels)
    return [levels[code] for code in codes] if codes else list(levels.values())


def _ruling(
    place: int, order: Order, inside: Sequence[int | None], ask: Ask, directive: Callable[[str], bool]
) -> Ruling:
    known = [level for level in inside if level is not None]
    if order["kind"] in ("lockdown", "checkpoint"):
        return Ruling(place, "unjudged", "unasked")
    if order["kind"] == "distancing" and not str(order["level"]).startswith("level-"):
        applied = directive(str(order["level"]))
        return Ruling(place, "allowed" if applied else "against", "directive")
    if len(known) < len(inside) or not known:
        return Ruling(place, "unverified", "no-level")
    lowest = min(known)
    if order["kind"] == "distancing":
        fits = int(str(order["level"])[-1]) <= lowest
        return Ruling(place, "allowed" if fits else "against", "level" if fits else "above-level", lowest)
    return _closing(place, _activities(order), lowest, ask)


def _activities(order: Order) -> list[str]:
    return [ACTIVITIES[what] for what in order["what"]] if order["kind"] == "closing" else [MOVEMENT]


def _closing(place: int, activities: Iterable[str], level: int, ask: Ask) -> Ruling:
    """Closing what the level leaves open goes beyond the rules; what it limits or stops may be closed."""
    answers = [ask(activity, level) for activity in activities]
    open_ones = [answer for answer in answers if answer.outcome == OPEN]
    if open_ones:
        return Ruling(place, "against", "open", level, open_ones[0].document)
    if any(answer.outcome is None for answer in answers):
        return Ruling(place, "unverified", "unverified", level)
    return Ruling(place, "allowed", "closing", level, answers[0].document)


def verdict(found: Iterable[Ruling]) -> Standing:
    """The worst standing of a path's orders; a path that restricts nobody is allowed."""
    standings = {ruling.standing for ruling in found} or {"allowed"}
    return next(one for one in WORST_FIRST if one in standings)
