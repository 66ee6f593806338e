"""Issuing certificates: what waits at each step, one person's draft, a commune's order and how far it has come."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.containment.pages.communes import communes_by_district
from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.components import Action, Cell, Column, Empty, KeyFigure, KeyFigures, Meter, Row, Table
from phaodai.foundation.formats import number as number_words
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.registers.editing import act, status_of
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person
from phaodai.rulebook.provincial import rulebook_for
from phaodai.territory.models import Unit
from phaodai.vaccination.actions.certificates import draft_certificate
from phaodai.vaccination.actions.certificates_orders import order_certificates, stop_order
from phaodai.vaccination.actions.certificates_words import OBSTACLES
from phaodai.vaccination.actions.keys import sealing_key
from phaodai.vaccination.law.certificates import validity_on
from phaodai.vaccination.models import Certificate, CertificateOrder
from phaodai.vaccination.rules.certificates_checking import Obstacle
from phaodai.vaccination.rules.keys import PublicKey

ISSUE = Permission.VACCINATION_CERTIFICATE_ISSUE
SHOWN = 20


class DraftForm(forms.Form):
    """One person, by the number on the ID card."""

    identity_number = forms.CharField(
        label=gettext_lazy("ID card number of the person"),
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    nationality = forms.RegexField(
        r"^[A-Z]{2}$", label=gettext_lazy("Nationality, if not Vietnamese"), required=False, max_length=2,
        help_text=gettext_lazy("Two letters, such as LA or KH."),
    )  # fmt: skip


class OrderForm(forms.Form):
    """One commune."""

    unit = forms.ChoiceField(label=gettext_lazy("Commune"))
    sure = forms.BooleanField(
        label=gettext_lazy("My unit has checked these doses with the papers, and I sign for it"),
        error_messages={"required": gettext_lazy("Certificates are issued in your name: tick the line first.")},
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = communes_by_district(clock.today(), actor.area.province)
        self.fields["unit"].choices = _inside(groups, actor)  # type: ignore[attr-defined]


def _inside(groups: Sequence[tuple[str, Any]], actor: Actor) -> list[tuple[str, Any]]:
    """The communes of the officer's own area."""
    own = {str(pk) for pk in Unit.objects.inside(actor.area).values_list("pk", flat=True)}
    found = [(name, [one for one in part if one[0] in own]) for name, part in groups[1:]]
    return [groups[0], *((name, part) for name, part in found if part)]


@page(ISSUE)
def certificates(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits, the two ways in, and the orders; POST drafts for a person, orders for a commune, or stops an order."""
    moment, deed = clock.now(), request.POST.get("deed", "")
    draft = DraftForm(request.POST if deed == "draft" else None)
    order = OrderForm(actor, request.POST if deed == "order" else None)
    if request.method == "POST":
        done = _posted(request, actor, moment, draft, order)
        if done is not None:
            return done
    key, problem = _key(moment)
    shown = {
        "draft": draft,
        "order": order,
        "figures": _figures(actor),
        "orders": _orders(actor),
        "key": key,
        "problem": problem,
        "rule": validity_on(rulebook_for(actor.area.province), moment.date()),
    }
    return render(
        request, "vaccination/certificates.html", shown, status=status_of(draft if deed == "draft" else order)
    )


def _posted(
    request: HttpRequest, actor: Actor, moment: datetime, draft: DraftForm, order: OrderForm
) -> HttpResponse | None:
    deed = request.POST.get("deed", "")
    if "stop" in request.POST:
        stop_order(actor=actor, moment=moment, pk=whole(request.POST["stop"]))
        messages.success(request, _("Stopped. What was issued stays."))
        return redirect("certificates")
    if deed == "draft" and draft.is_valid():
        made = act(draft, lambda: _draft(actor, moment, **draft.cleaned_data))
        return redirect("chung-nhan-record", made.pk) if made else None
    if deed == "order" and order.is_valid():
        given = act(
            order, lambda: order_certificates(actor=actor, moment=moment, unit_id=int(order.cleaned_data["unit"]))
        )
        if given is not None:
            messages.success(request, _("Being issued. You may leave this page; the work goes on."))
            return redirect("certificates")
    return None


def _draft(actor: Actor, moment: datetime, identity_number: str, nationality: str) -> Certificate:
    person = Person.objects.visible_to(actor).current().filter(identity_number=identity_number.strip()).first()
    if person is None:
        words = _("Nobody of your area is registered with this number. Compare it with the card.")
        raise Refusal(words, field="identity_number")
    return draft_certificate(actor=actor, moment=moment, person_id=person.pk, nationality=nationality)


def _key(moment: datetime) -> tuple[PublicKey | None, str]:
    try:
        return sealing_key(moment)[0], ""
    except Refusal as refusal:
        return None, str(refusal)


def _figures(actor: Actor) -> KeyFigures:
    rows = (
        Certificate.objects.visible_to(actor)
        .filter(**actor.area.narrowing)
        .values_list("state")
        .annotate(count=Count("pk"))
    )
    counts = dict(rows.order_by())
    url = reverse("chung-nhan-list")
    return KeyFigures(
        [
            KeyFigure(label, number_words(counts.get(state, 0), 0, language()), f"{url}?trang-thai={state}")
            for state, label in Certificate.State.choices
        ],
        compact=True,
    )


def _orders(actor: Actor) -> Table:
    rows = CertificateOrder.objects.visible_to(actor).select_related("unit", "officer").order_by("-pk")[:SHOWN]
    columns = [
        Column("unit", _("Commune")),
        Column("state", _("State")),
        Column("issued", _("Issued"), numeric=True),
        Column("left", _("Left out, and why")),
        Column("by", _("By")),
    ]
    empty = Empty(_("No commune was issued its certificates together yet."))
    return Table(_("Orders"), columns, [_order_row(row) for row in rows], empty=empty, element="orders")


def _order_row(row: CertificateOrder) -> Row:
    running = row.state == CertificateOrder.State.RUNNING
    looked_at = row.issued + sum(row.left_out.values())
    state: Any = row.get_state_display()
    if running:
        stop = Action(_("Stop"), reverse("certificates"), "close", "text", "post", name="stop", value=str(row.pk))
        state = [Meter(looked_at, max(row.people, looked_at, 1), label=str(row.get_state_display())), stop]
    when = row.asked_at.astimezone(VIETNAM)
    return Row(
        str(row.pk),
        [
            Cell(row.unit.name, note=f"{when:%H:%M %d/%m/%Y}"),
            Cell(state, note=row.problem),
            Cell(number_words(row.issued, 0, language()), numeric=True),
            Cell(_left_out(row.left_out)),
            Cell(row.officer.full_name if row.officer else ""),
        ],
    )


def _left_out(counts: dict[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda one: -one[1])
    return " ".join(f"{number_words(count, 0, language())}: {OBSTACLES[Obstacle(code)]}" for code, count in ordered)
