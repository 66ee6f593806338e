"""A sheet of doses from file to books, step by step, so that it can be stopped and gone on with."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import SYSTEM, Actor, Area, entering
from phaodai.people.models import Post
from phaodai.rulebook.provincial import rulebook_for
from phaodai.rulebook.words import Language
from phaodai.surveillance.sheets.tables import Line, Table, read_tables
from phaodai.territory.models import Tier, Unit
from phaodai.vaccination.actions.doses_sheets import Parked, Step, finish_dose_sheet, receive_dose_sheet, write_doses
from phaodai.vaccination.models import DoseSheet
from phaodai.vaccination.rules.checking import age_on
from phaodai.vaccination.rules.doses_rows import RowReader, ToldDose, Unreadable, columns_of
from phaodai.vaccination.rules.identities import fingerprint, folded, identity_key

STEP = 20_000
"""Lines written in one transaction: a kill loses some seconds of work, never a line."""
READING = "vaccination.read_dose_sheet"
AT_ONCE = 2_000
"""Lines that are read while the officer waits; more are left to the worker."""
_QUIET = timedelta(minutes=5)
Scope = Callable[[], AbstractContextManager[Any]]


@dataclass
class DoseReader:
    """The lines of a table as rows of `doses_staging.STAGED`; a commune's code gives a dose its area."""

    table: Table
    rows: RowReader
    area: Area
    areas: dict[str, Area]
    language: Language
    said: set[UUID] = field(default_factory=set)

    def step(self, begun: int, size: int) -> Step:
        """Some lines: what can be written, what waits, and how often a dose is told again."""
        lines = self.table.lines[begun : begun + size]
        staged, parked, repeated = [], [], 0
        for line in lines:
            try:
                told = self.rows.read(line.cells)
            except Unreadable as problem:
                parked.append(self._parked(line, problem))
                continue
            for dose in told:
                row = self._row(line.number, dose)
                repeated += row is None
                staged += [row] if row is not None else []
        return Step(begun, begun + len(lines), staged, parked, repeated)

    def _parked(self, line: Line, problem: Unreadable) -> Parked:
        cells = dict(zip(self.table.headers, line.cells, strict=False))
        return Parked(line.number, cells, problem.code, problem.words.of(self.language))

    def _row(self, line: int, dose: ToldDose) -> Sequence[Any] | None:
        """None where this sheet has told of the dose already."""
        written, given_on = dose.written, dose.given_at.date()
        identity = identity_key(written)
        mark = fingerprint(identity, given_on, dose.product, dose.number, dose.lot_number)
        if mark in self.said:
            return None
        self.said.add(mark)
        area = self.areas.get(dose.commune, self.area)
        key = UUID(int=mark.int ^ (area.province or 0))
        return (
            line, key, written.full_name, written.sex, written.birth_year, written.birth_date, written.identity_number,
            written.phone, written.address, folded(written.full_name)[:160], identity, mark, dose.product, dose.lot_number,
            dose.number, dose.given_at.isoformat(), given_on, age_on(given_on, written.birth_date, written.birth_year),
            dose.group, dose.facility, area.province or 0, area.district, area.commune,
        )  # fmt: skip


def table_of(name: str, content: bytes) -> Table:
    """The sheet of a file that tells of doses. Raises `Refusal` for a file in which none does."""
    tables = [table for table in read_tables(name, content) if columns_of(table.headers).usable]
    if not tables:
        raise Refusal(
            _("No sheet of this file has columns for name, vaccine and day of the dose. Use the template."),
            field="file",
        )
    return max(tables, key=lambda table: len(table.lines))


def reader_of(table: Table, actor: Actor, moment: datetime) -> DoseReader:
    """What reads the lines of a table for an officer."""
    vocabulary = rulebook_for(actor.area.province).vocabularies["product"]
    communes = Unit.objects.as_of(moment.date()).filter(tier=Tier.COMMUNE)
    inside = {unit.code: unit.area for unit in communes.filter(**_inside(actor.area))}
    reader = RowReader(columns_of(table.headers), moment.date(), vocabulary.find, frozenset(inside) or None)
    return DoseReader(table, reader, actor.area, inside, language())


def _inside(area: Area) -> dict[str, int]:
    """The communes of an area; the commune itself is its own."""
    narrowed = dict(area.narrowing)
    commune = narrowed.pop("commune_id", None)
    return narrowed | ({"pk": commune} if commune else {})


def read_doses(
    *, actor: Actor, moment: datetime, name: str, content: bytes, scope: Scope = nullcontext, step: int = STEP
) -> DoseSheet:
    """Take a sheet in to its end; `scope` opens the transaction of each step. Killed, the same call goes on."""
    table = table_of(name, content)
    with scope():
        reader = reader_of(table, actor, moment)
        sheet = receive_dose_sheet(actor=actor, moment=moment, name=name, content=content, rows=len(table.lines))
    nobodys: list[int] = []
    for one in _steps(reader, sheet.reached, step):
        with scope():
            sheet, ids = write_doses(actor=actor, moment=moment, sheet_id=sheet.pk, step=one)
        nobodys += ids
    with scope():
        return finish_dose_sheet(actor=actor, moment=moment, sheet_id=sheet.pk, doses=nobodys)


def _steps(reader: DoseReader, reached: int, size: int) -> Iterator[Step]:
    """The steps of a sheet; the next is read while the database writes the one before."""
    with ThreadPoolExecutor(max_workers=1) as ahead:
        begun = range(reached, len(reader.table.lines), size)
        waiting = ahead.submit(reader.step, begun[0], size) if begun else None
        for following in [*begun[1:], None]:
            step = waiting.result() if waiting else None
            waiting = ahead.submit(reader.step, following, size) if following is not None else None
            if step is not None:
                yield step


def take_in(*, actor: Actor, moment: datetime, name: str, content: bytes) -> DoseSheet:
    """Take a sheet that an officer sends: a short one at once, a long one by the worker, whose order is kept with it."""
    table = table_of(name, content)
    if len(table.lines) <= AT_ONCE:
        return read_doses(actor=actor, moment=moment, name=name, content=content)
    sheet = receive_dose_sheet(actor=actor, moment=moment, name=name, content=content, rows=len(table.lines))
    from procrastinate.contrib.django import app

    app.configure_task(READING, lock=f"dose-sheet-{sheet.pk}").defer(sheet_id=sheet.pk)
    return sheet


def read_waiting(sheet_id: int) -> None:
    """What the worker does: read a sheet to its end on behalf of the officer who sent it."""
    moment = clock.now()
    with entering(SYSTEM, why="dose-sheet"):
        sheet = DoseSheet.objects.select_related("officer").get(pk=sheet_id)
        post = Post.objects.as_of(moment.date()).filter(officer=sheet.officer).first()
    if sheet.state != DoseSheet.State.RUNNING or post is None:
        return
    actor = post.actor()
    read_doses(
        actor=actor, moment=moment, name=sheet.name, content=bytes(sheet.content),
        scope=lambda: entering(actor, why="dose-sheet"),
    )  # fmt: skip


def broken_off() -> list[int]:
    """Sheets that nobody has gone on with for some minutes."""
    with entering(SYSTEM, why="dose-sheet"):
        quiet = DoseSheet.objects.filter(state=DoseSheet.State.RUNNING, updated_at__lt=clock.now() - _QUIET)
        return list(quiet.order_by("pk").values_list("pk", flat=True))
