"""How many places comply, week by week and group by group, read in a few statements; and which places are due for a visit."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Min, QuerySet

from phaodai.containment.models.checks import Check, CheckFinding
from phaodai.containment.rules.checklists import Checklist, checklists
from phaodai.containment.rules.checks import Share, Spot, due_on, share_of
from phaodai.foundation.clock import VIETNAM
from phaodai.territory.models import Place

WEEK = timedelta(weeks=1)
Area = Mapping[str, int]
"""The columns of an area, such as `{"province_id": 1, "district_id": 4}`."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A place as its last visit of a week found it."""

    place: int
    commune: int | None
    checklist: str
    week: date
    complies: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A group of places: the share that complies among those visited, how many there are, how many nobody ever visited."""

    share: Share
    places: int
    never: int


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def visited_places(area: Area) -> "QuerySet[Place]":
    """Open places of an area that have a checklist."""
    kinds = [kind for one in checklists().values() for kind in one.places]
    return Place.objects.open().filter(kind__in=kinds, **area)


def seen_in_weeks(area: Area, first: date, last: date) -> list[Seen]:
    """Every place once for each week, from the week of `first` to that of `last`: its last visit of the week counts."""
    begin, end = monday_of(first), monday_of(last) + WEEK
    rows = Check.objects.filter(visited_at__gte=_midnight(begin), visited_at__lt=_midnight(end), **area)
    found: dict[tuple[int, date], Seen] = {}
    columns = ("place_id", "commune_id", "checklist", "visited_at", "complies")
    for place, commune, checklist, at, complies in rows.order_by("visited_at", "id").values_list(*columns):
        week = monday_of(at.astimezone(VIETNAM).date())
        found[place, week] = Seen(place, commune, checklist, week, complies)
    return list(found.values())


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)


def share_among(seen: Iterable[Seen]) -> Share:
    """The share of places that comply."""
    rows = list(seen)
    return share_of(sum(one.complies for one in rows), len(rows))


def standing_by_kind(area: Area, seen: Iterable[Seen]) -> dict[str, Standing]:
    """Per checklist, those that no place of the area has left out."""
    counts = _counts(area, "kind")
    rows = list(seen)
    found = {}
    for one in checklists().values():
        places, never = (sum(counts[kind][part] for kind in one.places) for part in (0, 1))
        if places:
            found[one.id] = Standing(share_among(row for row in rows if row.checklist == one.id), places, never)
    return found


def standing_by_commune(area: Area, seen: Iterable[Seen]) -> dict[int | None, Standing]:
    """Per commune that has places; None for places that nobody has put into a commune."""
    groups = defaultdict(list)
    for row in seen:
        groups[row.commune].append(row)
    counts = _counts(area, "commune_id")
    return {
        commune: Standing(share_among(groups[commune]), places, never)
        for commune, (places, never) in counts.items()
        if places
    }


def _counts(area: Area, column: str) -> "defaultdict[Any, tuple[int, int]]":
    """Per value of a column of places: how many there are, and how many nobody ever visited."""
    found: defaultdict[Any, tuple[int, int]] = defaultdict(lambda: (0, 0))
    rows = visited_places(area).order_by().values_list(column)
    all_places = dict(rows.annotate(count=Count("pk", distinct=True)))
    never = dict(rows.filter(checks=None).annotate(count=Count("pk", distinct=True)))
    found.update({value: (count, never.get(value, 0)) for value, count in all_places.items()})
    return found


def due_spots(area: Area, today: date) -> list[Spot]:
    """Places that must be seen by today: a deadline has come, the time since the last visit is over, or nobody ever came."""
    lists = {kind: one for one in checklists().values() for kind in one.places}
    last = {one.place_id: one.visited_at for one in Check.objects.filter(**area).last_of_places()}
    rows = CheckFinding.objects.open().filter(**area).order_by().values_list("place_id")
    findings = {place: (deadline, count) for place, deadline, count in rows.annotate(Min("deadline"), Count("pk"))}
    places = visited_places(area).values_list("pk", "kind", "longitude", "latitude")
    spots = [
        _spot(place, lists[kind], last.get(place), findings.get(place), today, point) for place, kind, *point in places
    ]
    return [one for one in spots if one.due_on <= today]


def _spot(
    place: int,
    checklist: Checklist,
    last: datetime | None,
    finding: tuple[date, int] | None,
    today: date,
    point: list[float | None],
) -> Spot:
    last_on = last.astimezone(VIETNAM).date() if last else None
    deadline, count = finding or (None, 0)
    return Spot(place, due_on(last_on, checklist.every_days, deadline, today), count, last_on, *point)
