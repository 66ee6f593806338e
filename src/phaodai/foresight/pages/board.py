"""The curve on the board of today: the officer's own area with two weeks of forecast."""

from phaodai.foresight.drawing import curve_of
from phaodai.foresight.models import Estimate
from phaodai.foresight.pages.overview import AHEAD, SERVES
from phaodai.foresight.showing import reproduction_words, trend_words
from phaodai.foundation import clock
from phaodai.foundation.charts import Chart
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor


def board_curve(actor: Actor) -> Chart | None:
    """The last estimate of the officer's area while it serves; nothing for who may not read it."""
    area = actor.area.commune or actor.area.district or actor.area.province
    if area is None or not actor.may(Permission.FORESIGHT_FORECAST_READ):
        return None
    today = clock.today()
    rows = Estimate.objects.filter(unit=area, on__gt=today - SERVES).newest(today)
    estimate = rows.select_related("unit").first()
    if estimate is None:
        return None
    median, ends = reproduction_words(estimate)
    title = f"{trend_words(estimate)} · R {median}" + (f" ({ends})" if ends else "")
    return curve_of(estimate, ahead=AHEAD, title=title, key="forecast")
