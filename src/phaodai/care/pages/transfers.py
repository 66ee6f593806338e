"""The board of transfers: one column a state with the clock of each card, the most urgent first; each column as a sheet."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from phaodai.care.actions.transfers import limits_of, set_limit
from phaodai.care.models import Transfer, Urgency
from phaodai.care.pages.patients_words import clock_of
from phaodai.care.rules.transfers import MINUTES
from phaodai.foundation import clock
from phaodai.foundation.formats import fold
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.sheet_pages import attachment
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import write_sheet

State = Transfer.State
COLUMNS = (State.REQUESTED, State.APPROVED, State.ASSIGNED, State.ON_THE_WAY, State.ARRIVED)
CLOSED = (State.REFUSED, State.CANCELLED)
CARDS, WHOLE = 20, 100
UNREADABLE = 422
TIMED = tuple((one.value, one.label) for one in COLUMNS)


class LimitForm(forms.Form):
    """How long a step may last in this province."""

    urgency = forms.ChoiceField(label=gettext_lazy("Urgency"), choices=Urgency.choices)
    state = forms.ChoiceField(label=pgettext_lazy("transfer", "Step"), choices=TIMED)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=2880)


@page(Permission.CARE_PATIENT_READ)
def board(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Look, search, take a column along as a sheet, set the limits of the province."""
    form = LimitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = act(form, lambda: set_limit(actor=actor, moment=clock.now(), **form.cleaned_data))
        if done is not None:
            messages.success(request, _("The limit is set; it counts for steps that begin from now on."))
            return redirect("care-transfers")
    words, only = request.GET.get("q", "").strip(), request.GET.get("cot", "")
    rows = _searched(Transfer.objects.visible_to(actor), words)
    if only in State.values and request.GET.get("tep") in ("csv", "xlsx"):
        return _sheet(_of_column(rows, only), State(only), request.GET["tep"])
    name = "care/transfers_part.html" if request.GET.get("moi") else "care/transfers.html"
    shown = {
        "columns": _columns(rows, only, words, clock.now()),
        "words": words,
        "only": only,
        "live": f"{reverse('care-transfers')}?{urlencode({'moi': 1, 'q': words, 'cot': only})}",
        "form": form,
        "limits": _limits(actor),
        "may_set": actor.may(Permission.CARE_TRANSFER_DECIDE) and actor.area.district is None,
    }
    return render(request, name, shown, status=UNREADABLE if form.errors else 200)


def _searched(rows: QuerySet[Transfer], words: str) -> QuerySet[Transfer]:
    for word in fold(words).split():
        rows = rows.filter(search_key__contains=word)
    return rows


def _of_column(rows: QuerySet[Transfer], state: str) -> QuerySet[Transfer]:
    """The transfers of one column in their order; of those that arrived only who waits for a bed."""
    found = rows.filter(state=state)
    if state == State.ARRIVED:
        found = found.filter(received_at=None)
    order = ("-since", "-pk") if state in CLOSED else ("urgency", "since", "pk")
    return found.order_by(*order).select_related("to_facility", "from_facility", "ambulance")


def _columns(rows: QuerySet[Transfer], only: str, words: str, now: datetime) -> list[dict[str, Any]]:
    wanted = (State(only),) if only in State.values else COLUMNS
    standing = Q(state__in=(*COLUMNS, *CLOSED), received_at=None)
    counts = dict(rows.filter(standing).values_list("state").annotate(count=Count("pk")).values_list("state", "count"))
    return [_column(rows, state, counts.get(state, 0), words, now, CARDS if not only else WHOLE) for state in wanted]


def _column(rows: QuerySet[Transfer], state: State, count: int, words: str, now: datetime, most: int) -> dict[str, Any]:
    cards = list(_of_column(rows, state)[:most]) if count else []
    url = f"{reverse('care-transfers')}?{urlencode({'cot': state.value, 'q': words})}"
    return {
        "state": state,
        "label": state.label,
        "count": count,
        "late": sum(one.due_at is not None and one.due_at < now for one in cards),
        "cards": [{"way": one, "clock": clock_of(one, now)} for one in cards],
        "left": count - len(cards),
        "url": url,
    }


def _sheet(rows: QuerySet[Transfer], state: State, kind: str) -> HttpResponse:
    header = [
        _("Patient number"), pgettext("patient", "Initials"), _("Severity"), _("Urgency"), _("From facility"),
        _("Where to fetch"), _("To facility"), _("Ambulance"), pgettext("ambulance", "Crew"), pgettext("transfer", "Since"),
        pgettext("transfer", "Next step due"), _("Reason"),
    ]  # fmt: skip
    lines = (_cells(one) for one in rows.iterator(chunk_size=2000))
    name = f"chuyen-tuyen-{state.value}-{clock.now():%Y%m%d-%H%M}.{kind}"
    if kind == "xlsx":
        return attachment(write_sheet(str(state.label), header, lines), name)
    return attachment(_csv(header, lines), name, "text/csv; charset=utf-8")


def _csv(header: list[str], lines: Iterable[list[Any]]) -> bytes:
    """With a byte-order mark, so that Excel reads Vietnamese; a cell never begins a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(header)
    writer.writerows([_plain(cell) for cell in line] for line in lines)
    return stream.getvalue().encode("utf-8-sig")


def _plain(cell: Any) -> str:
    text = f"{cell:%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else str(cell or "")
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def _cells(way: Transfer) -> list[Any]:
    return [
        f"BN-{way.patient_id:05}",
        way.initials,
        str(way.get_severity_display()),
        str(way.get_urgency_display()),
        way.from_facility.name if way.from_facility else "",
        way.pick_up,
        way.to_facility.name,
        way.ambulance.plate if way.ambulance else "",
        way.crew,
        way.since.astimezone(clock.VIETNAM),
        way.due_at.astimezone(clock.VIETNAM) if way.due_at else "",
        way.reason,
    ]


def _limits(actor: Actor) -> list[dict[str, Any]]:
    """The limits in force in the officer's province, in minutes: its own, else the working rule."""
    own = limits_of(actor.area.province) if actor.area.province else {}
    return [
        {
            "label": label,
            "minutes": [
                (
                    state.label,
                    own.get((urgency, state.value), MINUTES[urgency][state.value]),
                    (urgency, state.value) in own,
                )
                for state in COLUMNS
            ],
        }
        for urgency, label in Urgency.choices
    ]
