"""The description of the JSON interface: drawn from our own files, without a call outside the site."""

from playwright.sync_api import expect

from tests.browser.officers import Office


def test_the_interface_is_described_without_the_internet(office: Office) -> None:
    page = office.desk("linh").open("/api/v1/docs")
    expect(page.locator("#swagger-ui .opblock-summary").first).to_be_visible()
    expect(page.locator("#swagger-ui")).to_contain_text("/api/v1/nhiem-vu/")
