"""The stretch of time a report speaks of: its days, its hour, and what it is compared with."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included; one day, or Monday to Sunday."""

    first: date
    last: date

    def __str__(self) -> str:
        days = [f"{on:%d/%m/%Y}" for on in dict.fromkeys((self.first, self.last))]
        return " - ".join(days)

    def until(self, moment: datetime) -> datetime:
        """The moment its figures speak of: `moment` while the period runs, its last second once it is over."""
        return min(moment, _at(self.last, time(23, 59, 59), moment.tzinfo))

    def since(self, until: datetime) -> datetime:
        """From when changes count: a day before the hour of a daily report, the start of the Monday of a weekly one."""
        if self.first == self.last:
            return until - DAY
        return _at(self.first, time(0), until.tzinfo)


def day_of(on: date) -> Period:
    """The period of a daily report."""
    return Period(on, on)


def week_of(on: date) -> Period:
    """The week from Monday to Sunday in which a day lies."""
    monday = on - timedelta(days=on.weekday())
    return Period(monday, monday + timedelta(days=6))


def _at(on: date, hour: time, zone: tzinfo | None) -> datetime:
    return datetime.combine(on, hour, tzinfo=zone)
