"""The list of a case's contacts: made from the index, classified by the law, kept when it is made again."""

from datetime import date, timedelta
from typing import Any

import pytest

from epidemic.tracing import Via
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.surveillance.actions.tracing import list_contacts, state_exposure
from phaodai.surveillance.actions.visits import correct_visit
from phaodai.surveillance.models import Contact, LateVisit, TraceRun, Transmission
from phaodai.surveillance.tracing import minute_at, trace_case
from tests.phaodai.surveillance.tracing.towns import MOMENT, Town, build_town, days_later
from tests.world import World


@pytest.fixture
def town(world: World) -> Any:
    """Persons 0 and 1 live together; 2 and 3 too; 4 alone. 0 is the case; 0, 2 and 4 were at the market on Monday."""
    with entering(SYSTEM):
        town = build_town(world, [1, 1, 2, 2, None])
        for person, minutes in ((0, 60), (2, 30), (4, 5)):
            town.record(town.stay(person, 0, days_later(0, 8), minutes))
        yield town


def listed(town: Town, case: Any) -> dict[int, Contact]:
    list_contacts(actor=SYSTEM, moment=MOMENT, case_id=case.pk)
    found = Contact.objects.filter(case=case)
    return dict(zip(town.numbers([one.person_id for one in found]), found, strict=True))


def test_a_household_is_f1_and_an_unknown_distance_stays_open(town: Town) -> None:
    contacts = listed(town, town.case(0))
    assert sorted(contacts) == [1, 2, 4]
    assert contacts[1].decision["outcome"] == "F1"
    assert contacts[1].decision["document"] == "5053/QĐ-BYT"
    assert (contacts[2].minutes, contacts[2].decision["missing"]) == (30, ["distance_m"])
    assert contacts[2].place_id == town.places[0].pk


def test_the_commune_where_a_contact_lives_follows_up(world: World, town: Town) -> None:
    elsewhere = world.units["98002.1"]
    person = town.persons[2]
    person.commune_id = elsewhere.commune_id
    person.save()
    contacts = listed(town, town.case(0))
    assert contacts[2].commune_id == elsewhere.commune_id
    assert contacts[1].commune_id == town.commune.commune_id


def test_a_stated_distance_makes_the_class_and_brings_the_contacts_of_the_contact(town: Town) -> None:
    case = town.case(0)
    market = listed(town, case)[2]
    state_exposure(actor=SYSTEM, moment=MOMENT, contact_ids=[market.pk], facts={"distance_m": 1})
    contacts = listed(town, case)
    assert contacts[2].decision["outcome"] == "F1"
    assert (contacts[3].degree, contacts[3].through_id) == (2, market.pk)
    assert contacts[3].decision["outcome"] == "F2"


def test_too_far_apart_is_no_contact_until_the_fact_is_taken_back(town: Town) -> None:
    case = town.case(0)
    market = listed(town, case)[2]
    (far,) = state_exposure(actor=SYSTEM, moment=MOMENT, contact_ids=[market.pk], facts={"distance_m": 6})
    assert (far.state, far.decision["outcome"]) == (Contact.State.NOT_CONTACT, "none")
    (again,) = state_exposure(actor=SYSTEM, moment=MOMENT, contact_ids=[market.pk], facts={"distance_m": None})
    assert (again.state, again.decision["outcome"]) == (Contact.State.LISTED, None)


def test_listing_again_changes_nothing_and_loses_no_state(town: Town) -> None:
    case = town.case(0)
    first = listed(town, case)
    Contact.objects.filter(pk=first[1].pk).update(state=Contact.State.TOLD, told_at=MOMENT)
    again = listed(town, case)
    assert {number: one.pk for number, one in again.items()} == {number: one.pk for number, one in first.items()}
    assert {one.version for one in again.values()} == {1}
    assert again[1].state == Contact.State.TOLD


def test_a_later_check_in_adds_and_a_corrected_one_takes_off(town: Town) -> None:
    case = town.case(0)
    assert 3 not in listed(town, case)
    late = town.stay(3, 0, days_later(0, 8.5), 20)
    town.record(late)
    assert listed(town, case)[3].minutes == 20
    correct_visit(actor=SYSTEM, moment=MOMENT, province_id=town.province.pk, wrong=late, right=None)
    assert listed(town, case)[3].state == Contact.State.NOT_CONTACT


def test_who_was_reached_stays_on_the_list_whatever_is_corrected(town: Town) -> None:
    case = town.case(0)
    told = listed(town, case)[4]
    Contact.objects.filter(pk=told.pk).update(state=Contact.State.TOLD, told_at=MOMENT)
    wrong = town.stay(4, 0, days_later(0, 8), 5)
    correct_visit(actor=SYSTEM, moment=MOMENT, province_id=town.province.pk, wrong=wrong, right=None)
    assert listed(town, case)[4].state == Contact.State.TOLD


def test_the_run_is_kept_and_told(town: Town) -> None:
    case = town.case(0)
    run = list_contacts(actor=SYSTEM, moment=MOMENT, case_id=case.pk)
    visits = LateVisit.objects.filter(province_id=case.province_id).count()
    assert (run.first_degree, run.second_degree, run.visits_searched) == (3, 0, visits)
    assert TraceRun.objects.get(case=case).milliseconds > 0
    fact = Fact.objects.get(kind="surveillance:contacts:listed", subject_id=case.pk)
    assert fact.payload == {"first": 3, "second": 0}


def test_a_case_without_any_day_is_refused_in_words(town: Town) -> None:
    case = town.case(0, onset_on=None, positive_at=None)
    with pytest.raises(Refusal, match="chưa có ngày khởi phát"):
        list_contacts(actor=SYSTEM, moment=MOMENT, case_id=case.pk)


def test_an_unknown_fact_is_refused(town: Town) -> None:
    contact = listed(town, town.case(0))[1]
    with pytest.raises(Refusal, match="weather"):
        state_exposure(actor=SYSTEM, moment=MOMENT, contact_ids=[contact.pk], facts={"weather": 1})


def test_the_ill_are_listed_nowhere(town: Town) -> None:
    town.case(1, code="BM-ill", onset_on=date(2021, 11, 20))
    assert 1 not in listed(town, town.case(0))


def test_who_may_list(world: World, town: Town) -> None:
    case = town.case(0)
    with pytest.raises(NotAllowed):
        list_contacts(
            actor=world.without("ngoc", Permission.SURVEILLANCE_CONTACT_TRACE), moment=MOMENT, case_id=case.pk
        )
    with pytest.raises(NotHere):
        list_contacts(actor=SYSTEM, moment=MOMENT, case_id=case.pk + 1)


def test_a_station_lists_its_own_cases_and_no_others(world: World) -> None:
    with entering(SYSTEM):
        town = build_town(world, [1, 1])
        case = town.case(0)
    with world.as_("phuc") as other, pytest.raises(NotHere):
        list_contacts(actor=other, moment=MOMENT, case_id=case.pk)
    with world.as_("ngoc") as own:
        assert list_contacts(actor=own, moment=MOMENT, case_id=case.pk).first_degree == 1


def test_contacts_of_another_commune_are_found_by_row_id_alone(world: World) -> None:
    """The station of the case sees where the contact is followed, and not who it is."""
    with entering(SYSTEM):
        town = build_town(world, [1, 1])
        person = town.persons[1]
        person.commune_id = world.units["98002.1"].commune_id
        person.save()
        case = town.case(0)
    with world.as_("ngoc") as own:
        list_contacts(actor=own, moment=MOMENT, case_id=case.pk)
        contact = Contact.objects.get(case=case)
        assert contact.commune_id == person.commune_id
        assert not type(person).objects.filter(pk=person.pk).exists()
    with world.as_("phuc"):
        assert Contact.objects.get(pk=contact.pk).state == Contact.State.LISTED


def test_the_trace_knows_nothing_of_the_days_outside_the_window(town: Town) -> None:
    town.record(town.stay(0, 1, days_later(-3, 8), 60), town.stay(4, 1, days_later(-3, 8), 60))
    contacts = listed(town, town.case(0, onset_on=date(2021, 11, 24)))
    assert contacts[4].place_id == town.places[0].pk
    assert all(one["place"] != town.places[1].pk for row in contacts.values() for one in row.exposure["met"])
    run = TraceRun.objects.latest("pk")
    assert run.window_from == days_later(-1)
    assert run.window_from > days_later(-3, 8) + timedelta(hours=1)


def test_links_of_a_line_list_count_as_declared_on_their_day_or_some_day(town: Town) -> None:
    case, ill = town.case(0), town.case(3, code="BM-day")
    undated, early = town.case(4, code="BM-undated"), town.case(2, code="BM-early")
    Transmission.objects.create(source=case, target=ill, on=date(2021, 11, 21))
    Transmission.objects.create(source=case, target=undated)
    Transmission.objects.create(source=case, target=early, on=date(2021, 11, 1))
    declared = [one for one in trace_case(case, moment=MOMENT).contacts if one.via == Via.DECLARED and one.degree == 1]
    assert sorted(town.numbers([one.person for one in declared])) == [3, 4]
    dated = next(one for one in declared if one.person == ill.person_id)
    assert dated.start == minute_at(days_later(-1))
