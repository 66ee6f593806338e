"""Between aware moments of the tables and the whole local minutes of the index."""

from datetime import date, datetime, timedelta

from epidemic.tracing import minute_of, moment_of
from phaodai.foundation.clock import VIETNAM

EPOCH = date(1970, 1, 1)
# How far back a visit may reach: what the table of late visits allows.
LONGEST = timedelta(days=7)
# A column of moments as local minutes, in SQL.
MINUTE_SQL = "floor(extract(epoch from {0} at time zone 'Asia/Ho_Chi_Minh') / 60)::bigint"


def minute_at(moment: datetime) -> int:
    """Local minutes since 1970 of an aware moment."""
    return minute_of(moment.astimezone(VIETNAM).replace(tzinfo=None))


def moment_at(minute: int) -> datetime:
    """The aware moment of a local minute."""
    return moment_of(minute).replace(tzinfo=VIETNAM)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The day of a number of days since 1970-01-01."""
    return EPOCH + timedelta(days=number)
