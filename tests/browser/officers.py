"""Officers in front of a browser: signing in, the width of the screen, what a page may never do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route, expect

from tests.accessibility import CONTRAST, violations
from tests.browser.serving import Site
from tests.clients import open_session
from tests.world import PASSWORD

WIDE, PHONE = 1440, 360
# Milliseconds: a loaded machine may take its time, and a page that never comes is still told apart.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


@dataclass(frozen=True)
class Desk:
    """One officer with one browser window."""

    page: Page
    context: BrowserContext

    def open(self, address: str) -> Page:
        """Go to an address of the site."""
        self.page.goto(address)
        return self.page

    def sign_in_here(self, username: str) -> None:
        """Fill in the sign-in page that is open; its address says where it leads."""
        self.page.locator("input[name=login]").fill(username)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("main button[type=submit]").click()

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)


class Office:
    """Opens desks, listens to what their pages complain of, and closes them."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self._browser, self._site = browser, site
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self.forgiven: tuple[str, ...] = ()

    def desk(self, username: str = "", *, width: int = WIDE, scheme: Any = "light", english: bool = False) -> Desk:
        """A window of its own for an officer, who has signed in before; nobody's without a name."""
        touch = width <= PHONE
        context = self._browser.new_context(
            viewport={"width": width, "height": 780 if touch else 900}, color_scheme=scheme, has_touch=touch,
            is_mobile=touch, base_url=self._site.address, locale="en-US",
            timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce",
        )  # fmt: skip
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if english:
            context.add_cookies([{"name": "phaodai_language", "value": "en", "url": self._site.address}])
        context.on("request", self._note_request)
        page = context.new_page()
        page.on("console", self._note_line)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        desk = Desk(page, context)
        if username:
            key = self._site.ask(lambda: open_session(username))
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self._site.address}])
        return desk

    def landing(self, username: str) -> Desk:
        """A window in which an officer has just come through the door."""
        desk = self.desk()
        page = desk.open("/")
        desk.sign_in_here(username)
        page.wait_for_url("**/hom-nay")
        return desk

    def forgive(self, *words: str) -> None:
        """Expect console lines with these words: Chromium reports every refused answer and lost network as an error."""
        self.forgiven += words

    def _note_line(self, line: ConsoleMessage) -> None:
        if line.type in ("error", "warning") and not any(words in line.text for words in self.forgiven):
            self.complaints.append(f"{line.text} ({line.location.get('url', '')})")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self._site.address, "data:", "blob:")):
            self.complaints.append(f"leaves the site: {request.url}")

    def close(self) -> list[str]:
        """Close every window; returns what was complained of."""
        for context in self._contexts:
            context.close()
        return self.complaints


def faults_of(page: Page) -> list[tuple[str, Sequence[str]]]:
    """What is wrong with a page as it stands: axe's findings, its contrasts in the dark, and being wider than the screen."""
    faults = violations(page)
    page.emulate_media(color_scheme="dark")
    faults += violations(page, CONTRAST)
    page.emulate_media(color_scheme="light")
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*faults, *([("wider than the screen", [f"{wider} px"])] if wider > 0 else [])]


def lose_the_first_answer(page: Page, address: str) -> list[int]:
    """Let the first request to an address reach the server and its answer be lost; the status that was lost, once it is."""
    lost: list[int] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.route(address, lose)
    return lost
