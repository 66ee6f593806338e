"""How much two tasks say the same: their folded words compared in order. Pure, and nothing more than it says.

A rule of thumb for a question to a person, never a decision: the person merges, replaces or keeps.
"""

import re
from difflib import SequenceMatcher

# Above this the office is asked. Two letters that repeat an order with another day or number share four words in five;
# two orders of the same kind to the same unit ("rà soát từng nhà", "rà soát từng chợ") share fewer.
ALIKE = 0.75


def likeness(one: str, other: str) -> float:
    """From 0 (no word in common) to 1 (the same words in the same order), of two folded texts; figures do not count."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _words(folded: str) -> list[str]:
    return [word for word in re.findall(r"\w+", folded) if not word.isdigit()]
