"""How long it is kept where people were."""

from datetime import date, timedelta

# No document read so far sets a term for visits and proximity logs. Ours (confidence E): the 14 days of quarantine that the
# rules of 2021 counted after an exposure, and a week in which late check-ins and interviews still come in.
RETENTION = timedelta(days=21)


def kept_since(today: date) -> date:
    """The first day of which visits are still kept."""
    return today - RETENTION
