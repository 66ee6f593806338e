"""The tables and the curve of coverage."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaodai.foundation.charts import Chart, Spec
from phaodai.foundation.components import Cell, Column, Empty, Name, Row, Table
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import number as number_words
from phaodai.foundation.formats import sort_key
from phaodai.foundation.registers.showing import language
from phaodai.territory.models import Unit
from phaodai.vaccination.law.coverage import population_words
from phaodai.vaccination.models.coverage_figures import coverage_of
from phaodai.vaccination.pages.coverage_words import share_words, source_words
from phaodai.vaccination.rules.coverage import POPULATIONS, Covered

NUMBERS = (1, 2, 3)
TOKENS = ("data2", "data", "act")
Found = dict[int, dict[int, Covered]]


@dataclass(frozen=True)
class Line:
    """A unit of the map with how far it is covered."""

    unit: Unit
    covered: Covered

    @property
    def words(self) -> str:
        """92,7%, or why there is no share."""
        return share_words(self.covered) if self.covered.share is not None else source_words(self.covered.people)

    @property
    def band(self) -> str:
        """One of five shades of blue; the level colours mean risk and nothing else."""
        return "none" if self.covered.share is None else str(min(4, int(self.covered.share * 5)))


def dose_words(number: int) -> str:
    """Dose 1."""
    return _("Dose %(number)d") % {"number": number}


def by_population(unit: Unit, day: date, url: Callable[..., str]) -> Table:
    """One unit, every population: the table that a directive's note gives."""
    rows = []
    for key, population in POPULATIONS.items():
        found = coverage_of([unit], population, day, NUMBERS)[unit.pk]
        if any(one.given for one in found.values()) or found[1].people.people:
            rows.append(Row(key, [Cell(Name(population_words(population), url(ai=key))), *_cells(found)]))
    empty = Empty(_("No dose is counted yet. Doses recorded in sessions or sent as a sheet appear within a minute."))
    return Table(
        _("Coverage by population"),
        [Column("who", pgettext("coverage", "Who")), *_columns()],
        rows,
        empty=empty,
        element="populations",
    )


def units_table(units: Sequence[Unit], found: Found, number: int, url: Callable[[Unit], str]) -> Table:
    """One population, every unit: the least covered first, those without a count of people last."""
    ordered = sorted(units, key=lambda unit: (_share_or_last(found[unit.pk][number]), sort_key(unit.bare_name)))
    rows = [Row(str(unit.pk), [_unit_cell(unit, url(unit)), *_cells(found[unit.pk])]) for unit in ordered]
    empty = Empty(_("No unit of this tier was in force on that day."))
    return Table(_("Coverage by unit"), [Column("unit", _("Unit")), *_columns()], rows, empty=empty, element="units")


def _unit_cell(unit: Unit, url: str) -> Cell:
    return Cell(Name(unit.name, url), note=unit.parent.name if unit.parent else "")


def _share_or_last(covered: Covered) -> float:
    return float("inf") if covered.share is None else covered.share


def _columns() -> list[Column]:
    doses = [Column(f"dose-{number}", dose_words(number), numeric=True) for number in NUMBERS]
    return [*doses, Column("left", _("Without dose 1"), numeric=True), Column("people", _("Out of"), numeric=True)]


def _cells(found: dict[int, Covered]) -> list[Cell]:
    return [*(_dose_cell(found[number]) for number in NUMBERS), _left_cell(found[1]), _people_cell(found[1])]


def _dose_cell(covered: Covered) -> Cell:
    given = number_words(covered.given, 0, language())
    if covered.over:
        note = _("%(given)s; %(over)s more than people") % {
            "given": given, "over": number_words(covered.over, 0, language()),
        }  # fmt: skip
        return Cell(share_words(covered), note=note, numeric=True, kind="doubtful")
    if not covered.given and covered.share is None:
        return Cell("–", numeric=True, kind="quiet")
    return Cell(share_words(covered) if covered.share is not None else given, note=given, numeric=True)


def _left_cell(covered: Covered) -> Cell:
    if covered.people.people is None:
        return Cell("–", numeric=True, kind="quiet")
    return Cell(number_words(max(0, covered.people.people - covered.given), 0, language()), numeric=True)


def _people_cell(covered: Covered) -> Cell:
    people = covered.people
    if people.people is None:
        return Cell("–", note=source_words(people), numeric=True, kind="doubtful")
    return Cell(number_words(people.people, 0, language()), note=source_words(people), numeric=True)


def sheet_rows(units: Iterable[Unit], found: Found) -> tuple[list[str], list[list[Any]]]:
    """Header and rows of the sheet: what the table shows, as numbers."""
    header = [_("Unit code"), _("Unit"), _("District"), _("People"), _("Counted on"), _("Source")]
    for number in NUMBERS:
        header += [dose_words(number), _("%(dose)s, share") % {"dose": dose_words(number)}]
    rows = []
    for unit in units:
        own, people = found[unit.pk], found[unit.pk][1].people
        doses = [value for number in NUMBERS for value in (own[number].given, own[number].share)]
        above = unit.parent.name if unit.parent else ""
        rows.append([unit.code, unit.name, above, people.people, people.counted_on, source_words(people), *doses])
    return header, rows


def curve(days: Sequence[tuple[date, int, int]], title: str) -> Chart | None:
    """Doses added up day by day, one line a dose number; None before the second day."""
    lines = {number: _added_up([(on, doses) for on, which, doses in days if which == number]) for number in NUMBERS}
    on_days = sorted({on for on, _number, _doses in days})
    if len(on_days) < 2:
        return None
    values = [
        {"on": on.isoformat(), "dose": dose_words(number), "doses": doses}
        for number, line in lines.items()
        for on, doses in line
    ]
    rows = [[day_words(on, language()), *(_upto(lines[number], on) for number in NUMBERS)] for on in reversed(on_days)]
    columns = [_("Day"), *(dose_words(number) for number in NUMBERS)]
    return Chart(
        title, _("doses given by that day"), _("Doses added up day by day, one line for each dose number."),
        _lines(values), columns, rows, key="coverage-curve",
    )  # fmt: skip


def _added_up(line: Sequence[tuple[date, int]]) -> list[tuple[date, int]]:
    return list(zip([on for on, _doses in line], accumulate(doses for _on, doses in line), strict=True))


def _upto(line: Sequence[tuple[date, int]], on: date) -> str:
    reached = [doses for day, doses in line if day <= on]
    return number_words(reached[-1], 0, language()) if reached else "–"


def _lines(values: list[dict[str, Any]]) -> Spec:
    colour = {"domain": [dose_words(number) for number in NUMBERS], "range": [f"var(--{token})" for token in TOKENS]}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": values},
        "height": 200,
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2},
        "encoding": {
            "x": {"field": "on", "type": "temporal", "axis": {"format": "%d/%m", "tickCount": 6}},
            "y": {"field": "doses", "type": "quantitative", "axis": {"grid": True, "format": ",d"}},
            "color": {"field": "dose", "type": "nominal", "scale": colour, "legend": {"orient": "top"}},
        },
    }
