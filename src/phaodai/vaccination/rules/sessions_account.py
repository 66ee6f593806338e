"""The account of vials of a session: what was brought must be found again, as doses. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

WASTE = ("end_of_day", "expired_open", "broken", "cold_chain", "residue", "other")
"""Why a dose was not given: left in an opened vial at the end, kept open too long, broken, cold chain, residue, other."""


@dataclass(frozen=True, slots=True)
class VialAccount:
    """One lot at one session: vials brought and taken back unopened, doses a vial, doses given and wasted by reason."""

    brought: int
    returned: int
    doses_per_vial: int
    given: int
    wasted: Mapping[str, int]

    @property
    def opened(self) -> int:
        """Vials that did not go back."""
        return self.brought - self.returned

    @property
    def drawn(self) -> int:
        """Doses that the opened vials hold by their label."""
        return self.opened * self.doses_per_vial

    @property
    def difference(self) -> int:
        """Doses that are in no column; below zero where vials gave more than their label says."""
        return self.drawn - self.given - sum(self.wasted.values())

    @property
    def balanced(self) -> bool:
        """Whether every dose is found again."""
        return self.difference == 0


def vials_for(doses: int, doses_per_vial: int) -> int:
    """How many vials give at least `doses`."""
    return -(-doses // doses_per_vial)
