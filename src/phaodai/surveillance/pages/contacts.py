"""The page of one contact: why it counts, what was seen each day, and what can be done about it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.components import Action, Content, Fact, Facts, Log, LogEntry, Masked
from phaodai.foundation.fields import DayField, MomentField
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import fold
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person
from phaodai.surveillance.actions import becoming, contacts
from phaodai.surveillance.models import Case, Contact, FollowUpDay
from phaodai.surveillance.models.following import case_of, person_of
from phaodai.surveillance.pages.follow_grid import code_of, course_reason, name_of
from phaodai.surveillance.pages.seen_form import SeenForm
from phaodai.surveillance.pages.symptom_words import symptoms_in_words

UNREADABLE = 422
CLOSED = (Contact.State.FINISHED, Contact.State.BECAME_CASE, Contact.State.NOT_CONTACT)
FOUND_AT_MOST = 20


class QuarantineForm(forms.Form):
    """Since when; the days and the reason only where the law gives none, or is overruled."""

    prefix = "cach-ly"
    since = MomentField(
        label=gettext_lazy("In quarantine since"),
    )
    doses = forms.IntegerField(label=gettext_lazy("Doses"), required=False, min_value=0, max_value=6)
    last_dose_on = DayField(label=gettext_lazy("Last dose on"), required=False)
    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=gettext_lazy("Leave empty: the rule in force sets them."),
    )
    reason = forms.CharField(label=gettext_lazy("Why so many days"), required=False, max_length=300)


class ReasonForm(forms.Form):
    """Why a contact is closed."""

    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=300)


def seen_contact(actor: Actor, pk: int) -> Contact:
    """The contact of an address, as far as this officer may see it."""
    found = Contact.objects.visible_to(actor).select_related("team", "place").filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return found


@page(Permission.SURVEILLANCE_CONTACT_READ)
def contact(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Everything about one contact."""
    return render(request, "surveillance/contact.html", context_of(seen_contact(actor, pk), actor))


def context_of(contact: Contact, actor: Actor, **forms_of_page: Any) -> dict[str, Any]:
    """What the page shows; a refused form of the caller takes the place of a fresh one."""
    moment = clock.now()
    days = list(FollowUpDay.objects.filter(contact=contact).select_related("officer").order_by("-day")[:60])
    may_follow = actor.may(Permission.SURVEILLANCE_CONTACT_FOLLOW)
    shown = {
        "contact": contact,
        "case": case_of(contact),
        "code": code_of(contact),
        "masked": _masked(contact, actor),
        "facts": _facts(contact),
        "why": course_reason(contact),
        "days": Log([LogEntry(day_words(one.day, language()), _day_words(one)) for one in days]) if days else None,
        "may_follow": may_follow,
        "is_open": contact.state not in CLOSED,
        "may_reopen": may_follow and contact.state in (Contact.State.FINISHED, Contact.State.NOT_CONTACT),
        "suspicion": _suspicion(contact, days),
        "may_report": actor.may(Permission.SURVEILLANCE_CASE_WRITE) and actor.area.holds(contact),
        "quarantine_form": QuarantineForm(initial={"since": contact.quarantined_at or moment}),
        "reason_form": ReasonForm(),
        "seen_form": SeenForm(initial={"contact": contact.pk, "day": moment.date()}) if contact.follow_from else None,
    }
    return shown | forms_of_page


def _masked(contact: Contact, actor: Actor) -> Masked:
    """Initials; a person of another commune stays unnamed here."""
    person = person_of(contact)
    if person is None:
        return Masked(name_of(None))
    may_open = actor.may(Permission.PEOPLE_PERSON_REVEAL)
    return Masked(
        person.masked, person.get_sex_display(), reverse("people-reveal", args=[person.pk]) if may_open else ""
    )


def _facts(contact: Contact) -> Facts:
    said: dict[str, Content] = {
        _("Case"): code_of(contact),
        _("Found through"): contact.get_via_display(),
        _("Where"): contact.place.name if contact.place else contact.place_words,
        _("Met"): _met(contact),
        _("State"): contact.get_state_display(),
        _("Told"): moment_words(contact.told_at, language()) if contact.told_at else _("not yet"),
        _("Followed until"): day_words(contact.follow_until, language()) if contact.follow_until else "",
        _("Team"): contact.team.name if contact.team else "",
        _("Became case"): _became(contact),
        _("Notes"): contact.notes,
    }
    return Facts([Fact(label, value) for label, value in said.items() if value])


def _became(contact: Contact) -> str:
    case = Case.objects.filter(pk=contact.became_id).first() if contact.became_id else None
    return case.code if case else ""


def _met(contact: Contact) -> str:
    when = moment_words(contact.first_at, language()) if contact.first_at else ""
    long = _("%(minutes)d minutes") % {"minutes": contact.minutes} if contact.minutes else ""
    return ", ".join(filter(None, [when, long]))


def _day_words(one: FollowUpDay) -> str:
    ill = symptoms_in_words(one.symptoms)
    warmth = f"{one.temperature} °C" if one.temperature else ""
    by = one.officer.full_name if one.officer else ""
    return " · ".join(filter(None, [str(one.get_state_display()), ill, warmth, by]))


def _suspicion(contact: Contact, days: Sequence[FollowUpDay]) -> dict[str, Any] | None:
    """The offer to open a suspected case, from the latest day with symptoms of the last three."""
    if contact.became_id or not days or days[0].state != FollowUpDay.State.SYMPTOMS:
        return None
    ill = [one for one in days if days[0].day - one.day < timedelta(days=3)]
    words = ", ".join(dict.fromkeys(word for one in ill for word in one.symptoms.split(", ") if word))
    proposed, found = becoming.suspicion_of(contact, days[0].day, words)
    why = found.record.get("why") or {}
    return {"reason": why.get(language(), ""), "document": found.record.get("document")} if proposed else None


@page(Permission.SURVEILLANCE_CONTACT_FOLLOW, deed=True)
def tell(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The contact was reached and told."""
    contacts.tell_contact(actor=actor, moment=clock.now(), contact_id=pk)
    messages.success(request, _("Told."))
    return redirect("surveillance-contact", pk=pk)


@page(Permission.SURVEILLANCE_CONTACT_FOLLOW, deed=True)
def quarantine(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The contact is in quarantine, for the days of the rule in force."""
    seen, form = seen_contact(actor, pk), QuarantineForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        facts = {name: values[name] for name in ("doses", "last_dose_on") if values[name] is not None}
        asked = {name: values[name] for name in ("since", "days", "reason")}
        done = act(
            form,
            lambda: contacts.quarantine_contact(actor=actor, moment=clock.now(), contact_id=pk, facts=facts, **asked),
        )
        if done is not None:
            until = day_words(done.follow_until, language())
            messages.success(request, _("In quarantine until %(until)s.") % {"until": until})
            return redirect("surveillance-contact", pk=pk)
    return render(
        request, "surveillance/contact.html", context_of(seen, actor, quarantine_form=form), status=UNREADABLE
    )


def _closing(action: Callable[..., Contact], done_words: Any) -> Callable[..., HttpResponse]:
    """A deed that takes a reason and ends the follow-up."""

    @page(Permission.SURVEILLANCE_CONTACT_FOLLOW, deed=True)
    def view(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
        seen, form = seen_contact(actor, pk), ReasonForm(request.POST)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            done = act(form, lambda: action(actor=actor, moment=clock.now(), contact_id=pk, reason=reason))
            if done is not None:
                messages.success(request, done_words)
                return redirect("surveillance-contact", pk=pk)
        return render(
            request, "surveillance/contact.html", context_of(seen, actor, reason_form=form), status=UNREADABLE
        )

    return view


finish = _closing(contacts.finish_contact, gettext_lazy("The follow-up is finished."))
lose = _closing(contacts.lose_contact, gettext_lazy("Noted as lost. Seen again, the follow-up goes on."))
clear = _closing(contacts.clear_contact, gettext_lazy("Noted: not a contact."))


@page(Permission.SURVEILLANCE_CONTACT_FOLLOW, deed=True)
def reopen(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take back a finish or a clearing that was wrong."""
    contacts.reopen_contact(actor=actor, moment=clock.now(), contact_id=pk)
    messages.success(request, _("Opened again."))
    return redirect("surveillance-contact", pk=pk)


@page(Permission.SURVEILLANCE_CASE_WRITE, deed=True)
def become(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Open a suspected case for the contact; its chain is kept."""
    case = becoming.become_case(actor=actor, moment=clock.now(), contact_id=pk)
    messages.success(request, _("Case %(code)s is open; the chain is kept.") % {"code": case.code})
    return redirect("surveillance-case", pk=case.pk)


class ContactForm(forms.Form):
    """A person whom a case named in the interview."""

    search = forms.CharField(label=gettext_lazy("Find the person by name"), required=False, max_length=120)
    person = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Person"), widget=forms.RadioSelect)
    first_at = MomentField(
        label=gettext_lazy("First met"),
        required=False,
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minutes together"), required=False, min_value=1, max_value=10080)
    place_words = forms.CharField(label=gettext_lazy("Where"), required=False, max_length=200)

    def __init__(self, *arguments: Any, persons: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]


@page(Permission.SURVEILLANCE_CONTACT_TRACE)
def new(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Add a contact whom the case named: find the person, say when and where."""
    case = Case.objects.visible_to(actor).filter(pk=pk).first()
    if case is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    sent = request.POST if request.method == "POST" else None
    words = (sent or request.GET).get("search", "").strip()
    form = ContactForm(sent, persons=_found(actor, case, words), initial={"search": words})
    if sent is not None and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name not in ("search", "person")}
        person = form.cleaned_data["person"].pk
        done = act(
            form,
            lambda: contacts.declare_contact(actor=actor, moment=clock.now(), case_id=pk, person_id=person, **values),
        )
        if done is not None:
            messages.success(request, _("Listed as a contact of case %(code)s.") % {"code": case.code})
            return redirect("surveillance-contact", pk=done.pk)
    back = Action(_("Back to the case"), reverse("surveillance-case", args=[pk]), "arrow-right", "text")
    shown = {"case": case, "form": form, "words": words, "back": back}
    return render(request, "surveillance/contact_new.html", shown, status=UNREADABLE if form.errors else 200)


def _found(actor: Actor, case: Case, words: str) -> Any:
    """Persons of the officer's area whose name holds the words; without words, the household of the case."""
    persons = Person.objects.visible_to(actor).current().exclude(pk=case.person_id)
    if not words:
        home = Person.objects.visible_to(actor).filter(pk=case.person_id).values_list("household", flat=True).first()
        return persons.filter(household=home) if home else persons.none()
    for word in fold(words).split():
        persons = persons.filter(search_key__contains=word)
    ids = persons.order_by("sort_key").values_list("pk", flat=True)[:FOUND_AT_MOST]
    return Person.objects.filter(pk__in=list(ids)).order_by("sort_key")
