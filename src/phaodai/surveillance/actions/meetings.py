"""Meetings and memberships that come in by sheets: logs, interviews, rosters; and the rows that cannot be used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.models import ParkedRow
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import SheetRow
from phaodai.surveillance.actions.areas import columns_of_area, require_mine, require_province
from phaodai.surveillance.models import Meeting, Membership
from phaodai.territory.models import Place

BATCH = 5_000
REGISTER = "luot-den"
"""The name under which rows of visits, logs and rosters wait."""


@dataclass(frozen=True)
class Encounter:
    """Two persons, by row ids, who were near each other from an aware moment; None where nobody knows."""

    one_id: int
    other_id: int
    started_at: datetime
    minutes: int | None
    distance_m: float | None = None
    place_words: str = ""


@dataclass(frozen=True)
class Fellow:
    """A person in a group of a place, by row ids, from one day to another, both included."""

    person_id: int
    place_id: int
    group: str
    begin: date
    end: date | None


@transaction.atomic
def record_meetings(
    *, actor: Actor, moment: datetime, province_id: int, origin: Meeting.Origin, encounters: Sequence[Encounter]
) -> int:
    """Add meetings of a log or of interviews; those that are known are left out. Returns how many are new."""
    actor.require(Permission.SURVEILLANCE_VISIT_IMPORT)
    require_province(actor, province_id)
    before = Meeting.objects.filter(province_id=province_id).count()
    rows = [
        Meeting(
            province_id=province_id, origin=origin, one_id=min(one.one_id, one.other_id),
            other_id=max(one.one_id, one.other_id), started_at=one.started_at, minutes=one.minutes,
            distance_m=one.distance_m, place_words=one.place_words, recorded_at=moment,
        )
        for one in encounters
    ]  # fmt: skip
    Meeting.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return Meeting.objects.filter(province_id=province_id).count() - before


@transaction.atomic
def record_memberships(*, actor: Actor, moment: datetime, fellows: Sequence[Fellow]) -> int:
    """Add rows of rosters; where a person is in that group at that time already, nothing changes. Returns how many are new."""
    del moment
    actor.require(Permission.SURVEILLANCE_VISIT_IMPORT)
    places = _places_of(actor, {one.place_id for one in fellows})
    rows = [
        Membership(
            place_id=one.place_id, person_id=one.person_id, group=one.group, during=_during(one),
            **columns_of_area(places[one.place_id]),
        )
        for one in fellows
    ]  # fmt: skip
    before = Membership.objects.count()
    Membership.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return Membership.objects.count() - before


def _places_of(actor: Actor, place_ids: set[int]) -> dict[int, Place]:
    """The places by row id; each stands in the officer's own area."""
    places = Place.objects.in_bulk(place_ids)
    if len(places) < len(place_ids):
        raise NotHere(_("There is nothing at this address that your post may see."))
    for place in places.values():
        require_mine(actor, place)
    return places


def _during(one: Fellow) -> tuple[date, date | None]:
    """PostgreSQL's own form: the end excluded."""
    return one.begin, None if one.end is None else date.fromordinal(one.end.toordinal() + 1)


@transaction.atomic
def park_rows(
    *, actor: Actor, moment: datetime, sheet: str, refused: Sequence[tuple[SheetRow, str]]
) -> list[ParkedRow]:
    """Keep the rows that cannot be used, each with its reason; what the same sheet left before is settled by this one."""
    actor.require(Permission.SURVEILLANCE_VISIT_IMPORT)
    ParkedRow.objects.waiting(REGISTER, actor.officer).filter(sheet=sheet[:200]).update(cleared_at=moment)
    rows = [
        ParkedRow(
            register=REGISTER, officer_id=actor.officer, sheet=sheet[:200], row_number=row.number, cells=row.cells,
            reason=reason[:1000], parked_at=moment,
        )
        for row, reason in refused
    ]  # fmt: skip
    return ParkedRow.objects.bulk_create(rows, batch_size=BATCH)
