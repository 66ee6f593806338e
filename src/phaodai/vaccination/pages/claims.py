"""The page behind a slip's link: what somebody feels after a dose, whom to ring, and nothing about who was vaccinated.

It works without a network: what was ticked waits in the browser and is sent once, under its own key.
"""

from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.foundation import clock, later
from phaodai.foundation.fields import MomentField
from phaodai.foundation.public import TRAP, Visitor, public_page
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act, status_of
from phaodai.vaccination.actions.claims import send_claim
from phaodai.vaccination.models import ReactionClaim, ReactionDoor
from phaodai.vaccination.pages.claims_words import ALARMING_CHOICES, ORDINARY_CHOICES, signs_in_words

SHOWN = 5


class ClaimForm(forms.Form):
    """What somebody feels now; danger signs stand first."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    at = MomentField(required=False, widget=forms.HiddenInput, input_formats=["iso-8601", "%Y-%m-%dT%H:%M:%S.%f%z"])
    alarming = forms.MultipleChoiceField(
        label=gettext_lazy("Danger signs: ring 115 at once"), choices=ALARMING_CHOICES, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    ordinary = forms.MultipleChoiceField(
        label=gettext_lazy("Common after a dose, mostly gone in two days"), choices=ORDINARY_CHOICES, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("In your own words"), required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone at which we reach you"), required=False, max_length=20,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **{"initial": {"key": uuid4()}, **options})


@public_page
def report(request: HttpRequest, visitor: Visitor, reference: str) -> HttpResponse:
    """The form, what was sent before, and whom to ring. POST sends what somebody feels."""
    plain = visitor.opens(reference)
    today = clock.now().date()
    door = ReactionDoor.objects.usable(today).select_related("organisation").filter(reference=plain).first()
    if door is None:
        raise NotHere(_("This link opens nothing any more. Ring your health station, or 115 if you are in danger."))
    form = ClaimForm(request.POST if request.method == "POST" else None)
    done = request.method == "POST" and visitor.accepts(form) and act(form, lambda: _send(visitor, plain, form))
    if later.waited(request):
        return later.told(form, done=bool(done))
    if done:
        return redirect("reaction-report", reference=plain)
    return render(request, "vaccination/claim.html", _context(door, form), status=status_of(form))


def _send(visitor: Visitor, reference: str, form: ClaimForm) -> ReactionClaim:
    told = form.cleaned_data
    return send_claim(
        actor=visitor.actor, moment=clock.now(), reference=reference, key=told["key"],
        signs=[*told["alarming"], *told["ordinary"]], words=told["words"], phone=told["phone"],
        at=clock.inside(told["at"]) if told["at"] else None,
    )  # fmt: skip


def _context(door: ReactionDoor, form: ClaimForm) -> dict[str, Any]:
    sent = list(ReactionClaim.objects.filter(door=door).order_by("-received_at")[:SHOWN])
    return {
        "door": door,
        "form": form,
        "trap": TRAP,
        "before": clock.now().date() < door.given_on,
        "sent": [(one, signs_in_words(one.signs)) for one in sent],
        "alarming": any(one.alarming and one.answered_at is None for one in sent),
    }
