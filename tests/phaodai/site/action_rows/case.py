"""One action that the matrix tries, and the moment at which it is tried."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from phaodai.foundation.permissions import Permission
from tests.story import Story
from tests.world import World

MORNING = datetime.fromisoformat("2021-11-24T06:40:00+07:00")
LATER = MORNING + timedelta(days=2)

Given = Callable[[World, Story], dict[str, Any]]


@dataclass(frozen=True)
class Case:
    """Who does it, with which permission and what; and who holds the permission elsewhere ("" where all is one's own)."""

    action: Callable[..., Any]
    permission: Permission
    by: str
    given: Given
    stranger: str

    def __str__(self) -> str:
        return self.action.__name__
