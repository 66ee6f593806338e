"""One certificate: what may be done with it next, its paper, its withdrawal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.components import Action, Component, Content, Note
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import PDF
from phaodai.people.actions import reveal_person
from phaodai.people.models import Reveal
from phaodai.vaccination.actions.certificates import (
    check_certificate,
    revoke_certificate,
    seal_certificate,
    sign_certificate,
)
from phaodai.vaccination.models import Certificate
from phaodai.vaccination.sheets.certificates import write_certificate

ISSUE = Permission.VACCINATION_CERTIFICATE_ISSUE
State = Certificate.State
Step = tuple[Promise, str, Callable[..., Certificate], Promise]
STEPS: dict[str, tuple[str, Step]] = {
    State.DRAFTED: (
        "doi-chieu",
        (
            gettext_lazy("I compared it with the papers: it is right"),
            "check",
            check_certificate,
            gettext_lazy("Checked."),
        ),
    ),
    State.CHECKED: ("ky", (gettext_lazy("Sign for the unit"), "sign", sign_certificate, gettext_lazy("Signed."))),
    State.SIGNED: ("cap", (gettext_lazy("Issue with the key"), "lock", seal_certificate, gettext_lazy("Issued."))),
}
DEEDS = dict(STEPS.values())


class RevokeForm(forms.Form):
    """Why a certificate is withdrawn."""

    reason = forms.CharField(label=gettext_lazy("Why it is withdrawn"), max_length=200)


@dataclass(frozen=True)
class Paper(Component):
    """The door to the PDF of an issued certificate."""

    url: str
    template: ClassVar[str] = "vaccination/certificate_paper.html"


@dataclass(frozen=True)
class Revoking(Component):
    """The form that withdraws a certificate."""

    form: RevokeForm
    url: str
    template: ClassVar[str] = "vaccination/certificate_revoke.html"


def panels_of(row: Certificate, actor: Actor) -> Sequence[Content]:
    """The next step, or code and paper of an issued one; and the withdrawal. A test says that it is one."""
    if not actor.may(ISSUE) or row.state == State.REVOKED:
        return [Note(row.reason, "late", _("Withdrawn."))] if row.state == State.REVOKED else []
    shown: list[Content] = [Note(_("Made with a key for tests: never valid."), "late")] if row.is_test else []
    if row.state == State.SEALED:
        shown.append(Paper(deed_url(row, "giay")))
    else:
        deed, (label, icon, _action, _done) = STEPS[row.state]
        shown.append(Action(str(label), deed_url(row, deed), icon, "go", "post"))
    shown.append(Revoking(RevokeForm(), deed_url(row, "thu-hoi")))
    return shown


def deed_url(row: Certificate, deed: str) -> str:
    """Where a step is sent."""
    return reverse("certificate-deed", args=[row.pk, deed])


@page(ISSUE, deed=True)
def deed(request: HttpRequest, actor: Actor, pk: int, name: str) -> HttpResponse:
    """One step of one certificate: checked, signed, issued, withdrawn, printed."""
    if name == "giay":
        return _paper(actor, pk)
    if name == "thu-hoi":
        revoke_certificate(actor=actor, moment=clock.now(), pk=pk, reason=request.POST.get("reason", ""))
        messages.success(request, _("Withdrawn. Whoever verifies it is told so from now on."))
    elif name in DEEDS:
        _label, _icon, action, done = DEEDS[name]
        action(actor=actor, moment=clock.now(), pk=pk)
        messages.success(request, str(done))
    else:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return redirect("chung-nhan-record", pk)


def _paper(actor: Actor, pk: int) -> HttpResponse:
    """The PDF. It bears the full name, so the look is logged like any other."""
    row = _visible(actor, pk)
    reveal_person(actor=actor, moment=clock.now(), person_id=row.person_id, purpose=Reveal.Purpose.REQUEST)
    answer = HttpResponse(write_certificate(row), content_type=PDF)
    answer["Content-Disposition"] = f'inline; filename="chung-nhan-{row.pk}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _visible(actor: Actor, pk: int) -> Certificate:
    row = Certificate.objects.visible_to(actor).select_related("organisation", "signed_by").filter(pk=pk).first()
    if row is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return row
