"""Beds taken at a past moment: by who lay in which bed, by what was reported, and which of the two holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from phaodai.care.rules.facilities import Counted


class Source(StrEnum):
    """Where a figure of a past day comes from."""

    STAYS = "stays"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Taken:
    """Patients in the beds of one facility at one moment of a day, and the beds that were there; None where a source says
    nothing of it."""

    day: date
    stays: int | None
    reported: int | None
    beds_kept: int | None = None
    beds_reported: int | None = None

    @property
    def source(self) -> Source | None:
        """The larger of the two: a bed book or a report may forget a patient, and neither makes one up."""
        if self.stays is None:
            return None if self.reported is None else Source.REPORT
        return Source.STAYS if self.reported is None or self.stays >= self.reported else Source.REPORT

    @property
    def count(self) -> int | None:
        """How many lay there, by the source that holds."""
        return self.stays if self.source is Source.STAYS else self.reported

    @property
    def beds(self) -> int | None:
        """How many beds there were that day, by the source that holds."""
        return self.beds_kept if self.source is Source.STAYS else self.beds_reported

    @property
    def occupancy(self) -> float | None:
        """Share of the beds of that day that was taken, 0 to 1; None without beds."""
        return self.count / self.beds if self.beds and self.count is not None else None

    @property
    def difference(self) -> int | None:
        """How many more lay there by the bed book than were reported; None without both."""
        return None if self.stays is None or self.reported is None else self.stays - self.reported


@dataclass(frozen=True, slots=True)
class Then:
    """The beds of one facility at a past moment by both sources."""

    taken: Taken
    by_stays: Counted
    by_report: Counted

    @property
    def counted(self) -> Counted:
        """By the source that holds."""
        return self.by_report if self.taken.source is Source.REPORT else self.by_stays


@dataclass(frozen=True, slots=True)
class Sources:
    """How many facilities stand by which source, and by how many patients the two are apart where both speak."""

    stays: int
    reports: int
    apart: int


def sources_of(found: Iterable[Taken]) -> Sources:
    """The sources behind a sum."""
    listed = list(found)
    stays = sum(one.source is Source.STAYS for one in listed)
    reports = sum(one.source is Source.REPORT for one in listed)
    return Sources(stays, reports, sum(abs(one.difference or 0) for one in listed))
