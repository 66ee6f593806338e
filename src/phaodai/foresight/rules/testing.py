"""How many people a forecast asks to be tested, and what share of the laboratories' work that is."""

from math import ceil

DAYS = 7
PEOPLE_A_CASE = 20
"""At most 5% positive for two weeks is the sign that testing finds most cases (WHO, Public health criteria to adjust public
health and social measures in the context of COVID-19, 12 May 2020, criterion 1): twenty people tested for each case."""


def people_to_test(cases: float) -> int:
    """People to test for so many cases of a week."""
    return ceil(PEOPLE_A_CASE * max(cases, 0.0))


def share_of_capacity(people: int, tubes: int) -> float | None:
    """The share of `tubes`, all that can be examined, that so many single samples take; None without any."""
    return people / tubes if tubes else None
