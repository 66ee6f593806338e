import unicodedata
from collections import Counter

import numpy as np
import pytest

from demo.names.persons import (
    FAMILIES,
    GIVENS,
    MIDDLES,
    Ethnicity,
    Sex,
    draw_by_generation,
    draw_families,
    draw_full_names,
    generation,
)
from demo.names.places import DISTRICT_PLANS, commune_names, hamlet_names
from demo.streams import stream


@pytest.mark.parametrize("table", [FAMILIES, MIDDLES, GIVENS])
def test_tables_are_composed_and_without_repetition(table) -> None:
    assert len(set(table.entries)) == len(table.entries) < 256
    assert all(unicodedata.is_normalized("NFC", name) and name.istitle() for name in table.entries)


def test_nguyen_is_the_commonest_family_name_by_far() -> None:
    drawn = draw_families(np.zeros(20_000, dtype=int), stream(1, "families"))
    shares = Counter(FAMILIES.entries[index] for index in drawn.tolist())
    assert [name for name, _ in shares.most_common(4)] == ["Nguyễn", "Trần", "Lê", "Phạm"]
    assert 0.33 < shares["Nguyễn"] / 20_000 < 0.41


def test_ethnicities_have_their_own_family_names() -> None:
    drawn = draw_families(np.full(2_000, int(Ethnicity.TAY)), stream(1, "families"))
    names = {FAMILIES.entries[index] for index in drawn.tolist()}
    assert "Nông" in names
    assert "Huỳnh" not in names


def test_middle_names_follow_sex_and_generation() -> None:
    def share(sex: Sex, year: int, start: str) -> float:
        drawn = draw_by_generation(MIDDLES, np.full(5_000, int(sex)), np.full(5_000, year), stream(2, "middles"))
        return sum(MIDDLES.entries[index].split()[0] == start for index in drawn.tolist()) / 5_000

    assert share(Sex.FEMALE, 1945, "Thị") > 0.85
    assert share(Sex.FEMALE, 2010, "Thị") < 0.6
    assert share(Sex.MALE, 1945, "Thị") == share(Sex.FEMALE, 1945, "Văn") == 0
    assert share(Sex.MALE, 1945, "Văn") > 2 * share(Sex.MALE, 2010, "Văn")


def test_generations_turn_at_their_bounds() -> None:
    assert generation(np.array([1961, 1962, 1986, 1987])).tolist() == [0, 1, 1, 2]


def test_full_names_have_three_or_four_parts() -> None:
    names = draw_full_names(np.array([0, 1] * 200), np.array([1950, 2000] * 200), stream(4, "names"))
    assert {len(name.split()) for name in names} <= {3, 4}


@pytest.mark.parametrize("plan", DISTRICT_PLANS, ids=lambda plan: plan.name)
def test_a_district_names_as_many_communes_as_asked(plan) -> None:
    names = commune_names(plan, plan.communes + 4, stream(8, plan.name))
    assert len(set(names)) == plan.communes + 4
    assert [kind for kind, _ in names].count(plan.ward_kind) == plan.wards
    assert set(plan.first_communes) <= {name for kind, name in names if kind == "Xã"}


def test_hamlets_in_town_are_numbered_and_all_four_words_occur() -> None:
    city, east = DISTRICT_PLANS[0], next(plan for plan in DISTRICT_PLANS if plan.rural_hamlet == "Ấp")
    assert hamlet_names(city, "Phường", "Bến Gỗ", 2, stream(1, "h")) == [
        ("Tổ dân phố", "Tổ dân phố 1"),
        ("Tổ dân phố", "Tổ dân phố 2"),
    ]
    assert {kind for kind, _ in hamlet_names(east, "Thị trấn", "X", 5, stream(1, "h"))} == {"Khóm"}
    assert {kind for kind, _ in hamlet_names(east, "Xã", "Y", 9, stream(1, "h"))} == {"Ấp"}
