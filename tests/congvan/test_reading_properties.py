"""For any text: reading never fails, never says what the text does not, and every span lies where it says."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import congvan
from congvan.model import Section

DOCUMENTS = sorted((Path(__file__).parent / "documents").glob("*.txt"))
TEXTS = [path.read_text(encoding="utf-8") for path in DOCUMENTS]
NOISE = "|*#-–()0123456789 \n\t.,;:/IVXabcđ“”\\_…"


@st.composite
def cut_and_joined(draw):
    """Pieces of the documents, cut anywhere and put together in any order."""
    pieces = []
    for _ in range(draw(st.integers(1, 4))):
        text = draw(st.sampled_from(TEXTS))
        start = draw(st.integers(0, len(text) - 1))
        pieces.append(text[start : start + draw(st.integers(1, 2500))])
    return draw(st.sampled_from(["", "\n", " ", "\n\n"])).join(pieces)


@st.composite
def noisy(draw):
    """A document with characters struck out, doubled or replaced."""
    letters = list(draw(st.sampled_from(TEXTS)))
    for _ in range(draw(st.integers(1, 40))):
        place = draw(st.integers(0, len(letters) - 1))
        letters[place] = draw(st.sampled_from(["", letters[place] * 2, draw(st.sampled_from(NOISE))]))
    return "".join(letters)


@st.composite
def shuffled(draw):
    """The lines of a document in another order."""
    return "\n".join(draw(st.permutations(draw(st.sampled_from(TEXTS)).split("\n")[:40])))


ANY_TEXT = st.one_of(
    cut_and_joined(), noisy(), shuffled(), st.text(max_size=400), st.text(NOISE + "ĐđÁSố ngày Điều", max_size=300)
)


def bare(text: str) -> str:
    """The letters and digits of a text: what cleaning and joining lines may not change."""
    return re.sub(r"[\W_]+", "", text)


def is_subsequence(part: str, whole: str) -> bool:
    letters = iter(whole)
    return all(letter in letters for letter in part)


def every_section(sections: tuple[Section, ...]):
    for section in sections:
        yield section
        yield from every_section(section.children)


@settings(max_examples=120, deadline=None)
@given(ANY_TEXT)
def test_reading_never_fails_and_is_json(text):
    try:
        reading = congvan.read_text(text)
    except congvan.Empty:
        assert not text.strip("\x00 \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029\u00a0\u3000") or not text.strip()
        return
    assert set(reading.as_json()) == {"meta", "references", "sections", "warnings"}


@settings(max_examples=80, deadline=None)
@given(ANY_TEXT.filter(lambda text: text.replace("\x00", "").strip()))
def test_nothing_is_said_that_the_text_does_not_hold(text):
    reading = congvan.read_text(text)
    source = reading.text
    quoted = [(reference.raw, reference.span) for reference in reading.references]
    quoted += [(copy.name, copy.span) for copy in reading.meta.distribution]
    for section in every_section(reading.sections):
        quoted.append((section.text, section.span))
        for part in (*section.agencies, *section.deadlines, *section.quantities, *section.reporting):
            quoted.append((part.raw, part.span))
    for raw, (start, end) in quoted:
        assert 0 <= start <= end <= len(source)
        assert is_subsequence(bare(raw), bare(source[start:end])), (raw, source[start:end])


@settings(max_examples=60, deadline=None)
@given(ANY_TEXT.filter(lambda text: text.replace("\x00", "").strip()))
def test_the_fields_of_the_letterhead_stand_in_the_text(text):
    reading = congvan.read_text(text)
    meta, whole = reading.meta, bare(reading.text)
    printed = [meta.issuer, meta.issuer_parent, meta.symbol, meta.place, meta.subject, meta.ordering_body, meta.archive]
    for value in (*printed, meta.signer.name, *meta.recipients):
        assert value is None or is_subsequence(bare(value), whole), value
    for start, end in reading.spans.values():
        assert 0 <= start <= end <= len(reading.text)


@pytest.mark.parametrize("text", TEXTS, ids=[path.stem for path in DOCUMENTS])
def test_the_source_of_a_clean_file_is_its_own_text(text):
    assert congvan.read_text(text).text == text


@pytest.mark.parametrize("text", TEXTS, ids=[path.stem for path in DOCUMENTS])
def test_quantities_lie_inside_their_section(text):
    for section in every_section(congvan.read_text(text).sections):
        for quantity in (*section.quantities, *section.deadlines, *section.reporting):
            assert section.span[0] <= quantity.span[0] < quantity.span[1] <= section.span[1]


@pytest.mark.parametrize("text", TEXTS, ids=[path.stem for path in DOCUMENTS])
def test_reading_twice_reads_the_same(text):
    assert congvan.read_text(text) == congvan.read_text(text)
