"""What became of the beds of the invented province since its facilities opened: added, converted, closed, held, unfit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from phaodai.care.models import Bed, Facility, Ward
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.scope import SYSTEM, Actor, entering
from phaodai.people.models import Post

OPENED = date(2021, 8, 2)
ADDED_WARD, ADDED_AFTER = "Nhà 2", 90
CONVERTED_WARD, CLEANED_WARD, BROKEN_WARD = "Phòng ô xy", "Phục hồi", "Theo dõi"


def set_up_at(ward: Ward, number: int, now: datetime) -> datetime:
    """When a bed was set up: with the facility, or with the thirty that the field hospitals added twelve days ago."""
    if ward.name == ADDED_WARD and number > ADDED_AFTER:
        return _ago(now, 12, time(14, 20))
    return datetime.combine(OPENED, time(8), VIETNAM)


def kind_at_first(ward: Ward, kind: str) -> str:
    """The oxygen room of a field hospital was a plain one."""
    return Bed.Kind.PLAIN if ward.name == CONVERTED_WARD else kind


def change_beds(facilities: Sequence[Facility], now: datetime) -> None:
    """Everything that happened to beds up to the morning of `now`, each facility by its own head. No patient lay in them."""
    for number, one in enumerate(facilities):
        with entering(_head_of(one), why="demo"):
            _change(one.beds.all(), now)
            if number % 4 == 1:
                _break(one.beds.filter(ward__name=BROKEN_WARD), now)


def _head_of(facility: Facility) -> Actor:
    post = (
        Post.objects.filter(organisation=facility.organisation)
        .select_related("officer")
        .order_by("-is_head", "pk")
        .first()
    )
    return replace(SYSTEM, officer=post.officer_id, name=post.officer.full_name) if post else SYSTEM


def _change(beds: QuerySet[Bed], now: datetime) -> None:
    recovering = beds.filter(ward__name=CLEANED_WARD)
    _set(beds.filter(ward__name=CONVERTED_WARD), _ago(now, 11, time(9)), kind=Bed.Kind.OXYGEN)
    _set(beds.filter(pk__in=_last_tenths(beds)), _ago(now, 10, time(16)), state=Bed.State.RESERVE)
    _set(recovering.filter(state=Bed.State.USABLE), _ago(now, 6, time(7, 30)), state=Bed.State.CLOSED)
    _set(recovering.filter(state=Bed.State.CLOSED), _ago(now, 4, time(16)), state=Bed.State.USABLE)
    _set(beds.filter(label="G1"), now - timedelta(hours=20), state=Bed.State.CLEANING)


def _break(beds: QuerySet[Bed], now: datetime) -> None:
    """Four beds are unfit for use; two are mended after two days."""
    _set(beds.filter(label__in=_labels(9, 12)), _ago(now, 3, time(10, 15)), state=Bed.State.UNFIT)
    _set(beds.filter(label__in=_labels(9, 10)), _ago(now, 1, time(15, 40)), state=Bed.State.USABLE)


def _set(beds: QuerySet[Bed], at: datetime, **what: str) -> None:
    beds.update(state_since=at, **what)


def _labels(first: int, last: int) -> list[str]:
    return [f"G{number}" for number in range(first, last + 1)]


def _last_tenths(beds: QuerySet[Bed]) -> list[int]:
    """The last tenth of the beds of each ward."""
    wards: dict[int, list[int]] = {}
    for ward, bed in beds.order_by("sort_key").values_list("ward_id", "pk"):
        wards.setdefault(ward, []).append(bed)
    return [bed for row in wards.values() for bed in row[len(row) - len(row) // 10 :]]


def _ago(now: datetime, days: int, hour: time) -> datetime:
    return datetime.combine(now.date() - timedelta(days=days), hour, VIETNAM)
