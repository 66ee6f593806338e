"""One stay: who, where, since when and until when by which rule, its samples and steps, and what can be done about it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from phaodai.containment.actions.releases import hindrance_words
from phaodai.containment.actions.stays_rooms import lying
from phaodai.containment.actions.stays_shared import mine
from phaodai.containment.models import Room, Site, Stay, StayCheck, StayStep, StayTest
from phaodai.containment.rules.stays_alarm import ALARM_SIGNS
from phaodai.foundation import clock
from phaodai.foundation.codes import qr_drawing
from phaodai.foundation.components import Content, Fact, Facts, Log, LogEntry, Masked, Reason, Why
from phaodai.foundation.fields import MomentField
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person

SIGN_WORDS = {
    "breathlessness": pgettext_lazy("alarm sign", "Breathless"),
    "low oxygen": pgettext_lazy("alarm sign", "Oxygen below 96%"),
    "chest pain": pgettext_lazy("alarm sign", "Chest pain"),
    "confusion": pgettext_lazy("alarm sign", "Confused or drowsy"),
    "blue lips": pgettext_lazy("alarm sign", "Blue lips or fingers"),
    "cannot eat or drink": pgettext_lazy("alarm sign", "Cannot eat or drink"),
    "high fever": pgettext_lazy("alarm sign", "High fever that stays"),
    "convulsion": pgettext_lazy("alarm sign", "Convulsion"),
}


class MoveForm(forms.Form):
    """Another room of the site."""

    prefix = "phong"
    room = forms.ModelChoiceField(Room.objects.none(), label=gettext_lazy("To room"))
    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=300)

    def __init__(self, *arguments: Any, stay: Stay, **options: Any) -> None:
        super().__init__(*arguments, **options)
        rooms = (
            Room.objects.open()
            .filter(site=stay.site_id or 0)
            .select_related("building")
            .order_by("building__name", "name")
        )
        self.fields["room"].queryset = rooms  # type: ignore[attr-defined]


class TransferForm(forms.Form):
    """Another site of the officer's area."""

    prefix = "khu"
    site = forms.ModelChoiceField(Site.objects.none(), label=gettext_lazy("To site"))
    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=300)

    def __init__(self, *arguments: Any, stay: Stay, actor: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        sites = Site.objects.visible_to(actor).open().exclude(pk=stay.site_id or 0).order_by("sort_key")
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]


class ResultForm(forms.Form):
    """A sample: taken only, or with its result."""

    prefix = "mau"
    taken_at = MomentField(
        label=gettext_lazy("Sample taken"),
    )
    result = forms.ChoiceField(label=gettext_lazy("Result"), choices=StayTest.Result.choices, required=False)


class ReleaseForm(forms.Form):
    """The finding on which a case leaves, where no document says."""

    prefix = "ra"
    reason = forms.CharField(label=gettext_lazy("Finding, for a case without a rule"), required=False, max_length=300)


class TreatmentForm(forms.Form):
    """Where somebody is taken."""

    prefix = "dieu-tri"
    where = forms.CharField(label=gettext_lazy("Facility"), max_length=200)


class WhyForm(forms.Form):
    """Why the count begins again, or what is known of somebody who is gone."""

    prefix = "vi"
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class AlarmForm(forms.Form):
    """Signs that need a doctor now."""

    prefix = "bao-dong"
    signs = forms.MultipleChoiceField(
        label=pgettext_lazy("stay", "Signs"),
        choices=[(one, SIGN_WORDS[one]) for one in ALARM_SIGNS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = forms.CharField(label=gettext_lazy("What was seen"), required=False, max_length=300)


def seen_stay(actor: Actor, pk: int) -> Stay:
    """The stay of an address, as far as this officer may see it."""
    found = Stay.objects.visible_to(actor).select_related("site", "certificate").filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return found


@page(Permission.CONTAINMENT_STAY_READ)
def stay(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Everything about one stay."""
    return render(request, "containment/stay.html", context_of(seen_stay(actor, pk), actor))


def context_of(stay: Stay, actor: Actor, **forms_of_page: Any) -> dict[str, Any]:
    """What the page shows; a refused form of the caller takes the place of a fresh one."""
    now, today = clock.now(), clock.today()
    here = mine(actor, stay.site) if stay.site else actor.reach != "own" and actor.area.holds(stay)
    steps = StayStep.objects.filter(stay=stay).select_related("officer").order_by("-at", "-pk")[:60]
    return {
        "stay": stay,
        "place": lying(stay),
        "masked": _masked(stay, actor),
        "facts": _facts(stay),
        "why": Why(reason) if (reason := reason_of(stay)) else None,
        "day_number": (today - stay.day_zero).days + 1,
        "tests": StayTest.objects.filter(stay=stay, dropped=False).order_by("due_on"),
        "checks": StayCheck.objects.filter(stay=stay).order_by("-day")[:14],
        "steps": Log([LogEntry(moment_words(one.at, language()), _step_words(one)) for one in steps]),
        "hindrance": hindrance_words(stay, today) if stay.is_open else "",
        "may_write": here and actor.may(Permission.CONTAINMENT_STAY_WRITE),
        "may_release": here and actor.may(Permission.CONTAINMENT_STAY_RELEASE),
        "may_transfer": here and bool(stay.site_id) and actor.may(Permission.CONTAINMENT_SITE_MANAGE),
        "may_sign": stay.state == Stay.State.RELEASED and not stay.certificate_id and _may_sign(actor),
        "grid_url": _grid_url(stay, actor),
        "move_form": MoveForm(stay=stay),
        "transfer_form": TransferForm(stay=stay, actor=actor),
        "result_form": ResultForm(initial={"taken_at": now}),
        "release_form": ReleaseForm(),
        "treatment_form": TreatmentForm(),
        "why_form": WhyForm(),
        "alarm_form": AlarmForm(),
    } | forms_of_page


def _may_sign(actor: Actor) -> bool:
    return actor.may(Permission.COMMAND_PAPER_SIGN) and actor.may(Permission.COMMAND_PAPER_DRAFT)


def _grid_url(stay: Stay, actor: Actor) -> str:
    may = stay.contact_id and actor.may(Permission.SURVEILLANCE_CONTACT_READ)
    return reverse("surveillance-contact", args=[stay.contact_id]) if may else ""


def _masked(stay: Stay, actor: Actor) -> Masked:
    """Initials; the name opens for whoever may open the person's record, and the look is logged."""
    may_open = actor.may(Permission.PEOPLE_PERSON_REVEAL) and Person.objects.filter(pk=stay.person_id).exists()
    return Masked(stay.initials, "", reverse("people-reveal", args=[stay.person_id]) if may_open else "")


def _facts(stay: Stay) -> Facts:
    said: dict[str, Content] = {
        _("Kept apart as"): stay.get_kind_display(),
        _("State"): stay.get_state_display(),
        pgettext("stay", "Where"): stay.site.name if stay.site else stay.address,
        pgettext("stay", "Admitted"): moment_words(stay.admitted_at, language()),
        pgettext("stay", "Counted from"): day_words(stay.day_zero, language()),
        pgettext("stay", "Release planned"): _day(stay.release_on) or _("once the rule of cases allows it"),
        pgettext("stay", "Watched at home until"): _day(stay.monitor_until),
        pgettext("stay", "By"): source_of(stay),
        _("Certificate"): stay.certificate.reference if stay.certificate else "",
    }
    return Facts([Fact(label, value) for label, value in said.items() if value])


def _day(day: date | None) -> str:
    return day_words(day, language()) if day else ""


def source_of(stay: Stay) -> str:
    """The document behind the days, or that they were chosen."""
    record = stay.decision
    if "chosen_days" in record:
        return _("%(days)d days chosen: %(why)s") % {"days": record["chosen_days"], "why": record["chosen_because"]}
    return ", ".join(filter(None, [record.get("clause"), record.get("document")]))


def reason_of(stay: Stay) -> Reason | None:
    """Why the stay is as long as it is, for a door."""
    record = stay.decision
    why = (record.get("why") or {}).get(language(), "")
    if not why and "chosen_days" not in record:
        return None
    until = _day(stay.release_on)
    return Reason(
        stay.initials, until, why or source_of(stay), record.get("clause") or "", record.get("document") or ""
    )


def _step_words(step: StayStep) -> str:
    signs = ", ".join(str(SIGN_WORDS[one]) for one in step.detail.get("signs", ()) if one in SIGN_WORDS)
    by = step.officer.full_name if step.officer else ""
    return " · ".join(filter(None, [str(step.get_what_display()), signs, step.words, by]))


@page(Permission.CONTAINMENT_STAY_READ)
def door_sign(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The sign for the door of a home, with a code that opens the stay on a telephone of the health station."""
    found = seen_stay(actor, pk)
    if found.site_id is not None:
        raise NotHere(_("A door sign is for homes. People at a site have none."))
    address = request.build_absolute_uri(reverse("quarantine-stay", args=[pk]))
    last = found.release_on - timedelta(days=1) if found.release_on else None
    shown = {"stay": found, "code": qr_drawing(address), "last": last, "station": actor.organisation_name}
    return render(request, "containment/stay_door_sign.html", shown)
