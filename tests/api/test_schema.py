"""Whatever a program may send within the published description: no failure of ours, and only answers that are described."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.middleware.csrf import _get_new_csrf_string
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from phaodai.site.api import api
from phaodai.site.wsgi import application
from tests.clients import sign_in
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db

schema = schemathesis.openapi.from_dict(dict(api.get_openapi_schema()))
schema.app = application
# The officer who may most; an inspector, who may change nothing; a station, which sees residents.
OFFICERS = ("linh", "tra", "ngoc")
CHECKED = [not_a_server_error, status_code_conformance, response_schema_conformance]


@pytest.fixture
def cookies(world: World, story: Story) -> Iterator[list[dict[str, str]]]:
    """Signed in and with a token, as a browser is; the test's own connection stays open between requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    token = _get_new_csrf_string()
    yield [{"sessionid": sign_in(name).cookies["sessionid"].value, "csrftoken": token} for name in OFFICERS]
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_every_answer_is_described(case: schemathesis.Case, cookies: list[dict[str, str]]) -> None:
    for cookie in cookies:
        headers = {"X-CSRFToken": cookie["csrftoken"], "Accept-Encoding": "identity"}
        answer = case.call(cookies=cookie, headers=headers)
        case.validate_response(answer, checks=CHECKED)
