"""The real lists: three tiers in 2021, two after the reform of 1 July 2025, and what became of whom."""

from collections import Counter
from datetime import date

import pytest

from phaodai.territory.models import Tier, Unit
from tests.phaodai.territory.conftest import SERIES

pytestmark = pytest.mark.usefixtures("vietnam")
BEFORE, AFTER = date(2021, 11, 24), date(2026, 1, 1)


def unit(code: str, day: date) -> Unit:
    return Unit.objects.filter(gazetteer=SERIES).coded(code, day).get()


def heirs(code: str, then: date, now: date) -> list[tuple[str, bool]]:
    return [(heir.unit.name, heir.whole) for heir in unit(code, then).became(now)]


@pytest.mark.parametrize(("day", "counts"), [(BEFORE, {1: 63, 2: 705, 3: 10_603}), (AFTER, {1: 34, 3: 3_321})])
def test_each_day_has_the_units_of_its_list(day: date, counts: dict[int, int]) -> None:
    tiers = Unit.objects.filter(gazetteer=SERIES).as_of(day).values_list("tier", flat=True)
    assert Counter(tiers) == counts


def test_bac_kan_had_8_districts_and_108_communes_which_stand_under_thai_nguyen() -> None:
    bac_kan = unit("06", BEFORE)
    inside = Unit.objects.as_of(BEFORE).within(bac_kan)
    assert (inside.tier(Tier.DISTRICT).count(), inside.tier(Tier.COMMUNE).count()) == (8, 108)
    assert heirs("06", BEFORE, AFTER) == [("Tỉnh Thái Nguyên", True)]
    thai_nguyen = unit("19", AFTER)
    now = [heir.unit for commune in inside.tier(Tier.COMMUNE) for heir in commune.became(AFTER)]
    assert len(now) >= 100
    assert {one.province_id for one in now} == {thai_nguyen.pk}


def test_code_24_was_bac_giang_and_is_bac_ninh() -> None:
    assert unit("24", BEFORE).name == "Tỉnh Bắc Giang"
    assert unit("24", AFTER).name == "Tỉnh Bắc Ninh"
    assert heirs("24", BEFORE, AFTER) == heirs("27", BEFORE, AFTER) == [("Tỉnh Bắc Ninh", True)]
    assert heirs("24", AFTER, BEFORE) == [("Tỉnh Bắc Giang", True), ("Tỉnh Bắc Ninh", True)]


def test_an_untouched_province_is_one_row_in_spite_of_spelling() -> None:
    for code in ("01", "04", "38"):
        assert unit(code, BEFORE) == unit(code, AFTER)
    assert unit("56", AFTER).name == "Tỉnh Khánh Hòa"


def test_a_split_commune_is_never_whole_in_any_of_its_heirs() -> None:
    ngoc_ha = unit("00016", BEFORE)
    found = ngoc_ha.became(AFTER)
    assert len(found) > 1
    assert not any(heir.whole for heir in found)


def test_an_island_district_became_a_special_zone() -> None:
    assert heirs("318", BEFORE, AFTER) == [("Đặc khu Bạch Long Vĩ", True)]


def test_nearly_every_commune_of_2021_leads_to_the_present() -> None:
    communes = Unit.objects.filter(gazetteer=SERIES).as_of(BEFORE).tier(Tier.COMMUNE)
    lost = communes.filter(successions__new=None).count()
    assert lost == 572 + 4, "572 merged before March 2025, unknown to the map; 4 whose new code no list has"
