import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epidemic.tracing import (
    Block,
    BlockError,
    BlockSide,
    Criteria,
    Sources,
    VisitError,
    VisitIndex,
    Visits,
    build_segment,
    decode_block,
    encode_block,
    person_blocks,
    place_blocks,
    segment_of_parts,
    trace,
)
from tests.epidemic.tracing.worlds import DAYS, ORIGIN, PERSONS, columns, rows_of, visit_rows

MAKERS = {BlockSide.PLACE: place_blocks, BlockSide.PERSON: person_blocks}
visit_lists = st.lists(visit_rows, max_size=40)
some = Visits.of(person=[5, 9, 2**30], place=4, day=18_800, start=[0, 30, 1439], duration=[0, 300, 65_535])


def rows(visits: Visits) -> list[tuple[int, ...]]:
    return sorted(zip(*(column.tolist() for column in visits.columns()), strict=True))


@settings(max_examples=60, deadline=None)
@given(visits=visit_lists, side=st.sampled_from(BlockSide), span=st.sampled_from([1, 2, 1024]))
def test_blocks_give_back_what_they_were_made_from(visits, side: BlockSide, span: int) -> None:
    blocks = list(MAKERS[side](columns(visits), span=span))
    decoded = [decode_block(block.data) for block in blocks]
    assert all(found is side for found, _ in decoded)
    assert rows(Visits.concatenated(part for _, part in decoded)) == sorted(visits)
    assert [len(part) for _, part in decoded] == [block.visits for block in blocks]


@settings(max_examples=60, deadline=None)
@given(visits=visit_lists, span=st.sampled_from([1, 2, 1024]))
def test_a_block_holds_its_keys_of_its_day_alone(visits, span: int) -> None:
    for block in person_blocks(columns(visits), span=span):
        _, part = decode_block(block.data)
        assert set(part.day.tolist()) == {block.day}
        assert block.latest == (part.start.astype(int) + part.duration).max()
        assert block.first_key <= part.person.min() <= part.person.max() < block.first_key + span


def test_extremes_survive() -> None:
    assert rows(decode_block(encode_block(some, BlockSide.PLACE))[1]) == rows(some)


@pytest.mark.parametrize("side", BlockSide)
def test_every_changed_or_missing_byte_is_noticed(side: BlockSide) -> None:
    data = next(MAKERS[side](some)).data
    for place in range(len(data)):
        changed = data[:place] + bytes([data[place] ^ 0x10]) + data[place + 1 :]
        with pytest.raises(BlockError):
            decode_block(changed)
        with pytest.raises(BlockError):
            decode_block(data[:place])
    with pytest.raises(BlockError):
        decode_block(data + b"\0")


def test_a_later_version_is_refused_by_name() -> None:
    with pytest.raises(BlockError, match="of version 2, this program reads version 1"):
        decode_block(b"VB\2" + encode_block(some, BlockSide.PLACE)[3:])


def test_only_visits_of_one_day_make_a_block() -> None:
    for visits in (Visits.none(), columns([(1, 1, 5, 0, 1), (1, 1, 6, 0, 1)])):
        with pytest.raises(VisitError, match="one day"):
            encode_block(visits, BlockSide.PLACE)


def test_a_visit_takes_less_than_ten_bytes_each_way() -> None:
    generator = np.random.default_rng(5)
    visits = Visits.of(
        person=generator.integers(0, 1_800_000, 20_000),
        place=generator.integers(0, 20_000 // 73, 20_000),
        day=18_800,
        start=generator.integers(300, 1320, 20_000),
        duration=generator.integers(5, 600, 20_000),
    )
    dense = Visits(visits.person // 300, visits.place * 219, visits.day, visits.start, visits.duration)
    assert sum(len(block.data) for block in place_blocks(visits)) < 10 * len(visits)
    assert sum(len(block.data) for block in person_blocks(dense)) < 10 * len(visits)


@settings(max_examples=60, deadline=None)
@given(visits=visit_lists, case=st.integers(0, PERSONS - 1))
def test_a_trace_needs_only_the_blocks_of_the_case_and_its_places(visits, case: int) -> None:
    """What a database without any cache answers with: a few rows of each of its two tables of blocks."""
    held = columns(visits)
    persons = [block for block in person_blocks(held, span=2) if block.first_key <= case < block.first_key + 2]
    visited = {int(p) for block in persons for p in decoded(block).take(decoded(block).person == case).place}
    places = [block for block in place_blocks(held) if block.first_key in visited]
    own = Visits.concatenated(decoded(block) for block in persons)
    segment = segment_of_parts(Visits.concatenated(decoded(block) for block in places), own.take(own.person == case))
    question = case, (ORIGIN, ORIGIN + DAYS * 1440), Criteria(degree=1, minimum_minutes=15)
    found = rows_of(trace(Sources(VisitIndex((segment,))), *question))
    assert found == rows_of(trace(Sources(VisitIndex((build_segment(held),))), *question))


def decoded(block: Block) -> Visits:
    return decode_block(block.data)[1]


def test_the_layout_of_version_1_stays() -> None:
    """Blocks lie in databases for weeks: what was written must stay readable, byte by byte."""
    written = bytes.fromhex(
        "564201007049000003000000010000001d9d76d8"
        "0400000000" "0300000000" "0000000002" "0000000002" "0500000004"
        "00001e008105" "00002c01ffff" "0000000004000000fbffff3f"
    )  # fmt: skip
    assert encode_block(some, BlockSide.PLACE) == written
    assert rows(decode_block(written)[1]) == rows(some)
