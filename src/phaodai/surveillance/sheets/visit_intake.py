"""A sheet of visits, meetings or a roster from its bytes to the tables; rows that cannot be used wait with their reason."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import fold
from phaodai.foundation.models import ParkedRow
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import SheetRow, read_rows
from phaodai.people.models import Person
from phaodai.surveillance.actions.meetings import (
    Encounter,
    Fellow,
    park_rows,
    record_meetings,
    record_memberships,
)
from phaodai.surveillance.actions.places import record_places
from phaodai.surveillance.actions.visits import Stay, record_visits
from phaodai.surveillance.models import Case, Meeting
from phaodai.surveillance.rules.retention import kept_since
from phaodai.surveillance.sheets.visit_rows import (
    Doubt,
    Kind,
    Read,
    cells_of,
    columns_of,
    form_of,
    last_day,
    latest_start,
    read_row,
    stay_minutes,
)
from phaodai.territory.models import Place

LONGEST_MINUTES = 7 * 1440
_ROW_ID = re.compile(r"person-(\d{1,18})")
Entry = Stay | Encounter | Fellow


@dataclass(frozen=True)
class TakenIn:
    """What became of a sheet."""

    rows: int
    inserted: int
    unchanged: int
    parked: list[ParkedRow]


@transaction.atomic
def take_in_visits(
    *,
    actor: Actor,
    moment: datetime,
    province_id: int,
    kind: Kind,
    name: str,
    content: bytes,
    pseudonyms: Mapping[str, str] | None = None,
) -> TakenIn:
    """Read a sheet and write what can be used; twice the same sheet changes nothing the second time.

    `pseudonyms` says for which person (ID card, telephone, case number) each name of a log stands.
    """
    rows = read_rows(name, content)
    intake = _Intake(actor, moment, province_id, kind, pseudonyms or {})
    entries, refused = intake.sorted_out(rows)
    inserted = intake.write(list(dict.fromkeys(entries)))
    parked = park_rows(actor=actor, moment=moment, sheet=name, refused=refused)
    return TakenIn(len(rows), inserted, len(entries) - inserted, parked)


class _Intake:
    """One sheet on its way in."""

    def __init__(
        self, actor: Actor, moment: datetime, province_id: int, kind: Kind, pseudonyms: Mapping[str, str]
    ) -> None:
        self.actor, self.moment, self.province_id, self.kind = actor, moment, province_id, kind
        self.pseudonyms = {fold(name): person for name, person in pseudonyms.items()}

    def sorted_out(self, rows: list[SheetRow]) -> tuple[list[Entry], list[tuple[SheetRow, str]]]:
        """What each row means, and the rows that mean nothing that can be kept."""
        columns = columns_of(rows, self.kind)
        cells = [cells_of(row, columns) for row in rows]
        form = form_of(cells, self.moment.astimezone(VIETNAM).date())
        self.persons = _persons(self._names(cells))
        self.places = self._known_places(cells)
        entries: list[Entry] = []
        refused: list[tuple[SheetRow, str]] = []
        for row, told in zip(rows, cells, strict=True):
            try:
                entries.append(self._entry(read_row(row, told, form, self.kind)))
            except Doubt as doubt:
                refused.append((row, str(doubt)))
        return entries, refused

    def write(self, entries: list[Entry]) -> int:
        """Through the actions, which check the permission."""
        actor, moment, province_id = self.actor, self.moment, self.province_id
        if self.kind in (Kind.CHECK_IN, Kind.JOURNEY):
            stays = [one for one in entries if isinstance(one, Stay)]
            return record_visits(actor=actor, moment=moment, province_id=province_id, stays=stays)
        if self.kind == Kind.ROSTER:
            fellows = [one for one in entries if isinstance(one, Fellow)]
            return record_memberships(actor=actor, moment=moment, fellows=fellows)
        origin = Meeting.Origin.PROXIMITY if self.kind == Kind.PROXIMITY else Meeting.Origin.DECLARED
        met = [one for one in entries if isinstance(one, Encounter)]
        return record_meetings(actor=actor, moment=moment, province_id=province_id, origin=origin, encounters=met)

    def _known_places(self, cells: list[dict[str, str]]) -> dict[str, frozenset[int]]:
        """Places by code or name; one that is named here for the first time is registered where the officer may."""
        known = _places(self.province_id, {one.get("place", "") for one in cells})
        named = {one["place"]: one["place_name"] for one in cells if one.get("place") and one.get("place_name")}
        new = {code: name for code, name in named.items() if fold(code) not in known}
        if not new or not self.actor.may(Permission.TERRITORY_PLACE_WRITE):
            return known
        made = record_places(actor=self.actor, moment=self.moment, province_id=self.province_id, names=new)
        return known | {fold(code): frozenset({pk}) for code, pk in made.items()}

    def _names(self, cells: Iterable[Mapping[str, str]]) -> Iterator[str]:
        for one in cells:
            for field in ("person", "other"):
                if one.get(field):
                    yield self._meant(one[field])

    def _meant(self, name: str) -> str:
        """Whom a pseudonym stands for; any other name stands for itself."""
        return self.pseudonyms.get(fold(name), name)

    def _entry(self, read: Read) -> Entry:
        person = self._person(read.cells.get("person", ""))
        if self.kind == Kind.ROSTER:
            group = read.cells.get("group", "")[:80]
            return Fellow(person, self._place(read.cells.get("place", "")), group, read.begin.date(), last_day(read))
        self._check_time(read)
        if self.kind in (Kind.CHECK_IN, Kind.JOURNEY):
            return Stay(person, self._place(read.cells.get("place", "")), read.begin, stay_minutes(read))
        other = self._person(read.cells.get("other", ""))
        if other == person:
            raise Doubt(_("Both names are of one person."))
        return Encounter(person, other, read.begin, read.minutes, read.distance, read.cells.get("place", "")[:200])

    def _check_time(self, read: Read) -> None:
        if read.begin > latest_start(self.moment):
            raise Doubt(_("The visit lies in the future. Correct its day."))
        if read.begin.date() < kept_since(self.moment.astimezone(VIETNAM).date()):
            raise Doubt(_("The visit is older than what may be kept of visits."))
        if (read.minutes or 0) > LONGEST_MINUTES:
            raise Doubt(_("A visit lasts a week at most. Correct when it began or ended."))
        if read.distance is not None and not 0 <= read.distance <= 1000:  # what the column holds, and any phone hears
            raise Doubt(_("A distance lies between 0 and 1,000 metres."))

    def _person(self, name: str) -> int:
        found = self.persons.get(self._meant(name), frozenset())
        if not name:
            raise Doubt(_("The row names no person."))
        if not found:
            raise Doubt(_("Nobody in your area is known as %(name)s. Register the person first.") % {"name": name})
        if len(found) > 1:
            raise Doubt(_("Several people are known as %(name)s. Write the ID card number.") % {"name": name})
        return next(iter(found))

    def _place(self, name: str) -> int:
        found = self.places.get(fold(name), frozenset())
        if len(found) != 1:
            raise Doubt(_("No place has the code %(name)s. Register the place first.") % {"name": name})
        return next(iter(found))


def _persons(names: Iterable[str]) -> dict[str, frozenset[int]]:
    """Row ids of the persons known by each name: row id, ID card, telephone, or the number of a case."""
    asked = set(names)
    found: dict[str, set[int]] = defaultdict(set)
    people = Person.objects.current()
    rows = {int(match[1]): name for name in asked if (match := _ROW_ID.fullmatch(name))}
    for pk in people.filter(pk__in=rows).values_list("pk", flat=True):
        found[rows[pk]].add(pk)
    for field in ("identity_number", "phone"):
        for pk, value in people.filter(**{f"{field}__in": asked - {""}}).values_list("pk", field):
            found[value].add(pk)
    for pk, code in Case.objects.filter(code__in=asked).values_list("person_id", "code"):
        found[code].add(pk)
    return {name: frozenset(ids) for name, ids in found.items()}


def _places(province_id: int, names: set[str]) -> dict[str, frozenset[int]]:
    """Row ids of the places known by each code or, where no code says it, by each name."""
    found: dict[str, set[int]] = defaultdict(set)
    codes: set[str] = set()
    places = Place.objects.filter(province_id=province_id)
    for pk, code in places.filter(code__in=names).values_list("pk", "code"):
        found[fold(code)] = {pk}
        codes.add(fold(code))
    for pk, name in places.filter(name__in=names).values_list("pk", "name"):
        if fold(name) not in codes:
            found[fold(name)].add(pk)
    return {name: frozenset(ids) for name, ids in found.items()}
