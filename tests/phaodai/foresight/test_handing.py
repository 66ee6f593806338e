"""A scenario's needs become what readiness is measured against."""

from datetime import timedelta
from typing import Any

import pytest

from phaodai.foresight.models import ScenarioRun
from phaodai.foresight.rules.scenario_needs import NEEDS
from phaodai.foresight.rules.scenario_packs import staff_norms
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.supply.models import ReadinessLine, ReadinessPlan
from tests.clients import sign_in
from tests.world import World


@pytest.mark.django_db
def test_the_upper_ends_of_each_week_are_handed_over(world: World) -> None:
    """Pressed twice, the second plan is in use and the first one stays as it was."""
    with entering(SYSTEM):
        run = ScenarioRun.objects.select_related("plan").get(plan__name="Mốc kịch bản")
        names = {name for series in NEEDS.values() for name in series} | set(staff_norms())
        bands: dict[str, Any] = {name: [[week + end for week in (10, 20)] for end in range(5)] for name in names}
        run.state, run.results = ScenarioRun.State.FINISHED, {"weeks": [bands, bands]}
        run.recipe = {"setting": {"start": run.plan.start.isoformat(), "days": 14}}
        run.save()
    client = sign_in("linh")
    answers = [client.post(f"/du-bao/kich-ban/lan-chay/{run.pk}/sang-hau-can") for _press in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    with entering(SYSTEM):
        plans = ReadinessPlan.objects.filter(scenario_name="Mốc kịch bản").order_by("pk")
        assert [plan.in_use for plan in plans] == [False, True]
        kits = ReadinessLine.objects.filter(plan=plans[1], key="kits").order_by("week_start")
        assert list(kits.values_list("week_start", "quantity")) == [
            (run.plan.start, 14),
            (run.plan.start + timedelta(weeks=1), 24),
        ]
        assert set(ReadinessLine.objects.filter(plan=plans[1]).values_list("key", flat=True)) == {*NEEDS, "staff"}
    assert sign_in("ngoc").post(f"/du-bao/kich-ban/lan-chay/{run.pk}/sang-hau-can").status_code == 403
