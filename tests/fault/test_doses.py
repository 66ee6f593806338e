"""kill -9 of whoever takes doses in, again and again: what was acknowledged is in the books, and nothing is there twice."""

import os
import random
import signal
import time
from collections.abc import Iterator
from datetime import date
from datetime import time as hour
from functools import partial
from uuid import UUID

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.fault.killing import lived_to_the_end

pytestmark = pytest.mark.fault

KILLS, LONGEST_LIFE, NAME = 12, 0.5, f"phaodai_killed_doses_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@pytest.fixture
def books(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    """A database of its own, in which what is written stays, with an open session."""
    from phaodai.foundation.database import create_database, drop_database
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.people.models import Organisation
    from phaodai.site.installation import pointing_at
    from phaodai.vaccination.models import Session
    from tests.conftest import TEMPLATE

    with django_db_blocker.unblock():
        drop_database(NAME)
        create_database(NAME, template=TEMPLATE)
        with pointing_at(NAME):
            with entering(SYSTEM):
                station = Organisation.objects.get(code="TYTL")
                session = Session.objects.create(
                    name="Bàn", organisation=station, day=date(2021, 11, 24), starts_at=hour(6), state="open",
                    **station.area.columns,
                )  # fmt: skip
            yield session.pk
        drop_database(NAME)


def record(session: int, number: int) -> None:
    """One dose, as a phone sends it; returns when the server has acknowledged it."""
    from phaodai.foundation import clock
    from phaodai.foundation.scope import entering
    from phaodai.people.models import Post
    from phaodai.vaccination.actions.doses import Batch, receive_doses

    now = clock.now()
    dose = {
        "key": str(UUID(int=number, version=4)), "session": session, "number": 1, "product": "astrazeneca",
        "at": "2021-11-24T06:30:00+07:00", "identity": {"name": f"Người {number}", "born": "1980", "sex": "F"},
    }  # fmt: skip
    actor = Post.objects.select_related("officer", "organisation").get(officer__user__username="ngoc").actor()
    with entering(actor):
        (answer,) = receive_doses(actor=actor, moment=now, batch=Batch("may", now.isoformat(), [dose]))
    assert answer.outcome in ("accepted", "had")


def acknowledged_until_killed(session: int, first: int, seconds: float) -> list[int]:
    """Record people in a process that is killed some time after the first; what it had acknowledged by then."""
    from django.db import connections

    connections.close_all()
    said, says = os.pipe()
    child = os.fork()
    if child == 0:
        for number in range(first, first + 10_000):
            record(session, number)
            os.write(says, f"{number} ".encode())
    os.close(says)
    begun = os.read(said, 1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(said, "rb") as told:
        return [int(number) for number in (begun + told.read()).split()]


def test_what_was_acknowledged_is_there_once(books: int) -> None:
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.vaccination.models import Dose

    chance, next_one, acknowledged = random.Random(12), 1, []
    for _ in range(KILLS):
        done = acknowledged_until_killed(books, next_one, chance.uniform(0.05, LONGEST_LIFE))
        acknowledged += done
        # The phone sends what was not acknowledged again, under its own key.
        next_one = max([next_one, *(number + 1 for number in done)])
    record(books, next_one)
    with entering(SYSTEM):
        kept = list(Dose.objects.filter(session=books).values_list("full_name", flat=True))
    assert sorted(kept) == sorted(f"Người {number}" for number in {*acknowledged, next_one})
    assert len(acknowledged) >= KILLS


LINES, STEP, SHEET_KILLS = 400, 20, 8
HEADER = "Họ và tên,Ngày sinh,Giới tính,CCCD,Vắc xin,Số lô,Mũi thứ,Ngày tiêm"


def sheet_of(number: int) -> bytes:
    """A sheet in which every tenth row must wait, and one row stands twice."""
    rows = [
        f"Người Tệp {number} {line},1980,Nữ,,{'nước cất' if line % 10 == 0 else 'AstraZeneca'},L1,1,05/11/2021"
        for line in range(LINES - 1)
    ]
    return "\n".join([HEADER, *rows, rows[1]]).encode()


def take_sheet_in(number: int) -> None:
    """Begin the sheet, or go on with it where another process was killed."""
    from phaodai.foundation import clock
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.people.models import Post
    from phaodai.vaccination.sheets.doses_intake import read_doses

    with entering(SYSTEM):
        post = Post.objects.select_related("officer", "organisation").get(officer__user__username="ngoc")
    actor = post.actor()
    read_doses(
        actor=actor, moment=clock.now(), name=f"{number}.csv", content=sheet_of(number), step=STEP,
        scope=lambda: entering(actor),
    )  # fmt: skip


def has_ended(number: int) -> bool:
    """Whether the sheet was finished by a process, though that may have been killed at its very end."""
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.vaccination.models import DoseSheet

    with entering(SYSTEM):
        return DoseSheet.objects.filter(name=f"{number}.csv", state=DoseSheet.State.FINISHED).exists()


def test_a_sheet_that_is_killed_is_gone_on_with(books: int) -> None:
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.vaccination.models import Dose, DoseSheet, IdentityQuestion, ParkedDose

    chance, killed, number = random.Random(8), 0, 0
    while killed < SHEET_KILLS:
        killed += not lived_to_the_end(partial(take_sheet_in, number), chance.uniform(0.05, LONGEST_LIFE))
        number += has_ended(number)
    take_sheet_in(number)
    waiting = len(range(0, LINES - 1, 10))
    whole = LINES - 1 - waiting
    with entering(SYSTEM):
        sheets = DoseSheet.objects.filter(name__regex=r"^\d+\.csv$")
        counted = set(sheets.values_list("state", "reached", "inserted", "had", "parked"))
        assert counted == {("finished", LINES, whole, 1, waiting)}
        assert ParkedDose.objects.filter(sheet__in=sheets).count() == (number + 1) * waiting
        doses = Dose.objects.filter(full_name__startswith="Người Tệp")
        assert doses.count() == doses.values("full_name").distinct().count() == (number + 1) * whole
        asked = IdentityQuestion.objects.filter(dose__full_name__startswith="Người Tệp")
        assert asked.count() == (number + 1) * whole, "those written before a kill are asked about too"
