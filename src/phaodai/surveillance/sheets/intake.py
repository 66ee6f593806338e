"""A sheet from file to books: which table, what it means, then step by step, so that it can be stopped and gone on with."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.foundation import clock
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.scope import SYSTEM, Actor, Area, entering
from phaodai.people.models import Post
from phaodai.surveillance.actions.line_lists import (
    ParkedRow,
    Step,
    confirm_columns,
    finish_line_list,
    link_cases,
    receive_line_list,
    tell_apart,
    write_step,
)
from phaodai.surveillance.actions.staging import STAGED
from phaodai.surveillance.models import Case, LineList, Transmission
from phaodai.surveillance.rules.headers import signature
from phaodai.surveillance.rules.identity import another_list
from phaodai.surveillance.rules.links import cases_named, number_key, without_loops
from phaodai.surveillance.rules.words import word_in
from phaodai.surveillance.sheets.mapping import ColumnPlan, Plan, plan_for, proposed, read_mapping, refuse_other_kinds
from phaodai.surveillance.sheets.rows import Rows, SheetReader
from phaodai.surveillance.sheets.tables import Table, read_tables

STEP = 20_000
"""Lines written in one transaction: 1 to 2 seconds of work that a kill can lose, never a line."""
_QUIET = timedelta(minutes=5)
READING = "surveillance.read_line_list"
Scope = Callable[[], AbstractContextManager[Any]]


@dataclass(frozen=True)
class Proposed:
    """The table of a file that is the list of cases, and what its columns mean."""

    table: Table
    plan: Plan


def choose(tables: list[Table], *, province: int, today: Any) -> Proposed:
    """The list of cases among the sheets of a file; sheets of the same headers are one list. Raises `Refusal`."""
    plans = [Proposed(table, plan_for(table, province=province, today=today)) for table in tables]
    usable = [one for one in plans if one.plan.header_of("code")]
    best = max(usable or plans, key=lambda one: (len(one.plan.columns), len(one.table.lines)))
    refuse_other_kinds(best.plan, best.table)
    return replace(best, table=together(best.table, tables))


def with_mapping(tables: list[Table], mapping: bytes) -> Proposed:
    """The first sheet that a mapping file fits. Raises `Refusal` with what keeps it from the first sheet."""
    refusals = []
    for table in tables:
        try:
            plan = read_mapping(mapping, table)
            refuse_other_kinds(plan, table)
            return Proposed(together(table, tables), plan)
        except Refusal as refusal:
            refusals.append(refusal)
    raise refusals[0]


def together(table: Table, tables: list[Table]) -> Table:
    """A table with the lines of the other sheets that have its headers: one sheet a district, or a day."""
    same = [one for one in tables if signature(one.headers) == signature(table.headers)]
    if len(same) < 2:
        return table
    lines, before = [], 0
    for one in same:
        lines += [replace(line, number=line.number + before) for line in one.lines]
        before = lines[-1].number
    return Table(same[0].name, table.headers, tuple(lines))


def begin(
    *, actor: Actor, moment: datetime, name: str, content: bytes, area: Area, found: Proposed, ask: bool = False
) -> LineList:
    """Keep the sheet and its mapping; where it was begun before, that is gone on with. `ask`: wait for a person first."""
    line_list = receive_line_list(
        actor=actor, moment=moment, name=name, content=content, area=area, sheet=found.table.name
    )
    if ask or line_list.state != LineList.State.MAPPING:
        return line_list
    return confirm_columns(
        actor=actor, moment=moment, line_list_id=line_list.pk, headers=found.table.headers,
        fields=found.plan.as_fields(), rows=len(found.table.lines),
    )  # fmt: skip


def kept(line_list: LineList) -> Proposed:
    """The table of a sheet that was kept, with the mapping that was confirmed for it."""
    tables = read_tables(line_list.name, bytes(line_list.content))
    table = next((one for one in tables if one.name == line_list.sheet), tables[0])
    told = line_list.mapping.fields if line_list.mapping else {}
    plan = Plan(
        {header: ColumnPlan(one["field"], one.get("form", "")) for header, one in told.items()}, remembered=True
    )
    return Proposed(together(table, tables), plan)


def read_later(line_list: LineList) -> None:
    """Leave the reading to the worker; its order is kept in the same transaction as the sheet."""
    from procrastinate.contrib.django import app

    app.configure_task(READING, lock=f"line-list-{line_list.pk}").defer(line_list_id=line_list.pk)


def read_waiting(line_list_id: int) -> None:
    """What the worker does: read a sheet to its end on behalf of the officer who sent it."""
    moment = clock.now()
    with entering(SYSTEM, why="line-list"):
        line_list = LineList.objects.select_related("mapping").get(pk=line_list_id)
        actor = _sender(line_list, moment)
    if line_list.state != LineList.State.RUNNING:
        return
    read_through(line_list, kept(line_list), actor=actor, moment=moment, scope=lambda: entering(actor, why="line-list"))


def broken_off() -> list[int]:
    """Sheets that nobody has gone on with for some minutes."""
    with entering(SYSTEM, why="line-list"):
        quiet = LineList.objects.filter(state=LineList.State.RUNNING, updated_at__lt=clock.now() - _QUIET)
        return list(quiet.order_by("pk").values_list("pk", flat=True))


def _sender(line_list: LineList, moment: datetime) -> Actor:
    """The officer who sent the sheet, in the post of today; the installation for a sheet that it took in itself."""
    if line_list.officer_id is None:
        return SYSTEM
    post = Post.objects.as_of(moment.date()).filter(officer_id=line_list.officer_id).first()
    if post is None:
        raise NotAllowed(_("Whoever sent this sheet holds no post today. Send it again."))
    return post.actor()


def read_through(
    line_list: LineList,
    found: Proposed,
    *,
    actor: Actor,
    moment: datetime,
    scope: Scope = nullcontext,
    step: int = STEP,
) -> LineList:
    """Write what is left of a sheet; `scope` opens the transaction of each step. Killed, the same call goes on."""
    area = Area(line_list.province_id, line_list.district_id, line_list.commune_id)
    with scope():
        reader = _reader(line_list, found, area, moment)
    rows = reader.read()
    with scope():
        line_list = told_apart(line_list, rows, actor=actor, moment=moment)
        apart = line_list.prefix != reader.prefix
        reader = _reader(line_list, found, area, moment) if apart else reader
    rows = reader.read() if apart else rows
    for one in _steps(reader, rows, line_list.reached, step):
        with scope():
            line_list = write_step(actor=actor, moment=moment, line_list_id=line_list.pk, step=one)
    with scope():
        links, loops = believable(rows, line_list.province_id)
        link_cases(actor=actor, moment=moment, province=line_list.province_id, links=links)
        done = finish_line_list(actor=actor, moment=moment, line_list_id=line_list.pk, remark=loops_told(loops))
        for earlier in LineList.objects.visible_to(actor).filter(parked_rows__mended_at=moment).distinct():
            link_again(earlier, actor=actor, moment=moment)
        return done


def link_again(line_list: LineList, *, actor: Actor, moment: datetime) -> None:
    """Once rows of a sheet came in that had waited, the rows that name them as their source are linked to them."""
    found, province = kept(line_list), line_list.province_id
    area = Area(province, line_list.district_id, line_list.commune_id)
    rows = _reader(line_list, found, area, moment).read()
    links, _loops = believable(rows, province)
    link_cases(actor=actor, moment=moment, province=province, links=links)


def numbers_known(province: int, prefix: str = "") -> dict[str, str]:
    """The case numbers in the books of a province, by the key under which a list names them that has this prefix."""
    codes = Case.objects.filter(province_id=province, code__startswith=prefix).values_list("code", flat=True)
    return {number_key(code.removeprefix(prefix)): code for code in codes.iterator(chunk_size=10_000)}


def _reader(line_list: LineList, found: Proposed, area: Area, moment: datetime) -> SheetReader:
    prefix = line_list.prefix
    known = numbers_known(line_list.province_id, prefix)
    return SheetReader(found.table, found.plan, area=area, today=moment.date(), known=known, prefix=prefix)


def told_apart(line_list: LineList, rows: Rows, *, actor: Actor, moment: datetime) -> LineList:
    """The list with what goes before its numbers: those that number other people as the books do get their own name.

    Lists of the same headers stay with what was chosen for the first of them, so that a second reading changes nothing.
    """
    if line_list.reached or line_list.prefix:
        return line_list
    earlier = LineList.objects.filter(
        province_id=line_list.province_id, mapping=line_list.mapping, state=LineList.State.FINISHED
    )
    first = earlier.exclude(pk=line_list.pk).order_by("pk").first()
    if first is not None:
        prefix = first.prefix
    else:
        taken = others_numbered(rows, line_list.province_id)
        prefix = f"{slugify(PurePath(line_list.name).stem)[:38]}-" if taken else ""
    return tell_apart(actor=actor, moment=moment, line_list_id=line_list.pk, prefix=prefix) if prefix else line_list


def others_numbered(rows: Rows, province: int) -> bool:
    """Whether most numbers that a list shares with the books are those of other people there, by sex and age."""
    code, sex, age = (list(STAGED).index(name) for name in ("code", "sex", "age"))
    come = {row[code]: (row[sex], row[age]) for row in rows.staged.values()}
    books = Case.objects.filter(province_id=province).values_list("code", "person__sex", "age")
    shared = [(come[one], (sex, age)) for one, sex, age in books.iterator(chunk_size=10_000) if one in come]
    return another_list(shared)


def _steps(reader: SheetReader, rows: Rows, reached: int, size: int) -> Iterator[Step]:
    lines = reader.table.lines
    for begun in range(reached, len(lines), size):
        places = range(begun, min(begun + size, len(lines)))
        yield Step(
            begun=begun,
            reached=places.stop,
            rows=[rows.staged[place] for place in places if place in rows.staged],
            cells=_LateCells(reader, {lines[place].number: place for place in places}),
            parked=[rows.parked[place] for place in places if place in rows.parked],
            repeated=sum(place in rows.repeated for place in places),
        )


class _LateCells(dict[int, Mapping[str, str]]):
    """The cells of a line by its number, made when they are asked for: few lines are."""

    def __init__(self, reader: SheetReader, places: Mapping[int, int]) -> None:
        super().__init__()
        self._reader, self._line_places = reader, places

    def __missing__(self, number: int) -> Mapping[str, str]:
        return self._reader.cells(self._line_places[number])


def believable(rows: Rows, province: int) -> tuple[list[tuple[str, str, str, str]], list[list[str]]]:
    """The links of a sheet without those that would close a loop with each other or with what is in the books."""
    if not rows.links:
        return [], []
    told = {(source, target): (source, target, setting, words) for source, target, setting, words in rows.links}
    standing = list(
        Transmission.objects.standing().filter(source__province_id=province).values_list("source__code", "target__code")
    )
    fresh = [link for link in told if link not in set(standing)]
    links, loops = without_loops(fresh, standing, rows.onsets)
    return [told[link] for link in links], loops


def loops_told(loops: list[list[str]]) -> str:
    """Which links were left out because they close a loop; empty where there is none."""
    if not loops:
        return ""
    shown = "; ".join(" → ".join(loop) for loop in loops[:5])
    return ngettext(
        "%(count)d link was left out because it closes a loop of who infected whom: %(loops)s. Correct the source of one.",
        "%(count)d links were left out because they close a loop of who infected whom: %(loops)s. Correct the source of one.",
        len(loops),
    ) % {"count": len(loops), "loops": shown}


@dataclass(frozen=True)
class Pairs:
    """What became of a list of contact pairs."""

    rows: int
    inserted: int
    unchanged: int
    parked: list[ParkedRow]
    remark: str
    headers: tuple[str, ...]


def take_pairs(*, actor: Actor, moment: datetime, name: str, content: bytes, province: int, prefix: str = "") -> Pairs:
    """Links between cases from a list of pairs: from, to and what else stands beside. Raises `Refusal`.

    `prefix` is that of the line list whose numbers the pairs name.
    """
    table, plan = _pairs_table(read_tables(name, content), moment)
    known = numbers_known(province, prefix)
    links, parked = _pairs(table, plan, known)
    standing = set(
        Transmission.objects.filter(source__province_id=province).values_list("source__code", "target__code")
    )
    fresh = [link for link in links if link not in standing]
    believed, loops = without_loops(fresh, standing)
    written = link_cases(actor=actor, moment=moment, province=province, links=[links[link] for link in believed])
    unchanged = len(table.lines) - written - len(parked) - len(loops)
    return Pairs(len(table.lines), written, unchanged, parked, loops_told(loops), table.headers)


def _pairs_table(tables: list[Table], moment: datetime) -> tuple[Table, Plan]:
    for table in tables:
        plan = proposed(table, today=moment.date(), of=("from", "to", "setting"))
        if plan.header_of("from") and plan.header_of("to"):
            return table, plan
    raise Refusal(_("The list of contacts has no columns “from” and “to” with case numbers."), field="contacts")


def _pairs(
    table: Table, plan: Plan, known: Mapping[str, str]
) -> tuple[dict[tuple[str, str], tuple[str, str, str, str]], list[ParkedRow]]:
    places = {header: place for place, header in enumerate(table.headers)}
    start, end = (places[plan.header_of(field) or ""] for field in ("from", "to"))
    about = places.get(plan.header_of("setting") or "\0")
    links: dict[tuple[str, str], tuple[str, str, str, str]] = {}
    parked = []
    for line in table.lines:
        ends = [cases_named(line.cells[place], known) for place in (start, end)]
        words = line.cells[about] if about is not None else ""
        if len(ends[0]) == len(ends[1]) == 1 and ends[0] != ends[1]:
            pair = (ends[0][0], ends[1][0])
            links[pair] = (*pair, word_in("setting", words) or "", words[:200])
        else:
            field, code = ("from", "own-source") if ends[0] == ends[1] and ends[0] else ("from", "no-case")
            cells = dict(zip(table.headers, line.cells, strict=True))
            parked.append(ParkedRow(line.number, cells, field, code))
    return links, parked
