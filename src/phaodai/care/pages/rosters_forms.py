"""What is typed about people and rosters."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.care.models import Skill, StaffNeed, Team, TeamLoan, Worker
from phaodai.care.pages.facilities_forms import bodies_of
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.fields import DayField, HourField
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.territory.models import Place

DAYS_AT_ONCE = 31


def places_of(actor: Actor) -> Any:
    """Places where people stand: facilities first among those of the area."""
    kinds = (Place.Kind.HEALTH, Place.Kind.QUARANTINE, Place.Kind.SCHOOL, Place.Kind.OFFICE)
    rows = Place.objects.visible_to(actor).open().filter(kind__in=kinds)
    return rows.filter(**actor.area.narrowing).order_by("kind", "sort_key")


class ShiftForm(forms.Form):
    """Where, when and for how many days; the people are chosen beside it."""

    place = forms.ModelChoiceField(Place.objects.none(), label=pgettext_lazy("shift", "Place"), required=False)
    where = forms.CharField(
        label=pgettext_lazy("shift", "Or its name"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("For a checkpoint, a session or a house that is no registered place"),
    )
    team = forms.ModelChoiceField(Team.objects.none(), label=pgettext_lazy("team", "Team"), required=False)
    first_day = DayField(label=pgettext_lazy("need", "First day"))
    last_day = DayField(label=pgettext_lazy("need", "Last day"), required=False)
    starts = HourField(label=pgettext_lazy("need", "From"))
    hours = forms.IntegerField(label=pgettext_lazy("need", "For how many hours"), min_value=1, max_value=48, initial=8)
    override_reason = forms.CharField(
        label=pgettext_lazy("shift", "Why in spite of the limits"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Only where a limit of work or rest is broken"),
    )

    def __init__(self, *arguments: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        teams = Team.objects.standing().filter(organisation__in=bodies_of(actor)).order_by("sort_key")
        self.fields["place"].queryset = places_of(actor)  # type: ignore[attr-defined]
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The days run forward, at most a month."""
        values = super().clean() or {}
        first, last = values.get("first_day"), values.get("last_day")
        if first and last and not first <= last < first + timedelta(days=DAYS_AT_ONCE):
            self.add_error("last_day", gettext_lazy("At most 31 days, and not before the first."))
        return values

    def spans(self) -> list[tuple[datetime, datetime]]:
        """One span a day."""
        first, last = self.cleaned_data["first_day"], self.cleaned_data["last_day"] or self.cleaned_data["first_day"]
        hours = timedelta(hours=self.cleaned_data["hours"])
        begins = [
            datetime.combine(first + timedelta(days=step), self.cleaned_data["starts"], VIETNAM)
            for step in range((last - first).days + 1)
        ]
        return [(begin, begin + hours) for begin in begins]


class NeedForm(forms.Form):
    """Whom a place needs each day."""

    prefix = "nhu-cau"
    place = forms.ModelChoiceField(Place.objects.none(), label=pgettext_lazy("shift", "Place"))
    skill = forms.ChoiceField(label=pgettext_lazy("worker", "Skill"), choices=Skill.choices)
    people = forms.IntegerField(label=pgettext_lazy("need", "People needed"), min_value=1, max_value=500)
    starts = HourField(label=pgettext_lazy("need", "From"))
    hours = forms.IntegerField(label=pgettext_lazy("need", "For how many hours"), min_value=1, max_value=24, initial=12)
    since = DayField(label=pgettext_lazy("need", "First day"))
    until = DayField(label=pgettext_lazy("need", "Last day"), required=False)

    def __init__(self, *arguments: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["place"].queryset = places_of(actor)  # type: ignore[attr-defined]


class EndNeedForm(forms.Form):
    """Which need ends today."""

    prefix = "het"
    need = forms.ModelChoiceField(StaffNeed.objects.none())

    def __init__(self, *arguments: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["need"].queryset = StaffNeed.objects.visible_to(actor)  # type: ignore[attr-defined]


class TeamForm(forms.Form):
    """A new team."""

    prefix = "doi"
    name = forms.CharField(label=pgettext_lazy("team", "Team"), max_length=120)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=pgettext_lazy("team", "Organisation"))
    leader = forms.ModelChoiceField(Worker.objects.none(), label=pgettext_lazy("team", "Leader"), required=False)
    members = forms.ModelMultipleChoiceField(
        Worker.objects.none(), label=pgettext_lazy("team", "Members"), required=False
    )

    def __init__(self, *arguments: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        workers = Worker.objects.visible_to(actor).working().filter(organisation__in=bodies_of(actor))
        self.fields["organisation"].queryset = bodies_of(actor)  # type: ignore[attr-defined]
        for name in ("leader", "members"):
            self.fields[name].queryset = workers.order_by("sort_key")  # type: ignore[attr-defined]


class MembersForm(forms.Form):
    """Who joins a team, and who leaves it."""

    prefix = "thanh-vien"
    team = forms.ModelChoiceField(Team.objects.none(), label=pgettext_lazy("team", "Team"))
    join = forms.ModelMultipleChoiceField(Worker.objects.none(), label=pgettext_lazy("team", "Join"), required=False)
    leave = forms.ModelMultipleChoiceField(Worker.objects.none(), label=pgettext_lazy("team", "Leave"), required=False)

    def __init__(self, *arguments: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        bodies = bodies_of(actor)
        workers = Worker.objects.visible_to(actor).working().filter(organisation__in=bodies).order_by("sort_key")
        teams = Team.objects.standing().filter(organisation__in=bodies).order_by("sort_key")
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        for name in ("join", "leave"):
            self.fields[name].queryset = workers  # type: ignore[attr-defined]


class LoanForm(forms.Form):
    """A team that is asked for."""

    prefix = "muon"
    team = forms.ModelChoiceField(Team.objects.none(), label=pgettext_lazy("team", "Team"))
    to_organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=pgettext_lazy("loan", "To"), required=False
    )
    to_province = forms.CharField(label=pgettext_lazy("loan", "To another province"), required=False, max_length=120)
    task = forms.CharField(label=pgettext_lazy("loan", "To do what"), max_length=200)
    people = forms.IntegerField(label=pgettext_lazy("loan", "People"), min_value=1, max_value=500)
    since = DayField(label=pgettext_lazy("loan", "From"))
    until = DayField(label=pgettext_lazy("loan", "Until"))
    order_reference = forms.CharField(label=pgettext_lazy("facility", "By order"), required=False, max_length=160)

    def __init__(self, *arguments: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        teams = Team.objects.visible_to(actor).standing().select_related("organisation").order_by("sort_key")
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        self.fields["to_organisation"].queryset = bodies_of(actor)  # type: ignore[attr-defined]


class LoanStepForm(forms.Form):
    """How far a loan is."""

    prefix = "buoc"
    loan = forms.ModelChoiceField(TeamLoan.objects.none())
    state = forms.ChoiceField(choices=TeamLoan.State.choices)
    reason = forms.CharField(max_length=300, required=False)

    def __init__(self, *arguments: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["loan"].queryset = TeamLoan.objects.visible_to(actor).running()  # type: ignore[attr-defined]
