"""The organiser's two pages, without an account: announcing a gathering, and its answer by reference."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.containment.actions.gatherings import announce_gathering, withdraw_gathering
from phaodai.containment.models import Gathering, GatheringAnswer
from phaodai.containment.pages.communes import communes_by_district
from phaodai.containment.pages.gatherings_words import awaited_of, basis_of, changes_of, headline, when_words
from phaodai.foundation import clock
from phaodai.foundation.components import Facts, Log, LogEntry
from phaodai.foundation.fields import DayField, MomentField
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.public import Visitor, public_page, show_form, spaced_reference
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.territory.models import Unit

MOST_PEOPLE = 100_000


class AnnounceForm(forms.Form):
    """What the commune must know; name and telephone are there to reach the organiser."""

    kind = forms.ChoiceField(label=gettext_lazy("What do people come together for?"), choices=Gathering.Kind.choices)
    unit = forms.ChoiceField(label=gettext_lazy("In which commune?"))
    venue = forms.CharField(
        label=gettext_lazy("Where?"), max_length=160, help_text=gettext_lazy("House, hall or yard, and the hamlet.")
    )
    begins_at = MomentField(label=gettext_lazy("Begins"))
    ends_at = MomentField(label=pgettext_lazy("gathering", "Ends"))
    every_days = forms.TypedChoiceField(
        label=gettext_lazy("Comes again"),
        choices=[("", gettext_lazy("once only")), *Gathering.Interval.choices],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=gettext_lazy("Only for markets and worship."),
    )
    last_day = DayField(
        label=gettext_lazy("Until which day"),
        required=False,
    )
    expected = forms.IntegerField(
        label=gettext_lazy("How many people at most at the same time?"),
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    indoors = forms.TypedChoiceField(
        label=gettext_lazy("Indoors or outdoors?"),
        choices=[("yes", pgettext_lazy("gathering", "Indoors")), ("no", pgettext_lazy("gathering", "Outdoors"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    promises = forms.MultipleChoiceField(
        label=gettext_lazy("What you will do"),
        choices=Gathering.Promise.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    organiser_name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    organiser_phone = forms.RegexField(
        r"^[0-9 +.()-]{8,20}$",
        label=gettext_lazy("Your telephone"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
        error_messages={
            "invalid": gettext_lazy("This is no telephone number. Write it with its digits: 0912 345 678.")
        },
    )
    note = forms.CharField(
        label=gettext_lazy("Anything else"), required=False, max_length=500, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, moment: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = communes_by_district(moment.date())  # type: ignore[attr-defined]

    def clean_unit(self) -> Unit:
        """The commune itself."""
        return Unit.objects.get(pk=self.cleaned_data["unit"])


@public_page
def announce(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """The form, and on sending it the answer at once."""
    moment = clock.now()
    form = AnnounceForm(moment, request.POST or None, initial={"begins_at": _usual_hour(moment)})
    if request.method == "POST" and visitor.accepts(form):
        made = act(form, lambda: _announce(visitor, moment, form.cleaned_data))
        if made is not None:
            return redirect("gathering-answer", reference=made.reference)
    return show_form(request, "containment/gathering_form.html", form)


def _usual_hour(moment: datetime) -> datetime:
    """Where the calendar opens: three days ahead, in the morning."""
    return (moment + timedelta(days=3)).replace(hour=9, minute=0)


def _announce(visitor: Visitor, moment: datetime, values: dict[str, Any]) -> Gathering:
    reference = visitor.new_reference()
    before = Gathering.objects.filter(reference=reference).first()
    return before or announce_gathering(actor=visitor.actor, moment=moment, reference=reference, **values)


@public_page
def answer(request: HttpRequest, visitor: Visitor, reference: str) -> HttpResponse:
    """What the organiser may do, why, what would change it, and what was answered before; POST calls it off."""
    plain = visitor.opens(reference)
    gathering = Gathering.objects.select_related("unit").filter(reference=plain).first()
    if gathering is None:
        raise NotHere(_("There is no gathering with this code. Check the ten signs."))
    if request.method == "POST":
        withdraw_gathering(actor=visitor.actor, moment=clock.now(), reference=plain)
        return redirect("gathering-answer", reference=plain)
    return render(request, "containment/gathering_answer.html", _shown(gathering))


def _shown(gathering: Gathering) -> dict[str, Any]:
    answers = list(gathering.answers.all())
    by_rule = [one for one in answers if one.cause != GatheringAnswer.Cause.COMMUNE][-1]
    return {
        "gathering": gathering,
        "code": spaced_reference(gathering.reference),
        "headline": headline(gathering.outcome, gathering.most),
        "when": when_words(gathering),
        "ruled": gathering.state == Gathering.State.RULED,
        "waits": gathering.state == Gathering.State.WAITING,
        "withdrawn": gathering.state == Gathering.State.WITHDRAWN,
        "mourning": gathering.kind == Gathering.Kind.FUNERAL,
        "why": by_rule.why(language()),
        "basis": Facts(basis_of(by_rule)),
        "changes": changes_of(by_rule),
        "awaited": awaited_of(by_rule),
        "history": Log([_entry(one) for one in reversed(answers)]) if len(answers) > 1 else None,
        "promises": [label for value, label in Gathering.Promise.choices if value in gathering.promises],
    }


def _entry(one: GatheringAnswer) -> LogEntry:
    words = f"{one.get_cause_display()}: {headline(one.outcome, one.most)}"
    return LogEntry(moment_words(one.at, language()), f"{words}. {one.reason}" if one.reason else words)
