"""From exposures to degrees: each contact's first exposure, and who is a contact of a contact only."""

import threading

import numpy as np
from numpy.typing import NDArray

from epidemic.tracing.accelerate import accelerate
from epidemic.tracing.ranges import spread
from epidemic.tracing.visits import Flags, Ids, Minutes, Rows

Marks = NDArray[np.int32]
_scratch = threading.local()


def marks_for(people: int) -> Marks:
    """Zeros, shape (people,) or longer: this thread's own, which kernels give back as zeros."""
    marks: Marks | None = getattr(_scratch, "marks", None)
    if marks is None or len(marks) < people:
        marks = _scratch.marks = np.zeros(people, np.int32)
    return marks


def _first_exposures_sorted(pointers: Rows, person: Ids, start: Minutes, _marks: Marks) -> tuple[Rows, Minutes]:
    case, _ = spread(pointers[:-1], pointers[1:])
    _, rows, group = np.unique(case << 32 | person, return_index=True, return_inverse=True)
    since = np.full(len(rows), np.iinfo(np.int64).max)
    np.minimum.at(since, group, start)
    order = np.argsort(rows)
    return rows[order], since[order]


# c: cases, r: exposures ordered by case, f: distinct contacts, p: people
@accelerate(_first_exposures_sorted)
def first_exposures(pointers: Rows, person: Ids, start: Minutes, marks: Marks) -> tuple[Rows, Minutes]:
    """The first row (f) of each case's each contact, and when (f) the earliest of their exposures started.

    `pointers` (c + 1) bound the rows of each case; `person` and `start` are (r); `marks` (p) are zeros and stay so.
    """
    rows, since = np.empty(len(person), np.int64), np.empty(len(person), np.int64)
    found = 0
    for case in range(len(pointers) - 1):
        for row in range(pointers[case], pointers[case + 1]):
            mark = marks[person[row]]
            if mark == 0:
                rows[found], since[found] = row, start[row]
                found += 1
                marks[person[row]] = found
            else:
                since[mark - 1] = min(since[mark - 1], start[row])
        for row in range(pointers[case], pointers[case + 1]):
            marks[person[row]] = 0
    return rows[:found], since[:found]


def _newcomers_by_case(
    known_pointers: Rows, known: Ids, pointers: Rows, person: Ids, index_person: Ids, marks: Marks
) -> Flags:
    new = np.empty(len(person), np.bool_)
    for case, of_case in enumerate(index_person):
        theirs = np.append(known[known_pointers[case] : known_pointers[case + 1]], of_case)
        rows = slice(pointers[case], pointers[case + 1])
        marks[theirs] = 1
        new[rows] = marks[person[rows]] == 0
        marks[theirs] = 0
    return new


# c: cases, f: contacts of degree 1, r: exposures of those, both ordered by case; p: people
@accelerate(_newcomers_by_case)
def newcomers(known_pointers: Rows, known: Ids, pointers: Rows, person: Ids, index_person: Ids, marks: Marks) -> Flags:
    """Which of the persons met (r) are neither their case (c) nor among its contacts (f) already.

    `known_pointers` and `pointers` (c + 1) bound each case's part of `known` (f) and `person` (r); `marks` (p) as above.
    """
    new = np.empty(len(person), np.bool_)
    for case in range(len(pointers) - 1):
        for row in range(known_pointers[case], known_pointers[case + 1]):
            marks[known[row]] = 1
        marks[index_person[case]] = 1
        for row in range(pointers[case], pointers[case + 1]):
            new[row] = marks[person[row]] == 0
        for row in range(known_pointers[case], known_pointers[case + 1]):
            marks[known[row]] = 0
        marks[index_person[case]] = 0
    return new
