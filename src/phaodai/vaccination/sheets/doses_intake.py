"""A sheet of doses from file to books, step by step, so that it can be stopped and gone on with."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.language import page_language
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import SYSTEM, Actor, Area, entering
from phaodai.people.models import Post
from phaodai.rulebook.provincial import rulebook_for
from phaodai.rulebook.words import Language
from phaodai.surveillance.sheets.tables import Line, Table, read_tables
from phaodai.territory.models import Tier, Unit
from phaodai.vaccination.actions.doses_sheets import Parked, Step, finish_dose_sheet, receive_dose_sheet, write_doses
from phaodai.vaccination.actions.doses_staging import STAGED
from phaodai.vaccination.models import DoseSheet
from phaodai.vaccination.rules.checking import age_on
from phaodai.vaccination.rules.doses_rows import RowReader, ToldDoses, Unreadable, columns_of
from phaodai.vaccination.rules.identities import fingerprint_text, folded, identity_text

STEP = 20_000
"""Lines written in one transaction: a kill loses some seconds of work, never a line."""
READING = "vaccination.read_dose_sheet"
AT_ONCE = 2_000
"""Lines that are read while the officer waits; more are left to the worker."""
_QUIET = timedelta(minutes=5)
Scope = Callable[[], AbstractContextManager[Any]]
Told = TypeVar("Told", bound=Hashable)


@dataclass
class DoseReader:
    """The lines of a table as columns of `doses_staging.STAGED`; a commune's code gives a dose its area."""

    table: Table
    rows: RowReader
    area: Area
    areas: dict[str, Area]
    language: Language

    def step(self, begun: int, size: int) -> Step:
        """Some lines: what can be written, and what waits."""
        lines = self.table.lines[begun : begun + size]
        reading = self.rows.read([line.cells for line in lines])
        staged = [self._staged(told) for told in reading.told]
        doses = {name: list(chain.from_iterable(columns[name] for columns in staged)) for name in STAGED}
        parked = [self._parked(lines[row], problem) for row, problem in sorted(reading.wrong.items())]
        return Step(begun, begun + len(lines), doses, parked)

    def _parked(self, line: Line, problem: Unreadable) -> Parked:
        cells = list(zip(self.table.headers, line.cells, strict=False))
        return Parked(line.number, cells, problem.code, problem.words.of(self.language))

    def _staged(self, told: ToldDoses) -> dict[str, Sequence[Any]]:
        areas = {code: self.areas.get(code, self.area) for code in set(told.commune)}
        columns: dict[str, Sequence[Any]] = {
            "province_id": [areas[code].province or 0 for code in told.commune],
            "district_id": [areas[code].district for code in told.commune],
            "commune_id": [areas[code].commune for code in told.commune],
            '"group"': told.group, "search_key": _each(told.full_name, lambda name: folded(name)[:160]), **_days(told),
        }  # fmt: skip
        plain = {name: getattr(told, name) for name in STAGED if name in ToldDoses.__dataclass_fields__}
        return {**plain, **columns, **_marks({**plain, **columns})}


def _days(told: ToldDoses) -> dict[str, Sequence[Any]]:
    """The days of doses as PostgreSQL reads them, and the age at each."""
    born = list(zip(told.given_at, told.birth_date, told.birth_year, strict=True))
    return {
        "given_at": _each(told.given_at, datetime.isoformat),
        "given_on": _each(told.given_at, lambda at: at.date().isoformat()),
        "age": _each(born, lambda one: age_on(*one)),
    }  # fmt: skip


def _each(column: Sequence[Told], reading: Callable[[Told], Any]) -> list[Any]:
    """What is read out of each entry of a column; each different entry is read once."""
    known = {one: reading(one) for one in set(column)}
    return [known[one] for one in column]


def _marks(doses: Mapping[str, Sequence[Any]]) -> dict[str, list[str]]:
    """What a person and a dose are known again by. The key of a dose is its mark within the province."""
    who = [
        (card, "", "", "") if card else ("", name, sex, str(born or year or ""))
        for card, name, sex, born, year in zip(
            *(doses[name] for name in ("identity_number", "search_key", "sex", "birth_date", "birth_year")), strict=True
        )
    ]
    people, lots = _each(who, lambda one: identity_text(*one)), _each(doses["lot_number"], folded)
    told = (people, *(doses[name] for name in ("given_on", "product", "number")), lots)
    marks = [fingerprint_text(*dose) for dose in zip(*told, strict=True)]
    keys = [
        f"{mark[:24]}{int(mark[24:], 16) ^ province:012x}"
        for mark, province in zip(marks, doses["province_id"], strict=True)
    ]
    return {"identity_key": people, "fingerprint": marks, "key": keys}


def table_of(name: str, content: bytes) -> Table:
    """The sheet of a file that tells of doses. Raises `Refusal` for a file in which none does."""
    tables = [table for table in read_tables(name, content) if columns_of(table.headers).usable]
    if not tables:
        raise Refusal(
            _("No sheet of this file has columns for name, vaccine and day of the dose. Use the template."),
            field="file",
        )
    return max(tables, key=lambda table: len(table.lines))


def reader_of(table: Table, area: Area, moment: datetime) -> DoseReader:
    """What reads the lines of a table that tells of doses of an area."""
    vocabulary = rulebook_for(area.province).vocabularies["product"]
    communes = Unit.objects.as_of(moment.date()).filter(tier=Tier.COMMUNE)
    inside = {unit.code: unit.area for unit in communes.filter(**_inside(area))}
    reader = RowReader(columns_of(table.headers), moment.date(), vocabulary.find, frozenset(inside) or None)
    return DoseReader(table, reader, area, inside, page_language())


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
        reader = reader_of(table, actor.area, moment)
        sheet = receive_dose_sheet(actor=actor, moment=moment, name=name, content=content, rows=len(table.lines))
    for one in _steps(reader, sheet.reached, step):
        with scope():
            sheet = write_doses(actor=actor, moment=moment, sheet_id=sheet.pk, step=one)
    with scope():
        return finish_dose_sheet(actor=actor, moment=moment, sheet_id=sheet.pk)


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
