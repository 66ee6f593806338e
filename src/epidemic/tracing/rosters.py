"""Groups that stand for some time: households, workplaces, classes, wards."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from epidemic.tracing.contacts import UNKNOWN, Via
from epidemic.tracing.ranges import pointers_of, ranges_of, spread
from epidemic.tracing.sorting import stable_order
from epidemic.tracing.visits import Flags, Ids, Rows, VisitError


@dataclass(frozen=True, eq=False)
class Rosters:
    """Who belongs to which groups, both ways (compressed sparse rows).

    Attributes
    ----------
    via
        What kind of contact a shared group makes.
    group_pointers, groups
        Groups of person p: `groups[group_pointers[p]:group_pointers[p + 1]]`.
    member_pointers, members
        Members of group g, likewise.
    place
        The place of each group or -1, shape (groups,).
    """

    via: Via
    group_pointers: Rows
    groups: Ids
    member_pointers: Rows
    members: Ids
    place: Ids

    @classmethod
    def of(cls, via: Via, *, person: ArrayLike, group: ArrayLike, place: ArrayLike | None = None) -> "Rosters":
        """Rosters from rows of membership.

        Parameters
        ----------
        via
            What kind of contact a shared group makes.
        person, group
            Identifiers from 0 up, shape (memberships,); the same row twice counts once.
        place
            The place of each group, shape (groups,); left out where groups have none.

        Raises
        ------
        VisitError
            Where identifiers are negative, or a group has no entry in `place`.
        """
        people, groups = _distinct(np.asarray(person, np.int64), np.asarray(group, np.int64))
        size = int(groups.max(initial=-1)) + 1
        places = np.full(size, UNKNOWN, np.int32) if place is None else np.asarray(place, np.int32)
        if len(places) < size:
            raise VisitError(f"group {size - 1} has no place: give one for each group, -1 where unknown")
        member_pointers, members = stable_order(groups, size)
        group_pointers = pointers_of(np.bincount(people, minlength=1))
        return cls(
            via, group_pointers, groups.astype(np.int32), member_pointers, people[members].astype(np.int32), places
        )

    def companions(self, person: Ids) -> tuple[Rows, Ids, Ids]:
        """Which query, the companion, and the group's place, for each pair of one of `person` and a fellow member."""
        owner, membership = spread(*ranges_of(self.group_pointers, person))
        group = self.groups[membership]
        at, row = spread(self.member_pointers[group], self.member_pointers[group + 1])
        query, companion = owner[at], self.members[row]
        others = companion != person[query]
        return query[others], companion[others], self.place[group[at]][others]


def _distinct(people: Rows, groups: Rows) -> tuple[Rows, Rows]:
    if people.shape != groups.shape or min(people.min(initial=0), groups.min(initial=0)) < 0:
        raise VisitError("memberships need a person and a group each, identifiers from 0 up")
    order = np.lexsort((groups, people))
    people, groups = people[order], groups[order]
    new: Flags = np.ones(len(people), np.bool_)
    new[1:] = (np.diff(people) != 0) | (np.diff(groups) != 0)
    return people[new], groups[new]
