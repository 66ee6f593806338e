"""Whether two lists that number their cases alike speak of the same people."""

from collections.abc import Iterable
from decimal import Decimal

Told = tuple[str | None, Decimal | float | None]
"""What a list tells of a case: sex ("F", "M", empty or None where unknown) and age in years."""

ENOUGH = 5
"""Cases that must be comparable before a list is said to be another one: fewer may be slips of the pen. A working rule."""


def another_list(shared: Iterable[tuple[Told, Told]]) -> bool:
    """Whether more than half of the cases under one number differ in sex, or by more than two years of age.

    Each pair is what the list tells and what the books tell of the same number; pairs that tell nothing are left out.
    """
    answers = [differs for come, known in shared if (differs := _differ(come, known)) is not None]
    return len(answers) >= ENOUGH and sum(answers) * 2 > len(answers)


def _differ(come: Told, known: Told) -> bool | None:
    sexes, ages = (come[0], known[0]), (come[1], known[1])
    told = []
    if all(sexes):
        told.append(sexes[0] != sexes[1])
    if ages[0] is not None and ages[1] is not None:
        told.append(abs(float(ages[0]) - float(ages[1])) > 2)
    return any(told) if told else None
