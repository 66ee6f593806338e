"""The story again with phones in the district and the commune: a province of its own, since a paper is taken in only once."""

from tests.browser.officers import PHONE, Office
from tests.browser.test_story import tell_the_story


def test_a_directive_goes_down_and_its_results_come_up_by_phone(office: Office) -> None:
    tell_the_story(office, PHONE)
