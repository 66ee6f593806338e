"""Scores of past forecasts as a table, with words that a reader without statistics understands."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from phaodai.foundation.components import Cell, Column, Row, Table
from phaodai.foundation.formats import EN_DASH, number, percent
from phaodai.foundation.registers.showing import language


def score_columns(first: str) -> list[Column]:
    """The heads of a table of scores."""
    return [
        Column("first", first),
        Column("forecasts", _("Forecasts"), numeric=True),
        Column("wis", _("WIS"), numeric=True),
        Column("relative", _("Against the last week again"), numeric=True),
        Column("half", _("In the 50% band"), numeric=True),
        Column("most", _("In the 95% band"), numeric=True),
        Column("bias", _("Bias"), numeric=True),
    ]


def score_cells(row: dict[str, Any]) -> list[Cell]:
    """The figures of one row."""
    figures = [
        _number(row["forecasts"], 0),
        _number(row["wis"], 1),
        _number(row["relative"], 2),
        _share(row["coverage_50"]),
        _share(row["coverage_95"]),
        _number(row["bias"], 2),
    ]
    notes = ["", _baseline(row["baseline"], 1), "", _of(row["baseline_50"]), _of(row["baseline_95"]), ""]
    return [Cell(figure, note, numeric=True) for figure, note in zip(figures, notes, strict=True)]


def score_table(rows: Sequence[dict[str, Any]]) -> Table:
    """One row for each number of weeks ahead."""
    words = [_("1 week ahead"), *(_("%(weeks)d weeks ahead") % {"weeks": one} for one in range(2, len(rows) + 1))]
    lines = [
        Row(str(place), [Cell(name), *score_cells(row)])
        for place, (name, row) in enumerate(zip(words, rows, strict=True))
    ]
    return Table(_("How good past forecasts were"), score_columns(_("How far ahead")), lines, element="scores")


def _number(value: float | None, places: int) -> str:
    return EN_DASH if value is None else number(value, places, language())


def _share(value: float | None) -> str:
    return EN_DASH if value is None else percent(value, 0, language())


def _baseline(value: float | None, places: int) -> str:
    return "" if value is None else _("last week again: %(figure)s") % {"figure": number(value, places, language())}


def _of(value: float | None) -> str:
    return "" if value is None else _("last week again: %(figure)s") % {"figure": percent(value, 0, language())}
