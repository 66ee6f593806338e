"""Who gets how many vials of a lot: second doses that are due first, then by how many wait. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """One store's need in doses: second and later doses due, first doses of open groups waiting, and what it holds."""

    store: int
    due: int
    waiting: int
    held: int

    @property
    def due_left(self) -> int:
        """Due doses that the store's own stock does not cover."""
        return max(0, self.due - self.held)

    @property
    def waiting_left(self) -> int:
        """First doses that the stock left over after due doses does not cover."""
        return max(0, self.waiting - max(0, self.held - self.due))


@dataclass(frozen=True, slots=True)
class Share:
    """Vials for one store, with the doses that they are for."""

    store: int
    vials: int
    for_due: int
    for_waiting: int


def shares(needs: Sequence[Need], *, vials: int, doses_per_vial: int) -> list[Share]:
    """Share `vials` out among the stores; nobody gets more than is needed, and nothing is promised twice.

    Due doses are covered first, store by store in proportion where they do not suffice, then those who wait. Whole vials
    go out: the parts go to the largest remainders (Hamilton's method), ties to the store that comes first.
    """
    due = _apportion([_vials(need.due_left, doses_per_vial) for need in needs], vials)
    left = vials - sum(due)
    more = [
        max(0, _vials(need.due_left + need.waiting_left, doses_per_vial) - given)
        for need, given in zip(needs, due, strict=True)
    ]
    waiting = _apportion(more, left)
    return [
        Share(need.store, first + second, min(first * doses_per_vial, need.due_left), second * doses_per_vial)
        for need, first, second in zip(needs, due, waiting, strict=True)
        if first + second
    ]


def _vials(doses: int, doses_per_vial: int) -> int:
    return -(-doses // doses_per_vial)


def _apportion(wants: Sequence[int], total: int) -> list[int]:
    """Whole parts of `total` in proportion to `wants`, none above its want."""
    asked = sum(wants)
    if asked <= total:
        return list(wants)
    exact = [want * total / asked for want in wants]
    given = [int(one) for one in exact]
    by_remainder = sorted(range(len(wants)), key=lambda place: (given[place] - exact[place], place))
    for place in by_remainder[: total - sum(given)]:
        given[place] += 1
    return given
