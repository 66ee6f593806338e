"""Forms of the scenario bench: the plan itself, and one measure of each kind in the directives' words."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.foresight.models.scenarios import LONGEST, SHORTEST, ScenarioPlan, Variant
from phaodai.foresight.pages.scenario_words import CLOSED, GROUPS, KINDS, LEVELS, TESTED
from phaodai.foundation.fields import DayField

CHOSEN = (
    "distancing", "closing", "lockdown", "stay_in_place", "five_measures", "checkpoint", "testing", "tracing",
    "quarantine", "isolation", "treatment", "vaccination", "three_on_the_spot", "arrivals", "outbreak",
)  # fmt: skip
PERCENT = frozenset({
    "compliance", "adherence", "share", "passing", "found", "second", "at_site", "uptake", "already",
})  # fmt: skip
MOST = 10_000_000
Make = Callable[[], forms.Field]


def _percent(label: Any, initial: int) -> Make:
    return lambda: forms.IntegerField(label=label, initial=initial, min_value=0, max_value=100)


def _whole(label: Any, initial: int | None = None, least: int = 0, most: int = MOST) -> Make:
    return lambda: forms.IntegerField(
        label=label, initial=initial, min_value=least, max_value=most, required=initial is not None
    )


def _one(label: Any, choices: Any) -> Make:
    return lambda: forms.ChoiceField(label=label, choices=list(choices.items()))


def _several(label: Any, choices: Any, initial: list[str]) -> Make:
    widget = forms.CheckboxSelectMultiple
    return lambda: forms.MultipleChoiceField(label=label, choices=list(choices.items()), initial=initial, widget=widget)


KEPT = gettext_lazy("Kept by (% of people)")
FOLLOWED = gettext_lazy("Followed by (% of people)")
FIELDS: dict[str, dict[str, Make]] = {
    "distancing": {"level": _one(gettext_lazy("By which order"), LEVELS), "adherence": _percent(FOLLOWED, 100)},
    "closing": {
        "what": _several(gettext_lazy("What is closed"), CLOSED, ["schools"]),
        "share": _percent(gettext_lazy("Share of them that closes (%)"), 100),
    },
    "lockdown": {"adherence": _percent(FOLLOWED, 95)},
    "stay_in_place": {"adherence": _percent(FOLLOWED, 90)},
    "five_measures": {"compliance": _percent(KEPT, 70)},
    "checkpoint": {
        "passing": _percent(gettext_lazy("Contacts across communes that are left (%)"), 50),
        "found": _percent(gettext_lazy("Infected arrivals that are found (%)"), 50),
    },
    "testing": {
        "who": _one(gettext_lazy("Who is tested"), TESTED),
        "groups": _several(gettext_lazy("Groups, when groups are chosen"), GROUPS, ["everyone"]),
        "share": _percent(gettext_lazy("Share of them that is tested (% a day or round)"), 50),
        "every": _whole(gettext_lazy("Days from round to round"), 7, 1, 365),
        "tests_a_day": _whole(gettext_lazy("Tests a day at most")),
        "pool": _whole(gettext_lazy("Samples to one test"), 1, 1, 30),
        "turnaround": _whole(gettext_lazy("Days until the result"), 1, 0, 14),
    },
    "tracing": {
        "cases_a_day": _whole(gettext_lazy("Cases that teams trace a day at most")),
        "delay": _whole(gettext_lazy("Days until contacts are found"), 1, 0, 14),
        "second": _percent(gettext_lazy("F2 kept at home (%)"), 0),
    },
    "quarantine": {
        "days": _whole(gettext_lazy("Days of quarantine"), 14, 1, 62),
        "at_site": _percent(gettext_lazy("At a quarantine site (%), the others at home"), 100),
        "places": _whole(gettext_lazy("Places at quarantine sites")),
    },
    "isolation": {"share": _percent(gettext_lazy("Cases that are isolated (%)"), 95)},
    "treatment": {
        "tier_1": _whole(gettext_lazy("Beds of tier 1"), 0),
        "tier_2": _whole(gettext_lazy("Beds of tier 2")),
        "tier_3": _whole(gettext_lazy("Intensive care beds (tier 3)")),
        "oxygen": _whole(gettext_lazy("Places on oxygen")),
    },
    "vaccination": {
        "doses_a_day": _whole(gettext_lazy("Doses a day"), 0),
        "groups": _several(pgettext_lazy("scenario", "Groups in this order"), GROUPS, ["health", "elderly", "adults"]),
        "uptake": _percent(gettext_lazy("Want the vaccine (%)"), 90),
        "already": _percent(gettext_lazy("Of them fully vaccinated already (%)"), 0),
        "interval": _whole(gettext_lazy("Days between the doses"), 56, 1, 365),
    },
    "three_on_the_spot": {"share": _percent(gettext_lazy("Workers who stay at the plant (%)"), 80)},
    "arrivals": {
        "people_a_day": _whole(gettext_lazy("Arrivals a day"), 50, 1),
        "infected": lambda: forms.FloatField(
            label=gettext_lazy("Of them infected (%)"), initial=1.0, min_value=0, max_value=100
        ),
    },
    "outbreak": {"infected": _whole(gettext_lazy("People infected"), 10, 1, 60_000)},
}


class PlanForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """What a plan is, beside its measures."""

    days = forms.IntegerField(
        label=gettext_lazy("Days ahead"), min_value=SHORTEST, max_value=LONGEST, initial=60,
        help_text=gettext_lazy("14 to 180. The further ahead, the less it says."),
    )  # fmt: skip
    variant = forms.ChoiceField(label=gettext_lazy("Variant"), choices=Variant.choices, initial=Variant.DELTA)

    class Meta:
        model = ScenarioPlan
        fields = ("name", "days", "variant", "reproduction")


class AmendForm(PlanForm):
    """The same for a plan that is there, with its first seed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta(PlanForm.Meta):
        fields = (*PlanForm.Meta.fields, "seed")  # type: ignore[assignment]


class MeasureForm(forms.Form):
    """One measure: its own fields, from when to when, and the communes that were ticked."""

    def __init__(self, kind: str, plan: ScenarioPlan, data: Any = None) -> None:
        super().__init__(data)
        self.kind, self.plan = kind, plan
        last = plan.start + timedelta(days=plan.days - 1)
        for name, make in FIELDS[kind].items():
            self.fields[name] = make()
        for name, label in (("since", _("From")), ("until", _("Last day"))):
            widget = forms.DateInput(attrs={"type": "date", "min": plan.start.isoformat(), "max": last.isoformat()})
            self.fields[name] = DayField(label=label, required=False, widget=widget)

    @property
    def title(self) -> str:
        return str(KINDS[self.kind])

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, and neither before the scenario begins."""
        values = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        for name, day in (("since", since), ("until", until)):
            if day is not None and day < self.plan.start:
                self.add_error(name, _("The scenario begins on %(day)s.") % {"day": f"{self.plan.start:%d/%m/%Y}"})
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first."))
        return values

    def order(self, area: list[str]) -> dict[str, Any]:
        """The order in the words of a scenario file; what was left empty has no limit."""
        values = self.cleaned_data
        told = {name: self._told(name) for name in FIELDS[self.kind] if values[name] not in (None, "", [])}
        if self.kind == "testing" and told.get("who") != "targeted":
            told.pop("groups", None)
            told.pop("every", None)
        days = {key: self._days(values[name]) for key, name in (("from", "since"), ("until", "until")) if values[name]}
        return {"kind": self.kind, **told, **days, **({"area": area} if area else {})}

    def _told(self, name: str) -> Any:
        value = self.cleaned_data[name]
        is_share = name in PERCENT or (self.kind == "arrivals" and name == "infected")
        return round(value / 100, 4) if is_share else value

    def _days(self, day: date) -> int:
        return (day - self.plan.start).days


class FileForm(forms.Form):
    """A scenario as a file."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    file = forms.FileField(
        label=gettext_lazy("Scenario file (.toml)"), widget=forms.FileInput(attrs={"accept": ".toml,.txt"})
    )
