"""What the law asks after a dose: minutes on site, days at home, hours and days of a serious event."""

from dataclasses import dataclass
from datetime import date

from phaodai.rulebook import Rulebook
from phaodai.vaccination.rules.checking import value_on


@dataclass(frozen=True)
class Duties:
    """Figures in force on a day with their documents; None where no verified rule gives one."""

    watch_minutes: int | None
    monitor_days: int | None
    investigation_hours: int | None
    investigation_document: str
    council_working_days: int | None


def duties_on(book: Rulebook, on: date) -> Duties:
    """The duties of a day."""
    hours = value_on(book, on, "serious-event-investigation-hours")
    return Duties(
        _figure(book, on, "watch-minutes"),
        _figure(book, on, "self-monitor-days"),
        hours[0] if hours else None,
        hours[1] if hours else "",
        _figure(book, on, "serious-event-council-working-days"),
    )


def _figure(book: Rulebook, on: date, row: str) -> int | None:
    found = value_on(book, on, row)
    return int(found[0]) if found else None
