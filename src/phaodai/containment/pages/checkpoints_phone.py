"""The checkpoint on a telephone: scan or type, one answer in large words; what has no network waits in the telephone."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.containment.actions.arrivals import Recorded, declaration_of, log_arrival
from phaodai.containment.actions.arrivals_traveller import SAID, said_in
from phaodai.containment.actions.checkpoints import checkpoint_of, require_manned_by
from phaodai.containment.models import Arrival, Checkpoint, Declaration
from phaodai.containment.pages.arrivals_form import ABROAD, TravellerForm
from phaodai.containment.pages.arrivals_showing import clock_words, outcome_words, until_words, why_words
from phaodai.containment.pages.declarations import CODE_BEGINS
from phaodai.foundation import clock
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.registers.editing import act, status_of
from phaodai.foundation.scope import Actor
from phaodai.people.rules.identities import NotAnIdentity, card_text

SHOWN_TODAY = 30


class PassageForm(TravellerForm):
    """Somebody at the gate. With the code of a declaration nothing else has to be typed."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    said_at = forms.CharField(required=False, widget=forms.HiddenInput)
    sent_at = forms.CharField(required=False, widget=forms.HiddenInput)
    reference = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    without_papers = forms.BooleanField(
        label=pgettext_lazy("arrival", "Has no papers"),
        required=False,
        help_text=gettext_lazy("Registered all the same, for health: nobody is punished through this list."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.data.get("reference"):
            for name in ("full_name", "origin", "destination"):
                self.fields[name].required = False

    def clean_said_at(self) -> datetime | None:
        """The telephone's own clock when it recorded."""
        return _moment(self.cleaned_data["said_at"])

    def clean_sent_at(self) -> datetime | None:
        """The telephone's own clock when it sent."""
        return _moment(self.cleaned_data["sent_at"])

    def recorded(self) -> Recorded:
        """What the telephone knows of the record."""
        values = self.cleaned_data
        return Recorded(values["key"], values["said_at"], values["sent_at"])


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found and clock.inside(found if found.tzinfo else found.replace(tzinfo=VIETNAM))


@page(Permission.CONTAINMENT_ARRIVAL_LOG)
def phone(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The page that stays open at the gate. A code sent to it, typed or scanned, fills in the form."""
    checkpoint = checkpoint_of(actor, pk)
    require_manned_by(actor, checkpoint)
    moment, initial, problem = clock.now(), {}, ""
    if request.method == "POST":
        try:
            initial = _read(actor, request.POST.get("ma", ""))
        except Refusal as refusal:
            problem = str(refusal)
    return _shown(request, checkpoint, _form(checkpoint, moment, initial), moment, problem=problem)


def _form(checkpoint: Checkpoint, moment: datetime, initial: dict[str, Any]) -> PassageForm:
    given = {"key": uuid4(), "destination": checkpoint.commune_id, **initial}
    return PassageForm(moment, initial=given, province=checkpoint.province_id)


def _shown(
    request: HttpRequest, checkpoint: Checkpoint, form: PassageForm, moment: datetime, **more: Any
) -> HttpResponse:
    midnight = moment.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Arrival.objects.filter(checkpoint=checkpoint, at__gte=midnight)
    shown = {
        "checkpoint": checkpoint,
        "form": form,
        "today": today.order_by("-at", "-pk")[:SHOWN_TODAY],
        "count": today.count(),
        "duties": checkpoint.duties.at(moment),
        **more,
    }
    status = 422 if more.get("problem") else status_of(form)
    return render(request, "containment/checkpoint_phone.html", shown, status=status)


def _read(actor: Actor, text: str) -> dict[str, Any]:
    """The form's values from a code: a declaration's, or the text of the QR on an ID card."""
    if "|" in text:
        return _from_card(text)
    return _from_declaration(declaration_of(actor, text.strip().removeprefix(CODE_BEGINS)))


def _from_card(text: str) -> dict[str, Any]:
    try:
        card = card_text(text)
    except NotAnIdentity as wrong:
        raise Refusal(_("This code is not that of an ID card. Scan it again, or type the name.")) from wrong
    born = card.birth_date.year if card.birth_date else card.card.birth_year
    return {"full_name": card.full_name, "birth_year": born, "identity_number": card.card.number}


def _from_declaration(declaration: Declaration) -> dict[str, Any]:
    values = {name: getattr(declaration, name) for name in SAID}
    return {
        **values,
        "origin": ABROAD if declaration.abroad else declaration.origin.province_id if declaration.origin else "",
        "destination": declaration.destination.pk,
        "reference": declaration.reference,
        "doses": "" if declaration.doses is None else str(declaration.doses),
    }


@page(Permission.CONTAINMENT_ARRIVAL_LOG, deed=True)
def record(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Register one person. The telephone's own queue is answered with the answer alone, a plain form with the page."""
    checkpoint, moment = checkpoint_of(actor, pk), clock.now()
    form = PassageForm(moment, request.POST, province=checkpoint.province_id)
    made = act(form, lambda: _log(form, actor, checkpoint, moment)) if form.is_valid() else None
    if request.headers.get("X-Outbox"):
        return _for_outbox(request, form, made)
    if made is None:
        return _shown(request, checkpoint, form, moment)
    return _shown(request, checkpoint, _form(checkpoint, moment, {}), moment, answer=answer_of(made))


def _log(form: PassageForm, actor: Actor, checkpoint: Checkpoint, moment: datetime) -> Arrival:
    reference = form.cleaned_data["reference"]
    declaration = declaration_of(actor, reference) if reference else None
    if declaration is not None and not form.cleaned_data["full_name"]:
        said = replace(said_in(declaration), plate=form.cleaned_data["plate"] or declaration.plate)
    else:
        said = form.said()
    return log_arrival(
        actor=actor,
        moment=moment,
        checkpoint_id=checkpoint.pk,
        recorded=form.recorded(),
        said=said,
        has_papers=not form.cleaned_data["without_papers"],
        declaration=declaration,
    )


def answer_of(arrival: Arrival) -> dict[str, Any]:
    """The answer as the phone shows it."""
    return {
        "arrival": arrival,
        "words": outcome_words(arrival.outcome),
        "why": why_words(arrival.record),
        "lines": until_words(arrival),
        "clock": clock_words(arrival),
    }


def _for_outbox(request: HttpRequest, form: PassageForm, made: Arrival | None) -> HttpResponse:
    if made is not None:
        return render(request, "containment/arrival_answer.html", {"answer": answer_of(made)})
    reasons = [f"{form.fields[name].label}: {text}" if name in form.fields else text for name, text in _errors(form)]
    return HttpResponse(" ".join(reasons), status=422, content_type="text/plain; charset=utf-8")


def _errors(form: PassageForm) -> list[tuple[str, str]]:
    return [(name, str(text)) for name, texts in form.errors.items() for text in texts]
