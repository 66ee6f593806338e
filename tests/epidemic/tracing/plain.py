"""The meaning of a trace in plain Python over rows and sets of minutes: slow, and written apart from the index."""

from collections import Counter
from collections.abc import Iterator

from epidemic.tracing import Via
from tests.epidemic.tracing.worlds import Question, Row, World

GROUP_PLACES = {Via.HOUSEHOLD: (-1, -1, -1), Via.WORKPLACE: (-1, 1, 2)}


def trace_plainly(world: World, question: Question) -> Counter[Row]:
    criteria, (start, end) = question.criteria, question.window
    end = end if criteria.as_of is None else min(end, criteria.as_of + 1)
    standing = standing_visits(world, criteria.as_of)
    first = [
        (person, 1, via, question.case, *rest)
        for person, via, *rest in met(world, standing, question, question.case, range(start, end), criteria.first)
    ]
    if criteria.degree == 1:
        return Counter(first)
    since = {}
    for person, _, _, _, _, begun, *_ in first:
        since[person] = min(begun, since.get(person, begun))
    second = [
        (person, 2, via, through, *rest)
        for through, begun in since.items()
        for person, via, *rest in met(world, standing, question, through, range(begun, end), criteria.second)
        if person not in since and person != question.case
    ]
    return Counter(first + second)


def standing_visits(world: World, as_of: int | None) -> list[Row]:
    visits = list(world.visits)
    for recorded, retracted, *visit in world.late:
        if as_of is not None and recorded > as_of:
            continue
        if retracted:
            visits = [other for other in visits if other != tuple(visit)]
        else:
            visits.append(tuple(visit))
    return visits


def met(
    world: World, visits: list[Row], question: Question, person: int, window: range, ways: frozenset[Via]
) -> Iterator[Row]:
    if Via.VISIT in ways:
        yield from met_by_visits(visits, person, window, question.criteria.minimum_minutes)
    for via, memberships in world.memberships.items():
        if via in ways and len(window):
            yield from met_in_groups(via, memberships, person, window)
    for via, meetings in world.meetings.items():
        if via in ways:
            yield from met_in_person(via, meetings, person, window, question)


def met_by_visits(visits: list[Row], person: int, window: range, minimum: int) -> Iterator[Row]:
    for own in visits:
        for other in visits:
            if own[0] == person != other[0] and own[1] == other[1]:
                shared = minutes(*own[2:]) & minutes(*other[2:]) & set(window)
                if len(shared) >= minimum:
                    yield other[0], Via.VISIT, own[1], min(shared), max(shared) + 1, len(shared)


def minutes(day: int, start: int, duration: int) -> set[int]:
    return {day * 1440 + start + minute for minute in range(duration)}


def met_in_groups(via: Via, memberships: list[Row], person: int, window: range) -> Iterator[Row]:
    for member, group in memberships:
        for other, same in memberships:
            if member == person != other and group == same:
                yield other, via, GROUP_PLACES[via][group], window.start, window.stop, -1


def met_in_person(via: Via, meetings: list[Row], person: int, window: range, question: Question) -> Iterator[Row]:
    for one, two, start, lasting, centimetres, place in meetings:
        if centimetres > question.criteria.maximum_distance * 100:
            continue
        for own, other in ((one, two), (two, one)):
            if own != person or other == person:
                continue
            shared = set(range(start, start + max(lasting, 0))) & set(window)
            if lasting == -1 and start in window:
                yield other, via, place, start, start, -1
            elif len(shared) >= question.criteria.minimum_minutes:
                yield other, via, place, min(shared), max(shared) + 1, len(shared)
