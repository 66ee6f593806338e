"""kill -9 of an import at fifty random moments: every line is in the books or waits, once, and the last run ends it."""

import os
import random
from collections.abc import Iterator
from functools import partial

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.fault.killing import lived_to_the_end

pytestmark = pytest.mark.fault

KILLS, LINES, STEP = 50, 1500, 25
LONGEST_LIFE = 0.35  # seconds: some die before they read, some in the middle of a step, some between two
NAME = f"phaodai_killed_import_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


def content(number: int) -> bytes:
    """A list in which every tenth row must wait, and one row stands twice."""
    rows = [f"K{number}-{line},{'31/11/2021' if line % 10 == 0 else '05/11/2021'},nam" for line in range(LINES - 1)]
    return "\n".join(["Mã ca,Ngày khởi phát,Giới tính", *rows, rows[1]]).encode()


@pytest.fixture
def books(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database of its own, in which what is written stays."""
    from phaodai.foundation.database import create_database, drop_database
    from phaodai.site.installation import pointing_at
    from tests.conftest import TEMPLATE

    with django_db_blocker.unblock():
        drop_database(NAME)
        create_database(NAME, template=TEMPLATE)
        with pointing_at(NAME):
            yield
        drop_database(NAME)


def take_in(number: int) -> None:
    """Begin the list, or go on with it where another process was killed."""
    from phaodai.foundation import clock
    from phaodai.foundation.scope import SYSTEM, Area, entering
    from phaodai.surveillance.sheets.intake import begin, choose, read_through
    from phaodai.surveillance.sheets.tables import read_tables

    sheet, moment, name = content(number), clock.now(), f"{number}.csv"
    with entering(SYSTEM):
        found = choose(read_tables(name, sheet), province=0, today=moment.date())
        kept = begin(actor=SYSTEM, moment=moment, name=name, content=sheet, area=Area(), found=found)
    read_through(kept, found, actor=SYSTEM, moment=moment, scope=lambda: entering(SYSTEM), step=STEP)


def test_fifty_kills_lose_and_double_nothing(books: None) -> None:
    chance, killed, number = random.Random(50), 0, 0
    while killed < KILLS:
        if lived_to_the_end(partial(take_in, number), chance.uniform(0.0, LONGEST_LIFE)):
            number += 1
        else:
            killed += 1
    take_in(number)
    _assert_whole(number + 1)


def _assert_whole(lists: int) -> None:
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.surveillance.models import Case, LineList, ParkedCase

    waiting = len(range(0, LINES - 1, 10))
    with entering(SYSTEM):
        killed = LineList.objects.filter(name__regex=r"^\d+\.csv$")
        assert set(killed.values_list("state", "rows", "reached", "inserted", "unchanged", "parked")) == {
            ("finished", LINES, LINES, LINES - 1 - waiting, 1, waiting)
        }
        assert killed.count() == lists
        cases = Case.objects.filter(code__startswith="K")
        assert cases.count() == cases.values("person").distinct().count() == lists * (LINES - 1 - waiting)
        assert ParkedCase.objects.filter(line_list__in=killed).count() == lists * waiting
