"""The form that begins care at home for a case."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.care.actions.home import begin_home_care
from phaodai.care.models import HomeCare
from phaodai.care.pages.home_forms import BeginForm
from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models import Case

UNREADABLE = 422
OFFERED = 60


@page(Permission.CARE_HOME_FOLLOW)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Begin care at home for the case of `?ca=`, or choose one of those that nobody treats at home."""
    rows = Case.objects.visible_to(actor).counted().filter(outcome="").select_related("person")
    case = rows.filter(pk=whole(request.GET.get("ca"))).first()
    form = BeginForm(request.POST if request.method == "POST" and case is not None else None, initial=_initial(case))
    if case is not None and form.is_valid():
        begun = act(form, lambda: _begin(actor, case, form))
        if begun is not None:
            messages.success(request, _("Care at home began. Give the family its link, and write the first reading."))
            return redirect("care-home-one", pk=begun.pk)
    at_home = HomeCare.objects.going_on().filter(person=OuterRef("person"))
    waiting = rows.filter(~Exists(at_home)).order_by("-positive_at", "-pk")[:OFFERED] if case is None else ()
    shown = {"case": case, "form": form, "cases": waiting}
    return render(request, "care/home_new.html", shown, status=UNREADABLE if form.errors else 200)


def _initial(case: Case | None) -> dict[str, object]:
    return {"phone": case.person.phone, "able": True} if case is not None else {}


def _begin(actor: Actor, case: Case, form: BeginForm) -> HomeCare:
    values = form.cleaned_data
    return begin_home_care(
        actor=actor,
        moment=clock.now(),
        case_id=case.pk,
        household=form.household(),
        facts=form.facts(),
        reason=values["reason"],
    )
