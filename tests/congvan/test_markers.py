"""The marks that number the parts of a document, and what only looks like one."""

import pytest

from congvan.reading.markers import is_only_marker, marker_of

MARKS = {
    "I. MỤC ĐÍCH": ("roman", 1, "I"),
    "IV- Tổ chức": ("roman", 4, "IV"),
    "1. Sở Y tế": ("arabic", 1, "1"),
    "1/ Sở Y tế": ("arabic", 1, "1"),
    "03) Sở Y tế": ("arabic", 3, "3"),
    "1- Các chi bộ": ("arabic", 1, "1"),
    "2.1. Sở Y tế": ("decimal", 1, "2.1"),
    "a) Tổ chức": ("letter", 1, "a"),
    "đ) Bố trí": ("letter", 5, "đ"),
    "Điều 3. Tổ chức": ("article", 3, "Đ3"),
    "PHẦN THỨ HAI": ("part", 2, "II"),
    "A. MỤC TIÊU": ("capital", 1, "A"),
    "l. Tổ chức": ("arabic", 1, "1"),
}


@pytest.mark.parametrize(("form", "wanted"), MARKS.items(), ids=MARKS)
def test_marks(form, wanted):
    marker = marker_of(form)
    assert (marker.style, marker.ordinal, marker.label) == wanted


@pytest.mark.parametrize(
    "form",
    [
        "1.539 ca mắc",
        "III/2025.",
        "15/NQ-CP ngày",
        "16.11.2025",
        "2021 là năm",
        "Sở Y tế",
        "- Tổ chức",
        "VIX. Tổ chức",
        "Điều này",
    ],
)
def test_what_is_no_mark(form):
    assert marker_of(form) is None


def test_a_mark_alone_on_its_line():
    assert is_only_marker("III.")
    assert not is_only_marker("III. ĐÁNH GIÁ")
