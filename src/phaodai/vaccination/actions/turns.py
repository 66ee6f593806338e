"""Whose turn it is when somebody sits down at the table: the groups that are open where the person lives."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from phaodai.foundation.scope import Area
from phaodai.vaccination.models import GroupTurn, Invitation, Session
from phaodai.vaccination.rules.invitations import Finding


@dataclass(frozen=True)
class Turns:
    """The groups open on the days of some sessions, and whoever was let in there although their group is not."""

    by_session: Mapping[int, Sequence[GroupTurn]] = field(default_factory=dict)
    let_in: frozenset[tuple[int, int]] = frozenset()

    def open_to(self, session: Session, entry: int | None, home: Area | None) -> frozenset[str] | None:
        """The groups open to somebody of `home` (unknown: of the session's area).

        None where nobody asks: the province keeps no plan, or the person was let in by name and reason.
        """
        turns = self.by_session.get(session.pk)
        if turns is None or (entry is not None and (session.pk, entry) in self.let_in):
            return None
        area = home or Area.of(session)
        wanted = set(session.groups)
        return frozenset(
            one.group for one in turns if _holds(Area.of(one), area) and (not wanted or one.group in wanted)
        )


def _holds(turn: Area, home: Area) -> bool:
    """Whether the unit of a turn is that of a home or lies above it."""
    return (
        turn.province == home.province
        and turn.district in (None, home.district)
        and turn.commune in (None, home.commune)
    )


def turns_of(sessions: Mapping[int, Session], homes: Collection[Area], entries: Collection[int]) -> Turns:
    """Read what is open to people of some homes on the days of some sessions, and who of the lists was let in out of turn."""
    areas = {*homes, *(Area.of(one) for one in sessions.values())}
    above = Q(district_id=None) | Q(district_id__in={one.district for one in areas})
    near = above & (Q(commune_id=None) | Q(commune_id__in={one.commune for one in areas}))
    by_session: dict[int, Sequence[GroupTurn]] = {}
    for pk, session in sessions.items():
        kept = GroupTurn.objects.filter(province_id=session.province_id)
        found = list(kept.open_on(session.day).filter(near))
        if found or kept.exists():
            by_session[pk] = found
    return Turns(by_session, _let_in(sessions, entries) if entries else frozenset())


def _let_in(sessions: Mapping[int, Session], entries: Collection[int]) -> frozenset[tuple[int, int]]:
    walked_in = Invitation.objects.filter(session__in=sessions, entry__in=entries, walk_in=True)
    return frozenset(walked_in.filter(findings__contains=[Finding.GROUP_CLOSED]).values_list("session_id", "entry_id"))


def turns_at(session: Session) -> Turns:
    """The same for a whole session: everybody who is expected there, wherever they live."""
    expected = Invitation.objects.filter(session=session)
    places = expected.order_by().values_list("entry__province_id", "entry__district_id", "entry__commune_id").distinct()
    entries = expected.filter(walk_in=True).values_list("entry_id", flat=True)
    return turns_of({session.pk: session}, [Area(*place) for place in places], list(entries))
