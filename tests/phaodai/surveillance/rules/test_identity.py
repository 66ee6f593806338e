"""Lists that number cases alike: the same people, or others."""

from hypothesis import given
from hypothesis import strategies as st

from phaodai.surveillance.rules.identity import ENOUGH, another_list

PEOPLE = st.tuples(st.sampled_from(["F", "M"]), st.integers(0, 100))


@given(st.lists(PEOPLE))
def test_the_same_people_are_the_same_list(people: list[tuple[str, int]]) -> None:
    assert not another_list((one, one) for one in people)


@given(st.lists(PEOPLE, min_size=ENOUGH))
def test_others_are_another_list(people: list[tuple[str, int]]) -> None:
    assert another_list((("M" if sex == "F" else "F", age), (sex, age)) for sex, age in people)


def test_a_few_slips_or_nothing_told_are_no_other_list() -> None:
    assert not another_list([(("M", 30), ("F", 30))] * (ENOUGH - 1))
    assert not another_list([((None, None), ("F", 30))] * 50)
    assert not another_list([(("M", 30), ("M", 32))] * 50)
    assert another_list([(("", 30), ("F", 33))] * ENOUGH)
