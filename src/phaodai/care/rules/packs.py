"""Which medicine pack may be handed out: yes-or-no questions of the packs, never a dose. Pure.

Questions and limits are those of letter 6002/SYT-NVY (Ho Chi Minh City) as the rulebook has them; whoever prescribes decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from phaodai.rulebook import Rulebook

PACKS = "medicine-pack"


@dataclass(frozen=True)
class Question:
    """A question with the answer that speaks for the pack. `binding`: no reason overrides the other answer."""

    code: str
    wanted: bool
    binding: bool


def _must_not(code: str) -> Question:
    return Question(code, wanted=False, binding=True)


QUESTIONS: dict[str, tuple[Question, ...]] = {
    "A": (),
    "B": (
        Question("breathless_or_low", wanted=True, binding=False),
        Question("no_doctor_reached", wanted=True, binding=False),
        *map(_must_not, ("pregnant", "breastfeeding", "ulcer", "liver_or_kidney", "bleeding_risk")),
    ),
    "C": (Question("mild", wanted=True, binding=False), Question("consent", wanted=True, binding=True)),
}


@dataclass(frozen=True)
class Verdict:
    """What the answers say: questions nobody answered, those that forbid the pack, those that a reason may overrule."""

    unanswered: tuple[str, ...]
    forbidden: tuple[str, ...]
    doubtful: tuple[str, ...]


def judge(pack: str, answers: Mapping[str, bool | None]) -> Verdict:
    """Weigh the answers to the questions of a pack."""
    asked = QUESTIONS[pack]
    against = [one for one in asked if answers.get(one.code) is (not one.wanted)]
    return Verdict(
        tuple(one.code for one in asked if answers.get(one.code) is None),
        tuple(one.code for one in against if one.binding),
        tuple(one.code for one in against if not one.binding),
    )


def provision_of(book: Rulebook, pack: str, on: date) -> dict[str, Any]:
    """The row of a pack in force on a day, as it is kept with a handout; its `verified` is False where there is none."""
    rows = (row.provision for row in book.table(PACKS, on).rows)
    found = next((one for one in rows if one.row == pack and one.verified), None)
    if found is None:
        return {"verified": False}
    return {
        "verified": True,
        "version": found.name,
        "document": found.document.number,
        "most_days": int(found.then["most_days"]),
        "items": list(found.then["items"]),
    }


def covered_until(handed_on: date, most_days: int) -> date:
    """The last day that a pack handed out on a day is meant for."""
    return handed_on + timedelta(days=most_days - 1)
