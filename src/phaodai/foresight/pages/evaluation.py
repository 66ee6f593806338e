"""How good the forecasts were: of every unit on its own past, and on any series dropped in as CSV."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from epidemic.calendar import daily_counts
from epidemic.incidence import Incidence, SeriesError, read_incidence
from phaodai.foresight.models import Estimate
from phaodai.foresight.pages.overview import present_estimates
from phaodai.foresight.pages.scores import score_cells, score_columns, score_table
from phaodai.foresight.rules.scoring import series_scores
from phaodai.foresight.showing import unit_url
from phaodai.foundation.components import Cell, Empty, Name, Row, Table
from phaodai.foundation.formats import number
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor

LARGEST = 2_000_000
MOST_DAYS, MOST_PLACES = 1_200, 64
"""A series beyond these takes longer than somebody waits for; `phaodai forecast` takes any."""


class SeriesForm(forms.Form):
    """A series of somebody else's, to see how the forecasts would have done on it."""

    file = forms.FileField(
        label=gettext_lazy("Series"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
        help_text=gettext_lazy("CSV with a column of days and one of cases, or one column of cases for each place."),
        allow_empty_file=True,
    )


@page(Permission.FORESIGHT_FORECAST_READ)
def evaluation(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The scores that are kept, and those of a series that was just sent; nothing of it is stored."""
    form = SeriesForm(request.POST or None, request.FILES or None)
    form.fields["file"].max_bytes = LARGEST  # type: ignore[attr-defined]  # read by the page before it sends
    asked: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        asked = act(form, lambda: _scores_of(form.cleaned_data["file"])) or {}
    estimates = [one for one in present_estimates(actor) if one.figures["evaluation"]]
    shown = {"form": form, "table": _table(estimates), **asked}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "foresight/evaluation.html", shown, status=status)


def _table(estimates: list[Estimate]) -> Table:
    rows = [
        Row(
            str(one.unit_id),
            [Cell(Name(one.unit.name, unit_url(one.unit_id))), *score_cells(one.figures["evaluation"][0])],
        )
        for one in sorted(estimates, key=lambda one: (one.unit.tier, one.unit.sort_key))
    ]
    empty = Empty(_("No unit has a past of seven weeks yet. Until then try a series of your own."))
    return Table(_("One week ahead, by unit"), score_columns(_("Unit")), rows, element="unit-scores", empty=empty)


def _scores_of(file: Any) -> dict[str, Any]:
    incidence = _read(file)
    try:
        rows = series_scores(daily_counts(incidence))
    except ValueError as problem:
        words = _("This series is too short: it needs counts of at least seven weeks.")
        raise Refusal(words, field="file") from problem
    return {"own": score_table(rows), "own_name": file.name, "own_places": len(incidence.locations)}


def _read(file: Any) -> Incidence:
    if file.size > LARGEST:
        raise Refusal(_("This file is larger than 2 MB. Send fewer places or fewer days."), field="file")
    try:
        incidence = read_incidence(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise Refusal(_("This file is not UTF-8 text. Save it as CSV UTF-8."), field="file") from problem
    except SeriesError as problem:
        words = _("This file cannot be read as counts by day: %(problem)s") % {"problem": problem}
        raise Refusal(words, field="file") from problem
    if len(incidence.dates) * incidence.step > MOST_DAYS or len(incidence.locations) > MOST_PLACES:
        about = {"days": number(MOST_DAYS, 0, language()), "places": number(MOST_PLACES, 0, language())}
        raise Refusal(_("At most %(days)s days of %(places)s places fit here. Send a part.") % about, field="file")
    return incidence
