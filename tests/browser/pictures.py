"""Takes the pictures of docs/pictures from a running demo province: `python -m tests.browser.pictures http://127.0.0.1:8000`.

It reads and opens, and changes nothing. Pictures are kept with 256 colours, since a page has few.
"""

import argparse
import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.phaodai.foundation.ui.conftest import FLAGS

PASSWORD = "phao-dai-2021"  # of officers who do not exist; `phaodai demo` prints it
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 780}
COMMAND, OFFICE, CHIEF = "viettq.98-ubnd", "linhdt.98-vptu", "yendtk.98-vptu"
DISTRICT, STATION = "datnh.982-ubnd", "ngocttb.98026-tyt"

Step = Callable[[Page], Any]


@dataclass(frozen=True)
class Shot:
    """One picture: who looks, at what, and what is done on the page before."""

    name: str
    account: str
    steps: tuple[str | Step, ...]
    phone: bool = False
    dark: bool = False
    english: bool = False


def click(selector: str) -> Step:
    """Click the first that fits."""
    return lambda page: page.locator(selector).first.click()


def follow(words: str) -> Step:
    """Open the row of a list with these words."""
    return lambda page: page.locator("tbody tr", has_text=words).first.locator("a").first.click()


def choose_two(page: Page) -> None:
    """Tick two rows and ask for the preview of the first verb."""
    for at in (0, 1):
        page.locator("tbody input[type=checkbox]").nth(at).check()
    page.locator(".bulk button").first.click()
    page.locator(".bulk-preview form").wait_for()


def open_branch(page: Page) -> None:
    """Unfold the first branch of the tree and put one of its tasks beside it."""
    page.locator("tr .branch").first.click()
    page.locator("tr[data-depth='2'] a", has_text="Thuận Hòa").first.click()
    page.locator("#side h2").wait_for()


def open_proposal(page: Page) -> None:
    """Open the proposal that lacks nothing, from the top of the page."""
    page.locator("#proposals a.plain", has_text="mỗi tổ phụ trách").click()
    page.locator("#proposals .current:has(form)", has_text="3.1").wait_for()
    page.evaluate("scrollTo(0, 0)")


def somebody_coughs(page: Page) -> None:
    """Choose the first team, and tap a cough at its next door; nothing is saved."""
    page.locator("#teams option").nth(1).wait_for(state="attached")
    page.locator("#teams").select_option(index=1)
    page.locator("details.walk-door[open] .walk-name").first.click()
    page.locator("details.walk-door[open] .walk-symptoms input").nth(1).check()
    page.locator("details.walk-door[open]").scroll_into_view_if_needed()


def lose_the_network(page: Page) -> None:
    """As in the lane behind the market."""
    somebody_coughs(page)
    page.context.set_offline(True)
    page.locator(".walk-sync[data-kind=offline]").wait_for()


BOOK, TASKS = "/chi-huy/van-ban-den/", "/chi-huy/nhiem-vu/"
TREE: tuple[str | Step, ...] = (BOOK, follow("31-CT/TU"), click(".top .buttons a[href$='/cay']"))
REPORT = "/chi-huy/bao-cao/hom-nay"
SHOTS = (
    Shot("sign-in", "", ("/",)),
    Shot("board", COMMAND, ("/hom-nay",)),
    Shot("board-dark", COMMAND, ("/hom-nay",), dark=True),
    Shot("board-phone", COMMAND, ("/hom-nay",), phone=True),
    Shot("board-english", COMMAND, ("/hom-nay",), english=True),
    Shot("today-office", OFFICE, ("/hom-nay",)),
    Shot("take-in", OFFICE, ("/chi-huy/van-ban/tiep-nhan",)),
    Shot("incoming-book", OFFICE, (BOOK,)),
    Shot("intake", OFFICE, (BOOK, follow("142-CV/TU"), open_proposal)),
    Shot("correct", OFFICE, (BOOK, follow("142-CV/TU"), click(".panel header a"))),
    Shot("tree", OFFICE, (*TREE, open_branch)),
    Shot("tree-dark", OFFICE, (*TREE, open_branch), dark=True),
    Shot("tree-phone", OFFICE, TREE, phone=True),
    Shot("late-tasks", OFFICE, (f"{TASKS}?xem=giao-tre", choose_two)),
    Shot("answer", OFFICE, ("/hom-nay", click(".later summary"), click(".queue li:has-text('báo xong') a.button.go"))),
    Shot("today-district-phone", DISTRICT, ("/hom-nay",), phone=True),
    Shot("task-district", DISTRICT, (f"{TASKS}?xem=cua-toi", click("tbody td a"), click("details.panel summary"))),
    Shot("today-station-phone", STATION, ("/hom-nay",), phone=True),
    Shot("task-station-phone", STATION, (f"{TASKS}?xem=cua-toi", click("tbody td a")), phone=True),
    Shot("residents", STATION, ("/hom-nay", click(".row-link"))),
    Shot("report", CHIEF, (REPORT,)),
    Shot("territory", OFFICE, ("/dia-ban",)),
    Shot("organisations", OFFICE, ("/chi-huy/co-quan/",)),
    Shot("screening-desk", STATION, ("/giam-sat/ra-soat",)),
    Shot("screening-phone", STATION, ("/giam-sat/tung-nha/", somebody_coughs), phone=True),
    Shot("screening-phone-dark", STATION, ("/giam-sat/tung-nha/", lose_the_network), phone=True, dark=True),
    Shot("not-found", OFFICE, ("/chi-huy/viec/999999",)),
)


@contextmanager
def browser() -> Iterator[Browser]:
    """The machine's Chromium."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield opened
        opened.close()


def sign_in(page: Page, account: str) -> None:
    """Through the door, as officers do."""
    page.goto("/")
    page.locator("input[name=login]").fill(account)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/hom-nay")


def take(browser: Browser, address: str, shot: Shot) -> bytes:
    """The page as PNG with few colours."""
    context = browser.new_context(
        viewport=PHONE if shot.phone else DESK,  # type: ignore[arg-type]
        device_scale_factor=2 if shot.phone else 1,
        color_scheme="dark" if shot.dark else "light",
        has_touch=shot.phone,
        base_url=address,
        locale="vi-VN",
    )
    if shot.english:
        context.add_cookies([{"name": "phaodai_language", "value": "en", "url": address}])
    page = context.new_page()
    if shot.account:
        sign_in(page, shot.account)
    for step in shot.steps:
        if isinstance(step, str):
            page.goto(step)
        else:
            step(page)
        page.wait_for_load_state("networkidle")
    picture = page.screenshot()
    context.close()
    packed = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(
        packed, "PNG", optimize=True
    )
    return packed.getvalue()


def main() -> None:
    """Take all pictures, or those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", help="of a running demo province")
    parser.add_argument("names", nargs="*", help="only these pictures")
    asked = parser.parse_args()
    PICTURES.mkdir(exist_ok=True)
    with browser() as opened:
        for shot in SHOTS:
            if not asked.names or shot.name in asked.names:
                (PICTURES / f"{shot.name}.png").write_bytes(take(opened, asked.address.rstrip("/"), shot))


if __name__ == "__main__":
    main()
