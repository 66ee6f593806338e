"""What the rules of the day say of a path: the rulebook and the levels in force are asked, order by order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from phaodai.containment.law import MEASURES
from phaodai.foresight.pages.scenario_words import ruling_words, standing_mark
from phaodai.foresight.rules.scenario_files import Order
from phaodai.foresight.rules.scenario_law import Answer, rulings, verdict
from phaodai.foundation.components import State
from phaodai.rulebook import Rulebook
from phaodai.rulebook.errors import Refusal as Unanswered
from phaodai.rulebook.provincial import rulebook_for


@dataclass(frozen=True)
class Law:
    """How a path stands, and a sentence for each order that restricts anybody."""

    mark: State
    standing: str
    sentences: Sequence[str]


def law_of(province: int, orders: Sequence[Order], beginning: Mapping[str, Any], on: date) -> Law:
    """Ask today's rules; the levels are those that were in force on the plan's morning."""
    book = rulebook_for(province)
    kept = beginning.get("levels", {})
    levels = {one["code"]: kept.get(one["code"]) for one in beginning["communes"]}
    found = rulings(orders, levels, partial(_ask, book, on), partial(_applies, book, on))
    standing = verdict(found)
    return Law(standing_mark(standing), standing, [ruling_words(one, orders) for one in found])


def _ask(book: Rulebook, on: date, activity: str, level: int) -> Answer:
    try:
        decision = book.decide(MEASURES, on, {"activity": activity, "level": level})
    except Unanswered:
        return Answer(None)
    return Answer(decision.outcome, decision.document.number if decision.document else "")


def _applies(book: Rulebook, on: date, directive: str) -> bool:
    """Whether a directive still says anything on the day."""
    try:
        decision = book.decide(MEASURES, on, {"activity": "gatherings", "directive": directive, "people": 100})
    except Unanswered:
        return False
    return decision.outcome is not None
