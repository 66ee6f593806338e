"""What an address of the territory asks: a day, a unit; and such addresses the other way round."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.formats import day as write_day
from phaodai.foundation.language import page_language
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Unit

COUNTRY = "0"
"""The value of `don-vi` that asks for the provinces."""


def day_of(request: HttpRequest) -> date:
    """The day in `?ngay=`; today without one, or with one that is no date."""
    try:
        return date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return clock.today()


def unit_of(actor: Actor, pk: int) -> Unit:
    """The unit behind an address."""
    found = Unit.objects.visible_to(actor).select_related("parent").filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is no unit at this address. Find it by name in the list of the territory."))
    return found


def list_url(day: date, unit: Unit | None = None, **more: str) -> str:
    """The list of what lies below a unit, or of the provinces, on a day."""
    asked = {"ngay": day.isoformat(), "don-vi": str(unit.pk) if unit else COUNTRY} | more
    return f"{reverse('territory')}?{urlencode(asked)}"


def unit_url(unit: Unit, day: date) -> str:
    """A unit's page as seen on a day."""
    return f"{reverse('territory-unit', args=[unit.pk])}?{urlencode({'ngay': day.isoformat()})}"


def map_url(day: date, unit: Unit | None) -> str:
    """The outlines of what lies below a unit, or of the provinces."""
    address = reverse("territory-unit-map", args=[unit.pk]) if unit else reverse("territory-map")
    return f"{address}?{urlencode({'ngay': day.isoformat()})}"


def written(day: date) -> str:
    """A date in the language of the page."""
    return write_day(day, page_language())
