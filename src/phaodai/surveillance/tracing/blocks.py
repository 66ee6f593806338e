"""Visits as the database keeps them: blocks of a day, by place and by person, read and made."""

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from epidemic.tracing import (
    Block,
    LateVisits,
    VisitIndex,
    Visits,
    VisitSegment,
    decode_block,
    person_blocks,
    place_blocks,
    segment_of_parts,
)
from epidemic.tracing.late import DAYS_A_SEGMENT
from epidemic.tracing.visits import MINUTES_A_DAY
from phaodai.surveillance.models import VisitBlock
from phaodai.surveillance.tracing.moments import day_of

PERSONS_A_BLOCK = 256
PLACE, PERSON = VisitBlock.Side.PLACE.value, VisitBlock.Side.PERSON.value
# Everybody's visits to the places of some visits: on the days of those, and of the days before what still lasted then.
_NEAR = """
  select distinct on (block.id) block.id, block.content
  from unnest(%(place)s::int[], %(first)s::date[], %(last)s::date[]) own (place, first, last)
  join surveillance_visitblock block on block.province_id = %(province)s and block.side = %(side)s
    and block.first_key = own.place and block.day = any(%(days)s::date[]) and block.day <= own.last
    and (block.day >= own.first or block.latest > (own.first - block.day) * 1440)
"""


def rows_of_day(province_id: int, day: date, visits: Visits) -> tuple[list[VisitBlock], str]:
    """The blocks of one day both ways, not yet written, and the fingerprint of what they hold."""
    rows, digest = [], sha256(f"{day} {PERSONS_A_BLOCK}".encode())
    for side, blocks in ((PLACE, place_blocks(visits)), (PERSON, person_blocks(visits, span=PERSONS_A_BLOCK))):
        for block in blocks:
            digest.update(block.data)
            rows.append(_row(province_id, day, side, block))
    return rows, digest.hexdigest()


def _row(province_id: int, day: date, side: int, block: Block) -> VisitBlock:
    return VisitBlock(
        province_id=province_id, day=day, side=side, first_key=block.first_key, visits=block.visits,
        latest=block.latest, content=block.data,
    )  # fmt: skip


def visits_of_day(province_id: int, day: date) -> Visits:
    """All visits of a day that were packed."""
    blocks = VisitBlock.objects.filter(province_id=province_id, day=day, side=PLACE)
    return _decoded(blocks.order_by("first_key").values_list("content", flat=True).iterator())


def visits_of_persons(province_id: int, persons: NDArray[np.int32], days: list[date]) -> Visits:
    """The visits of some persons on some days that were packed."""
    keys = np.unique(persons // PERSONS_A_BLOCK * PERSONS_A_BLOCK).tolist()
    blocks = VisitBlock.objects.filter(province_id=province_id, side=PERSON, day__in=days, first_key__in=keys)
    packed = _decoded(blocks.values_list("content", flat=True))
    return packed.take(np.isin(packed.person, persons))


def index_over_blocks(province_id: int, persons: Iterable[int], days: list[date], late: LateVisits) -> VisitIndex:
    """An index of what was fetched for some persons: their visits, and everybody's at the same places and times."""
    asked = np.array(sorted(persons), np.int32)
    own = visits_of_persons(province_id, asked, days)
    present = late_visits_of(late, asked)
    others = near_visits(province_id, Visits.concatenated([own, present]), days)
    return VisitIndex(tuple(_segments(others, own)), late)


def segments_of_place(province_id: int, place: int, days: list[date]) -> tuple[VisitSegment, ...]:
    """Segments of everybody's visits to one place."""
    blocks = VisitBlock.objects.filter(province_id=province_id, side=PLACE, day__in=days, first_key=place)
    return tuple(_segments(_decoded(blocks.values_list("content", flat=True)), Visits.none()))


def near_visits(province_id: int, own: Visits, days: list[date]) -> Visits:
    """Everybody's visits at the places of some visits, as far as blocks may hold what overlaps them."""
    ends = own.day + (own.start.astype(np.int64) + own.duration) // MINUTES_A_DAY
    stays = set(zip(own.place.tolist(), own.day.tolist(), ends.tolist(), strict=True))
    asked = {
        "place": [place for place, _first, _last in stays],
        "first": [day_of(first) for _place, first, _last in stays],
        "last": [day_of(last) for _place, _first, last in stays],
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, {**asked, "days": days, "province": province_id, "side": PLACE})
        return _decoded(content for _id, content in cursor.fetchall())


def late_visits_of(late: LateVisits, persons: NDArray[np.int32]) -> Visits:
    """What came late of some persons: others who were there then stand in blocks."""
    return late.visits.take(np.isin(late.visits.person, persons))


def _segments(others: Visits, own: Visits) -> Iterator[VisitSegment]:
    """A segment holds visits of a few weeks at most."""
    weeks = np.unique(np.concatenate([others.day, own.day]) // DAYS_A_SEGMENT)
    for week in weeks.tolist():
        parts = (visits.take(visits.day // DAYS_A_SEGMENT == week) for visits in (others, own))
        yield segment_of_parts(*parts)


def _decoded(contents: Iterable[bytes | memoryview]) -> Visits:
    return Visits.concatenated(decode_block(bytes(content))[1] for content in contents)
