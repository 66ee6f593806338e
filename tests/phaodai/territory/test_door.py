"""The application's own connection: apart from the modules whose tests go in by the owner's door."""

from datetime import date

import pytest
from django.db import ProgrammingError

from phaodai.territory.models import Unit
from tests.world import World

pytestmark = pytest.mark.django_db


def test_the_database_refuses_an_officer_as_well(world: World) -> None:
    with world.as_("viet"):
        assert Unit.objects.filter(code="98").update(name="Tỉnh khác") == 0
        with pytest.raises(ProgrammingError, match="row-level security"):
            Unit.objects.create(tier=1, code="97", name="Tỉnh khác", type="Tỉnh", in_force=(date(2021, 7, 1), None))
