"""The forms of care at home: a reading, the beginning, the end, packs and oxygen."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.care.actions.home import Household
from phaodai.care.actions.packs import Prescription, prescribers
from phaodai.care.models import AlarmStep, HomeAlarm, HomeCare, PackHandout, Reading, Worker
from phaodai.care.pages.home_words import CONDITION_WORDS, QUESTION_WORDS, SIGN_CHOICES
from phaodai.care.rules.alarms import Taken
from phaodai.care.rules.packs import QUESTIONS
from phaodai.foundation.fields import DayField, MomentField
from phaodai.foundation.scope import Actor
from phaodai.supply.models import Item, Store

SYMPTOMS = (
    ("none", gettext_lazy("none")),
    ("mild", gettext_lazy("mild")),
    ("moderate", gettext_lazy("moderate")),
    ("severe", gettext_lazy("severe")),
)
FACTS = ("symptoms", "spo2", "respiratory_rate", "comorbidity", "comorbidity_stable", "doses", "last_dose_on", "able")
YES_NO = (("yes", pgettext_lazy("answer", "Yes")), ("no", pgettext_lazy("answer", "No")))


def _number(label: Any, *, mode: str = "numeric", **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, widget=forms.TextInput({"inputmode": mode}), **more)


class ReadingForm(forms.Form):
    """What was measured. A decimal comma is a decimal point."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    at = MomentField(required=False, widget=forms.HiddenInput, input_formats=["iso-8601", "%Y-%m-%dT%H:%M:%S.%f%z"])
    spo2 = _number(gettext_lazy("SpO2 (%)"))
    temperature = forms.DecimalField(
        label=gettext_lazy("Temperature"), required=False, max_digits=4, decimal_places=1, localize=True
    )
    respiratory_rate = _number(gettext_lazy("Breaths a minute"))
    pulse = _number(gettext_lazy("Pulse"))
    feeling = forms.ChoiceField(
        label=gettext_lazy("Against the last time, the person feels"),
        choices=Reading.Feeling.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    signs = forms.MultipleChoiceField(
        label=gettext_lazy("Does the person have any of these now?"),
        choices=SIGN_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(label=gettext_lazy("Anything else"), required=False, max_length=300)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **{"initial": {"key": uuid4()}, **options})

    def taken(self) -> Taken:
        """The reading itself."""
        values = self.cleaned_data
        warmth = values["temperature"]
        return Taken(
            values["spo2"],
            float(warmth) if warmth is not None else None,
            values["respiratory_rate"],
            values["pulse"],
            values["feeling"],
            tuple(values["signs"]),
            values["words"],
        )


class StationReadingForm(ReadingForm):
    """The same, of the station: in a call or on a visit."""

    source = forms.ChoiceField(choices=[one for one in Reading.Source.choices if one[0] != "family"], required=False)


class BeginForm(forms.Form):
    """The person's state, the household, and the reason where an officer decides otherwise than the rule."""

    symptoms = forms.ChoiceField(label=gettext_lazy("Symptoms"), choices=SYMPTOMS)
    spo2 = _number(gettext_lazy("SpO2 (%)"), min_value=40, max_value=100)
    respiratory_rate = _number(gettext_lazy("Breaths a minute"), min_value=5, max_value=120)
    comorbidity = forms.BooleanField(label=gettext_lazy("Underlying disease"), required=False)
    comorbidity_stable = forms.BooleanField(label=gettext_lazy("It is stable under treatment"), required=False)
    doses = _number(gettext_lazy("Vaccine doses"), min_value=0, max_value=9)
    last_dose_on = DayField(label=gettext_lazy("Last dose on"), required=False)
    able = forms.BooleanField(
        label=gettext_lazy("Cares for themselves, or somebody does"), required=False, initial=True
    )
    phone = forms.CharField(label=gettext_lazy("Telephone of the person"), required=False, max_length=20)
    carer = forms.CharField(label=gettext_lazy("Who cares for them"), required=False, max_length=120)
    carer_phone = forms.CharField(label=gettext_lazy("Telephone of the carer"), required=False, max_length=20)
    address = forms.CharField(label=gettext_lazy("Address of the home"), required=False, max_length=200)
    conditions = forms.MultipleChoiceField(
        label=gettext_lazy("The home has"),
        choices=list(CONDITION_WORDS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason, where you decide otherwise than the rule"), required=False, max_length=300
    )

    def facts(self) -> dict[str, Any]:
        """What `home-care` is asked."""
        found = {name: self.cleaned_data[name] for name in FACTS if self.cleaned_data[name] not in (None, "")}
        found["carer"] = found.pop("able")
        return found

    def household(self) -> Household:
        """Where, by whom, and what the home has."""
        values = self.cleaned_data
        conditions = {name: name in values["conditions"] for name in CONDITION_WORDS}
        return Household(values["address"], values["phone"], values["carer"], values["carer_phone"], conditions)


class AnswerForm(forms.Form):
    """What is done about an alarm now."""

    alarm = forms.IntegerField(widget=forms.HiddenInput)
    what = forms.ChoiceField(choices=AlarmStep.What.choices)
    words = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=300)


class CloseForm(forms.Form):
    """What became of an alarm."""

    prefix = "dong"
    alarm = forms.IntegerField(widget=forms.HiddenInput)
    result = forms.ChoiceField(label=pgettext_lazy("alarm", "Result"), choices=HomeAlarm.Result.choices)
    words = forms.CharField(label=gettext_lazy("What you found or did"), max_length=300)


class ReleaseForm(forms.Form):
    """What the rule of recovery asks, and the finding where no document says."""

    prefix = "khoi"
    negative_test_on = DayField(label=gettext_lazy("Negative rapid test on"), required=False)
    fully_vaccinated = forms.BooleanField(label=gettext_lazy("Fully vaccinated"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Finding, where no document of today says"), required=False, max_length=300
    )


class EndForm(forms.Form):
    """How it ends otherwise."""

    prefix = "ket-thuc"
    state = forms.ChoiceField(
        label=pgettext_lazy("home care", "How it ended"),
        choices=[one for one in HomeCare.State.choices if one[0] not in ("at_home", "recovered")],
    )
    reason = forms.CharField(label=pgettext_lazy("home care", "To which facility, or what happened"), max_length=300)


class PackForm(forms.Form):
    """One pack: from which store, prescribed by whom, and the answers to its questions."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    store = forms.ModelChoiceField(Store.objects.none(), label=gettext_lazy("Store"))
    prescriber = forms.ModelChoiceField(Worker.objects.none(), label=pgettext_lazy("pack", "Prescribed by"))
    consent_on = DayField(label=pgettext_lazy("pack", "Written consent of"), required=False)
    consent_by = forms.CharField(label=pgettext_lazy("pack", "Consent signed by"), required=False, max_length=120)
    reason = forms.CharField(
        label=gettext_lazy("Reason, where the doctor decides otherwise"), required=False, max_length=300
    )

    def __init__(self, data: Any = None, *, pack: str, care: HomeCare, actor: Actor) -> None:
        super().__init__(data, prefix=f"goi-{pack}", initial={"key": uuid4()})
        self.pack = pack
        self.fields["store"].queryset = Store.objects.kept_by(actor).open().order_by("sort_key")  # type: ignore[attr-defined]
        self.fields["prescriber"].queryset = prescribers(actor, care)  # type: ignore[attr-defined]
        for question in QUESTIONS[pack]:
            self.fields[question.code] = forms.ChoiceField(
                label=QUESTION_WORDS[question.code], choices=YES_NO, required=False, widget=forms.RadioSelect
            )
        if pack != PackHandout.Pack.C:
            del self.fields["consent_on"], self.fields["consent_by"]

    def questions(self) -> list[Any]:
        """The fields of the questions, in their order."""
        return [self[question.code] for question in QUESTIONS[self.pack]]

    def prescription(self) -> Prescription:
        """Who prescribed it, and what was answered."""
        values: Mapping[str, Any] = self.cleaned_data
        said = {"yes": True, "no": False}
        answers = {one.code: said.get(values[one.code]) for one in QUESTIONS[self.pack]}
        return Prescription(
            values["prescriber"].pk, answers, values.get("consent_on"), values.get("consent_by", ""), values["reason"]
        )


class OxygenForm(forms.Form):
    """How many cylinders are asked for."""

    prefix = "oxy"
    quantity = forms.IntegerField(label=pgettext_lazy("oxygen", "Cylinders"), min_value=1, max_value=4, initial=1)
    words = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=300)


class DeliverForm(forms.Form):
    """From which store the cylinders came to the door."""

    prefix = "giao"
    request = forms.IntegerField(widget=forms.HiddenInput)
    store = forms.ModelChoiceField(Store.objects.none(), label=gettext_lazy("Store"))
    item = forms.ModelChoiceField(Item.objects.none(), label=pgettext_lazy("oxygen", "Kind of cylinder"))

    def __init__(self, data: Any = None, *, actor: Actor, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["store"].queryset = Store.objects.kept_by(actor).open().order_by("sort_key")  # type: ignore[attr-defined]
        cylinders = Item.objects.visible_to(actor).filter(kind=Item.Kind.OXYGEN).order_by("sort_key")
        self.fields["item"].queryset = cylinders  # type: ignore[attr-defined]


class RequestForm(forms.Form):
    """Which request for oxygen, and a note."""

    request = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=300)


class HandoutForm(forms.Form):
    """Which handout of a pack is given back."""

    handout = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)
