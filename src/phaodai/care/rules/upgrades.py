"""What planned beds do to the number of beds of each day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Planned:
    """Beds of `kind` from a day on; with `from_kind` they are taken from another kind."""

    ready_on: date
    kind: str
    beds: int
    from_kind: str = ""

    def change(self, kind: str) -> int:
        """What it adds to the beds of a kind, or takes from them; of the empty kind, to all beds."""
        if not kind:
            return 0 if self.from_kind else self.beds
        return self.beds * (kind == self.kind) - self.beds * (kind == self.from_kind)


def capacity_by_day(beds: int, plans: Iterable[Planned], today: date, days: int, kind: str = "") -> list[int]:
    """The beds of today and of each of the next `days`, with what is planned; a plan whose day has passed is late.

    A late plan counts from tomorrow: its beds are not there today, whatever was written. Never below zero.
    """
    listed = list(plans)
    tomorrow = today + timedelta(days=1)
    found = [beds]
    for number in range(1, days + 1):
        day = today + timedelta(days=number)
        added = sum(one.change(kind) for one in listed if max(one.ready_on, tomorrow) <= day)
        found.append(max(beds + added, 0))
    return found
