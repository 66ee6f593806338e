"""What a rule is: a name, the facts it may be given, the table that says since when it exists, a pure function."""

from collections.abc import Callable
from dataclasses import dataclass

from phaodai.rulebook.facts import Columns
from phaodai.rulebook.inquiry import Inquiry, Outcome
from phaodai.rulebook.rules.calendar import Day, Days


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of decision.

    facts: the names accepted as input. table: the table whose provisions bound the days on which the rule can be asked.
    decide: from an inquiry (columns of n cases and the law of one day) to the outcome, one value or one value per field
    for each case; it reads neither clock nor store.
    law_day: where the law is not that of the day asked about: from the facts and that day to the day whose law counts.
    """

    name: str
    facts: tuple[str, ...]
    table: str
    decide: Callable[[Inquiry], Outcome]
    law_day: Callable[[Columns, Day], Days] | None = None
