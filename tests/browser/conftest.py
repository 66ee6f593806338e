"""A live server on a database of its own, Chromium, and officers who are signed in."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from tests.browser.officers import Office
from tests.browser.serving import Site, appoint_second_clerk, serving, speak_vietnamese
from tests.conftest import TEMPLATE, _alone
from tests.environment import BUILD
from tests.phaodai.foundation.ui.conftest import FLAGS

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs Chromium."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """The program on a copy of the small province, on the morning of 24 November 2021."""
    from phaodai.foundation.clock import VIETNAM
    from phaodai.foundation.database import create_database, drop_database

    name = f"phaodai_browser_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with django_db_blocker.unblock():
        speak_vietnamese()
        with _alone(BUILD / "test-template.lock"):
            drop_database(name)
            create_database(name, template=TEMPLATE)
        with serving(name) as site:
            site.ask(appoint_second_clerk)
            site.set_clock(datetime(2021, 11, 24, 6, 40, tzinfo=VIETNAM))
            yield site
        drop_database(name)


@pytest.fixture(scope="module")
def chromium(site: Site) -> Iterator[Browser]:
    """One browser for a module; closed before the site, whose database its event loop would forbid to touch."""
    del site
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("Chromium is not installed (apt-get install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def office(chromium: Browser, site: Site) -> Iterator[Office]:
    """Officers at their desks and with their phones; a test fails when any page of theirs complained."""
    office = Office(chromium, site)
    yield office
    complaints = office.close()
    assert complaints == []
