"""What is typed about a facility: opening it, its wards, beds, oxygen, tier, planned beds and daily numbers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.care.actions.beds_reports import NUMBERS
from phaodai.care.models import BedKind, BedReport, Facility, OxygenSource, TreatmentTier, UpgradePlan, Ward
from phaodai.foundation import clock
from phaodai.foundation.fields import DayField
from phaodai.foundation.scope import Actor, Area
from phaodai.people.models import Organisation
from phaodai.territory.models import Place, Tier, Unit


def order_field() -> forms.CharField:
    """The order that says so."""
    return forms.CharField(
        label=pgettext_lazy("facility", "By order"),
        max_length=160,
        help_text=gettext_lazy("Number and day, such as 15/QĐ-UBND of 24/11/2021"),
    )


def bodies_of(actor: Actor) -> Any:
    """The organisations for which the officer speaks."""
    if actor.reach == "own":
        return Organisation.objects.filter(pk=actor.organisation)
    return Organisation.objects.open().inside(actor.area).order_by("tier", "sort_key")


class FacilityForm(forms.Form):
    """A new facility, at a known place or at a new one."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    kind = forms.ChoiceField(label=pgettext_lazy("facility", "Kind"), choices=Facility.Kind.choices)
    tier = forms.TypedChoiceField(label=pgettext_lazy("care", "Tier"), choices=TreatmentTier.choices, coerce=int)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Run by"))
    place = forms.ModelChoiceField(
        Place.objects.none(),
        label=gettext_lazy("Known place"),
        required=False,
        help_text=gettext_lazy("Leave it empty for a new place; then choose the commune."),
    )
    commune = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Commune"), required=False)
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=200)
    longitude = forms.FloatField(label=gettext_lazy("Longitude"), required=False, min_value=102, max_value=118)
    latitude = forms.FloatField(label=gettext_lazy("Latitude"), required=False, min_value=6, max_value=24)
    order_reference = order_field()
    keeps_bed_book = forms.BooleanField(
        label=pgettext_lazy("facility", "Keeps a bed book"), required=False, initial=True
    )
    contact_name = forms.CharField(label=pgettext_lazy("facility", "Contact"), required=False, max_length=120)
    phone = forms.CharField(label=gettext_lazy("Telephone"), required=False, max_length=20)

    def __init__(self, *arguments: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        offered = {
            "organisation": bodies_of(actor),
            "place": Place.objects.visible_to(actor)
            .open()
            .filter(kind__in=(Place.Kind.HEALTH, Place.Kind.SCHOOL), **actor.area.narrowing)
            .exclude(care_facilities__closed_on=None, care_facilities__isnull=False)
            .order_by("sort_key"),
            "commune": Unit.objects.as_of(clock.today()).tier(Tier.COMMUNE).inside(actor.area).order_by("sort_key"),
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]


class WardForm(forms.Form):
    """A new ward."""

    prefix = "khoa"
    name = forms.CharField(label=pgettext_lazy("facility", "Ward"), max_length=80)
    cohort = forms.ChoiceField(label=pgettext_lazy("ward", "Who lies there"), choices=Ward.Cohort.choices)


class BedsForm(forms.Form):
    """New beds of one kind."""

    prefix = "giuong"
    ward = forms.ModelChoiceField(Ward.objects.none(), label=pgettext_lazy("facility", "Ward"))
    labels = forms.CharField(
        label=pgettext_lazy("bed", "Bed numbers"), max_length=1000, help_text=gettext_lazy("G1-G20, or 1, 2, 5a")
    )
    kind = forms.ChoiceField(label=pgettext_lazy("bed", "Kind"), choices=BedKind.choices)
    order_reference = forms.CharField(label=pgettext_lazy("facility", "By order"), max_length=160, required=False)

    def __init__(self, *arguments: Any, facility: Facility, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["ward"].queryset = facility.wards.open().order_by("name")  # type: ignore[attr-defined]


class OxygenForm(forms.Form):
    """What one source holds now."""

    prefix = "oxy"
    name = forms.CharField(
        label=pgettext_lazy("oxygen", "Source"), max_length=80, help_text=gettext_lazy("Such as “40-litre cylinders”")
    )
    kind = forms.ChoiceField(label=pgettext_lazy("oxygen", "Kind"), choices=OxygenSource.Kind.choices)
    count = forms.IntegerField(label=pgettext_lazy("oxygen", "Full ones"), min_value=0, max_value=100_000, initial=1)
    litres = forms.IntegerField(
        label=pgettext_lazy("oxygen", "Litres of gas in each"),
        min_value=0,
        max_value=100_000_000,
        initial=6000,
        required=False,
        help_text=gettext_lazy("A 40-litre cylinder at 150 bar holds about 6,000"),
    )
    flow = forms.IntegerField(
        label=pgettext_lazy("oxygen", "Litres a minute"), min_value=0, max_value=100_000, initial=0, required=False
    )


class TierForm(forms.Form):
    """Another tier, by order."""

    prefix = "tang"
    tier = forms.TypedChoiceField(label=pgettext_lazy("care", "Tier"), choices=TreatmentTier.choices, coerce=int)
    order_reference = order_field()


class CloseForm(forms.Form):
    """The order that closes a facility."""

    prefix = "dong"
    order_reference = order_field()


class PlanForm(forms.Form):
    """Beds that are to come."""

    prefix = "ke-hoach"
    kind = forms.ChoiceField(label=pgettext_lazy("upgrade", "Beds of the kind"), choices=BedKind.choices)
    number = forms.IntegerField(label=pgettext_lazy("upgrade", "Beds"), min_value=1, max_value=2000)
    from_kind = forms.ChoiceField(
        label=pgettext_lazy("upgrade", "From beds of the kind"),
        choices=[("", pgettext_lazy("upgrade", "new beds")), *BedKind.choices],
        required=False,
    )
    ready_on = DayField(label=pgettext_lazy("upgrade", "Ready on"))
    doctors = forms.IntegerField(
        label=pgettext_lazy("upgrade", "Doctors needed"), min_value=0, max_value=999, initial=0
    )
    nurses = forms.IntegerField(label=pgettext_lazy("upgrade", "Nurses needed"), min_value=0, max_value=999, initial=0)
    oxygen_flow = forms.IntegerField(
        label=pgettext_lazy("upgrade", "Oxygen needed, litres a minute"), min_value=0, max_value=100_000, initial=0
    )
    answers = forms.ModelChoiceField(Organisation.objects.none(), label=pgettext_lazy("upgrade", "Who answers for it"))
    order_reference = order_field()

    def __init__(self, *arguments: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        rows = Organisation.objects.open().inside(Area(actor.area.province)).order_by("tier", "sort_key")
        mine = rows.filter(tier__in=(Tier.PROVINCE, Tier.DISTRICT))
        self.fields["answers"].queryset = mine  # type: ignore[attr-defined]


class PlanStepForm(forms.Form):
    """How far a plan is."""

    prefix = "buoc"
    plan = forms.ModelChoiceField(UpgradePlan.objects.none())
    state = forms.ChoiceField(choices=UpgradePlan.State.choices)
    ward = forms.ModelChoiceField(Ward.objects.none(), required=False)
    reason = forms.CharField(max_length=300, required=False)

    def __init__(self, *arguments: Any, facility: Facility, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["plan"].queryset = facility.upgrades.ahead()  # type: ignore[attr-defined]
        self.fields["ward"].queryset = facility.wards.open()  # type: ignore[attr-defined]


class ReportForm(forms.ModelForm):  # type: ignore[type-arg]
    """The six numbers of a day, for a thumb."""

    class Meta:
        model = BedReport
        fields = NUMBERS

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for field in self.fields.values():
            field.widget.attrs |= {"inputmode": "numeric", "min": 0, "max": 5000}
