"""What is done about one person at home, each deed by the name in `viec`: readings, alarms, packs, oxygen, the end."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.care.actions import alarms, home, home_oxygen, packs, readings
from phaodai.care.models import HomeCare, PackHandout
from phaodai.care.pages import home_forms
from phaodai.care.pages.home_one import context_of, seen_care
from phaodai.foundation import clock
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor

UNREADABLE = 422
Make = Callable[[Any, HomeCare, Actor], Any]
Do = Callable[[HomeCare, Actor, Any], str]


@page(Permission.CARE_HOME_READ, deed=True)
def deed(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Do what the form names; a refused form comes back with its reason, above everything else of the page."""
    care = seen_care(actor, pk)
    found = DEEDS.get(request.POST.get("viec", ""))
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    make, do = found
    form = make(request.POST, care, actor)
    if form.is_valid():
        words = act(form, lambda: do(care, actor, form))
        if words is not None:
            messages.success(request, words)
            return redirect("care-home") if request.POST.get("here") == "list" else redirect("care-home-one", pk=pk)
    if request.POST.get("here") == "list":
        messages.error(request, " ".join(_sentences(form)))
        return redirect("care-home")
    refused = {
        "refused": _sentences(form),
        "refused_deed": request.POST["viec"],
        "refused_pack": request.POST.get("goi"),
    }
    context = context_of(seen_care(actor, pk), actor, request, **refused)
    return render(request, "care/home_one.html", context, status=UNREADABLE)


def _sentences(form: forms.Form) -> list[str]:
    """Every error with the name of its field."""
    return [
        f"{form.fields[name].label}: {one}" if name in form.fields and form.fields[name].label else str(one)
        for name, errors in form.errors.items()
        for one in errors
    ]


def _read(care: HomeCare, actor: Actor, form: home_forms.StationReadingForm) -> str:
    values = form.cleaned_data
    done = readings.write_reading(
        actor=actor,
        moment=clock.now(),
        home_care_id=care.pk,
        taken=form.taken(),
        key=values["key"],
        source=values["source"] or "call",
    )
    if done.alarm:
        return _("%(who)s: written, and an alarm is raised. Open the page and act now.") % {"who": care.initials}
    return _("%(who)s: written.") % {"who": care.initials}


def _answer(_care: HomeCare, actor: Actor, form: forms.Form) -> str:
    values = form.cleaned_data
    done = alarms.answer_alarm(
        actor=actor, moment=clock.now(), alarm_id=values["alarm"], what=values["what"], words=values["words"]
    )
    return _("%(who)s: noted. Close the alarm when you know what became of it.") % {"who": done.home_care.initials}


def _close(_care: HomeCare, actor: Actor, form: forms.Form) -> str:
    values = form.cleaned_data
    done = alarms.close_alarm(
        actor=actor, moment=clock.now(), alarm_id=values["alarm"], result=values["result"], words=values["words"]
    )
    return _("The alarm is closed: %(result)s.") % {"result": done.get_result_display()}


def _release(care: HomeCare, actor: Actor, form: forms.Form) -> str:
    values = form.cleaned_data
    facts = {name: values[name] for name in ("negative_test_on", "fully_vaccinated") if values[name]}
    home.release_home_care(actor=actor, moment=clock.now(), home_care_id=care.pk, facts=facts, reason=values["reason"])
    return _("%(who)s has recovered. The family's link is closed.") % {"who": care.initials}


def _end(care: HomeCare, actor: Actor, form: forms.Form) -> str:
    done = home.end_home_care(actor=actor, moment=clock.now(), home_care_id=care.pk, **form.cleaned_data)
    return _("%(who)s: %(state)s.") % {"who": done.initials, "state": done.get_state_display()}


def _renew(care: HomeCare, actor: Actor, _form: forms.Form) -> str:
    home.renew_link(actor=actor, moment=clock.now(), home_care_id=care.pk)
    return _("The family has a new link; the old one opens nothing any more.")


def _hand_out(care: HomeCare, actor: Actor, form: home_forms.PackForm) -> str:
    values = form.cleaned_data
    done = packs.hand_out_pack(
        actor=actor,
        moment=clock.now(),
        home_care_id=care.pk,
        pack=form.pack,
        store_id=values["store"].pk,
        prescription=form.prescription(),
        key=values["key"],
    )
    return _("%(pack)s handed out from %(store)s.") % {"pack": done, "store": done.store}


def _give_back(_care: HomeCare, actor: Actor, form: forms.Form) -> str:
    values = form.cleaned_data
    done = packs.take_pack_back(actor=actor, moment=clock.now(), handout_id=values["handout"], key=values["key"])
    return _("%(pack)s is back in the store.") % {"pack": done}


def _ask_oxygen(care: HomeCare, actor: Actor, form: forms.Form) -> str:
    home_oxygen.ask_oxygen(actor=actor, moment=clock.now(), home_care_id=care.pk, **form.cleaned_data)
    return _("Oxygen is asked for; it should be at the door within the hour.")


def _deliver(_care: HomeCare, actor: Actor, form: forms.Form) -> str:
    values = form.cleaned_data
    home_oxygen.deliver_oxygen(
        actor=actor,
        moment=clock.now(),
        request_id=values["request"],
        store_id=values["store"].pk,
        item_id=values["item"].pk,
    )
    return _("The oxygen is at the door, and out of the store's books.")


def _oxygen_back(_care: HomeCare, actor: Actor, form: forms.Form) -> str:
    values = form.cleaned_data
    home_oxygen.take_oxygen_back(actor=actor, moment=clock.now(), request_id=values["request"], words=values["words"])
    return _("The oxygen is back in the store.")


def _cancel_oxygen(_care: HomeCare, actor: Actor, form: forms.Form) -> str:
    values = form.cleaned_data
    home_oxygen.cancel_oxygen(actor=actor, moment=clock.now(), request_id=values["request"], words=values["words"])
    return _("The oxygen is not needed any more.")


def _plain(form_class: Any) -> Make:
    return lambda data, _care, _actor: form_class(data)


def _pack(data: Any, care: HomeCare, actor: Actor) -> home_forms.PackForm:
    asked = str(data.get("goi", ""))
    pack = asked if asked in PackHandout.Pack.values else PackHandout.Pack.A.value
    return home_forms.PackForm(data, pack=pack, care=care, actor=actor)


DEEDS: dict[str, tuple[Make, Do]] = {
    "doc": (_plain(home_forms.StationReadingForm), _read),
    "tra-loi": (_plain(home_forms.AnswerForm), _answer),
    "dong": (_plain(home_forms.CloseForm), _close),
    "khoi": (_plain(home_forms.ReleaseForm), _release),
    "ket-thuc": (_plain(home_forms.EndForm), _end),
    "doi-link": (_plain(forms.Form), _renew),
    "goi-thuoc": (_pack, _hand_out),
    "tra-goi": (_plain(home_forms.HandoutForm), _give_back),
    "oxy": (_plain(home_forms.OxygenForm), _ask_oxygen),
    "oxy-giao": (lambda data, _care, actor: home_forms.DeliverForm(data, actor=actor), _deliver),
    "oxy-ve": (_plain(home_forms.RequestForm), _oxygen_back),
    "oxy-thoi": (_plain(home_forms.RequestForm), _cancel_oxygen),
}
