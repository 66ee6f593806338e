"""How many cases or doses a unit is away from a limit, counted in people."""

from math import ceil

PEOPLE = 100_000
_HAIR = 1e-9  # keeps what computers lose on thirds from moving a limit by one person


def cases_to_reach(limit: float, population: int, weeks: int) -> int:
    """The fewest cases in `weeks` weeks whose rate per 100,000 people per week is `limit` or more."""
    return ceil(limit * population * weeks / PEOPLE - _HAIR)


def cases_to_stay_below(limit: float, population: int, weeks: int) -> int:
    """The most cases in `weeks` weeks whose rate is below `limit`; -1 where even none is too many."""
    return cases_to_reach(limit, population, weeks) - 1


def people_to_reach(share: float, whole: int) -> int:
    """The fewest of `whole` people that make up `share` of them."""
    return ceil(share * whole - _HAIR)


def people_to_stay_below(share: float, whole: int) -> int:
    """The most of `whole` people that are less than `share` of them."""
    return people_to_reach(share, whole) - 1
