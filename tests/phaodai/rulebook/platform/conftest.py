"""A signed entry, and officers at their browsers."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import phaodai
from phaodai.foundation.assets import compile_messages
from phaodai.rulebook.actions import Entry, verify_value
from phaodai.rulebook.models import Verification
from tests.clients import sign_in
from tests.world import World

OPEN_CELL = "risk-level.matrix/2-covered@2021-10-12"
CASE = {"tier": "commune", "cases_per_100k_week": 30, "dose1_adult_share": 0.9, "full_elderly_share": 0.9}
ON = date(2021, 12, 1)


def entry(**changes: Any) -> Entry:
    """What the office read in the annex of decision 4800."""
    given: dict[str, Any] = {
        "value_name": OPEN_CELL,
        "value": 2,
        "first_day": date(2021, 10, 12),
        "last_day": date(2022, 1, 26),
        "clause": "Phụ lục, bảng 3",
        "official_text": "Mức 2, từ 70% trở lên: cấp 2",
    }
    return Entry(**given | changes)


@pytest.fixture(scope="session", autouse=True)
def _speak_vietnamese() -> None:
    """The catalogues as the installation compiles them."""
    compile_messages([Path(phaodai.__file__).parent])


@pytest.fixture
def sign(world: World, moment: datetime) -> Callable[..., Verification]:
    """Sign for a value as the named officer."""

    def signed(by: str = "linh", disease: str = "covid-19", upload: Any = None, **changes: Any) -> Verification:
        with world.as_(by) as actor:
            return verify_value(actor=actor, moment=moment, entry=entry(**changes), disease=disease, upload=upload)

    return signed


@pytest.fixture
def office(world: World) -> Client:
    """The office of the provincial committee at a browser."""
    return sign_in("linh")


def seen(client: Client, address: str, status: int = 200) -> str:
    """A page's words."""
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()
    return str(answer.content.decode())
