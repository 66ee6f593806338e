"""Reports of a day or a week: figures from the data, the officer's words, a signature, a file laid out by Decree 30/2020."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.command.actions import reports
from phaodai.command.forms import ReportForm
from phaodai.command.models import Report
from phaodai.command.papers import TYPES, paper_of, reference_of, write_paper
from phaodai.command.pictures import late_chart
from phaodai.command.report_parts import parts_told
from phaodai.command.rules.periods import Period, day_of, week_of
from phaodai.foundation import clock
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.registers.editing import act, status_of, version_seen, version_to_send
from phaodai.foundation.registers.sheet_pages import attachment
from phaodai.foundation.scope import Actor

_SHORT = {Report.Kind.DAILY.value: "ngay", Report.Kind.WEEKLY.value: "tuan"}


def report_of(pk: int) -> Report:
    """A report that the database shows to this officer."""
    report = Report.objects.select_related("organisation__unit", "organisation__parent", "signer").filter(pk=pk).first()
    if report is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return report


@page(Permission.COMMAND_REPORT_READ)
def today(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Today's report of the officer's unit: made on the spot for those who draft it, shown to those who read it."""
    return _report_or_offer(request, actor, Report.Kind.DAILY, day_of(clock.today()))


@page(Permission.COMMAND_REPORT_READ)
def this_week(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The report of the week that runs, in the same way."""
    return _report_or_offer(request, actor, Report.Kind.WEEKLY, week_of(clock.today()))


def _report_or_offer(request: HttpRequest, actor: Actor, kind: str, period: Period) -> HttpResponse:
    found = Report.objects.filter(organisation_id=actor.organisation, kind=kind, on=period.first).first()
    if found is not None:
        return redirect("command-report", pk=found.pk)
    if not actor.may(Permission.COMMAND_REPORT_DRAFT):
        return redirect("bao-cao-list")
    return render(request, "command/report_none.html", {"kind": kind, "period": period})


@page(Permission.COMMAND_REPORT_DRAFT, deed=True)
def draft(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Draft the report of a day or a week, or bring its figures up to now."""
    given = request.POST.get("on", "")
    try:
        on = date.fromisoformat(given) if given else clock.today()
    except ValueError as problem:
        raise Refusal(_("Write the day as 24/11/2021."), field="on") from problem
    kind = Report.Kind.WEEKLY if request.POST.get("kind") == Report.Kind.WEEKLY else Report.Kind.DAILY
    report = reports.draft_report(actor=actor, moment=clock.now(), on=on, kind=kind)
    return redirect("command-report", pk=report.pk)


def may_mend(report: Report, actor: Actor) -> bool:
    """Whether the officer may still write into this report."""
    own = report.organisation_id == actor.organisation and actor.may(Permission.COMMAND_REPORT_DRAFT)
    return own and report.state == Report.State.DRAFT


@page(Permission.COMMAND_REPORT_READ)
def report(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The report as it stands, with its words open to those who draft it."""
    found = report_of(pk)
    form = ReportForm(request.POST or None, initial={name: getattr(found, name) for name in reports.AMENDABLE})
    if request.method == "POST":
        actor.require(Permission.COMMAND_REPORT_DRAFT)
    if form.is_valid():
        version = version_seen(request)
        saved = act(
            form,
            lambda: reports.amend_report(
                actor=actor, moment=clock.now(), report_id=pk, version=version, **form.cleaned_data
            ),
        )
        if saved is not None:
            messages.success(request, _("Saved."))
            return redirect("command-report", pk=pk)
    shown = _shown(found, form, actor) | {"version": version_to_send(request, form, found)}
    return render(request, "command/report.html", shown, status=status_of(form))


def _shown(found: Report, form: ReportForm, actor: Actor) -> dict[str, Any]:
    return {
        "report": found,
        "reference": reference_of(found),
        "form": form,
        "totals": found.figures["totals"],
        "rows": found.figures["rows"],
        "changes": _changes(found),
        "parts": parts_told(found.figures.get("parts", {})),
        "period": found.period,
        "before": found.figures.get("before", {}).get("totals"),
        "weekly": found.kind == Report.Kind.WEEKLY,
        "chart": late_chart(found.figures["rows"], found.as_of),
        "may_mend": may_mend(found, actor),
        "may_sign": may_mend(found, actor) and actor.may(Permission.COMMAND_REPORT_SIGN),
    }


def _changes(found: Report) -> list[dict[str, Any]]:
    """Each change with its words, what it was a week before where that is known, and the name of its rows."""
    words = {
        "sent": _("Sent"),
        "done": _("Accepted"),
        "became_late": _("Became late"),
        "returned": _("Returned"),
        "escalated": _("Escalated"),
        "difficulties": _("Difficulties"),
    }
    before = found.figures.get("before", {}).get("changes", {})
    now = found.figures["changes"]
    return [
        {"label": label, "count": now[name], "before": before.get(name), "figure": f"changes-{name}"}
        for name, label in words.items()
    ]


@page(Permission.COMMAND_REPORT_SIGN, deed=True)
def sign(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Freeze, number and sign."""
    signed = reports.sign_report(actor=actor, moment=clock.now(), report_id=pk)
    messages.success(request, _("Signed as %(reference)s.") % {"reference": reference_of(signed)})
    return redirect("command-report", pk=pk)


@page(Permission.COMMAND_REPORT_READ)
def download(request: HttpRequest, actor: Actor, pk: int, suffix: str) -> HttpResponse:
    """The report as an official paper."""
    del request, actor
    found = report_of(pk)
    if suffix not in TYPES:
        raise NotHere(_("A report can be had as .docx or .pdf."))
    return attachment(
        write_paper(paper_of(found), suffix), f"bao-cao-{_SHORT[found.kind]}-{found.on:%Y%m%d}.{suffix}", TYPES[suffix]
    )
