"""Charts of tasks, one definition for screens and papers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.command.rules.annexing import number_of
from phaodai.foundation.charts import Chart, Part, Spec, stacked_bars
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.registers.showing import language

BARS = 12


def bars_of(rows: Sequence[dict[str, Any]]) -> Spec:
    """Done, in time and late of the units that owe most, as stacked bars."""
    return stacked_bars({row["name"]: _parts(row["counts"]) for row in rows[:BARS]})


# Colours for the columns of a table that somebody typed; more columns begin again.
_COLOURS = ("data", "data2", "act", "ink2")


def columns_of(header: Sequence[str], rows: Sequence[Sequence[Any]], drawn: Sequence[str]) -> Spec:
    """Columns of a typed table as bars, one for each name in its first column; cells without a number count nothing."""
    places = [(name, header.index(name)) for name in drawn]
    parts = [Part(name, name, _COLOURS[at % len(_COLOURS)]) for at, name in enumerate(drawn)]
    return stacked_bars({str(row[0]): {name: number_of(row[at]) or 0 for name, at in places} for row in rows}, parts)


def _parts(counts: dict[str, int]) -> dict[str, float]:
    done = counts["done_in_time"] + counts["done_late"]
    return {"done": done, "due": counts["in_time"] + counts["open_ended"], "late": counts["late"]}


def late_chart(rows: Sequence[dict[str, Any]], as_of: datetime) -> Chart | None:
    """Which units are late, as a figure with its table; the title says the finding."""
    if not rows:
        return None
    return Chart(
        finding(rows),
        _("number of tasks, as of %(moment)s") % {"moment": moment_words(as_of, language())},
        _("Bars: tasks done, in time and late of the units with most late tasks."),
        bars_of(rows),
        [_("Unit"), _("Done"), _("In time"), _("Late"), _("Silent")],
        [
            [row["name"], *(str(int(value)) for value in _parts(row["counts"]).values()), str(row["counts"]["silent"])]
            for row in rows
        ],
        key="late",
    )


def finding(rows: Sequence[dict[str, Any]]) -> str:
    """What the chart shows, in a sentence."""
    late = [row for row in rows if row["counts"]["late"]]
    if not late:
        return _("No unit is late")
    words = ngettext(
        "%(unit)s is late with most: %(count)d task",
        "%(unit)s is late with most: %(count)d tasks",
        late[0]["counts"]["late"],
    )
    return words % {"unit": late[0]["name"], "count": late[0]["counts"]["late"]}
