"""A unit's list from file to entries: read once, then step by step, so that it can be broken off and gone on with."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.formats import fold
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.scope import SYSTEM, Actor, Area, entering
from phaodai.foundation.sheets import SheetRow, read_rows
from phaodai.people.models import Post
from phaodai.rulebook import load
from phaodai.surveillance.sheets.placing import Gazetteer
from phaodai.territory.models import Tier, Unit
from phaodai.vaccination.actions.lists import receive_list, write_step
from phaodai.vaccination.actions.lists_joining import Come, Parked
from phaodai.vaccination.law.vocabulary import GROUP
from phaodai.vaccination.models import PriorityList
from phaodai.vaccination.rules.lists_rows import Faulty, ListedPerson, group_words, heads_of, read_person, said_twice
from phaodai.vaccination.sheets.lists_words import fault_words

STEP = 5_000
"""Rows written in one transaction: about two seconds of work that a kill can lose, never a row."""
AT_ONCE = 3_000
"""Rows that are read while the officer waits; longer lists are read by the worker."""
READING = "vaccination.read_list"
_QUIET = timedelta(minutes=5)
Scope = Callable[[], AbstractContextManager[Any]]


def take_in(
    *,
    actor: Actor,
    moment: datetime,
    file: str,
    content: bytes,
    unit: Unit,
    group: str,
    name: str = "",
    sender: str = "",
) -> PriorityList:
    """Keep a sheet, and read it at once or leave a long one to the worker. Raises `Refusal` for what is no list."""
    rows = read_rows(file, content)
    heads = heads_of(rows[0].cells if rows else ())
    if "full_name" not in heads or "birth" not in heads:
        words = _("The sheet needs a column of names and one of birth dates. Download the template.")
        raise Refusal(words, field="file")
    received = receive_list(
        actor=actor, moment=moment, name=name or file, unit=unit, group=group, content=_kept(file, content),
        rows=len(rows), sender=sender,
    )  # fmt: skip
    if received.state == PriorityList.State.FINISHED:
        return received
    if len(rows) <= AT_ONCE:
        return read_through(received, actor=actor, moment=moment)
    read_later(received)
    return received


def _kept(file: str, content: bytes) -> bytes:
    """The file with its name before it: how it is read depends on the name's end."""
    return file.encode() + b"\0" + content


def _rows_of(received: PriorityList) -> list[SheetRow]:
    name, _nothing, content = bytes(received.content).partition(b"\0")
    return read_rows(name.decode(), content)


def read_later(received: PriorityList) -> None:
    """Leave the reading to the worker; its order is kept in the same transaction as the sheet."""
    from procrastinate.contrib.django import app

    app.configure_task(READING, lock=f"priority-list-{received.pk}").defer(list_id=received.pk)


def read_waiting(list_id: int) -> None:
    """What the worker does: read a list to its end on behalf of the officer who sent it."""
    moment = clock.now()
    with entering(SYSTEM, why="priority-list"):
        received = PriorityList.objects.get(pk=list_id)
        actor = _sender(received, moment)
    if received.state == PriorityList.State.RUNNING:
        read_through(received, actor=actor, moment=moment, scope=lambda: entering(actor, why="priority-list"))


def broken_off() -> list[int]:
    """Lists that nobody has gone on with for some minutes."""
    with entering(SYSTEM, why="priority-list"):
        quiet = PriorityList.objects.filter(state=PriorityList.State.RUNNING, updated_at__lt=clock.now() - _QUIET)
        return list(quiet.order_by("pk").values_list("pk", flat=True))


def _sender(received: PriorityList, moment: datetime) -> Actor:
    if received.officer_id is None:
        return SYSTEM
    post = Post.objects.as_of(moment.date()).filter(officer_id=received.officer_id).first()
    if post is None:
        raise NotAllowed(_("Whoever sent this list holds no post today. Send it again."))
    return post.actor()


def read_through(
    received: PriorityList, *, actor: Actor, moment: datetime, scope: Scope = nullcontext, step: int = STEP
) -> PriorityList:
    """Write what is left of a list; `scope` opens the transaction of each step. Killed, the same call goes on."""
    rows = _rows_of(received)
    with scope():
        reader = _Reader.of(received, rows, moment)
    read = reader.read(rows)
    for start in range(received.reached, len(rows), step):
        part = rows[start : start + step]
        with scope():
            received = write_step(
                actor=actor, moment=moment, list_id=received.pk, come=list(reader.come(part, read)),
                parked=list(reader.parked(part, read)), reached=start + len(part),
            )  # fmt: skip
    return received


@dataclass
class _Reader:
    """The rows of one sheet as persons with a place, or with what is wrong."""

    received: PriorityList
    moment: datetime
    heads: dict[str, str]
    gazetteer: Gazetteer
    hamlets: Mapping[tuple[int | None, str], int]
    groups: Mapping[str, str]

    @classmethod
    def of(cls, received: PriorityList, rows: list[SheetRow], moment: datetime) -> "_Reader":
        heads = heads_of(rows[0].cells)
        area, day = Area.of(received), moment.date()
        column = heads.get("commune", "")
        samples = [(row.cells.get(column, ""), "") for row in rows[:200]]
        return cls(received, moment, heads, Gazetteer(area, day, samples), _hamlets(area, moment), _group_words())

    def read(self, rows: list[SheetRow]) -> dict[int, ListedPerson | Faulty]:
        """Every row by its number, each person of the sheet once."""
        today, group = self.moment.date(), self.received.group
        read = [
            read_person(row.number, row.cells, self.heads, today=today, group=group, groups=self.groups) for row in rows
        ]
        _once, again = said_twice(one for one in read if isinstance(one, ListedPerson))
        return {one.row: one for one in [*read, *again]}

    def come(self, rows: list[SheetRow], read: Mapping[int, ListedPerson | Faulty]) -> Iterator[Come]:
        """The rows of a step that can be used."""
        for row in rows:
            person = read[row.number]
            if isinstance(person, ListedPerson) and not self._misplaced(person):
                area = self.gazetteer.place(person.commune, "").area
                yield Come(person, area, self.hamlets.get((area.commune, fold(person.hamlet))), row.cells)

    def parked(self, rows: list[SheetRow], read: Mapping[int, ListedPerson | Faulty]) -> Iterator[Parked]:
        """The rows of a step that wait, with their reasons."""
        for row in rows:
            one = read[row.number]
            if isinstance(one, Faulty):
                yield Parked(row.number, row.cells, fault_words(one.fault, one.cell))
            elif words := self._misplaced(one):
                yield Parked(row.number, row.cells, words)

    def _misplaced(self, person: ListedPerson) -> str:
        placed = self.gazetteer.place(person.commune, "") if person.commune else None
        if placed is None or not placed.doubt:
            return ""
        about = {"commune": person.commune, "unit": self.received.unit.name}
        return _("%(commune)s: no such commune in %(unit)s. Write its name as on the map, or its code.") % about


def _hamlets(area: Area, moment: datetime) -> dict[tuple[int | None, str], int]:
    """Commune and folded name to hamlet, by full and bare name."""
    units = Unit.objects.as_of(moment.date()).inside(area).tier(Tier.HAMLET)
    return {(unit.commune_id, fold(name)): unit.pk for unit in units for name in (unit.name, unit.bare_name)}


def _group_words() -> dict[str, str]:
    vocabulary = load().vocabularies[GROUP]
    labels = {key: vocabulary.label(key) for key in vocabulary.terms}
    return group_words((key, (words.vi, words.en)) for key, words in labels.items())
