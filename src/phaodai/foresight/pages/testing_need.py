"""The tests that the forecast asks for beside what the laboratories can do, shown on the page of testing."""

from datetime import datetime

from django.utils.translation import gettext as _

from phaodai.foresight.models import Estimate
from phaodai.foresight.rules.testing import DAYS, PEOPLE_A_CASE, people_to_test, share_of_capacity
from phaodai.foresight.showing import quantiles_of_week
from phaodai.foundation.components import Content, Fact, Facts
from phaodai.foundation.formats import interval, number, percent
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models import Laboratory
from phaodai.territory.models import Unit


def need_of_tests(actor: Actor, moment: datetime) -> tuple[str, Content] | None:
    """Title and facts for the officer's area; nothing for whoever reads no forecast, or where none was made."""
    area = actor.area.commune or actor.area.district or actor.area.province
    if area is None or not actor.may(Permission.FORESIGHT_FORECAST_READ):
        return None
    estimate = Estimate.objects.visible_to(actor).filter(unit_id=area).newest(moment.date()).first()
    if estimate is None or not estimate.figures["weeks"]:
        return None
    low, middle, high = (people_to_test(cases) for cases in quantiles_of_week(estimate, 0))
    laboratories = Laboratory.objects.visible_to(actor).open().filter(methods__contains="pcr")
    capacity = DAYS * sum(laboratories.values_list("capacity", flat=True))
    unit = Unit.objects.get(pk=area)
    return _("Need and capacity of the coming week: %(unit)s") % {"unit": unit.name}, _facts(
        low, middle, high, capacity
    )


def _facts(low: int, middle: int, high: int, capacity: int) -> Facts:
    words = language()
    need = _("%(middle)s (%(ends)s)") % {"middle": number(middle, 0, words), "ends": interval(low, high, 0, words)}
    rule = _("%(people)d people a forecast case, so that at most 5%% are positive (WHO, 12 May 2020).")
    share = share_of_capacity(middle, capacity)
    taken = percent(share, 0, words) if share is not None else _("no laboratory is registered")
    whole = _("in seven days, for the whole province")
    return Facts(
        [
            Fact(_("People to test"), need, note=rule % {"people": PEOPLE_A_CASE}),
            Fact(_("Tubes that the laboratories can examine"), number(capacity, 0, words), note=whole),
            Fact(_("Share of the capacity, single samples"), taken),
        ]
    )
