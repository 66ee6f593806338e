"""A laboratory's queue (/giam-sat/xet-nghiem/phong): the oldest first against the promise, results in, tubes rejected."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids
from phaodai.foundation.components import KeyFigure, KeyFigures, State
from phaodai.foundation.formats import number, time_left
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import LARGEST_SHEET
from phaodai.surveillance.actions import results, samples
from phaodai.surveillance.models import Laboratory, LabTest, Sample
from phaodai.surveillance.models.testing_figures import Load, loads_of
from phaodai.surveillance.pages.seeing import UNREADABLE
from phaodai.surveillance.rules.samples import Reading, read_barcode
from phaodai.surveillance.sheets.result_intake import ResultsTaken, take_in_results

SHOWN = 100
PARKED_SHOWN = 50
RESULT = Permission.SURVEILLANCE_SAMPLE_RESULT


class ResultForm(forms.Form):
    """One tube, one result."""

    barcode = forms.CharField(
        label=gettext_lazy("Barcode"), max_length=40, widget=forms.TextInput({"data-scan": "", "autocomplete": "off"})
    )
    result = forms.ChoiceField(
        label=gettext_lazy("Result"), choices=LabTest.Result.choices[1:], widget=forms.RadioSelect
    )
    cycle_threshold = forms.DecimalField(
        label=gettext_lazy("Ct value"), required=False, min_value=0, max_value=50, decimal_places=1, localize=True,
        widget=forms.TextInput({"inputmode": "decimal", "size": "5"}),
    )  # fmt: skip


class SheetForm(forms.Form):
    """A sheet of results; the columns are named only where their heads say nothing."""

    file = forms.FileField(
        label=gettext_lazy("Excel or CSV"), widget=forms.ClearableFileInput({"accept": ".csv,.xlsx,.xls,.ods"})
    )
    file.max_bytes = LARGEST_SHEET  # type: ignore[attr-defined]  # read by the drop zone
    barcode = forms.CharField(label=gettext_lazy("Column of the barcode"), required=False, max_length=120)
    result = forms.CharField(label=gettext_lazy("Column of the result"), required=False, max_length=120)


def laboratory_of(actor: Actor, pk: int) -> Laboratory:
    """A laboratory of the officer's province. Raises NotHere."""
    found = Laboratory.objects.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return found


@page(Permission.SURVEILLANCE_SAMPLE_READ)
def laboratory(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """What a laboratory holds and owes."""
    return _shown(request, actor, laboratory_of(actor, pk))


def _shown(request: HttpRequest, actor: Actor, found: Laboratory, **more: Any) -> HttpResponse:
    moment = clock.now()
    tubes = Sample.objects.visible_to(actor).filter(laboratory=found).select_related("laboratory", "pool")
    held = tubes.filter(state__in=[Sample.State.RECEIVED, Sample.State.RUNNING]).order_by("received_at", "pk")
    works = actor.may(RESULT) and Laboratory.objects.worked_by(actor).filter(pk=found.pk).exists()
    shown = {
        "laboratory": found,
        "figures": _figures(loads_of([found], moment)[0]),
        "held": [(one, clock_of(one, moment)) for one in held[:SHOWN]],
        "held_count": held.count(),
        "coming": tubes.filter(state=Sample.State.SENT).order_by("sent_at", "pk")[:SHOWN],
        "rejected": _rejected(tubes),
        "may_work": works,
        "rejections": Sample.Rejection.choices,
        "one": ResultForm(),
        "sheet": SheetForm(),
    }
    refused = any(form.errors for form in more.values() if isinstance(form, forms.Form))
    return render(request, "surveillance/laboratory.html", shown | more, status=UNREADABLE if refused else 200)


def _rejected(tubes: QuerySet[Sample]) -> QuerySet[Sample]:
    return tubes.filter(state=Sample.State.REJECTED).order_by("-updated_at")[:20]


def clock_of(tube: Sample, moment: datetime) -> State | None:
    """How long the laboratory still has, or how late it is."""
    until = tube.promised_by()
    if until is None:
        return None
    late = until < moment
    return State(time_left(until, moment, language()), "late" if late else "", "warning" if late else "clock")


def _figures(load: Load) -> KeyFigures:
    words = language()
    return KeyFigures(
        [
            KeyFigure(_("On their way here"), number(load.coming, 0, words)),
            KeyFigure(_("Waiting for a result"), number(load.waiting, 0, words)),
            KeyFigure(_("Later than promised"), number(load.late, 0, words), late=load.late > 0),
            KeyFigure(_("Answered today"), number(load.answered_today, 0, words),
                      detail=_("of %(count)s a day") % {"count": number(load.laboratory.capacity, 0, words)}),
            KeyFigure(_("Work in hand"), _("%(days)s days") % {"days": number(load.days_of_work, 1, words)}),
        ]
    )  # fmt: skip


@page(RESULT, deed=True)
def receive(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Tubes that were scanned at the door of the laboratory."""
    found, sent = laboratory_of(actor, pk), request.POST
    arrived = samples.receive_samples(
        actor=actor, moment=clock.now(), barcodes=sent.get("barcodes", "").split(), laboratory_id=found.pk,
        frozen=bool(sent.get("frozen")),
    )  # fmt: skip
    messages.success(request, _("Taken in: %(count)d tubes.") % {"count": len(arrived.received)})
    return _shown(request, actor, found, aside=arrived.aside)


@page(RESULT, deed=True)
def start(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Tubes that go onto the machine: those chosen, or all that wait."""
    found = laboratory_of(actor, pk)
    waiting = Sample.objects.visible_to(actor).filter(laboratory=found, state=Sample.State.RECEIVED)
    chosen = row_ids(request.POST.getlist("row")) or list(waiting.values_list("pk", flat=True))
    run = samples.start_run(actor=actor, moment=clock.now(), sample_ids=chosen)
    messages.success(request, _("On the machine: %(count)d tubes.") % {"count": len(run)})
    return redirect("surveillance-laboratory", pk=pk)


@page(RESULT, deed=True)
def reject(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """A tube that cannot be examined."""
    tube = Sample.objects.visible_to(actor).filter(pk=pk).first()
    if tube is None:
        raise NotHere(_("There is no such tube, or your post may not see it."))
    again = samples.reject_sample(actor=actor, moment=clock.now(), sample_id=pk, reason=request.POST.get("reason", ""))
    messages.success(request, _("Rejected. People asked for a new sample: %(count)d.") % {"count": len(again)})
    return redirect("surveillance-laboratory", pk=tube.laboratory_id)


@page(RESULT, deed=True)
def answer(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One result, typed."""
    found, form = laboratory_of(actor, pk), ResultForm(request.POST)
    if not form.is_valid():
        return _shown(request, actor, found, one=form)
    values, moment = form.cleaned_data, clock.now()
    threshold = values["cycle_threshold"]
    reading = Reading(
        read_barcode(values["barcode"]), values["result"], moment, None if threshold is None else float(threshold)
    )
    written = results.write_results(actor=actor, moment=moment, readings=[reading], laboratory_id=pk)
    if written.aside:
        form.add_error("barcode", written.aside[0])
        return _shown(request, actor, found, one=form)
    messages.success(request, _("Tube %(barcode)s: %(result)s.") % {
        "barcode": reading.barcode, "result": dict(LabTest.Result.choices)[reading.result]})  # fmt: skip
    return redirect("surveillance-laboratory", pk=pk)


@page(RESULT, deed=True)
def sheet(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """A sheet of results; rows that wait are told with their reason."""
    found, form = laboratory_of(actor, pk), SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, actor, found, sheet=form)
    try:
        taken = _taken(actor, found, form)
    except (NotAllowed, NotHere):
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _shown(request, actor, found, sheet=form)
    return _shown(request, actor, found, taken=taken, parked=taken.parked[:PARKED_SHOWN])


def _taken(actor: Actor, found: Laboratory, form: SheetForm) -> ResultsTaken:
    upload = form.cleaned_data["file"]
    chosen = {name: form.cleaned_data[name] for name in ("barcode", "result")}
    return take_in_results(
        actor=actor, moment=clock.now(), name=upload.name, content=upload.read(), laboratory_id=found.pk, chosen=chosen
    )
