"""Admission to a site, one person or a group: found by name, or offered from the contacts who wait for a place."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.containment.actions.stays import Newcomer, admit
from phaodai.containment.models import Room, Site, Stay
from phaodai.containment.models.sites_free import sites_now
from phaodai.containment.pages.sites import UNREADABLE, seen_site
from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids
from phaodai.foundation.fields import DayField, MomentField
from phaodai.foundation.formats import fold
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.editing import act
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person
from phaodai.surveillance.models import Contact

OFFERED = 60
ORIGINS = (
    ("", gettext_lazy("not asked")),
    ("abroad", gettext_lazy("from abroad")),
    ("outbreak-area", gettext_lazy("from an outbreak area")),
)


class FactsForm(forms.Form):
    """What the rule of quarantine asks about somebody."""

    doses = forms.IntegerField(label=gettext_lazy("Doses"), required=False, min_value=0, max_value=6)
    last_dose_on = DayField(label=gettext_lazy("Last dose on"), required=False)
    origin = forms.ChoiceField(label=gettext_lazy("Where from"), choices=ORIGINS, required=False)

    def facts(self) -> dict[str, Any]:
        """What was answered, as a stay keeps it."""
        values = {name: self.cleaned_data.get(name) for name in FactsForm.base_fields}
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in values.items()
            if value not in (None, "")
        }


class AdmitForm(FactsForm):
    """A group that came together."""

    kind = forms.ChoiceField(label=pgettext_lazy("stay", "Kept apart as"), choices=Stay.Kind.choices)
    since = MomentField(
        label=pgettext_lazy("stay", "Admitted"),
    )
    room = forms.ModelChoiceField(
        Room.objects.none(),
        label=pgettext_lazy("site", "Room"),
        required=False,
        empty_label=gettext_lazy("proposed by cohort and free places"),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=gettext_lazy("Leave empty: the rule in force sets them."),
    )
    reason = forms.CharField(label=gettext_lazy("Why so many days"), required=False, max_length=300)

    def __init__(self, *arguments: Any, site: Site, **options: Any) -> None:
        super().__init__(*arguments, **options)
        rooms = Room.objects.open().filter(site=site).select_related("building").order_by("building__name", "name")
        self.fields["room"].queryset = rooms  # type: ignore[attr-defined]


@page(Permission.CONTAINMENT_STAY_WRITE)
def new(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Choose who comes, and admit them together."""
    site, sent = seen_site(actor, pk), request.POST if request.method == "POST" else None
    form = AdmitForm(sent, site=site, initial={"since": clock.now(), "kind": Stay.Kind.CONTACT})
    chosen = row_ids((sent or request.GET).getlist("row"))
    if sent is not None and "tim" not in sent and form.is_valid():
        done = act(form, lambda: _admit(actor, site, form, chosen))
        if done is not None:
            rooms = ", ".join(sorted({place.room.name for stay in done for place in stay.placements.all()}))
            messages.success(
                request, _("%(count)d people admitted: room %(rooms)s.") % {"count": len(done), "rooms": rooms}
            )
            return redirect("quarantine-site", pk=pk)
    words = (sent or request.GET).get("q", "").strip()
    shown = {
        "site": site,
        "form": form,
        "now": sites_now([site], clock.today())[0],
        "people": offered(actor, words, chosen),
        "words": words,
    }
    return render(request, "containment/stay_admit.html", shown, status=UNREADABLE if form.errors else 200)


def _admit(actor: Actor, site: Site, form: AdmitForm, chosen: list[int]) -> list[Stay]:
    values = form.cleaned_data
    contacts = contacts_behind(actor, chosen)
    return admit(
        actor=actor,
        moment=clock.now(),
        site_id=site.pk,
        newcomers=[Newcomer(one, contact=contacts.get(one), facts=form.facts()) for one in chosen],
        kind=values["kind"],
        since=values["since"],
        room_id=values["room"].pk if values["room"] else None,
        days=values["days"],
        reason=values["reason"],
    )


def contacts_behind(actor: Actor, persons: list[int]) -> dict[int, int]:
    """The contact behind each person: the latest that somebody still follows."""
    live = (Contact.State.LISTED, Contact.State.TOLD, Contact.State.FOLLOWED)
    rows = Contact.objects.visible_to(actor).filter(person__in=persons, state__in=live).order_by("listed_at")
    return dict(rows.values_list("person_id", "pk"))


def offered(actor: Actor, words: str, chosen: list[int]) -> list[dict[str, Any]]:
    """Persons by name, or without words the contacts who are in no quarantine yet; whoever was ticked stays."""
    inside = Stay.objects.visible_to(actor).inside().values("person")
    persons = Person.objects.visible_to(actor).current().exclude(pk__in=inside)
    if words:
        for word in fold(words).split():
            persons = persons.filter(search_key__contains=word)
        ids = list(persons.order_by("sort_key").values_list("pk", flat=True)[:OFFERED])
    else:
        waiting = Contact.objects.visible_to(actor).filter(
            state__in=(Contact.State.LISTED, Contact.State.TOLD), degree=1
        )
        newest = waiting.exclude(person__in=inside).order_by("-listed_at").values_list("person_id", flat=True)
        ids = list(dict.fromkeys(newest[:OFFERED]))
    found = Person.objects.visible_to(actor).select_related("household").in_bulk([*chosen, *ids])
    contacts = contacts_behind(actor, list(found))
    return [
        {"person": one, "contact": contacts.get(pk), "chosen": pk in chosen}
        for pk, one in sorted(found.items(), key=lambda pair: (pair[0] not in chosen, pair[1].sort_key))
    ]
