import unicodedata

import numpy as np
import pytest

from demo import TODAY
from demo.geography import Geography
from demo.names.persons import Sex
from demo.people import People, make_people
from demo.population import PYRAMID_EDGES, PYRAMID_SHARES, Role


def test_everybody_lives_in_a_household_of_one_hamlet(geography: Geography, people: People) -> None:
    assert len(people) == geography.province.population
    assert np.unique(people.household).tolist() == list(range(people.households))
    pairs = np.unique(np.column_stack([people.household, people.hamlet]), axis=0)
    assert len(pairs) == people.households
    heads = people.household[people.role == Role.HEAD]
    assert np.array_equal(heads, np.arange(people.households))


def test_hamlets_get_their_plan_give_or_take_a_household(geography: Geography, people: People) -> None:
    assert np.abs(people.hamlet_population() - geography.hamlet_population).max() <= 8


def test_the_age_pyramid_is_the_census_s(people: People) -> None:
    ages = people.age()
    shares = np.histogram(ages, PYRAMID_EDGES)[0] / len(people) * 100
    assert np.abs(shares - PYRAMID_SHARES / PYRAMID_SHARES.sum() * 100).max() < 0.6
    assert (ages < 15).mean() == pytest.approx(0.243, abs=0.01)
    assert (ages >= 65).mean() == pytest.approx(0.077, abs=0.01)
    assert people.birth_date.max() <= np.datetime64(TODAY)


def test_households_are_of_the_usual_size_and_of_several_generations(people: People) -> None:
    assert 3.3 < len(people) / people.households < 3.7
    generations = np.unique(people.household[people.role == Role.PARENT])
    assert 0.1 < len(generations) / people.households < 0.35


def test_women_are_about_half_and_more_among_the_old(people: People) -> None:
    women = people.sex == Sex.FEMALE
    assert 0.49 < women.mean() < 0.53
    assert women[people.age() >= 75].mean() > women[people.age() < 15].mean() + 0.04


def _of_role(people: People, role: Role, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Values of the people of a role, and those of the heads of their households."""
    head = values[people.role == Role.HEAD]
    return values[people.role == role], head[people.household[people.role == role]]


def test_nobody_is_older_than_the_parents(people: People) -> None:
    child, head = _of_role(people, Role.CHILD, people.birth_day)
    assert ((child - head) / 365.2425).min() > 15
    parent, head = _of_role(people, Role.PARENT, people.birth_day)
    assert ((head - parent) / 365.2425).min() > 15


def test_couples_are_a_man_and_a_woman(people: People) -> None:
    spouse, head = _of_role(people, Role.SPOUSE, people.sex)
    assert (spouse + head == 1).all()


def test_children_carry_their_father_s_family_name(people: People) -> None:
    male_headed = (people.sex == Sex.MALE)[people.role == Role.HEAD][people.household]
    child, head = _of_role(people, Role.CHILD, people.family)
    assert (child == head)[male_headed[people.role == Role.CHILD]].all()
    siblings = np.unique(np.column_stack([people.household, people.family])[people.role == Role.CHILD], axis=0)
    assert len(siblings) == len(np.unique(people.household[people.role == Role.CHILD]))


def test_telephones_are_unique_and_no_child_s(people: People) -> None:
    numbers = people.phone[people.phone >= 0]
    assert len(np.unique(numbers)) == len(numbers)
    assert people.phone[people.age() < 13].max() == -1
    assert all(len(phone) == 10 and phone.startswith("095") for phone in people.phones(0, 500) if phone)


def test_minorities_live_in_the_hills(geography: Geography, people: People) -> None:
    district = np.array([geography.ancestors(hamlet)[1] for hamlet in geography.hamlets])[people.hamlet]
    share = {row.name: (people.ethnicity[district == row.code] > 0).mean() for row in geography.districts}
    assert share["Huyện Long Giang"] > 0.4
    assert share["Thành phố Bình Minh"] == 0


def test_names_of_a_range_are_the_names_of_the_whole(people: People) -> None:
    assert people.full_names(1_000, 1_010) == people.full_names()[1_000:1_010]
    assert all(unicodedata.is_normalized("NFC", name) for name in people.full_names(0, 2_000))


def test_addresses_name_the_hamlet(people: People) -> None:
    for address, hamlet in zip(people.addresses(0, 300), people.household_hamlet, strict=False):
        assert address.endswith(people.geography.hamlets[hamlet].name)
        assert address[0].isupper()


def test_texts_need_no_escaping_in_copy(people: People) -> None:
    assert not any(sign in text for text in (*people.full_names(), *people.addresses()) for sign in "\t\n\\")


def test_households_live_in_one_hamlet(people: People) -> None:
    assert np.array_equal(people.household_hamlet[people.household], people.hamlet)


def test_same_seed_same_people_another_seed_others(geography: Geography) -> None:
    first, second, other = (make_people(geography, 5_000, seed) for seed in (1, 1, 2))
    assert first.full_names() == second.full_names()
    assert first.addresses() == second.addresses()
    assert np.array_equal(first.birth_day, second.birth_day)
    assert first.full_names() != other.full_names()
