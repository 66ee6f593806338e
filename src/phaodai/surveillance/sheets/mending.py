"""Rows that wait, taken in again with one cell mended on the screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from phaodai.foundation.scope import Actor, Area
from phaodai.surveillance.actions.line_lists import (
    Step,
    link_cases,
    mark_mended,
    write_mended,
)
from phaodai.surveillance.models import LineList, ParkedCase
from phaodai.surveillance.sheets.intake import believable, kept, link_again, numbers_known
from phaodai.surveillance.sheets.rows import SheetReader
from phaodai.surveillance.sheets.tables import Line, Table


@dataclass(frozen=True, slots=True)
class Mend:
    """A row that waits and the value of its bad cell; empty clears the cell."""

    row: int
    value: str


def take_mended(*, actor: Actor, moment: datetime, line_list: LineList, mends: Sequence[Mend]) -> int:
    """Write the rows that are good now; the others wait on with their new reason. Returns how many came in."""
    values = {mend.row: mend.value for mend in mends}
    waiting = list(
        line_list.parked_rows.filter(row_number__in=values, mended_at=None, dropped_at=None).order_by("row_number")
    )
    if not waiting:
        return 0
    plan = kept(line_list).plan
    headers = tuple(line_list.mapping.headers if line_list.mapping else ())
    lines = tuple(_line(one, headers, plan.header_of(one.field), values[one.row_number]) for one in waiting)
    area = Area(line_list.province_id, line_list.district_id, line_list.commune_id)
    reader = SheetReader(
        Table(line_list.sheet, headers, lines),
        plan,
        area=area,
        today=moment.date(),
        known=numbers_known(line_list.province_id, line_list.prefix),
        prefix=line_list.prefix,
    )
    rows = reader.read()
    step = Step(
        begun=0, reached=len(lines), rows=list(rows.staged.values()),
        cells={line.number: reader.cells(place) for place, line in enumerate(lines)}, parked=list(rows.parked.values()),
    )  # fmt: skip
    still = write_mended(actor=actor, moment=moment, line_list_id=line_list.pk, step=step)
    links, _loops = believable(rows, line_list.province_id)
    link_cases(actor=actor, moment=moment, province=line_list.province_id, links=links)
    link_again(line_list, actor=actor, moment=moment)
    return mark_mended(
        actor=actor,
        moment=moment,
        line_list_id=line_list.pk,
        rows=[line.number for line in lines if line.number not in still],
    )


def _line(one: ParkedCase, headers: Sequence[str], bad: str | None, value: str) -> Line:
    cells = {**one.cells, **({bad: value} if bad else {})}
    return Line(one.row_number, tuple(cells.get(header, "") for header in headers))
