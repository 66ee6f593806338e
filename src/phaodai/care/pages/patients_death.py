"""The review of a death: causes, timeline, what could have been done. Confidential."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.care.actions.outcomes import REVIEWED, review_death
from phaodai.care.models import DeathReview, PatientStep
from phaodai.foundation import clock
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor

UNREADABLE = 422


class ReviewForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """What the reviewers write."""

    class Meta:
        model = DeathReview
        fields = REVIEWED
        widgets = {"timeline": forms.Textarea({"rows": 8}), "lessons": forms.Textarea({"rows": 4})}


@page(Permission.CARE_TRANSFER_DECIDE)
def review(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Write it, and close it with its second button."""
    found = DeathReview.objects.visible_to(actor).select_related("patient", "facility").filter(patient=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    sent = request.POST if request.method == "POST" else None
    form = ReviewForm(sent, instance=found, initial=_begun(found))
    if sent is not None and form.is_valid():
        finish = sent.get("xong") == "1"
        values = {name: form.cleaned_data[name] for name in REVIEWED}
        done = act(form, lambda: review_death(actor=actor, moment=clock.now(), patient_id=pk, done=finish, **values))
        if done is not None:
            messages.success(request, _("The review is closed.") if finish else _("Written down."))
            return redirect("care-death-review", pk=pk)
    shown = {"form": form, "review": found, "patient": found.patient, "late": _late(found)}
    return render(request, "care/death_review.html", shown, status=UNREADABLE if form.errors else 200)


def _late(found: DeathReview) -> bool:
    return found.done_at is None and found.due_on < clock.today()


def _begun(found: DeathReview) -> dict[str, Any]:
    """An empty timeline begins with the steps of the record; the reviewers go on from there."""
    if found.timeline:
        return {}
    steps = PatientStep.objects.filter(patient=found.patient_id).order_by("at", "pk")
    lines = [f"{moment_words(one.at, language())}: {one.get_what_display()} {one.words}".strip() for one in steps]
    return {"timeline": "\n".join(lines)}
