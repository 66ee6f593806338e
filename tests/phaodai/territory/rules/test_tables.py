"""Files as offices send them: both layouts, and every way to be wrong."""

from datetime import date

import pytest

from phaodai.territory.rules.tables import Passage, day_in_name, read_map, read_units
from phaodai.territory.rules.units import Unusable

THREE = """level,code,name,type,parent_code,province_code
1,06,Tỉnh Bắc Kạn,Tỉnh,,
2,058,Thành Phố Bắc Kạn,Thành phố,06,06
3,01834,Phường Nguyễn Thị Minh Khai,Phường,058,06
3,01837,Phường Sông Cầu,Phường,058,06
"""
TWO = """level,code,name,type,province_code,name_en
1,19,Tỉnh Thái Nguyên,Tỉnh,,Thai Nguyen
3,01840,Phường Đức Xuân,Phường,19,Duc Xuan
"""


def test_three_tiers_are_read_with_their_parents() -> None:
    entries = {entry.code: entry for entry in read_units(THREE.encode())}
    assert entries["06"].parent is None
    assert entries["058"].parent == (1, "06")
    assert entries["01834"].parent == (2, "058")
    assert entries["058"].name == "Thành phố Bắc Kạn"
    assert entries["01837"].line == 5


def test_two_tiers_put_communes_under_the_province() -> None:
    entries = read_units(TWO.encode())
    assert [(entry.parent, entry.name_en) for entry in entries] == [(None, "Thai Nguyen"), ((1, "19"), "Duc Xuan")]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + THREE.encode(),
        THREE.replace(",", ";").encode(),
        THREE.replace(",", "\t").encode(),
        THREE.replace("\n", "\r\n").encode(),
        THREE.replace("level", " Level ").encode(),
        (THREE + ",,,,,\n").encode(),
    ],
)
def test_what_spreadsheets_make_of_a_table_is_read_alike(content: bytes) -> None:
    assert read_units(content) == read_units(THREE.encode())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("3,01837", "3,01834", "line 5: code 01834 stands twice at level 3 (first on line 4); keep one of the rows"),
        (
            "Phường,058,06\n3",
            "Phường,059,06\n3",
            "line 4: commune 01834 stands under 059, which the list does not name",
        ),
        (
            "Phường,058,06\n3",
            "Phường,06,06\n3",
            "line 4: commune 01834 stands under 06, a province; give the code of its",
        ),
        ("Phường,058,06\n3", "Phường,,06\n3", "line 4: commune 01834 has no parent; write the code of its district"),
        ("2,058", "huyện,058", "line 3: level 'huyện' is no number"),
        ("2,058", "7,058", "line 3: level 7 is none of 1 (province)"),
        ("Phường Sông Cầu", " ", "line 5: the name is empty"),
        ("3,01837,", "3,1837,", "line 5: code 1837 has 4 signs, others of level 3 have 5: was a zero lost?"),
        ("058,06\n", "058,07\n", "line 4: Phường Nguyễn Thị Minh Khai names province 07, but its parents lead to 06"),
        ("Tỉnh,,", "Tỉnh,05,", "line 2: province 06 has a parent (05); leave it empty"),
        ("Phường Sông Cầu", "Phường Sông, Cầu", "line 5: the row has more cells than the first line names"),
        ("1,06,Tỉnh Bắc Kạn,Tỉnh,,\n", "", "the list names no province (level 1)"),
        ("parent_code,province_code", "a,b", "the first line lacks parent_code or province_code"),
        ("level,code", "cap,ma", "the first line lacks code, level"),
        ("Phường Sông Cầu", "P" * 121, "line 5: the name has 121 signs; at most 120 are kept"),
    ],
)
def test_a_wrong_row_is_named_with_its_line_and_what_to_do(old: str, new: str, told: str) -> None:
    assert old in THREE
    with pytest.raises(Unusable) as refused:
        read_units(THREE.replace(old, new, 1).encode())
    assert str(refused.value).startswith(told)
    assert "\n" not in str(refused.value)


def test_more_than_one_problem_is_counted() -> None:
    with pytest.raises(Unusable, match=r"^line 4: .* \(1 more problem further down\)$"):
        read_units(THREE.replace("058,06\n3", ",06\n3").replace("058,06\n", ",06\n").encode())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the file holds no rows"),
        (b"level,code,name,type,parent_code\n", "the file holds no rows"),
        (THREE.encode("utf-16"), "the file is not in UTF-8 (it looks like UTF-16)"),
        (THREE.replace("ắ", "a").replace("ạ", "a").encode("cp1258", "replace"), "line 3: the file is not in UTF-8"),
        (b"PK\x03\x04rest", "this is a workbook"),
        (b'level,code,name,type,parent_code\n1,"06,x,Tinh,\n', "the file is no CSV table"),
        (b"old_code,new_code,coverage\n1,2,full\n", "this file maps old units to new ones; give it as --mapping"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_one_line(content: bytes, told: str) -> None:
    with pytest.raises(Unusable) as refused:
        read_units(content)
    assert str(refused.value).startswith(told)
    assert "\n" not in str(refused.value)


def test_a_map_is_read() -> None:
    content = "old_code,old_name,new_code,coverage\n06,Tỉnh Bắc Kạn,19,full\n00016,Ngọc Hà,00004,Partial\n"
    assert read_map(content.encode()) == [Passage("06", "19", "full"), Passage("00016", "00004", "partial")]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("06,19,most", "line 3: coverage 'most' is neither full nor partial"),
        ("06,,full", "line 3: old_code or new_code is empty"),
        ("01,01,full", "line 3: 01 to 01 stands twice"),
    ],
)
def test_a_wrong_line_of_a_map_is_named(row: str, told: str) -> None:
    with pytest.raises(Unusable) as refused:
        read_map(f"old_code,new_code,coverage\n01,01,full\n{row}\n".encode())
    assert str(refused.value).startswith(told)


def test_a_list_given_as_a_map_is_refused() -> None:
    with pytest.raises(Unusable, match="a map has the columns old_code, new_code and coverage"):
        read_map(THREE.encode())


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("units_2021-07-01.csv", date(2021, 7, 1)),
        ("units_2026-07-25_two_tier.csv", date(2026, 7, 25)),
        ("units_2021-13-01.csv", None),
        ("units.csv", None),
        ("12021-07-011.csv", None),
    ],
)
def test_the_day_stands_in_the_file_name(name: str, day: date | None) -> None:
    assert day_in_name(name) == day
