"""The index answers as plain Python and as SQL do, on worlds drawn at random, whatever the engine."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from epidemic.tracing import Criteria, Sources, VisitIndex, build_segment, present_at, trace, trace_many
from epidemic.tracing.accelerate import engine
from tests.epidemic.tracing.plain import minutes, standing_visits, trace_plainly
from tests.epidemic.tracing.sql import trace_by_sql
from tests.epidemic.tracing.worlds import (
    DAYS,
    ORIGIN,
    PERSONS,
    Question,
    World,
    columns,
    moments,
    places,
    questions,
    rows_of,
    worlds,
)

pytestmark = pytest.mark.usefixtures("every_engine")


def test_the_engine_asked_for_is_used(every_engine) -> None:
    assert engine() == every_engine


@settings(max_examples=100, deadline=None)
@given(world=worlds(), question=questions())
def test_a_trace_equals_plain_python_and_sql(world: World, question: Question) -> None:
    found = rows_of(trace(world.sources(), question.case, question.window, question.criteria))
    assert found == trace_plainly(world, question)
    assert found == trace_by_sql(world, question)


@settings(max_examples=40, deadline=None)
@given(world=worlds(), asked=st.lists(questions(), min_size=1, max_size=5))
def test_a_batch_is_each_case_by_itself(world: World, asked: list[Question]) -> None:
    sources, criteria = world.sources(), asked[0].criteria
    together = trace_many(sources, [one.case for one in asked], [one.window for one in asked], criteria)
    assert (np.diff(together.case) >= 0).all()
    for number, one in enumerate(asked):
        assert rows_of(together.of(number)) == rows_of(trace(sources, one.case, one.window, criteria))


@settings(max_examples=40, deadline=None)
@given(world=worlds(), question=questions())
def test_nothing_outside_the_window_is_told(world: World, question: Question) -> None:
    contacts = trace(world.sources(), question.case, question.window, question.criteria)
    start, end = question.window
    assert ((start <= contacts.start) & (contacts.start <= contacts.end) & (contacts.end <= end)).all()


@settings(max_examples=40, deadline=None)
@given(world=worlds(), place=places, start=moments, length=st.sampled_from([1, 60, 2000]), minimum=st.integers(1, 30))
def test_who_was_there_equals_plain_python(world: World, place: int, start: int, length: int, minimum: int) -> None:
    stays = present_at(world.sources().visits, place, start, start + length, minimum_minutes=minimum)
    shared = [
        (person, minutes(*when) & set(range(start, start + length)))
        for person, where, *when in standing_visits(world, None)
        if where == place
    ]
    expected = sorted((person, min(s), len(s)) for person, s in shared if len(s) >= minimum)
    assert sorted(zip(stays.person, stays.start, stays.duration, strict=True)) == expected


@settings(max_examples=40, deadline=None)
@given(world=worlds(), case=st.integers(0, PERSONS - 1), minimum=st.sampled_from([1, 15]))
def test_how_visits_are_cut_into_segments_does_not_matter(world: World, case: int, minimum: int) -> None:
    whole = VisitIndex((build_segment(columns(world.visits)),), world.late_visits())
    question = case, (ORIGIN, ORIGIN + DAYS * 1440), Criteria(minimum_minutes=minimum)
    assert rows_of(trace(Sources(whole), *question)) == rows_of(
        trace(Sources(VisitIndex(world.segments(), world.late_visits())), *question)
    )
