"""How often somebody at home is measured, and when the next reading is owed. Pure."""

from datetime import date, datetime, time, timedelta

from phaodai.rulebook import Rulebook

FOLLOW_UP, TIMES = "home-care.follow-up", "records-a-day"
USUAL_TIMES = 2
"""Where no document in force says how often (before 31/1/2022): the number that 261/QĐ-BYT later set."""
NIGHT_FROM, NIGHT_UNTIL = time(21), time(7)
"""Nobody is woken for a reading. Working hours of ours."""
DAY = timedelta(days=1)


def times_a_day(book: Rulebook, on: date) -> int:
    """How many readings a day the law in force asks for."""
    rows = (row.provision for row in book.table(FOLLOW_UP, on).rows)
    asked = next((one.then for one in rows if one.row == TIMES and one.verified), None)
    return int(asked) if asked else USUAL_TIMES


def due_after(at: datetime, times: int) -> datetime:
    """When the reading after one taken `at` (local time) is owed; what falls into the night is owed in the morning."""
    due = at + DAY / times
    if due.time() >= NIGHT_FROM:
        return datetime.combine(due.date() + DAY, NIGHT_UNTIL, due.tzinfo)
    if due.time() < NIGHT_UNTIL:
        return datetime.combine(due.date(), NIGHT_UNTIL, due.tzinfo)
    return due


def hours_missing(due_at: datetime, moment: datetime) -> int:
    """For how many whole hours a reading has been owed; 0 while it is not."""
    return max(int((moment - due_at) / timedelta(hours=1)), 0)
