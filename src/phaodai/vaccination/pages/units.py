"""A form about one unit of the officer's area."""

from typing import Any

from django import forms

from phaodai.foundation import clock
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Tier, Unit


class OfUnitForm(forms.Form):
    """A form with a field `unit`: one of those inside the officer's area, down to communes."""

    def __init__(self, *arguments: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        units = Unit.objects.as_of(clock.today()).inside(actor.area).filter(tier__lte=Tier.COMMUNE)
        self.fields["unit"].queryset = units.order_by("tier", "sort_key")  # type: ignore[attr-defined]
