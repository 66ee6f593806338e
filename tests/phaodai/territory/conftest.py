"""The territory of the tests: small lists in a series of their own, and the real lists where they are at hand."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from phaodai.foundation.clock import VIETNAM
from phaodai.territory.rules.tables import read_map, read_units

REAL = Path(__file__).parents[4] / "shared" / "geo"
SERIES = "trial"
LOADED_AT = datetime(2026, 1, 1, 8, tzinfo=VIETNAM)

Load = Callable[..., Any]


def said(on: date, source: str = "trial", **more: Any) -> dict[str, Any]:
    """What every action of this context is told, through the connection of the test."""
    from phaodai.foundation.scope import SYSTEM

    return {
        "actor": SYSTEM,
        "moment": LOADED_AT,
        "on": on,
        "source": source,
        "gazetteer": SERIES,
        "using": "default",
    } | more


@pytest.fixture(scope="module")
def owners_door(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The connection of the test goes in as the owner, who alone may stage tables; its policies stay the same."""
    from django.db import connections

    default, owner = connections["default"], connections["owner"]
    kept = dict(default.settings_dict)
    with django_db_blocker.unblock():
        default.close()
        default.settings_dict.update({key: owner.settings_dict[key] for key in ("USER", "PASSWORD")})
        yield
        default.close()
        default.settings_dict.update(kept)


@pytest.fixture
def everything(owners_door: None, db: None) -> Iterator[None]:
    """Act as the installation."""
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        yield


@pytest.fixture
def load(everything: None) -> Load:
    """Load a small list: `load(day, "1 A; 10 B < 1")`."""
    from phaodai.territory.actions import load_list
    from tests.phaodai.territory.lists import listed

    return lambda on, text, **more: load_list(**said(on), entries=listed(text), **more)


@pytest.fixture(scope="module")
def vietnam(owners_door: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The lists of 2021 and of July 2025 with the map between them, loaded newest first, and gone after the module."""
    if not REAL.is_dir():
        pytest.skip("the official lists are not beside the project (../shared/geo)")
    from django.db import transaction

    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.territory.actions import load_list, load_successions
    from phaodai.territory.models import Unit
    from tests.world import SINCE

    reform, eve = date(2025, 7, 1), date(2021, 7, 1)
    with django_db_blocker.unblock(), transaction.atomic(), entering(SYSTEM):
        # Codes of the small world are real ones: it leaves the map before the real lists come.
        Unit.objects.update(in_force=(SINCE, eve))
        for on, name in ((reform, "units_2026-07-25_two_tier.csv"), (eve, "units_2021-07-01.csv")):
            load_list(**said(on, name), entries=read_units((REAL / name).read_bytes()))
        for name in ("map_commune_old_new.csv", "map_province_old_new.csv"):
            load_successions(**said(reform, name), passages=read_map((REAL / name).read_bytes()))
        yield
        transaction.set_rollback(True)
