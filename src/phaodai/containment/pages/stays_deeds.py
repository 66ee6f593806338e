"""What is done about one stay: moved, transferred, tested, looked in on, alarmed, released, taken to treatment."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from phaodai.containment.actions import releases, stays_home, stays_positive, stays_rooms, stays_tests
from phaodai.containment.models import Stay
from phaodai.containment.pages.stays import (
    AlarmForm,
    MoveForm,
    ReleaseForm,
    ResultForm,
    TransferForm,
    TreatmentForm,
    WhyForm,
    context_of,
    seen_stay,
)
from phaodai.containment.pages.stays_seen import LookForm
from phaodai.foundation import clock
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor

UNREADABLE = 422


@page(Permission.CONTAINMENT_STAY_READ, deed=True)
def deed(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Do what the form names in `viec`; a refused form comes back with its reason."""
    stay = seen_stay(actor, pk)
    found = DEEDS.get(request.POST.get("viec", ""))
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    shown, make, do = found
    form = make(request.POST, stay, actor)
    if form.is_valid():
        words = act(form, lambda: do(stay, actor, form.cleaned_data))
        if words is not None:
            messages.success(request, words)
            return _back(request, stay)
    if request.POST.get("here") == "today":
        messages.error(request, " ".join(str(one) for errors in form.errors.values() for one in errors))
        return _back(request, stay)
    return render(request, "containment/stay.html", context_of(stay, actor, **{shown: form}), status=UNREADABLE)


def _back(request: HttpRequest, stay: Stay) -> HttpResponse:
    if request.POST.get("here") == "today" and stay.site_id is not None:
        return redirect("quarantine-today", pk=stay.site_id)
    return redirect("quarantine-stay", pk=stay.pk)


def _move(stay: Stay, actor: Actor, values: dict[str, Any]) -> str:
    room = values["room"]
    stays_rooms.move(actor=actor, moment=clock.now(), stay_id=stay.pk, room_id=room.pk, reason=values["reason"])
    return _("Moved to room %(room)s.") % {"room": room.name}


def _transfer(stay: Stay, actor: Actor, values: dict[str, Any]) -> str:
    site = values["site"]
    stays_rooms.transfer(actor=actor, moment=clock.now(), stay_id=stay.pk, site_id=site.pk, reason=values["reason"])
    return _("Transferred to %(site)s.") % {"site": site.name}


def _test(stay: Stay, actor: Actor, values: dict[str, Any]) -> str:
    taken, result = values["taken_at"], values["result"]
    if not result:
        stays_tests.take_sample(actor=actor, moment=clock.now(), stay_id=stay.pk, taken_at=taken)
        return _("Sample noted.")
    done = stays_tests.record_result(actor=actor, moment=clock.now(), stay_id=stay.pk, result=result, taken_at=taken)
    if done.result == done.Result.POSITIVE:
        return _("Positive: the site is alerted and the room-mates begin again.")
    return _("Result noted.")


def _look(stay: Stay, actor: Actor, values: dict[str, Any]) -> str:
    stays_home.look_in(actor=actor, moment=clock.now(), stay_id=stay.pk, **values)
    return _("%(who)s: noted.") % {"who": stay.initials}


def _alarm(stay: Stay, actor: Actor, values: dict[str, Any]) -> str:
    stays_home.raise_alarm(actor=actor, moment=clock.now(), stay_id=stay.pk, **values)
    return _("The alarm is passed on. Call the doctor of the area now.")


def _release(stay: Stay, actor: Actor, values: dict[str, Any]) -> str:
    done = releases.release(actor=actor, moment=clock.now(), stay_id=stay.pk, reason=values["reason"])
    if done.monitor_until is None:
        return _("%(who)s is released.") % {"who": done.initials}
    about = {"who": done.initials, "day": day_words(done.monitor_until, language())}
    return _("%(who)s is released and watches their health at home until %(day)s.") % about


def _treat(stay: Stay, actor: Actor, values: dict[str, Any]) -> str:
    releases.take_to_treatment(actor=actor, moment=clock.now(), stay_id=stay.pk, where=values["where"])
    return _("Taken to %(where)s.") % {"where": values["where"]}


def _gone(stay: Stay, actor: Actor, values: dict[str, Any]) -> str:
    releases.note_absconding(actor=actor, moment=clock.now(), stay_id=stay.pk, reason=values["reason"])
    return _("Noted. The police and the home commune are told.")


def _restart(stay: Stay, actor: Actor, values: dict[str, Any]) -> str:
    done = stays_positive.restart(actor=actor, moment=clock.now(), stay_id=stay.pk, reason=values["reason"])
    until = day_words(done.release_on, language()) if done.release_on else "–"
    return _("The count began again; free on %(until)s.") % {"until": until}


Make = Callable[[Any, Stay, Actor], Any]
Do = Callable[[Stay, Actor, dict[str, Any]], str]


def _plain(form_class: Any) -> Make:
    return lambda data, _stay, _actor: form_class(data)


DEEDS: dict[str, tuple[str, Make, Do]] = {
    "chuyen-phong": ("move_form", lambda data, stay, _actor: MoveForm(data, stay=stay), _move),
    "chuyen-khu": ("transfer_form", lambda data, stay, actor: TransferForm(data, stay=stay, actor=actor), _transfer),
    "mau": ("result_form", _plain(ResultForm), _test),
    "tham": ("look_form", _plain(LookForm), _look),
    "bao-dong": ("alarm_form", _plain(AlarmForm), _alarm),
    "ra": ("release_form", _plain(ReleaseForm), _release),
    "dieu-tri": ("treatment_form", _plain(TreatmentForm), _treat),
    "bo-di": ("why_form", _plain(WhyForm), _gone),
    "dem-lai": ("why_form", _plain(WhyForm), _restart),
}
