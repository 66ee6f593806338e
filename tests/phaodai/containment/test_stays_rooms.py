"""Whatever is done in whatever order, no room holds two cohorts nor more people than places: asked of the real database."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from phaodai.containment.actions.releases import take_to_treatment
from phaodai.containment.actions.sites import set_room
from phaodai.containment.actions.stays import Newcomer, admit
from phaodai.containment.actions.stays_rooms import move
from phaodai.containment.actions.stays_tests import record_result
from phaodai.containment.models import Building, Room, Site, Stay
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import SYSTEM, Actor, entering
from tests.phaodai.containment.test_stays import people
from tests.story_surveillance import area_of
from tests.world import World

pytestmark = pytest.mark.django_db

START = datetime.fromisoformat("2021-11-24T08:00+07:00")
MIXED = """
select count(*) from containment_placement a join containment_placement b on a.room_id = b.room_id and a.id < b.id
where tstzrange(a.since, a.until) && tstzrange(b.since, b.until) and (a.cohort_id <> b.cohort_id or a.place = b.place)
"""
TOO_MANY = """
select count(*) from (select room_id, count(*) lying from containment_placement where until is null group by room_id) now
join containment_room room on room.id = now.room_id where now.lying > room.places
"""


class QuarantineSite(RuleBasedStateMachine):
    """A site of three small rooms and its nurse, who tries everything; each run is undone."""

    nurse: ClassVar[Actor]
    site: ClassVar[Site]
    rooms: ClassVar[list[Room]]
    waiting: ClassVar[list[int]]

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.savepoint()
        self.now = START
        self.outside = list(self.waiting)
        self.inside: list[int] = []

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.undo)

    def _try(self, deed: Any, **values: Any) -> Any:
        """A refusal is an answer, not a failure."""
        self.now += timedelta(minutes=7)
        with suppress(Refusal), transaction.atomic():
            return deed(actor=self.nurse, moment=self.now, **values)

    @rule(count=st.integers(1, 3), room=st.none() | st.integers(0, 2), staff=st.booleans())
    def come(self, count: int, room: int | None, staff: bool) -> None:
        group = [Newcomer(one) for one in self.outside[:count]]
        values = {"room_id": self.rooms[room].pk if room is not None else None, "kind": "staff" if staff else "contact"}
        done = self._try(admit, site_id=self.site.pk, newcomers=group, **values)
        for stay in done or ():
            self.outside.remove(stay.person_id)
            self.inside.append(stay.pk)

    @precondition(lambda self: self.inside)
    @rule(who=st.integers(0, 99), room=st.integers(0, 2))
    def change_rooms(self, who: int, room: int) -> None:
        self._try(move, stay_id=self.inside[who % len(self.inside)], room_id=self.rooms[room].pk)

    @precondition(lambda self: self.inside)
    @rule(who=st.integers(0, 99))
    def turn_positive(self, who: int) -> None:
        self._try(record_result, stay_id=self.inside[who % len(self.inside)], result="positive")

    @precondition(lambda self: self.inside)
    @rule(who=st.integers(0, 99))
    def leave(self, who: int) -> None:
        stay = self.inside.pop(who % len(self.inside))
        done = self._try(take_to_treatment, stay_id=stay, where="Bệnh viện")
        self.outside.append(done.person_id)

    @rule(
        room=st.integers(0, 2),
        places=st.none() | st.integers(1, 4),
        state=st.sampled_from(["open", "closed", "cleaning"]),
    )
    def arrange(self, room: int, places: int | None, state: str) -> None:
        self._try(set_room, room_id=self.rooms[room].pk, places=places, state=state)

    @rule()
    def next_day(self) -> None:
        self.now += timedelta(days=1)

    @invariant()
    def one_cohort_and_no_more_than_the_places(self) -> None:
        with connection.cursor() as cursor:
            for question in (MIXED, TOO_MANY):
                cursor.execute(question)
                assert cursor.fetchone() == (0,)

    @invariant()
    def everybody_inside_lies_somewhere(self) -> None:
        lying = Stay.objects.filter(pk__in=self.inside, placements__until=None, placements__isnull=False)
        assert lying.distinct().count() == len(self.inside)


def test_no_sequence_mixes_cohorts_or_overfills_a_room(world: World) -> None:
    with entering(SYSTEM):
        site = Site.objects.get(name="Mốc khu cách ly Tân Lộc")
        building = Building.objects.create(site=site, name="Nhà C")
        Room.objects.filter(site=site).update(state="closed")
        rooms = Room.objects.bulk_create(
            Room(site=site, building=building, name=f"C{size}", places=size, **area_of(site)) for size in (1, 2, 3)
        )
    QuarantineSite.site, QuarantineSite.rooms = site, rooms
    QuarantineSite.waiting = [one.pk for one in people(world, 8)]
    with world.as_("ngoc") as ngoc:
        QuarantineSite.nurse = ngoc
        quick = settings(max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck))
        run_state_machine_as_test(QuarantineSite, settings=quick)  # type: ignore[no-untyped-call]
