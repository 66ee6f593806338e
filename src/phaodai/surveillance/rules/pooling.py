"""How many people share a tube: by the value in force, or by the order that a planner cites; never by habit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from phaodai.rulebook import Refusal, Rulebook
from phaodai.rulebook.record import awaited

TABLE, ROW = "testing", "pool-sizes"
RULE = "pool-size"
SINGLE = 1
PCR = "pcr"


@dataclass(frozen=True)
class PoolSize:
    """`size`: people a tube, None where the law gives none; `record` is kept and shown with its reason."""

    size: int | None
    record: dict[str, Any] = field(default_factory=dict)

    @property
    def awaits(self) -> str:
        """The value that nobody has verified, where that is why there is no size."""
        waiting = self.record.get("awaiting_verification") or [{}]
        return str(waiting[0].get("value", ""))


def expected_tests(size: int, positivity: float) -> float:
    """Tubes a person when pools of `size` are opened at a positive (Dorfman 1943, Annals of Mathematical Statistics 14:436).

    `positivity` is the share expected positive, 0 to 1; 1.0 means that pooling saves nothing.
    """
    if size == SINGLE:
        return 1.0
    return 1 / size + 1 - (1 - positivity) ** size


def best_size(allowed: Sequence[int], positivity: float) -> int:
    """Of the sizes that may be used, single samples among them, the one that needs the fewest tubes."""
    return min((SINGLE, *sorted(allowed)), key=lambda size: expected_tests(size, positivity))


def pool_size(book: Rulebook, on: date, *, method: str, positivity: float) -> PoolSize:
    """The pool size of a campaign that begins on `on`: among the sizes in force, by the positivity that is expected.

    No size where no value of that day was read for the method, or where nobody has verified it: the decision says which.
    """
    figures = {"method": method, "positivity": round(positivity, 4)}
    if method != PCR:
        return PoolSize(None, _record(on, figures, status="unprovided"))
    try:
        found = book.value(TABLE, on, ROW)
    except Refusal:
        return PoolSize(None, _record(on, figures, status="unprovided"))
    cited = {
        "document": found.document.number,
        "clause": found.clause or None,
        "in_force_from": found.begin.isoformat(),
    }
    if not found.verified:
        return PoolSize(
            None, _record(on, figures, status="unverified", awaiting_verification=[awaited(found)], **cited)
        )
    size = best_size(found.then, positivity)
    figures |= {"allowed": list(found.then), "tubes_a_person": round(expected_tests(size, positivity), 3)}
    return PoolSize(size, _record(on, figures, status="concluded", outcome=size, **cited))


def by_order(size: int, order: str, on: date) -> dict[str, Any]:
    """The record of a size that an order sets: whoever cites it answers for it."""
    return _record(on, {"order": order}, status="ordered", outcome=size, document=order)


def _record(on: date, figures: dict[str, Any], **told: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"outcome": None, "document": None, "clause": None, "awaiting_verification": []}
    return {**empty, "rule": RULE, "on": on.isoformat(), "figures": figures, **told}
