"""How a piece of mutual aid may go on: from each state, where to, and in which direction that makes sense."""

from collections.abc import Mapping

OPEN, AGREED, REFUSED, ON_WAY, RECEIVED, THANKED, WITHDRAWN = (
    "open", "agreed", "refused", "on_way", "received", "thanked", "withdrawn",
)  # fmt: skip

WAYS: Mapping[str, frozenset[str]] = {
    OPEN: frozenset({AGREED, REFUSED, WITHDRAWN}),
    AGREED: frozenset({ON_WAY, WITHDRAWN}),
    ON_WAY: frozenset({RECEIVED}),
    RECEIVED: frozenset({THANKED}),
    REFUSED: frozenset(),
    THANKED: frozenset(),
    WITHDRAWN: frozenset(),
}
"""What is on the way arrives or is lost, and a loss is an arrival of less; what was thanked for is over."""


def may_go(state: str, to: str) -> bool:
    """Whether aid in `state` may go to the state `to`."""
    return to in WAYS[state]


def is_over(state: str) -> bool:
    """Whether nothing more can happen to it."""
    return not WAYS[state]
