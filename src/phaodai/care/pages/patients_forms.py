"""The forms of a patient: assessed, sent, admitted, moved, discharged."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.care.models import (
    Ambulance,
    Bed,
    BedKind,
    BedStay,
    Facility,
    Patient,
    PatientLook,
    Support,
    Transfer,
    Urgency,
    Ward,
)
from phaodai.care.rules.patients_severity import Findings
from phaodai.foundation.fields import DayField, MomentField
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person
from phaodai.surveillance.models import Case
from phaodai.surveillance.pages.symptom_words import CHOICES
from phaodai.territory.models import Tier, Unit

ASK = pgettext_lazy("patient", "not known")
YES_NO = ((None, ASK), (True, pgettext_lazy("patient", "yes")), (False, pgettext_lazy("patient", "no")))


class Known(forms.NullBooleanField):
    """Yes, no, or nobody knows yet."""

    def __init__(self, label: Any) -> None:
        choices = (("unknown", ASK), ("true", YES_NO[1][1]), ("false", YES_NO[2][1]))
        super().__init__(label=label, required=False, widget=forms.Select(choices=choices))


class AssessForm(forms.Form):
    """How somebody is now."""

    prefix = "kham"
    spo2 = forms.IntegerField(label="SpO2 (%)", required=False, min_value=30, max_value=100)
    respiratory_rate = forms.IntegerField(
        label=gettext_lazy("Breaths a minute"), required=False, min_value=4, max_value=90
    )
    lesion = forms.IntegerField(
        label=gettext_lazy("Lungs with lesions (%)"), required=False, min_value=0, max_value=100
    )
    support = forms.ChoiceField(label=gettext_lazy("Breathing support"), choices=Support.choices)
    symptoms = forms.MultipleChoiceField(
        label=gettext_lazy("Symptoms"), choices=CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    critical = forms.BooleanField(label=gettext_lazy("Shock or failing organs"), required=False)
    severity = forms.ChoiceField(
        label=pgettext_lazy("patient", "Severity as the doctor finds it"),
        choices=(("", pgettext_lazy("patient", "as the rule says")), *Case.Severity.choices),
        required=False,
    )
    need = forms.ChoiceField(
        label=gettext_lazy("Bed needed"),
        choices=(("", pgettext_lazy("patient", "by severity and support")), *BedKind.choices),
        required=False,
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, required=False)


def found_of(values: dict[str, Any]) -> Findings:
    """The cleaned values of an assessment, as the rule is asked."""
    lesion = values["lesion"]
    return Findings(
        symptoms=tuple(values["symptoms"]),
        spo2=values["spo2"],
        respiratory_rate=values["respiratory_rate"],
        lesion_share=None if lesion is None else lesion / 100,
        critical=values["critical"],
        support=values["support"],
    )


class CourseForm(forms.Form):
    """Days and background that rules ask about."""

    prefix = "dien-bien"
    onset_on = DayField(label=gettext_lazy("Onset"), required=False)
    symptoms_end_on = DayField(label=gettext_lazy("Symptoms ended on"), required=False)
    positive_on = DayField(label=gettext_lazy("First positive sample"), required=False)
    negative_on = DayField(label=gettext_lazy("Last negative sample"), required=False)
    negative_at_admission = Known(gettext_lazy("Negative on admission"))
    comorbidity = Known(gettext_lazy("Underlying disease"))
    conditions = forms.CharField(label=gettext_lazy("Which underlying diseases"), max_length=200, required=False)
    pregnant = Known(gettext_lazy("Pregnant or just given birth"))
    fully_vaccinated = Known(gettext_lazy("Fully vaccinated"))

    @classmethod
    def of(cls, patient: Patient) -> "CourseForm":
        """The form as the record stands."""
        return cls(initial={name: getattr(patient, name) for name in cls.base_fields})


class RequestForm(forms.Form):
    """To where, and how soon."""

    prefix = "chuyen"
    facility = forms.ModelChoiceField(Facility.objects.none(), label=gettext_lazy("To facility"))
    urgency = forms.ChoiceField(label=gettext_lazy("Urgency"), choices=Urgency.choices)
    pick_up = forms.CharField(label=gettext_lazy("Where to fetch"), max_length=200, required=False)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *arguments: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        rows = Facility.objects.visible_to(actor).open().order_by("tier", "sort_key")
        self.fields["facility"].queryset = rows  # type: ignore[attr-defined]


class BedChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """A bed with its ward and kind."""

    def label_from_instance(self, obj: Any) -> str:
        """Khoa 1 · G2 · Oxygen"""
        return f"{obj.ward.name} · {obj.label} · {obj.get_kind_display()} · {obj.ward.get_cohort_display()}"


class BedForm(forms.Form):
    """A free bed of the facilities that the officer answers for."""

    prefix = "giuong"
    bed = BedChoice(Bed.objects.none(), label=pgettext_lazy("patient", "Bed"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False)

    def __init__(self, *arguments: Any, facility: Facility | None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        taken = BedStay.objects.now().values("bed")
        rows = Bed.objects.filter(facility=facility, state=Bed.State.USABLE, ward__state=Ward.State.OPEN)
        self.fields["bed"].queryset = (  # type: ignore[attr-defined]
            rows.exclude(pk__in=taken).select_related("ward").order_by("kind", "sort_key")
            if facility
            else Bed.objects.none()
        )


class TapForm(forms.Form):
    """When the crew tapped, by the clock of its phone; empty where the tap came at once."""

    at = MomentField(required=False, input_formats=["iso-8601", "%Y-%m-%dT%H:%M:%S.%f%z"])


class ReasonForm(forms.Form):
    """Why, in a few words."""

    prefix = "ly-do"
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, required=False)


class DeathForm(forms.Form):
    """When, and of what as far as it is known now."""

    prefix = "mat"
    at = MomentField(
        label=pgettext_lazy("death", "Died at"),
    )
    reason = forms.CharField(label=pgettext_lazy("death", "Direct cause"), max_length=300, required=False)


class LinkForm(forms.Form):
    """The case of which somebody is."""

    prefix = "ca"
    code = forms.CharField(label=gettext_lazy("Case number"), max_length=60)


class LookForm(forms.Form):
    """Why a name is opened."""

    prefix = "ten"
    purpose = forms.ChoiceField(label=gettext_lazy("Purpose"), choices=PatientLook.Purpose.choices)


class WalkInForm(forms.Form):
    """Somebody at the door of a facility."""

    facility = forms.ModelChoiceField(Facility.objects.none(), label=gettext_lazy("Facility"))
    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=120)
    birth_year = forms.IntegerField(label=gettext_lazy("Year of birth"), required=False)
    sex = forms.ChoiceField(label=gettext_lazy("Sex"), choices=(("", ASK), *Person.Sex.choices), required=False)
    phone = forms.CharField(label=gettext_lazy("Telephone of a relative"), max_length=20, required=False)
    commune = forms.ModelChoiceField(
        Unit.objects.none(), label=pgettext_lazy("patient", "Home commune"), required=False
    )
    reason = forms.ChoiceField(label=pgettext_lazy("patient", "Treated for"), choices=Patient.Reason.choices)
    positive_on = DayField(label=gettext_lazy("First positive sample"), required=False)
    negative_at_admission = Known(gettext_lazy("Negative on admission"))
    comorbidity = Known(gettext_lazy("Underlying disease"))
    pregnant = Known(gettext_lazy("Pregnant or just given birth"))

    def __init__(self, *arguments: Any, facilities: Any, province: int | None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        communes = Unit.objects.tier(Tier.COMMUNE).filter(province_id=province).order_by("sort_key")
        self.fields["facility"].queryset = facilities  # type: ignore[attr-defined]
        self.fields["commune"].queryset = communes  # type: ignore[attr-defined]


class BackgroundForm(forms.Form):
    """What is asked of a case that comes under treatment."""

    comorbidity = Known(gettext_lazy("Underlying disease"))
    conditions = forms.CharField(label=gettext_lazy("Which underlying diseases"), max_length=200, required=False)
    pregnant = Known(gettext_lazy("Pregnant or just given birth"))
    fully_vaccinated = Known(gettext_lazy("Fully vaccinated"))


class AssignForm(forms.Form):
    """Which ambulance drives: those that drive nobody else, the own organisation's first, the first one chosen already."""

    prefix = "xe"
    ambulance = forms.ModelChoiceField(Ambulance.objects.none(), label=gettext_lazy("Ambulance"))
    crew = forms.CharField(label=pgettext_lazy("ambulance", "Crew"), max_length=160, required=False)

    def __init__(self, *arguments: Any, actor: Actor, way: Transfer, **options: Any) -> None:
        super().__init__(*arguments, **options)
        rows = Ambulance.objects.visible_to(actor).in_service().free_for(way.pk).own_first(actor)
        self.fields["ambulance"].queryset = rows.select_related("organisation")  # type: ignore[attr-defined]
        own = rows.filter(organisation=actor.organisation).values_list("pk", flat=True)
        self.fields["ambulance"].initial = way.ambulance_id or own.first()
        self.fields["ambulance"].label_from_instance = _car  # type: ignore[attr-defined]


def _car(car: Ambulance) -> str:
    return f"{car.plate} · {car.organisation.short_name} · {car.get_equipment_display()}"
