import unicodedata
from io import BytesIO

import docx
import pytest

from demo.directives import DIRECTIVES, Directive, directive
from demo.organisations import Organisations

each_paper = pytest.mark.parametrize("paper", DIRECTIVES, ids=lambda paper: paper.stem)


@each_paper
def test_papers_have_letterhead_text_distribution_and_signature(paper: Directive) -> None:
    left, right, *middle, distribution, signature = paper.blocks
    assert "BÌNH MINH" in left
    assert right.startswith(("ĐẢNG CỘNG SẢN VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
    assert paper.symbol in left
    assert middle
    assert distribution.startswith(("Nơi nhận:", "Noi nhận:"))
    assert signature.count("\n") >= 2


@each_paper
def test_texts_are_composed(paper: Directive) -> None:
    assert unicodedata.is_normalized("NFC", paper.as_text())
    assert "=====" not in paper.as_text()


@each_paper
def test_signers_are_officers_of_the_province(paper: Directive, organisations: Organisations) -> None:
    assert organisations.named(paper.blocks[-1].splitlines()[-1])


@each_paper
def test_papers_arrive_after_they_are_dated(paper: Directive) -> None:
    assert f"ngày {paper.arrived_at.day} tháng 11 năm 2021" in paper.blocks[1]


@each_paper
def test_the_file_holds_every_line_of_the_text(paper: Directive) -> None:
    lines = {line for line in paper.as_text().splitlines() if line}
    if paper.suffix == ".txt":
        assert paper.content().decode() == paper.as_text()
        return
    word = docx.Document(BytesIO(paper.content()))
    cells = [cell.text for table in word.tables for cell in table.rows[0].cells]
    found = {line for text in [*cells, *(p.text for p in word.paragraphs)] for line in text.split("\n") if line}
    assert found == lines


def test_papers_are_found_by_symbol() -> None:
    assert directive("142-CV/TU").confirmed is False
    with pytest.raises(KeyError):
        directive("1-XX/YY")
