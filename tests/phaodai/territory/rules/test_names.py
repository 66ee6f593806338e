"""One spelling for one name."""

import pytest

from phaodai.territory.rules.names import bare, place_order, search_text, settle


@pytest.mark.parametrize(
    ("name", "kind", "settled"),
    [
        ("Thành Phố Bắc Kạn", "Thành phố", ("Thành phố Bắc Kạn", "Thành phố")),
        ("xã  Bắc Sơn ", "Xã", ("Xã Bắc Sơn", "Xã")),
        ("Thành phố Hà Nội", "Thành phố Trung ương", ("Thành phố Hà Nội", "Thành phố")),
        ("Tỉnh Thanh Hoá", "Tỉnh", ("Tỉnh Thanh Hóa", "Tỉnh")),
        ("Tỉnh Khánh Hoà", "Tỉnh", ("Tỉnh Khánh Hòa", "Tỉnh")),
        ("Xã Thuỷ Xuân", "Xã", ("Xã Thủy Xuân", "Xã")),
        ("Thị xã Quỳ Hợp", "Thị xã", ("Thị xã Quỳ Hợp", "Thị xã")),
        ("Xã Hoàn Kiếm", "Xã", ("Xã Hoàn Kiếm", "Xã")),
        ("Xã Bà Rịa".replace("à", "à"), "Xã", ("Xã Bà Rịa", "Xã")),
    ],
)
def test_spellings_that_mean_one_name_become_one(name: str, kind: str, settled: tuple[str, str]) -> None:
    assert settle(name, kind) == settled
    assert settle(*settled) == settled


def test_a_name_without_its_type_keeps_a_name() -> None:
    assert bare("Phường Ba Đình", "Phường") == "Ba Đình"
    assert bare("Xã", "Xã") == "Xã"


def test_places_run_by_their_first_word_and_numbers_by_size() -> None:
    names = ["Phường 10", "Phường 2", "Phường Đa Kao", "Phường Bến Nghé", "Phường An Khánh", "Phường Bến Thành"]
    ordered = sorted(names, key=lambda name: place_order(name, "Phường"))
    assert [bare(name, "Phường") for name in ordered] == ["2", "10", "An Khánh", "Bến Nghé", "Bến Thành", "Đa Kao"]


def test_search_text_folds_both_languages() -> None:
    assert search_text("Thành phố Hồ Chí Minh", "Ho Chi Minh City") == "thanh pho ho chi minh ho chi minh city"
