"""The people who are settled: how many, how old, with whom, and the same on every machine."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epidemic.simulation import (
    DELTA,
    Closing,
    Commune,
    Lockdown,
    Outbreak,
    Park,
    Province,
    ProvinceError,
    Scenario,
    build_population,
    contacts_of,
    invented_province,
    province_of,
    simulate_many,
)
from epidemic.simulation.demography import FIVE_YEAR_SHARES, Demography
from epidemic.simulation.kinds import COMMUNITY, HOUSEHOLD, PARK_WORKER, PUPIL, SCHOOL, TEACHER, WORK
from epidemic.simulation.lodgings import lodge


def contacts_in(population, layer):
    offsets = population.contacts.offsets
    return np.diff(offsets)[layer::5]


def test_everybody_lives_in_the_commune_of_the_list(population):
    sizes = [unit.people for unit in population.province.communes]
    assert np.bincount(population.commune).tolist() == sizes
    assert (np.diff(population.people.hamlet.astype(int)) >= 0).all()


def test_ages_are_those_of_the_census(population):
    shares = np.histogram(population.people.age, bins=[*range(0, 95, 5), 96])[0] / population.size
    expected = np.array(FIVE_YEAR_SHARES) / sum(FIVE_YEAR_SHARES)
    assert shares == pytest.approx(expected, abs=4 * np.sqrt(0.09 / population.size))


def test_no_child_lives_alone_and_households_have_their_mean_size(population):
    size = np.bincount(population.household)
    oldest = np.zeros(len(size), int)
    np.maximum.at(oldest, population.household, population.people.age)
    assert oldest.min() >= 20
    assert size.mean() == pytest.approx(Demography().mean_household(), rel=0.03)


def test_a_household_is_everybody_with_everybody(population):
    size = np.bincount(population.household)[population.household]
    assert (contacts_in(population, HOUSEHOLD) == size - 1).all()
    for person in (0, 500, population.size - 1):
        relatives = np.flatnonzero(population.household == population.household[person])
        assert sorted(population.contacts.of(person, HOUSEHOLD)) == [one for one in relatives if one != person]


def test_contacts_are_mutual_and_never_with_oneself(population):
    offsets, neighbours = population.contacts
    person, layer = np.divmod(np.repeat(np.arange(len(offsets) - 1), np.diff(offsets)), 5)
    there, back = (
        np.sort((a.astype(np.int64) * population.size + b) * 5 + layer)
        for a, b in ((person, neighbours), (neighbours, person))
    )
    assert (there == back).all()
    assert (person != neighbours).all()


def test_classes_hold_pupils_of_one_age_and_commune(population):
    people = population.people
    pupils = np.flatnonzero(people.role == PUPIL)
    for person in pupils[:: len(pupils) // 200]:
        mates = population.contacts.of(person, SCHOOL)
        assert (population.commune[mates] == population.commune[person]).all()
        of_age = mates[people.role[mates] == PUPIL]
        assert (people.age[of_age] == people.age[person]).all()
        assert np.isin(people.role[mates], (PUPIL, TEACHER)).all()


def test_parks_draw_their_workers_who_meet_each_other_at_work(population):
    park = population.people.park
    assert np.bincount(park)[1:] == pytest.approx([800, 400], rel=0.12)
    assert ((park > 0) == (population.people.role == PARK_WORKER)).all()
    for worker in np.flatnonzero(park == 1)[::40]:
        assert (park[population.contacts.of(worker, WORK)] == 1).all()


@pytest.fixture(scope="module")
def lodged():
    """4,000 people in four communes; of 1,000 workers of a park 480 live in lodgings of eight."""
    communes = [Commune(code=str(at), people=1_000, district="D") for at in range(4)]
    return build_population(province_of(communes, [Park(name="P", commune="1", workers=1_000, lodged=0.48)]), seed=4)


def test_tenants_of_lodgings_are_workers_of_the_park_who_live_as_one_household_in_its_commune(lodged):
    of, size = lodged.people, np.bincount(lodged.household)[lodged.household]
    tenants = np.flatnonzero(lodged.commune == 1)[-480:]
    assert (of.park[tenants] == 1).all()
    assert (of.role[tenants] == PARK_WORKER).all()
    assert of.age[tenants].min() >= 18
    assert of.age[tenants].max() <= 45
    assert (size[tenants] == 8).all()
    assert (np.delete(size, tenants) <= 7).all()
    assert np.bincount(lodged.commune).tolist() == [1_000] * 4
    assert np.count_nonzero(of.park) == pytest.approx(1_000, rel=0.12)
    assert (contacts_in(lodged, HOUSEHOLD)[tenants] == 7).all()


def test_where_nobody_is_lodged_households_stay_as_they_were_settled(population):
    ends = np.cumsum([0, *(unit.people for unit in population.province.communes)])
    household, park = lodge(population.province, ends, population.household, 8)
    assert (household == population.household).all()
    assert not park.any()


def test_lodgings_go_on_spreading_when_park_and_district_are_shut(lodged):
    plain = replace(lodged.province, parks=(replace(lodged.province.parks[0], lodged=0.0),))
    orders = (Outbreak(infected=10, area=("P",)), Closing(what=("parks",)), Lockdown())
    scenario = Scenario(days=40, variants=(DELTA.with_reproduction(3.0),), orders=orders)
    crowded, families = (
        simulate_many(one, scenario, seeds=range(6)).totals("infections")
        for one in (lodged, build_population(plain, seed=4))
    )
    assert np.mean(crowded) > 1.3 * np.mean(families)


def test_only_who_works_has_contacts_at_work(population):
    role, number = population.people.role, contacts_in(population, WORK)
    assert (number[np.isin(role, (0, PUPIL, TEACHER))] == 0).all()
    assert number[role == PARK_WORKER].mean() == pytest.approx(16, rel=0.1)


def test_community_contacts_stay_mostly_in_the_commune(population):
    own = [
        np.mean(population.commune[population.contacts.of(person, COMMUNITY)] == population.commune[person])
        for person in range(0, 12_000, 10)
    ]
    assert 0.78 < np.mean(own) < 0.87


def test_the_same_seed_gives_the_same_people_and_another_others():
    province = invented_province(3_000, 4)
    one, same, other = (build_population(province, seed=seed) for seed in (1, 1, 2))
    assert all((a == b).all() for a, b in zip(one.people, same.people, strict=True))
    assert all((a == b).all() for a, b in zip(one.contacts, same.contacts, strict=True))
    assert (one.people.age != other.people.age).any()


@settings(max_examples=30, deadline=None)
@given(sizes=st.lists(st.integers(1, 400), min_size=1, max_size=8), seed=st.integers(0, 2**40))
def test_any_sizes_can_be_settled(sizes, seed):
    communes = [Commune(code=str(at), people=size, district=str(at % 3)) for at, size in enumerate(sizes)]
    population = build_population(province_of(communes, [Park(name="P", commune="0", workers=50)]), seed=seed)
    assert population.size == sum(sizes)
    assert len(population.contacts.offsets) == 5 * population.size + 1
    assert population.contacts.offsets[-1] == len(population.contacts.neighbours)
    assert (population.contacts.neighbours < population.size).all()
    assert (np.bincount(population.people.hamlet) > 0).all()


@pytest.mark.parametrize(
    ("communes", "parks", "told"),
    [
        ((), (), "needs a commune"),
        ((Commune(code="1", people=0),), (), "no people"),
        ((Commune(code="1", people=2), Commune(code="1", people=2)), (), "twice"),
        ((Commune(code="1", people=2),), (Park(name="P", commune="2", workers=1),), "not there"),
        ((Commune(code="1", people=2),), (Park(name="P", commune="1", workers=6, lodged=0.5),), "lodge fewer"),
    ],
)
def test_a_province_that_cannot_be_is_refused(communes, parks, told):
    with pytest.raises(ProvinceError, match=told):
        Province(communes, parks)


def test_too_few_people_for_the_communes_are_refused():
    with pytest.raises(ProvinceError, match="fewer communes"):
        invented_province(3, 4)


def test_contacts_given_as_pairs_are_found_from_both_sides():
    none = (np.empty(0, np.int32), np.empty(0, np.int32))
    home = (np.array([0, 1, 2], np.int32), np.array([1, 2, 2], np.int32))
    contacts = contacts_of(3, (home, none, none, none, none))
    assert [contacts.of(person, HOUSEHOLD).tolist() for person in range(3)] == [[1], [0, 2], [1]]


def test_more_contacts_than_can_be_counted_are_refused():
    none = (np.empty(0, np.int32), np.empty(0, np.int32))
    crowd = (np.zeros(300, np.int32), np.arange(1, 301, dtype=np.int32))
    with pytest.raises(ValueError, match="255"):
        contacts_of(301, (crowd, none, none, none, none))
