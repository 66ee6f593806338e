import unicodedata
from collections import Counter

import pytest

from demo.establishment import KNOWN_OFFICERS, PUBLIC_FIGURES
from demo.geography import Geography
from demo.organisations import Organisations, fold, make_organisations


def test_every_unit_of_a_tier_has_the_same_organisations(geography: Geography, organisations: Organisations) -> None:
    per_unit = Counter(row.unit_code for row in organisations.organisations)
    assert {per_unit[commune.code] for commune in geography.communes} == {5}
    assert len({per_unit[district.code] for district in geography.districts}) == 1
    assert per_unit[geography.province.code] > 35


def test_parents_come_first_and_lead_to_the_provincial_committee(organisations: Organisations) -> None:
    seen: set[str] = set()
    for row in organisations.organisations:
        assert row.parent_code is None or row.parent_code in seen
        seen.add(row.code)
    assert [row.code for row in organisations.organisations if row.parent_code is None] == ["98-TU"]
    assert all(row.guide_code in organisations.by_code for row in organisations.organisations if row.guide_code)


def test_no_template_is_left_in_a_name(organisations: Organisations) -> None:
    for row in organisations.organisations:
        assert "{" not in row.name + row.abbreviation
        assert unicodedata.is_normalized("NFC", row.name)


def test_words_follow_the_kind_of_unit(organisations: Organisations) -> None:
    names = {row.name for row in organisations.organisations}
    assert {"Thành ủy Bình Minh", "Thị ủy An Bình", "Huyện ủy Thuận Hòa"} <= names
    assert {"Phòng Kinh tế thị xã An Bình", "Phòng Kinh tế và Hạ tầng huyện Phú Khê"} <= names
    assert {"Trạm Y tế phường Bến Gỗ", "Ủy ban nhân dân thị trấn Vĩnh Lạc"} <= names


def test_short_names_mean_one_organisation_save_for_twin_communes(organisations: Organisations) -> None:
    shared = {short for short, rows in organisations.by_abbreviation.items() if len(rows) > 1}
    assert shared
    assert all(short.endswith("xã Phú Lễ") for short in shared)


def test_each_organisation_has_one_head_and_other_officers(organisations: Organisations) -> None:
    for row in organisations.organisations:
        ranks = [officer.rank for officer in organisations.officers_of[row.code]]
        assert ranks.count("head") == 1
        assert ranks[0] == "head"
        assert 2 <= len(ranks) <= 4
    assert len({officer.code for officer in organisations.officers}) == len(organisations.officers)


def test_a_person_has_one_name_and_one_account_whatever_the_posts(organisations: Organisations) -> None:
    people = {officer.person_code: officer for officer in organisations.officers}
    assert len({officer.full_name for officer in people.values()}) == len(people)
    assert len({officer.account for officer in people.values()}) == len(people)
    assert len({officer.phone for officer in people.values()}) == len(people)
    for officer in organisations.officers:
        assert officer.full_name == people[officer.person_code].full_name
        assert officer.account.isascii()
    assert not PUBLIC_FIGURES & {officer.full_name for officer in people.values()}


def test_the_steering_committee_is_led_by_the_chairman(organisations: Organisations) -> None:
    for place in ("98", "982"):
        assert organisations.head(f"{place}-BCD").person_code == organisations.head(f"{place}-UBND").person_code
    deputy = organisations.officer("98-BCD", "Phó Trưởng ban")
    assert deputy.full_name == "Trần Quốc Việt"


def test_known_people_hold_their_posts(organisations: Organisations) -> None:
    for (short, title), name in KNOWN_OFFICERS.items():
        (organisation,) = organisations.by_abbreviation[short]
        assert organisations.officer(organisation.code, title).full_name == name
    assert organisations.named("Hoàng Minh Phượng").sex == "F"
    assert organisations.named("Lý Văn Phúc").sex == "M"


def test_strangers_and_posts_that_do_not_exist_are_not_found(organisations: Organisations) -> None:
    with pytest.raises(KeyError):
        organisations.named("Nguyễn Văn Không Ai")
    with pytest.raises(KeyError):
        organisations.officer("98-TU", "Thủ kho")


def test_same_seed_same_officers(geography: Geography, organisations: Organisations) -> None:
    assert make_organisations(geography) == organisations
    assert make_organisations(geography, seed=5).officers != organisations.officers


def test_folding_drops_marks() -> None:
    assert fold("Đỗ Thùy Linh") == "do thuy linh"
