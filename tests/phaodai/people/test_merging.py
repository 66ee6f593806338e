"""Records of one person: found, answered, joined, parted."""

from datetime import date, datetime
from typing import Any

import pytest

from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.actions import answer_duplicate, propose_duplicates, unmerge_person
from phaodai.people.duplicates import like_typed
from phaodai.people.models import Duplicate, Person
from tests.world import World

pytestmark = pytest.mark.django_db


def person(world: World, name: str, commune: str = "98001", **more: Any) -> Person:
    unit = world.units[commune]
    area = {f"{tier}_id": getattr(unit, f"{tier}_id") for tier in ("province", "district", "commune")}
    with entering(SYSTEM):
        return Person.objects.create(full_name=name, sort_key=sort_key(name), search_key=fold(name), **area, **more)


@pytest.fixture
def twice(world: World) -> tuple[Person, Person]:
    """One woman, written twice at the station of Tân Lộc."""
    one = person(world, "Sầm Thị Thúy Vy", sex="F", birth_year=1980, birth_date=date(1980, 3, 12))
    other = person(world, "SAM THI THUY VI", sex="F", birth_year=1980, birth_date=date(1980, 3, 12), phone="0912345678")
    return one, other


def test_a_pair_is_found_once(world: World, moment: datetime, twice: tuple[Person, Person]) -> None:
    person(world, "Sầm Thị Thúy Hà", sex="F", birth_year=1980, birth_date=date(1980, 3, 12))
    with world.as_("ngoc") as actor:
        assert propose_duplicates(actor=actor, moment=moment) == 1
        pair = Duplicate.objects.latest("pk")
        assert (pair.one_id, pair.other_id, pair.verdict) == (twice[0].pk, twice[1].pk, "")
        assert pair.evidence["birth"] > 10
        assert propose_duplicates(actor=actor, moment=moment) == 0


@pytest.fixture
def pair(world: World, twice: tuple[Person, Person]) -> Duplicate:
    with entering(SYSTEM):
        return Duplicate.objects.create(one=twice[0], other=twice[1], score=0.9, evidence={"full_name": 9.0})


def test_joined_records_are_one_and_can_be_parted(
    world: World, moment: datetime, pair: Duplicate, twice: tuple[Person, Person]
) -> None:
    one, other = twice
    with world.as_("ngoc") as actor:
        answer_duplicate(actor=actor, moment=moment, duplicate_id=pair.pk, verdict="same", kept_id=one.pk)
        assert set(Person.objects.current().filter(pk__in=(one.pk, other.pk))) == {one}
        assert Person.objects.get(pk=one.pk).phone == "0912345678"
        with pytest.raises(Refusal, match=r"joined|gộp"):
            answer_duplicate(actor=actor, moment=moment, duplicate_id=pair.pk, verdict="different")
        unmerge_person(actor=actor, moment=moment, person_id=other.pk)
        assert Person.objects.current().filter(pk__in=(one.pk, other.pk)).count() == 2
        assert Person.objects.get(pk=one.pk).phone == ""
        pair.refresh_from_db()
        assert pair.verdict == "different"
        assert not Duplicate.objects.waiting().filter(pk=pair.pk).exists()
        with pytest.raises(Refusal):
            unmerge_person(actor=actor, moment=moment, person_id=other.pk)


def test_a_no_is_remembered_and_later_waits(world: World, moment: datetime, pair: Duplicate) -> None:
    with world.as_("ngoc") as actor:
        answer_duplicate(actor=actor, moment=moment, duplicate_id=pair.pk, verdict="later")
        assert Duplicate.objects.waiting().filter(pk=pair.pk).exists()
        answer_duplicate(actor=actor, moment=moment, duplicate_id=pair.pk, verdict="different")
        assert propose_duplicates(actor=actor, moment=moment) == 0


def test_who_may_answer(world: World, moment: datetime, pair: Duplicate) -> None:
    with world.as_("phuc") as stranger, pytest.raises(NotHere):
        answer_duplicate(actor=stranger, moment=moment, duplicate_id=pair.pk, verdict="same")
    with world.as_("thuy") as office, pytest.raises(NotAllowed):
        answer_duplicate(actor=office, moment=moment, duplicate_id=pair.pk, verdict="same")


def test_somebody_is_typed_again(world: World, twice: tuple[Person, Person]) -> None:
    with world.as_("ngoc") as actor:
        assert set(like_typed(actor, "sầm thị thuý vy", birth_year=1980)) == set(twice)
        assert like_typed(actor, "Sầm Thị Thúy Vy", birth_year=1950) == []
        assert like_typed(actor, "Vy", birth_year=1980) == []
    with world.as_("phuc") as elsewhere:
        assert like_typed(elsewhere, "Sầm Thị Thúy Vy", birth_year=1980) == []
