"""Batches as phones send them: twice, in any order, with things that are not there, under a clock that is wrong."""

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.surveillance.actions.screening import Answer, Batch, receive_batch
from phaodai.surveillance.actions.screening_keeping import SYMPTOM
from phaodai.surveillance.models import RefusedVisit, Round, ScreenedDoor, ScreeningRecord, TestRequest
from tests.phaodai.surveillance.screening.street import Street, street_of
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def street(world: World, story: Story) -> Street:
    """Twenty households of Tân Lộc and the round that runs there."""
    return street_of(world, 20)


def send(world: World, moment: datetime, *records: Any, sent_at: datetime | None = None) -> list[Answer]:
    """What the server answers to the phone of Tân Lộc's station."""
    with world.as_("ngoc") as ngoc:
        batch = Batch("may-1", (sent_at or moment).isoformat(), records)
        return receive_batch(actor=ngoc, moment=moment, batch=batch)


def outcomes(answers: list[Answer]) -> list[str]:
    return [answer.outcome for answer in answers]


def test_sent_again_in_any_order_each_visit_is_kept_once(world: World, street: Street, moment: datetime) -> None:
    order = random.Random(571)
    records = [street.visit(home, moment - timedelta(hours=1)) for home in street.homes]
    for _turn in range(4):
        send(world, moment, *order.sample(records, 12))
    assert outcomes(send(world, moment, *records, records[0])).count("refused") == 0
    with entering(SYSTEM):
        kept = ScreeningRecord.objects.filter(key__in=[record["key"] for record in records])
        assert {str(one.key) for one in kept} == {record["key"] for record in records}
        assert sum(one.findings.count() for one in kept) == 2 * len(records)
        assert ScreenedDoor.objects.filter(household__in=street.homes, standing="done").count() == 20


def test_what_cannot_be_taken_in_is_said_and_kept(world: World, street: Street, moment: datetime) -> None:
    good = street.visit(street.homes[0], moment)
    elsewhere = street.visit(street.homes[0], moment) | {"household": street.elsewhere}
    stranger = street.visit(street.homes[1], moment)
    stranger["findings"] = [{"person": 999_999_999, "state": "well"}]
    no_round = street.visit(street.homes[1], moment) | {"round": street.round + 999}
    hot = street.visit(street.homes[1], moment)
    hot["findings"][0]["temperature"] = 52
    changed = good | {"note": "khác"}
    answers = send(world, moment, good, elsewhere, stranger, no_round, hot, changed, {"key": "x"}, "thư rác")
    assert [answer.code for answer in answers] == [
        "", "household", "person", "round", "temperature", "key", "shape", "shape",
    ]  # fmt: skip
    assert outcomes(answers[:2]) == ["accepted", "refused"]
    with entering(SYSTEM):
        waiting = {str(one.key): one.reason for one in RefusedVisit.objects.waiting()}
        assert waiting[stranger["key"]] == "person"
        assert RefusedVisit.objects.get(key=stranger["key"]).content == stranger
    mended = street.visit(street.homes[1], moment) | {"key": stranger["key"]}
    assert outcomes(send(world, moment, mended)) == ["accepted"]
    assert outcomes(send(world, moment, mended)) == ["had"]
    with entering(SYSTEM):
        assert RefusedVisit.objects.get(key=stranger["key"]).settled == "mended"


def test_a_key_used_where_the_officer_cannot_see_it(world: World, street: Street, moment: datetime) -> None:
    theirs = street.visit(street.homes[0], moment)
    with entering(SYSTEM):
        ScreeningRecord.objects.filter(key=UUID(int=1)).first()
        going = Round.objects.get(name="Mốc rà soát Phú Khê")
        ScreeningRecord.objects.create(
            key=theirs["key"], digest="1" * 64, round=going, household_id=street.elsewhere, at=moment, phone_at=moment,
            received_at=moment, source="online", standing="done", persons=1, absent=0, symptomatic=0,
            province_id=going.province_id, district_id=going.district_id, commune_id=going.commune_id,
        )  # fmt: skip
    (answer,) = send(world, moment, theirs)
    assert (answer.outcome, answer.code) == ("refused", "key")


def test_a_clock_that_is_a_day_wrong_is_corrected_and_said(world: World, street: Street, moment: datetime) -> None:
    wrong = moment - timedelta(days=1)
    record = street.visit(street.homes[0], wrong - timedelta(minutes=50))
    (answer,) = send(world, moment, record, sent_at=wrong)
    assert answer.corrected == moment - timedelta(minutes=50)
    right = street.visit(street.homes[1], moment - timedelta(minutes=50))
    (answer,) = send(world, moment, right, sent_at=moment - timedelta(minutes=3))
    assert answer.corrected is None
    with entering(SYSTEM):
        kept = ScreeningRecord.objects.get(key=record["key"])
        assert (kept.at, kept.phone_at) == (moment - timedelta(minutes=50), wrong - timedelta(minutes=50))
        assert kept.source == "offline"


def test_the_last_visit_counts_whichever_arrives_first(world: World, street: Street, moment: datetime) -> None:
    home = street.homes[0]
    later = street.visit(home, moment - timedelta(minutes=10))
    earlier = street.visit(home, moment - timedelta(hours=5), state="absent")
    send(world, moment, later)
    send(world, moment + timedelta(minutes=1), earlier)
    with entering(SYSTEM):
        assert ScreenedDoor.objects.get(household=home, round=street.round).standing == "done"


def test_symptoms_are_told_and_a_sample_is_asked_for_once(world: World, street: Street, moment: datetime) -> None:
    home = street.homes[0]
    for minutes in (30, 10):
        record = street.visit(home, moment - timedelta(minutes=minutes))
        record["findings"][0] |= {"state": "well", "temperature": "38.2", "sample": True}
        assert outcomes(send(world, moment, record)) == ["accepted"]
    person = record["findings"][0]["person"]
    with entering(SYSTEM):
        assert TestRequest.objects.get(person=person).symptoms == "fever"
        told = Fact.objects.filter(kind=SYMPTOM)
        assert [fact.payload["person"] for fact in told] == [person, person]


def test_somebody_not_spoken_of_is_visited_again(world: World, street: Street, moment: datetime) -> None:
    record = street.visit(street.homes[0], moment)
    del record["findings"][1]
    send(world, moment, record)
    with entering(SYSTEM):
        kept = ScreeningRecord.objects.get(key=record["key"])
        assert (kept.standing, kept.persons, kept.absent) == ("absent", 2, 1)


def test_a_batch_that_cannot_be_read_is_refused_whole(world: World, street: Street, moment: datetime) -> None:
    with world.as_("ngoc") as ngoc:
        with pytest.raises(Refusal, match="200"):
            receive_batch(
                actor=ngoc, moment=moment, batch=Batch("m", moment.isoformat(), [{"key": str(uuid4())}] * 201)
            )
        with pytest.raises(Refusal, match="giờ gửi"):
            receive_batch(actor=ngoc, moment=moment, batch=Batch("m", "hôm qua", []))


def test_a_batch_costs_the_same_whatever_its_size(
    world: World, street: Street, moment: datetime, django_assert_num_queries: Any
) -> None:
    with world.as_("ngoc") as ngoc:
        for homes in (street.homes[:1], street.homes[1:]):
            records = [street.visit(home, moment) for home in homes]
            with django_assert_num_queries(13):
                receive_batch(actor=ngoc, moment=moment, batch=Batch("may-1", moment.isoformat(), records))
