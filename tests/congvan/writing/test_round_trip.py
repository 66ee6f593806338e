"""What the writer writes, the reader reads back: letterhead, addressees, tree, signature, copies."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import congvan
from congvan.model import Reading, Section
from congvan.writing import (
    Authority,
    Capacity,
    Distribution,
    Item,
    Kind,
    Numbering,
    Paper,
    Paragraph,
    Signature,
    System,
    format_symbol,
)
from congvan.writing.files import WRITERS
from congvan.writing.kinds import capacity_code
from congvan.writing.wording import point_letter, roman
from tests.congvan.writing.samples import SAMPLES

FORMATS = st.sampled_from(sorted(WRITERS))
PLACES = ("Bến Mai", "Sông Trà", "An Lạc")
STATE_BODIES = {
    "UBND": "Ủy ban nhân dân tỉnh Bến Mai",
    "SYT": "Sở Y tế",
    "BCĐ": "Ban Chỉ đạo phòng, chống dịch COVID-19",
}
PARTY_BODIES = {"TU": "Tỉnh ủy Bến Mai", "HU": "Huyện ủy An Lạc"}
SUBJECTS = (
    "tăng cường công tác phòng, chống dịch COVID-19 trên địa bàn tỉnh",
    "tổ chức xét nghiệm sàng lọc tại các khu công nghiệp",
    "bảo đảm an sinh xã hội cho người dân trong vùng phong tỏa",
)
BODIES = (
    "Sở Y tế",
    "Công an tỉnh",
    "Sở Giáo dục và Đào tạo",
    "Ủy ban nhân dân các huyện, thành phố",
    "Các sở, ban, ngành",
)
NOTES = (None, "b/c", "để báo cáo", "p/h chỉ đạo")
ORDERS = (
    "Sở Y tế chủ trì, phối hợp với Công an tỉnh rà soát người về từ vùng dịch.",
    "Công an tỉnh lập các chốt kiểm soát trên các tuyến đường chính.",
    "Ủy ban nhân dân các huyện, thành phố chuẩn bị khu cách ly tập trung.",
    "Sở Giáo dục và Đào tạo hướng dẫn các trường học tổ chức dạy học an toàn.",
)
PEOPLE = ("Nguyễn Thị Đào", "Trần Văn Hậu", "Lê Minh Châu", "Phạm Quốc Bảo")
MARKS = {
    Numbering.ARTICLES: (lambda n: f"Đ{n}", str, point_letter),
    Numbering.SECTIONS: (roman, str, point_letter),
    Numbering.CLAUSES: (str, point_letter),
}


def several(values, least=1, most=3):
    """A few different values."""
    return st.lists(st.sampled_from(values), min_size=least, max_size=most, unique=True).map(tuple)


def items(depth):
    """Items of at most this depth."""
    leaf = st.builds(Item, text=st.sampled_from(ORDERS))
    if depth == 1:
        return leaf
    inner = st.lists(items(depth - 1), min_size=2, max_size=3).map(tuple)
    return leaf | st.builds(Item, title=st.sampled_from(BODIES), blocks=inner)


@st.composite
def papers(draw):
    """Papers such as an office writes, of every kind and both systems."""
    system = draw(st.sampled_from(System))
    kind = draw(st.sampled_from([kind for kind in Kind if system is System.STATE or kind is not Kind.URGENT_DISPATCH]))
    abbreviation, issuer = draw(st.sampled_from([*(STATE_BODIES if system is System.STATE else PARTY_BODIES).items()]))
    addressed = kind in (Kind.LETTER, Kind.URGENT_DISPATCH)
    depth = 2 if kind in (Kind.LETTER, Kind.DIRECTIVE, Kind.NOTICE, Kind.URGENT_DISPATCH) else 3
    tree = draw(st.lists(items(depth), min_size=2, max_size=4))
    return Paper(
        kind=kind,
        system=system,
        issuer=issuer,
        number=draw(st.integers(1, 9999)),
        symbol=format_symbol(kind, abbreviation, draw(st.sampled_from((None, "VX", "NCTH"))), system),
        place=draw(st.sampled_from(PLACES)),
        date=draw(st.dates(date(2020, 1, 1), date(2029, 12, 31))),
        subject=draw(st.sampled_from(SUBJECTS)),
        recipients=draw(several(BODIES, 2, 4)) if addressed else (),
        body=(Paragraph("Để chủ động phòng, chống dịch bệnh, yêu cầu các cơ quan, đơn vị thực hiện như sau:"), *tree),
        signer=draw(signatures(system)),
        distribution=tuple(Distribution(body, draw(st.sampled_from(NOTES))) for body in draw(several(BODIES))),
        archive=draw(st.sampled_from(("VT, VX", "VT, NCTH"))) if system is System.STATE else "Văn phòng Tỉnh ủy",
    )


def signatures(system):
    """Signers in the capacities of a system."""
    if system is System.PARTY:
        lines, titles = [(Authority(Capacity.ON_BEHALF, "Ban Thường vụ"),)], ("Bí thư", "Phó Bí thư")
    else:
        head = Authority(Capacity.FOR_HEAD, "Chủ tịch")
        lines, titles = [(), (head,), (Authority(Capacity.ON_BEHALF, "Ủy ban nhân dân"), head)], ("Phó Chủ tịch",)
    return st.builds(Signature, st.sampled_from(PEOPLE), st.sampled_from(titles), st.sampled_from(lines))


def read_back(paper: Paper, suffix: str) -> Reading:
    """The paper written and read."""
    return congvan.read(WRITERS[suffix](paper), filename=f"paper{suffix}")


def flat(sections: tuple[Section, ...]) -> list[str]:
    """Ids of the numbered sections of the tree, in order."""
    ids = [(section.id, flat(section.children)) for section in sections]
    return [one for own, below in ids for one in (own, *below) if not one.startswith("0.")]


def expected_ids(blocks, numbering, depth=0, above=()):
    """The ids that the tree of items should be read back with; dashes below the last lettered level have none."""
    count = 0
    for block in blocks:
        if isinstance(block, Item) and depth < len(MARKS[numbering]):
            count += 1
            path = (*above, MARKS[numbering][depth](count))
            yield ".".join(path)
            yield from expected_ids(block.blocks, numbering, depth + 1, path)


@settings(max_examples=40, deadline=None)
@given(papers(), FORMATS)
def test_letterhead_comes_back(paper, suffix):
    meta = read_back(paper, suffix).meta
    assert (meta.doc_type, meta.system) == (paper.kind.value, paper.system.value)
    assert (int(meta.number or 0), meta.symbol) == (paper.number, paper.symbol)
    assert (meta.place, meta.date) == (paper.place, paper.date)
    assert (meta.issuer or "").upper() == paper.issuer.upper()
    assert meta.subject == paper.subject


@settings(max_examples=40, deadline=None)
@given(papers(), FORMATS)
def test_addressees_copies_and_signature_come_back(paper, suffix):
    meta = read_back(paper, suffix).meta
    assert meta.recipients == paper.recipients
    assert [(copy.name, copy.note) for copy in meta.distribution] == [(d.name, d.note) for d in paper.distribution]
    assert meta.archive == paper.archive
    assert (meta.signer.name, meta.signer.title) == (paper.signer.name, paper.signer.title.upper())
    codes = [capacity_code(authority.capacity, paper.system).rstrip(".") for authority in paper.signer.authority]
    assert list(meta.signer.codes) == codes


@settings(max_examples=40, deadline=None)
@given(papers(), FORMATS)
def test_the_tree_of_sections_comes_back(paper, suffix):
    assert flat(read_back(paper, suffix).sections) == [*expected_ids(paper.body, paper.body_numbering)]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_come_back(name):
    paper = replace(SAMPLES[name](), annexes=(), urgency=None)
    reading = read_back(paper, ".docx")
    assert reading.meta.symbol == paper.symbol
    assert reading.meta.recipients == paper.recipients
    assert [(c.name, c.note, c.group) for c in reading.meta.distribution] == [
        (copy.name, copy.note, copy.group) for copy in paper.distribution
    ]
    assert flat(reading.sections) == [*expected_ids(paper.body, paper.body_numbering)]
