"""Any text at all: written without error, and the same when read back."""

from dataclasses import replace
from datetime import date

import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as st

from congvan.writing import (
    Annex,
    Bullet,
    Distribution,
    Heading,
    Item,
    Kind,
    Paper,
    Paragraph,
    Signature,
    System,
    Table,
    Urgency,
    write_docx,
    write_pdf,
)
from congvan.writing.wording import clean
from tests.congvan.writing.reopening import docx_paragraphs, one_line, open_docx, pdf_pages
from tests.congvan.writing.samples import directive

MARKUP = "#*_`$<>@=-+/\\[]{}()\"'~^&;:,.%|!?\n\t"
VIETNAMESE = "aáàảãạăắằẳẵặâấầẩẫậđeéèẻẽẹêếềểễệiíìỉĩịoóòỏõọôốồổỗộơớờởỡợuúùủũụưứừửữựyýỳỷỹỵ"
ANYTHING = st.text(max_size=60)
SPECIAL = st.text(st.sampled_from(MARKUP + VIETNAMESE + VIETNAMESE.upper() + "0123456789 "), max_size=80)
TEXT = st.one_of(SPECIAL, ANYTHING)
FRAGMENTS = [
    "#panic()",
    '#read("/etc/passwd")',
    "*đậm*",
    "= Đề mục",
    "$x^2$",
    "<nhãn>",
    "@trích",
    "// chú thích",
    "\\u{1F600}",
    "</w:t><w:t>",
    "&amp;",
    "]]>",
    "{{ ten }}",
    "{% for %}",
    "http://example.vn/a_b",
    "--- …",
    "~",
    "\"'“”",
]
NAMES = st.one_of(st.sampled_from(FRAGMENTS), TEXT)
CELLS = st.one_of(TEXT, st.integers(), st.floats(), st.dates(), st.none())
TABLES = st.integers(1, 4).flatmap(
    lambda columns: st.builds(
        Table,
        header=st.tuples(*[NAMES] * columns),
        rows=st.lists(st.tuples(*[CELLS] * columns), max_size=3).map(tuple),
        caption=st.none() | NAMES,
    )
)
LEAVES = st.one_of(st.builds(Paragraph, NAMES), st.builds(Heading, NAMES), st.builds(Bullet, NAMES), TABLES)
ITEMS = st.recursive(
    st.builds(Item, text=NAMES, title=NAMES),
    lambda inner: st.builds(Item, text=NAMES, title=NAMES, blocks=st.lists(inner, max_size=3).map(tuple)),
    max_leaves=5,
)
BODIES = st.lists(LEAVES | ITEMS, max_size=4).map(tuple)
PAPERS = st.builds(
    Paper,
    kind=st.sampled_from(Kind),
    system=st.sampled_from(System),
    issuer=NAMES,
    issuer_parent=st.none() | NAMES,
    number=st.none() | st.integers(0, 99999) | NAMES,
    symbol=NAMES,
    place=NAMES,
    date=st.none() | st.dates(date(1900, 1, 1)),
    subject=NAMES,
    urgency=st.none() | st.sampled_from(Urgency),
    ordering_body=st.none() | NAMES,
    recipients=st.lists(NAMES, max_size=3).map(tuple),
    bases=st.lists(NAMES, max_size=2).map(tuple),
    signer=st.builds(Signature, name=NAMES, title=NAMES),
    distribution=st.lists(st.builds(Distribution, NAMES, st.none() | NAMES, st.none() | NAMES), max_size=3).map(tuple),
    archive=st.none() | NAMES,
    body=BODIES,
    annexes=st.lists(st.builds(Annex, NAMES, BODIES, landscape=st.booleans()), max_size=2).map(tuple),
)


@settings(max_examples=40, deadline=None)
@given(PAPERS)
def test_no_paper_makes_the_writers_raise(paper):
    assert docx_paragraphs(open_docx(write_docx(paper)))
    with pypdfium2.PdfDocument(write_pdf(paper, portable=True)) as pdf:
        assert len(pdf) >= 1


@settings(max_examples=40, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=4))
def test_texts_come_out_of_word_unchanged(texts):
    body = (*(Paragraph(text) for text in texts), Paragraph("Hết"))
    written = docx_paragraphs(open_docx(write_docx(replace(directive(), body=body))))
    start = written.index("Hết./.") - len(texts)
    assert written[start : start + len(texts)] == [clean(text) for text in texts]


@settings(max_examples=40, deadline=None)
@given(st.lists(SPECIAL | st.sampled_from(FRAGMENTS), min_size=1, max_size=4))
def test_texts_come_out_of_the_pdf_unchanged(texts):
    body = (*(Paragraph(text) for text in texts), Paragraph("Hết"))
    page = " ".join(pdf_pages(write_pdf(replace(directive(), body=body), portable=True)))
    for text in texts:
        assert one_line(clean(text)).replace(" ", "") in page.replace(" ", "")


def test_markup_of_typst_is_only_text():
    body = tuple(Paragraph(fragment) for fragment in FRAGMENTS)
    page = " ".join(pdf_pages(write_pdf(replace(directive(), body=(*body, Paragraph("Hết"))), portable=True)))
    assert all(one_line(fragment) in page for fragment in FRAGMENTS)
