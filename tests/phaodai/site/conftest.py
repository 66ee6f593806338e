"""Shared by the tests of whole pages."""

import pytest

from phaodai.foundation.registers import Register
from phaodai.site.registers import REGISTERS


@pytest.fixture(params=REGISTERS, ids=lambda register: register.key)
def register(request: pytest.FixtureRequest) -> Register:
    """Each record kind of the program in turn: a new one inherits every test."""
    found: Register = request.param
    return found
