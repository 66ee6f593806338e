"""Communes to choose from, on forms for everybody and at gates."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from phaodai.people.models import Organisation
from phaodai.territory.models import Tier, Unit


def communes_by_district(day: date, province: int | None = None) -> list[tuple[str, Any]]:
    """The communes of a province, or of all that this installation serves, as choices under their districts."""
    served = Organisation.objects.filter(tier=Tier.PROVINCE).values_list("province_id", flat=True).distinct()
    communes = Unit.objects.as_of(day).tier(Tier.COMMUNE)
    communes = communes.filter(province_id__in=[province] if province else list(served))
    groups: dict[str, list[tuple[str, str]]] = {}
    for pk, name, above in communes.order_by("parent__sort_key", "sort_key").values_list("pk", "name", "parent__name"):
        groups.setdefault(above or "", []).append((str(pk), name))
    return [("", _("Choose")), *groups.items()]
