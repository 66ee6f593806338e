"""Forms of mutual aid: a request or an offer with goods and teams, and each step of its way."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from phaodai.foundation.fields import MomentField
from phaodai.foundation.scope import Actor
from phaodai.supply.models import AidLine, AidRequest
from phaodai.supply.pages.funds_forms import KeyForm, QuantityField, day_field, stores_of
from phaodai.supply.rules.fund_sums import trimmed

ROWS = 3
LINE = "line-"


class AidForm(KeyForm):
    """Who asks or offers, about what, by which paper."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=AidRequest.Kind.choices, widget=forms.RadioSelect, initial="request"
    )
    direction = forms.ChoiceField(
        label=pgettext_lazy("aid", "Direction"), choices=AidRequest.Direction.choices, widget=forms.RadioSelect,
        initial="in",
    )  # fmt: skip
    partner = forms.CharField(label=pgettext_lazy("aid", "With whom"), max_length=200)
    subject = forms.CharField(label=pgettext_lazy("aid", "About"), max_length=300)
    paper_number = forms.CharField(label=_("Number of the paper"), max_length=80, required=False)
    paper_on = day_field(_("Date of the paper"), required=False)
    needed_from = day_field(pgettext_lazy("aid", "Needed from"), required=False)
    needed_until = day_field(pgettext_lazy("aid", "Needed until"), required=False)


class AidGoodsForm(forms.Form):
    """One sort of goods."""

    name = forms.CharField(label=pgettext_lazy("donation", "What"), max_length=160, required=False)
    quantity = QuantityField(label=_("Quantity"), required=False)
    unit = forms.CharField(label=pgettext_lazy("donation", "Counted in"), max_length=40, required=False)
    code = forms.CharField(label=_("Code in the catalogue, if it goes to a store"), max_length=40, required=False)


class AidTeamForm(forms.Form):
    """One team; empty rows are left out, begun rows are asked for in full."""

    skill = forms.CharField(label=pgettext_lazy("team", "Skill"), max_length=120, required=False)
    people = forms.IntegerField(
        label=pgettext_lazy("team", "People"),
        min_value=1,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    from_on = day_field(pgettext_lazy("team", "From"), required=False)
    until_on = day_field(pgettext_lazy("team", "Until"), required=False)
    leader = forms.CharField(label=pgettext_lazy("team", "Led by"), max_length=120, required=False)
    where = forms.CharField(label=pgettext_lazy("team", "Works at"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """A team that is named has people and days."""
        said = super().clean() or {}
        if said.get("skill"):
            for name in ("people", "from_on", "until_on"):
                if not said.get(name):
                    self.add_error(name, str(_("A team has people, a first and a last day.")))
        return said


AidGoodsRows = forms.formset_factory(AidGoodsForm, extra=ROWS)
AidTeamRows = forms.formset_factory(AidTeamForm, extra=2)


class WordsForm(forms.Form):
    """What the other side said, or why."""

    words = forms.CharField(label=_("In a sentence"), max_length=500, required=False)


class _LinesForm(WordsForm):
    """A quantity for each line."""

    def __init__(self, lines: Sequence[AidLine], before: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        asked: dict[str, forms.Field] = {}
        for line in lines:
            much = getattr(line, before)
            asked[f"{LINE}{line.pk}"] = QuantityField(
                label=f"{line.name} ({line.unit})", required=False, initial=trimmed(much) if much is not None else None
            )
        self.fields = {**asked, **self.fields}


def amounts_of(said: dict[str, Any]) -> dict[int, Decimal]:
    """The quantities of a form by row id of their lines; what was left empty keeps the figure before it."""
    found = {name.removeprefix(LINE): much for name, much in said.items() if name.startswith(LINE)}
    return {int(line): much for line, much in found.items() if much is not None}


class DelayForm(forms.Form):
    """The new time for help on the way, and why."""

    prefix = "hen"
    expected_at = MomentField(label=pgettext_lazy("aid", "Expected now"))
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Whoever waits reads it beside the old and the new time.")
    )


class LeaveForm(_LinesForm):
    """What left, and when it is expected."""

    expected_at = MomentField(label=pgettext_lazy("aid", "Expected"))

    def __init__(self, lines: Sequence[AidLine], *args: Any, **options: Any) -> None:
        super().__init__(lines, "agreed", *args, **options)


class ArriveForm(_LinesForm):
    """What arrived, and which store counts it in."""

    store_id = forms.TypedChoiceField(label=_("Into the store"), coerce=int, empty_value=None, required=False)

    def __init__(self, actor: Actor, lines: Sequence[AidLine], *args: Any, to_us: bool, **options: Any) -> None:
        super().__init__(lines, "sent", *args, **options)
        if to_us and lines:
            self.fields["store_id"].choices = [("", "–"), *stores_of(actor)]  # type: ignore[attr-defined]
        else:
            del self.fields["store_id"]


class DayForm(forms.Form):
    """On which day."""

    on = day_field(pgettext_lazy("team", "Went home on"))
