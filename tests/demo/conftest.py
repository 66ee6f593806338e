"""One province for all tests of the demonstration: drawing it takes seconds, reading it nothing."""

import pytest

from demo.geography import Geography, make_geography
from demo.organisations import Organisations, make_organisations
from demo.people import People, make_people
from demo.story import Story, make_story


@pytest.fixture(scope="session")
def geography() -> Geography:
    return make_geography(population=60_000)


@pytest.fixture(scope="session")
def organisations(geography: Geography) -> Organisations:
    return make_organisations(geography)


@pytest.fixture(scope="session")
def people(geography: Geography) -> People:
    return make_people(geography)


@pytest.fixture(scope="session")
def story(geography: Geography, organisations: Organisations) -> Story:
    return make_story(geography, organisations)
