"""The level of every unit of an area in one go, by whichever rule is in force on the day."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from phaodai.containment.rules.figures import Column, Places2021
from phaodai.rulebook import Findings, Rulebook

RULE = "risk-level"
TIERS = {1: "province", 2: "district", 3: "commune", 4: "commune"}
"""By whose criteria each tier is assessed. Resolution 128/NQ-CP encourages areas smaller than a commune and names no
criteria of their own: a hamlet that sends figures is assessed as a commune is."""
YELLOW, ORANGE, RED = 2, 3, 4


def assess(
    book: Rulebook, on: date, tiers: NDArray[np.int64], facts: dict[str, Column], land: Places2021 | None
) -> Findings:
    """Decide for n units; raises the rulebook's Refusal where no version of the rule is in force.

    `land` is given in the time of decision 2686, whose colours depend on neighbours and on the units below: red is told
    first, orange beside red, yellow beside orange, then districts from communes, then the province from districts.
    """
    columns: dict[str, NDArray[np.str_] | Column] = {
        "tier": np.array([TIERS[tier] for tier in tiers.tolist()]),
        **facts,
    }
    if land is not None:
        _look_around(book, on, tiers, columns, land)
    return book.decide_many(RULE, on, columns)


def _look_around(
    book: Rulebook, on: date, tiers: NDArray[np.int64], columns: dict[str, NDArray[np.str_] | Column], land: Places2021
) -> None:
    """Fill in the facts that come from other units, step by step, in the order of the decision."""
    for fact, colour in (("adjacent_red", RED), ("adjacent_orange", ORANGE)):
        columns[fact] = np.where(tiers == 3, land.touching(_at(book, on, columns, colour)), np.nan)
    for tier in (2, 1):
        here = tiers == tier
        for fact, colour in (
            ("red_subunit_share", RED),
            ("orange_subunit_share", ORANGE),
            ("yellow_subunit_share", YELLOW),
        ):
            shares = land.share_below(_at(book, on, columns, colour))
            columns[fact] = np.where(here, shares, columns.get(fact, np.full(len(tiers), np.nan)))


def _at(book: Rulebook, on: date, columns: dict[str, NDArray[np.str_] | Column], colour: int) -> NDArray[np.bool_]:
    """Which units are of a colour by what is known so far."""
    outcomes = book.decide_many(RULE, on, columns).outcomes
    return np.array([outcome == colour for outcome in outcomes], dtype=np.bool_)
