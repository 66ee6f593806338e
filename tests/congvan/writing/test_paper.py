"""What a paper refuses, and how items are numbered."""

from datetime import date

import pytest

from congvan.writing import Figure, Item, Numbering, Paragraph, Table
from congvan.writing.numbering import flatten
from congvan.writing.tables import column_alignments, column_shares, printed_rows


def texts(blocks, numbering):
    return [f"{line.lead} {line.text}".strip() for line in flatten(blocks, numbering)]


TREE = (
    Item(title="Một", blocks=(Item(text="x", blocks=(Item(text="y", blocks=(Item(text="z"),)),)), Item(text="w"))),
    Paragraph("giữa"),
    Item(text="Hai"),
)


@pytest.mark.parametrize(
    ("numbering", "printed"),
    [
        (Numbering.SECTIONS, ["I. MỘT", "1. x", "a) y", "- z", "2. w", "giữa", "II. Hai"]),
        (Numbering.CLAUSES, ["1. Một", "a) x", "- y", "+ z", "b) w", "giữa", "2. Hai"]),
        (Numbering.ARTICLES, ["Điều 1. Một", "1. x", "a) y", "- z", "2. w", "giữa", "Điều 2. Hai"]),
    ],
)
def test_markers_follow_from_the_place_in_the_tree(numbering, printed):
    assert texts(TREE, numbering) == printed


def test_a_marker_given_by_the_author_is_kept():
    assert texts((Item(text="x", marker="2.1."), Item(text="y", marker="")), Numbering.CLAUSES) == ["2.1. x", "y"]


def test_a_title_with_text_stands_on_its_own_line():
    assert texts((Item(title="Sở Y tế", text="Kiểm tra."),), Numbering.CLAUSES) == ["1. Sở Y tế", "Kiểm tra."]


@pytest.mark.parametrize("extra", [{"rows": ((1,),)}, {"rows": (), "total": (1, 2, 3)}, {"rows": (), "widths": (1,)}])
def test_a_ragged_table_is_refused(extra):
    with pytest.raises(ValueError, match="2 columns"):
        Table(header=("a", "b"), **extra)


def test_a_table_without_columns_or_width_is_refused():
    with pytest.raises(ValueError, match="at least one column"):
        Table(header=(), rows=())
    with pytest.raises(ValueError, match="positive"):
        Table(header=("a",), rows=(), widths=(0,))


def test_a_figure_must_be_a_png_within_the_page():
    with pytest.raises(ValueError, match="PNG"):
        Figure(png=b"GIF89a", alternative_text="x")
    with pytest.raises(ValueError, match="share"):
        Figure(png=b"\x89PNG\r\n\x1a\n", alternative_text="x", width=1.5)


def test_cells_are_printed_in_vietnamese_form_and_numbers_set_right():
    table = Table(header=("Đơn vị", "Ca", "Ngày"), rows=(("Xã A", 1234.5, date(2021, 2, 3)), ("Xã B", None, None)))
    assert printed_rows(table) == [["Xã A", "1.234,5", "03/02/2021"], ["Xã B", "", ""]]
    assert column_alignments(table) == ("left", "right", "left")


def test_shares_of_columns_sum_to_one_and_give_words_more_room():
    table = Table(header=("TT", "Đơn vị"), rows=((1, "Ủy ban nhân dân huyện Hòa Thịnh"),))
    shares = column_shares(table)
    assert sum(shares) == pytest.approx(1)
    assert shares[1] > 4 * shares[0]
