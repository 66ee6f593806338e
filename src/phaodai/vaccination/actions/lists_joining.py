"""Rows of a list against who is on the lists already and who is known as a person: set-wise, a step at a time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from phaodai.foundation.scope import Actor, Area
from phaodai.people.models import Person
from phaodai.vaccination.law.plan import LAST
from phaodai.vaccination.models import ListEntry, ListSource, PriorityList
from phaodai.vaccination.rules.lists_rows import ListedPerson

_FILLED = ("identity_number", "phone", "workplace")


@dataclass(frozen=True, slots=True)
class Come:
    """A row that can be used: whom it names, where they live, and its cells as they came."""

    person: ListedPerson
    area: Area
    hamlet_id: int | None
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Parked:
    """A row that waits, with the reason in words."""

    row: int
    cells: Mapping[str, str]
    reason: str


@dataclass
class Joining:
    """One step of a list: who is new, who is on the lists already, who may be."""

    received: PriorityList
    actor: Actor
    moment: datetime
    ranks: Mapping[str, int]
    added: int = 0
    joined: int = 0
    _fresh: set[int] = field(default_factory=set)
    _by_number: dict[str, ListEntry] = field(default_factory=dict)
    _by_person: dict[int, ListEntry] = field(default_factory=dict)
    _alike: dict[tuple[str, int | None], list[ListEntry]] = field(default_factory=lambda: defaultdict(list))
    _persons: dict[str, int] = field(default_factory=dict)
    _named: dict[tuple[str, object, int | None], list[int]] = field(default_factory=lambda: defaultdict(list))

    def write(self, come: Sequence[Come]) -> list[Parked]:
        """Write a step; returns the rows of people who are on a list that this officer cannot see."""
        self._read_persons(come)
        self._read_entries(come)
        fresh: list[tuple[Come, ListEntry]] = []
        sources: list[tuple[Come, ListEntry]] = []
        keys = iter(_new_keys(len(come)))
        for one in come:
            entry = self._known(one)
            if entry is None:
                entry = self._new(one, next(keys))
                fresh.append((one, entry))
            else:
                self._add_to(entry, one)
            sources.append((one, entry))
        hidden = self._insert([entry for _one, entry in fresh])
        self._insert_sources([(one, entry) for one, entry in sources if entry.pk not in hidden])
        self.added = len(fresh) - len(hidden)
        self.joined = len(come) - len(fresh)
        words = _("Somebody with this ID card number, or this very person, is on a list outside your area.")
        return [Parked(one.person.row, one.cells, words) for one, entry in fresh if entry.pk in hidden]

    def _read_persons(self, come: Iterable[Come]) -> None:
        """Persons by ID card number; else the one person of that name and birth in the commune."""
        rows = [one for one in come if one.person.identity_number]
        numbers = {one.person.identity_number for one in rows}
        known = Person.objects.current().filter(identity_number__in=numbers)
        self._persons = dict(known.values_list("identity_number", "pk"))
        communes = {one.area.commune for one in come if one.area.commune}
        keys = {one.person.sort_key for one in come if one.person.birth_date}
        named = Person.objects.current().filter(commune_id__in=communes, sort_key__in=keys)
        for pk, key, born, commune in named.values_list("pk", "sort_key", "birth_date", "commune_id"):
            self._named[key, born, commune].append(pk)

    def _read_entries(self, come: Iterable[Come]) -> None:
        numbers = {one.person.identity_number for one in come} - {""}
        keys = {one.person.same_key for one in come}
        persons = {pk for one in come if (pk := self._person_of(one))}
        for entry in ListEntry.objects.filter(identity_number__in=numbers):
            self._remember(entry)
        for entry in ListEntry.objects.filter(same_key__in=keys, province_id=self.received.province_id):
            self._remember(entry)
        for entry in ListEntry.objects.filter(person_id__in=persons):
            self._remember(entry)

    def _remember(self, entry: ListEntry) -> None:
        if entry.identity_number:
            entry = self._by_number.setdefault(entry.identity_number, entry)
        if entry.person_id:
            self._by_person.setdefault(entry.person_id, entry)
        alike = self._alike[entry.same_key, entry.commune_id]
        if all(other.pk != entry.pk for other in alike):
            alike.append(entry)

    def _person_of(self, one: Come) -> int | None:
        told = one.person
        if told.identity_number in self._persons:
            return self._persons[told.identity_number]
        found = self._named.get((told.sort_key, told.birth_date, one.area.commune), []) if told.birth_date else []
        return found[0] if len(found) == 1 else None

    def _known(self, one: Come) -> ListEntry | None:
        """The entry of this very person: by number, by person, or by name, sex and full birth date in one commune."""
        told = one.person
        if told.identity_number in self._by_number:
            return self._by_number[told.identity_number]
        person = self._person_of(one)
        if person in self._by_person:
            return self._by_person[person]
        return next((entry for entry in self._alike[told.same_key, one.area.commune] if _certain(told, entry)), None)

    def _new(self, one: Come, pk: int) -> ListEntry:
        told = one.person
        likely = [entry for entry in self._alike[told.same_key, one.area.commune] if not _different(told, entry)]
        entry = ListEntry(
            pk=pk, person_id=self._person_of(one), full_name=told.full_name, birth_date=told.birth_date,
            birth_year=told.birth_year, sex=told.sex, identity_number=told.identity_number, phone=told.phone,
            workplace=told.workplace, hamlet_id=one.hamlet_id, hamlet_name=told.hamlet, group=told.group,
            rank=self.ranks.get(told.group, LAST), organisation_id=self.received.organisation_id,
            lookalike=likely[0] if likely else None, same_key=told.same_key, sort_key=told.sort_key,
            search_key=told.search_key, created_at=self.moment, updated_at=self.moment, **one.area.columns,
        )  # fmt: skip
        self._fresh.add(pk)
        self._remember(entry)
        return entry

    def _add_to(self, entry: ListEntry, one: Come) -> None:
        """What the second list knows and the first did not; of two groups the one that comes first."""
        filled = {name: getattr(one.person, name) for name in _FILLED if not getattr(entry, name)}
        changes: dict[str, object] = {name: value for name, value in filled.items() if value}
        rank = self.ranks.get(one.person.group, LAST)
        if rank < entry.rank:
            changes |= {"group": one.person.group, "rank": rank}
        if not changes:
            return
        for name, value in changes.items():
            setattr(entry, name, value)
        if entry.pk not in self._fresh:
            ListEntry.objects.filter(pk=entry.pk).update(**changes, updated_at=self.moment)

    def _insert(self, entries: list[ListEntry]) -> set[int]:
        """New entries; returns the keys of those that the database had elsewhere, out of this officer's sight."""
        # Those that name another new one as alike come after it.
        ListEntry.objects.bulk_create(entries, ignore_conflicts=True, batch_size=2000)
        made = set(ListEntry.objects.filter(pk__in=[entry.pk for entry in entries]).values_list("pk", flat=True))
        return {entry.pk for entry in entries} - made

    def _insert_sources(self, sources: Iterable[tuple[Come, ListEntry]]) -> None:
        ListSource.objects.bulk_create(
            (
                ListSource(
                    entry_id=entry.pk, priority_list=self.received, row_number=one.person.row, group=one.person.group
                )
                for one, entry in sources
            ),
            batch_size=5000,
        )


def _certain(told: ListedPerson, entry: ListEntry) -> bool:
    """One name, sex and birth in one commune: certain with the full day of birth, or one telephone, and no two numbers."""
    if _different(told, entry):
        return False
    return told.birth_date is not None or bool(told.phone and told.phone == entry.phone)


def _different(told: ListedPerson, entry: ListEntry) -> bool:
    return bool(told.identity_number and entry.identity_number and told.identity_number != entry.identity_number)


def _new_keys(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence('vaccination_listentry', 'id')) from generate_series(1, %s)", [count]
        )
        return [row[0] for row in cursor.fetchall()]
